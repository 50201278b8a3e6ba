"""The sentence that answers, verbatim, with at most three quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import Answer, Citation
from bot.answers.asked import Asked, Rarity, read_asked
from bot.answers.citing import cite
from bot.answers.confidence import LACKING, confidence_of, doubted, is_enough, read_signs
from bot.answers.counting import names_counted
from bot.answers.editions import newer_first
from bot.answers.evidence import FEATURES, Matrix, Source, measure
from bot.answers.lacking import find_names, lacking
from bot.answers.ranker import common_words, ranker
from bot.answers.said import ROW, Said
from bot.answers.sameness import widen
from bot.answers.short import short_answer, turn
from bot.answers.terms import NEGATIONS, read_line, stem
from bot.answers.wording import tell
from bot.questions import Expected, Question
from index.language.sentences import find_sentences
from index.language.works import is_bibliography
from index.passages import BETWEEN, Passage
from index.reader import Hit, View
from index.search.retriever import Retriever

POOL = 16
"""How many passages the sentence is chosen from."""
QUOTES = 3
_WEIGHED = 2 * QUOTES
"""Sentences, the likeliest, that are held against the question's names, places and periods."""
_NEAR = 2.5
"""A further sentence is quoted where its log-odds are within this of the best one's."""
_TURN_MARGIN = 0.1
_EXPLAINED = 8
_NEAR_WHO = 3.5
"""The same for a sentence with the verb that "who" is asked of."""
_FEW = 200
_LONGEST = 600
_QUOTE = 400
_SEVERAL = re.compile(
    r"\b(?:compare|others?|disagree\w*|different (?:sources|views|documents)|who else|what else|sources say"
    r"|each (?:source|document))\b"
    r"|比较|其他(?:人|文件|来源)|不同(?:意见|来源)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b[gmk]?wh(?:/(?:kg|l))?\b|%|\b(?:percent|usd|eur|rmb|cny|yuan|dollars|tonnes?|kg|km)\b|[$€¥]",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？][\"”’')\]]*\s*$")
