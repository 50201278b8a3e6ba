"""The machine interface: an answer as JSON. Keys may be added, none changed or removed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.answers import Answer, Citation
from index.figures import Figure, Place
from index.language.periods import Period

Json = dict[str, object]


def answer_to_json(answer: Answer) -> Json:
    """The form that `seminar ask --json` prints; dates are ISO, ends exclusive, decimals strings."""
    documents = {citation.document_id: citation.document for citation in answer.citations}
    computation = answer.computation
    return {
        "id": answer.id,
        "kind": answer.kind,
        "question_as_read": answer.question_as_read,
        "other_readings": list(answer.other_readings),
        "headline": answer.headline,
        "value": _decimal(answer.value),
        "unit": _unit(answer.unit),
        "details": list(answer.details),
        "figures": [_figure(figure, documents) for figure in answer.figures],
        "computation": computation
        and {
            "formula": computation.formula,
            "operands": [_figure(figure, documents) for figure in computation.operands],
        },
        "citations": [_citation(citation) for citation in answer.citations],
        "follow_ups": list(answer.follow_ups),
        "confidence": round(answer.confidence, 4),
        "index": answer.index,
    }


def _figure(figure: Figure, documents: dict[str, str]) -> Json:
    return {
        "metric": figure.series.metric,
        "value": _decimal(figure.value),
        "high": _decimal(figure.high),
        "unit": figure.unit,
        "kind": figure.kind,
        "basis": figure.basis,
        "status": figure.status,
        "bound": figure.bound,
        "period": _period(figure.period),
        "dimensions": dict(figure.series.dimensions),
        "document": documents.get(figure.document_id) or figure.document_id.rsplit("/", 1)[-1],
        "document_id": figure.document_id,
        "place": _place(figure.place),
        "quote": figure.quote,
    }


def _citation(citation: Citation) -> Json:
    place = _place(citation.place)
    if citation.page:
        place["page"] = citation.page
    if citation.time:
        place["time"] = citation.time
    return {
        "number": citation.number,
        "document": citation.document,
        "document_id": citation.document_id,
        "title": citation.title,
        "published": _iso(citation.published),
        "source": citation.source,
        "place": place,
        "quote": citation.quote,
    }


def _place(place: Place) -> Json:
    if place.cell:
        return {"sheet": place.sheet, "cell": place.cell}
    return {"start": place.start, "end": place.end}


def _period(period: Period) -> Json:
    return {
        "start": _iso(period.start),
        "end": _iso(period.end),
        "label": period.label,
        "origin": period.origin,
        "cumulative": period.cumulative,
    }


def _unit(unit: str) -> str | None:
    """A unit as a word, where its sign alone could be taken for something else."""
    return {"t": "tonnes"}.get(unit, unit) or None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _decimal(value: Decimal | None) -> str | None:
    """Exact, in plain digits, without trailing zeros after the point."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
