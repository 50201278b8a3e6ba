"""An answer from figures: its citations, sources, other readings and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.answers import Answer, AnswerKind, Citation, Computation
from bot.answers.citing import cite
from bot.answers.figures.held import Held
from bot.answers.figures.telling import Language, amount, dated, name_of, source_line, subject
from bot.answers.figures.wanted import Ask
from index.figures import Figure

MOST_CITATIONS = 4
SURE, NEAR = 0.95, 0.7


def language_of(ask: Ask) -> Language:
    return ask.question.language


def build(
    ask: Ask,
    kind: AnswerKind,
    headline: str,
    held: Sequence[Held],
    *,
    value: Decimal | None = None,
    unit: str = "",
    details: Iterable[str] = (),
    computation: Computation | None = None,
    other: Iterable[str] = (),
    follow_ups: Iterable[str] = (),
    confidence: float = SURE,
) -> Answer:
    """An answer that rests on these figures, the main one first."""
    language = language_of(ask)
    held = [part for one in held for part in (one.parts or (one,))]
    lines = [*details, *dict.fromkeys(source_line(one, language) for one in held[:3])]
    return Answer(
        id="",
        kind=kind,
        question=ask.question,
        question_as_read=as_read(ask),
        headline=" ".join(headline.split()),
        value=value,
        unit=unit,
        details=tuple(lines),
        figures=tuple(one.figure for one in held),
        computation=computation,
        citations=citations(ask, held),
        follow_ups=tuple(follow_ups)[:4],
        other_readings=tuple(dict.fromkeys(other))[:5],
        confidence=round(confidence, 4),
    )


def citations(ask: Ask, held: Sequence[Held]) -> tuple[Citation, ...]:
    """One for each place, the main figure's first."""
    found: dict[tuple[object, ...], Citation] = {}
    for one in held:
        figure = one.figure
        key = (figure.document_id, figure.quote, figure.place.cell)
        if key not in found and len(found) < MOST_CITATIONS:
            found[key] = _citation(ask, one, len(found) + 1)
    return tuple(found.values())


def _citation(ask: Ask, held: Held, number: int) -> Citation:
    figure, source = held.figure, held.source
    if not figure.place.cell:
        document = ask.view.document(figure.document_id)
        if document is not None:
            start, end = _quote_span(document.text, figure)
            mark = (figure.place.start, figure.place.end)
            inside = start <= mark[0] and mark[1] <= end
            return cite(
                document, start, end, number=number, mark=mark if inside else None, language=language_of(ask)
            )
    return Citation(
        number=number, document=source.file, document_id=source.id, title=source.title or source.file,
        published=source.published, source=source.address, place=figure.place, page="", time="", quote=figure.quote,
        mark=_mark(figure),
    )  # fmt: skip


def _mark(figure: Figure) -> tuple[int, int] | None:
    """Where a cell's number stands in its row; None where the row has that number twice."""
    found = (
        [m.span(1) for m in re.finditer(rf": ({re.escape(figure.text)})(?= \||$)", figure.quote)]
        if figure.text
        else []
    )
    return found[0] if len(found) == 1 else None


def _quote_span(text: str, figure: Figure) -> tuple[int, int]:
    """Where the figure's sentence stands around its place."""
    first = max(0, figure.place.start - len(figure.quote))
    start = text.find(figure.quote, first, figure.place.end + len(figure.quote)) if figure.quote else -1
    return (start, start + len(figure.quote)) if start >= 0 else (figure.place.start, figure.place.end)


def as_read(ask: Ask) -> str:
    """The slots of the question in words: "NEV sales · China · October 2021 · change, year on year"."""
    question, language = ask.question, language_of(ask)
    parts = [name_of(key, ask.view.catalogue, language) for key in question.metrics]
    parts += [value for _, value in question.dimensions]
    parts += question.words
    parts += [period.label for period in question.periods]
    if question.to_date:
        parts.append("年初至今" if language == "zh" else "year to date")
    if question.operation != "value":
        parts.append(question.operation + (f" ({question.basis})" if question.basis else ""))
    if question.unit:
        parts.append(f"in {question.unit}")
    return " · ".join(dict.fromkeys(part for part in parts if part)) or question.text


def said(ask: Ask, held: Held) -> str:
    """A figure in short: "NEV sales (China) in October 2021: 383,000 vehicles"."""
    language = language_of(ask)
    figure = held.figure
    name = subject(figure, ask.view.catalogue, language)
    return f"{name} {dated(figure, language)}: {amount(figure, language)}"
