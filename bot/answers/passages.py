"""The sentence that answers, verbatim, with at most three quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Citation
from bot.answers.asked import Asked
from bot.answers.choosing import NEAR, WEIGHED, Found, Ranked, rank_sentences, search_passages
from bot.answers.citing import cite
from bot.answers.counting import names_counted
from bot.answers.said import ROW
from bot.answers.short import short_answer, turn
from bot.answers.terms import NEGATIONS, read_line
from bot.answers.wording import tell
from bot.questions import Question
from index.language.sentences import find_sentences
from index.reader import Hit, View

QUOTES = 3
_TURN_MARGIN = 0.1
_LONGEST = 600
_QUOTE = 400
_SEVERAL = re.compile(
    r"\b(?:compare|others?|disagree\w*|different (?:sources|views|documents)|who else|what else|sources say"
    r"|each (?:source|document))\b"
    r"|比较|其他(?:人|文件|来源)|不同(?:意见|来源)",
    re.IGNORECASE,
)
_OPENS_BACK = re.compile(r"(?:this|these|those|it|its|they|their|he|she|his|her|such|that)\b", re.IGNORECASE)


def answer_passage(question: Question, view: View, hits: Sequence[Hit]) -> Answer | None:
    """The answering sentence with its confidence; None where nothing at all was found."""
    ranked = rank_sentences(question, view, hits) if hits else None
    turned = _turned(question, view)
    if turned is not None and (ranked is None or turned.confidence > ranked.confidence + _TURN_MARGIN):
        return _opposite(question, view, turned)
    if ranked is None:
        return None
    as_read = question.query or question.text[:200]
    if _SEVERAL.search(question.text):
        several = _by_document(ranked)
        if len(several) > 1:
            return _several(question, view, several, ranked.confidence)
    kept = _kept(ranked)
    kept[0] = _with_nod(kept[0])
    headline = _headline(question, ranked.asked, kept[0])
    names = names_counted(ranked.asked, " ".join(kept[0].text.split()))
    if names:
        headline = _shown(kept[0], tell("names counted", question.language, count=len(names)))
    return Answer(
        "", "passage", question, as_read, headline, value=Decimal(len(names)) if names else None, details=names,
        citations=_citations(question, view, kept), confidence=ranked.confidence,
    )  # fmt: skip


def _turned(question: Question, view: View) -> Ranked | None:
    """What is held on the opposite, for a question of yes or no that names a thing with an opposite."""
    if question.expected != "yes or no":
        return None
    query = turn(question.query or question.text)
    if not query:
        return None
    other = replace(question, query=query)
    return rank_sentences(other, view, search_passages(other, view))


def _opposite(question: Question, view: View, turned: Ranked) -> Answer:
    """No, with the sentence that says the opposite."""
    kept = _kept(turned)
    negated = any(word in NEGATIONS for word in read_line(kept[0].text).words)
    short = "" if negated else tell("no", question.language)
    return Answer(
        "", "passage", question, question.query or question.text[:200], _shown(kept[0], short),
        citations=_citations(question, view, kept), confidence=turned.confidence,
    )  # fmt: skip


def _kept(ranked: Ranked) -> list[Found]:
    """The best sentence, and those that come near it; none twice."""
    best = max(one.score for one in ranked.sentences)
    first = ranked.sentences[0]
    kept = {" ".join(first.text.split()): first}
    for one in ranked.sentences[1:WEIGHED]:
        if one.score >= best - NEAR and one.lacks <= first.lacks and len(kept) < QUOTES:
            kept.setdefault(" ".join(one.text.split()), one)
    return list(kept.values())


_NOD = re.compile(r"(?:^|[.!?]\s+|\n)((?:yes|no|not really|never|not yet|of course)[.,!]\s+)$", re.IGNORECASE)
"""What answers a question by itself, before the sentence that says more."""


def _with_nod(best: Found) -> Found:
    """The sentence with the "Yes." or "No." right before it."""
    inside = best.start - best.passage.start
    nod = _NOD.search(best.passage.text, 0, inside)
    if nod is None:
        return best
    start = best.passage.start + nod.start(1)
    return replace(best, start=start, text=best.passage.text[nod.start(1) : best.end - best.passage.start])


def _headline(question: Question, asked: Asked, best: Found) -> str:
    """The sentence with its short answer; a table's row has more dates and names than the one asked for."""
    if ROW.search(best.text):
        return _shown(best, "")
    return _shown(best, short_answer(asked, " ".join(best.text.split()), question.language))


def _shown(best: Found, short: str) -> str:
    """The sentence, after the short answer where there is one."""
    sentence = " ".join(best.text.split())
    shown = sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"{short[0].upper()}{short[1:]}. “{shown}”" if short else shown


def _by_document(ranked: Ranked) -> list[Found]:
    """The best sentence of each document that speaks of it."""
    best = max(one.score for one in ranked.sentences)
    by_document: dict[str, Found] = {}
    for one in ranked.sentences:
        if one.score >= best - NEAR:
            by_document.setdefault(one.passage.document_id, one)
    return list(by_document.values())[:QUOTES]


def _several(question: Question, view: View, several: list[Found], confidence: float) -> Answer:
    """What each document says, newest first."""
    citations = _citations(question, view, several)
    ordered = sorted(
        citations, key=lambda c: (c.published is None, -(c.published.toordinal() if c.published else 0))
    )
    headline = tell("documents say", question.language, count=len(ordered))
    details = tuple(
        f"{c.title} ({c.published.isoformat() if c.published else '—'}): “{' '.join(c.quote.split())}”"
        for c in ordered
    )
    return Answer(
        "", "passage", question, question.query or question.text[:200], headline, details=details,
        citations=tuple(ordered), confidence=confidence,
    )  # fmt: skip


def _citations(question: Question, view: View, kept: Sequence[Found]) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for one in kept:
        document = view.document(one.passage.document_id)
        if document is None:
            continue
        start = _opening(one)
        mark = (one.start, one.end) if start < one.start else None
        citations.append(
            cite(
                document, start, one.end, number=len(citations) + 1, mark=mark, passage_id=one.passage.id,
                language=question.language,
            )
        )  # fmt: skip
    return tuple(citations)


def _opening(one: Found) -> int:
    """Where the quote begins: with the sentence before, where this one opens with a word that points back to it."""
    if not _OPENS_BACK.match(one.text):
        return one.start
    inside = one.start - one.passage.start
    before = [a for a, b in find_sentences(one.passage.text) if b <= inside]
    start = one.passage.start + before[-1] if before else one.start
    return start if one.end - start <= _QUOTE else one.start