"""A question answers none."""
_OPENS_BACK = re.compile(r"(?:this|these|those|it|its|they|their|he|she|his|her|such|that)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may answer: its span in the document, and its log-odds."""

    passage: Passage
    start: int
    end: int
    text: str
    score: float
    fits: bool
    """Whether the kind of answer that is asked for (a name, a date …) stands in it."""
    lacks: int = 0
    """How much it lacks of what was asked."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sentences of the passages found, the likeliest first, and how sure the first is."""

    asked: Asked
    sentences: tuple[Found, ...]
    confidence: float


def search_passages(question: Question, view: View) -> tuple[Hit, ...]:
    """The passages that the answer is chosen from."""
    return view.search(widen(question.query or question.text), k=POOL)


def rank_sentences(question: Question, view: View, hits: Sequence[Hit]) -> Ranked | None:
    """Every sentence of the hits in the order of the ranker; None where there is none."""
    found_in = sorted({hit.passage.document_id for hit in hits})
    rows = view.db.execute(
        f"SELECT id, title FROM documents WHERE id IN ({', '.join('?' * len(found_in))})",  # noqa: S608
        found_in,
    ).fetchall()
    titles = dict(rows)
    spans = [find_sentences(hit.passage.text) or ((0, len(hit.passage.text)),) for hit in hits]
    sources = [
        Source(
            f"{titles.get(hit.passage.document_id, '')} {hit.passage.heading}",
            tuple(hit.passage.text[a:b] for a, b in at),
            hit.score,
        )
        for hit, at in zip(hits, spans, strict=True)
    ]
    asked = read_asked(question.query or question.text, rarity_of(view.index.retriever), question.expected)
    table = measure(asked, sources)
    if not len(table):
        return None
    scores = ranker().score(table)
    confidence = confidence_of(read_signs(asked, sources, table, scores))
    present = table[:, FEATURES.index("expected_present")]
    ordered = sorted(
        _sentences(hits, spans, scores, present), key=lambda f: (-f.score, f.passage.id, f.start)
    )
    if view.superseded:
        ordered = _newer_first(ordered, view)
    body = [
        one
        for one in ordered
        if not _is_heading(one, titles.get(one.passage.document_id, ""))
        and not is_bibliography(one.passage.text)
        and not _ASKS.search(one.text)
    ]
    found = _fitting_first(asked, body or ordered)
    if view.trace is not None:
        view.trace.sentences.extend((one.score, " ".join(one.text.split())) for one in found[:_EXPLAINED])
    if not is_enough(confidence):
        return Ranked(asked, found, confidence)
    likeliest = found[0]
    found = _least_lacking(question, found, titles, hits, view)
    behind = 0.0 if found[0].start == likeliest.start else max(0.0, likeliest.score - found[0].score)
    if asked.expected == "why" and not found[0].fits:
        found = _reason_first(found)
    first = found[0]
    kind: Expected = "" if first.fits else asked.expected
    if _UNIT.search(question.text) and not read_line(first.text).numbers:
        kind = "how much"
    return Ranked(asked, found, doubted(confidence, kind, first.lacks, behind))


_REASON = re.compile(
    r"(?:(?:the|one|its|their|our|a)\s+)?(?:main\s+|first\s+|other\s+)?reasons?\b|(?:this|that)\s+(?:is|was)\s+(?:because|due)\b"
    r"|because\b|(?:这是)?因为|原因|由于",
    re.IGNORECASE,
)


def _reason_first(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """With the sentence behind the best one leading, where it opens with the reason: "The reason is that …"."""
    first = found[0]
    after = [one for one in found if one.passage.id == first.passage.id and one.start >= first.end]
    following = min(after, key=lambda one: one.start, default=None)
    if following is None or not _REASON.match(following.text):
        return found
    reason = replace(following, fits=True, lacks=first.lacks)
    return (reason, *(one for one in found if one is not following))


def _least_lacking(
    question: Question, found: Sequence[Found], titles: Mapping[str, str], hits: Sequence[Hit], view: View
) -> tuple[Found, ...]:
    """The likeliest sentences in the order of what they have of the question as well; the rest as they are."""
    names = find_names(question.query or question.text, view)
    texts: dict[str, str] = {}
    for hit in hits:
        name = hit.passage.document_id
        texts[name] = f"{texts.get(name, '')} {hit.passage.text}"

    def weigh(one: Found) -> Found:
        name = one.passage.document_id
        passage = replace(one.passage, text=one.text) if ROW.search(one.text) else one.passage
        said = Said(question, one.text, one.start, passage, titles.get(name, ""), texts[name], names, view)
        doubts = lacking(said)
        if doubts and one is found[0]:
            view.step(f"the likeliest sentence lacks {', '.join(doubts)}")
        return replace(one, lacks=sum(doubts.values()))

    weighed = [weigh(one) for one in found[:_WEIGHED]]
    likeliest = max(one.score for one in weighed)

    def worth(one: Found) -> float:
        return (likeliest if one is weighed[0] else one.score - _NEAR) - LACKING * one.lacks

    best = max(weighed, key=worth)
    return (best, *(one for one in weighed if one is not best), *found[_WEIGHED:])


def _newer_first(found: list[Found], view: View) -> list[Found]:
    """What an older edition says after what its newer one says about as well."""
    scored = [(one.passage.document_id, one.score) for one in found]
    scores = newer_first(scored, view.superseded, _NEAR)
    changed = [replace(one, score=score) for one, score in zip(found, scores, strict=True)]
    return sorted(changed, key=lambda f: (-f.score, f.passage.id, f.start))


def _is_heading(found: Found, title: str) -> bool:
    """Whether a sentence is but the document's title or a heading: it says what the text is of, and answers nothing."""
    heading = found.passage.heading
    return _bare(found.text) in {_bare(name) for name in (title, heading, *heading.split(BETWEEN))}


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("#. ").casefold()


def _fitting_first(asked: Asked, found: list[Found]) -> tuple[Found, ...]:
    """With the first near the best leading that has the kind of answer asked for, where the best has not."""
    for i, one in enumerate(found[: 3 * QUOTES]):
        does = asked.expected == "who" and asked.stems[0] in read_line(one.text).stems
        if one.fits and one.score >= found[0].score - (_NEAR_WHO if does else _NEAR):
            return (one, *found[:i], *found[i + 1 :])
    return tuple(found)


def _sentences(
    hits: Sequence[Hit], spans: Sequence[Sequence[tuple[int, int]]], scores: Matrix, present: Matrix
) -> Iterable[Found]:
    row = 0
    for hit, at in zip(hits, spans, strict=True):
        passage = hit.passage
        for a, b in at:
            yield Found(
                passage,
                passage.start + a,
                passage.start + b,
                passage.text[a:b],
                float(scores[row]),
                bool(present[row]),
            )
            row += 1


def rarity_of(retriever: Retriever) -> Rarity:
    """How rare a word is among the passages searched: 0 in every passage, 1 in none.

    A few passages say little of how rare a word is: the fewer, the more general English counts.
    """
    rarest = retriever.idf("\x00")
    trust = _FEW / (_FEW + retriever.count)
    common = common_words()

    def rarity(word: str) -> float:
        idf = max((retriever.idf(term) for term in retriever.analyze(word)), default=0.0)
        return float(max(min(1.0, idf / rarest), trust * common.get(stem(word), 1.0)))

    return rarity


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
    for one in ranked.sentences[1:_WEIGHED]:
        if one.score >= best - _NEAR and one.lacks <= first.lacks and len(kept) < QUOTES:
            kept.setdefault(" ".join(one.text.split()), one)
    return list(kept.values())


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
        if one.score >= best - _NEAR:
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
