"""Older editions in answers: the newer one is heard first, and an answer that rests on an older one says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answers import Answer
from bot.answers.wording import tell
from index.editions import Work
from index.reader import View

_MOST = 2


def note_editions(answer: Answer, view: View) -> Answer:
    """The answer with a detail for each document that it rests on and that a newer edition stands in for."""
    if not view.superseded:
        return answer
    cited = dict.fromkeys(
        [*(one.document_id for one in answer.citations), *(one.document_id for one in answer.figures)]
    )
    lines = [line for one in cited if (line := label(one, view, answer))]
    return replace(answer, details=(*answer.details, *lines[:_MOST])) if lines else answer


def label(document_id: str, view: View, answer: Answer) -> str:
    """ "Older edition: “Outlook” (2021-05-01); “Outlook” (2022-05-01) stands in for it."; "" of the newest."""
    newer = view.superseded.get(document_id)
    older = view.document(document_id) if newer else None
    if newer is None or older is None:
        return ""
    return tell(
        "older edition", answer.question.language, title=older.title, newer=newer.title,
        day=_told(older.id, older.published), newer_day=_told(newer.id, newer.published),
    )  # fmt: skip


def _told(document_id: str, published: date | None) -> str:
    return published.isoformat() if published else document_id.rsplit("/", 1)[-1]


_OLDER = re.compile(
    r"\b(?:first|old|older|earlier|previous|original|superseded)\s+(?:edition|version|draft|report|plan)\b|旧版|上一版|初版",
    re.I,
)


def heard_after(question: str, superseded: Mapping[str, Work], titles: Mapping[str, str]) -> dict[str, Work]:
    """What each document is heard after: an older edition after its newer one, unless the question asks for it."""
    found: dict[str, Work] = {}
    for older, newer in superseded.items():
        title = titles.get(older, "")
        asked, held = (Work("", words, None).number for words in (question, title))
        if asked == held if asked and held else _OLDER.search(question):
            found[newer.id] = Work(older, title, None)
        else:
            found[older] = newer
    return found


def newer_first(
    found: Sequence[tuple[str, float]], superseded: Mapping[str, Work], near: float
) -> tuple[float, ...]:
    """Scores of (document, score) pairs; what an older edition says comes after what its newer one says as well."""
    best: dict[str, float] = {}
    for document, score in found:
        best[document] = max(score, best.get(document, score))
    scores = []
    for document, score in found:
        newer = superseded.get(document)
        rival = best.get(newer.id) if newer else None
        scores.append(min(score, rival - 1e-6) if rival is not None and rival >= score - near else score)
    return tuple(scores)
