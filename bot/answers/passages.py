"""The sentence that answers, verbatim, with at most three quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import Answer, Citation
from bot.answers.asked import Asked, Rarity, read_asked
from bot.answers.citing import cite
from bot.answers.confidence import confidence_of, doubted, read_signs
from bot.answers.counting import names_counted
from bot.answers.editions import newer_first
from bot.answers.evidence import FEATURES, Matrix, Source, measure
from bot.answers.ranker import common_words, ranker
from bot.answers.sameness import widen
from bot.answers.short import short_answer, turn
from bot.answers.terms import NEGATIONS, read_line, stem
from bot.answers.wording import tell
from bot.questions import Expected, Question
from bot.questions.expected import find_amount
from index.language.dimensions import find_dimensions
from index.language.metrics import find_metrics
from index.language.sentences import find_sentences
from index.language.works import is_bibliography
from index.passages import BETWEEN, Passage
from index.reader import Hit, View
from index.search.retriever import Retriever

POOL = 16
"""How many passages the sentence is chosen from."""
QUOTES = 3
_NEAR = 2.5
"""A further sentence is quoted where its log-odds are within this of the best one's."""
_TURN_MARGIN = 0.1
_EXPLAINED = 8
_NEAR_WHO = 3.5
"""The same for a sentence with the verb that "who" is asked of."""
_AMOUNTS = ("", "how many", "how much")
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
_MONEY = r"[$€¥£]|\b(?:usd|eur|rmb|cny|yuan|euros?|dollars?|won|yen|price\w*|costs?|paid|cheap\w*)\b"
_TOLD_IN = {
    stem(noun): re.compile(pattern, re.IGNORECASE)
    for nouns, pattern in (
        ("price cost fee budget investment revenue turnover profit spending salary subsidy", _MONEY),
        ("range mileage", r"\b(?:km|kilomet\w+|miles?)\b"),
        ("density", r"\bwh/(?:kg|l)\b|watt-hours? per"),
        (
            "capacity output production volume",
            r"\b[gmk]wh\b|\b(?:tonnes?|tons)\b|\b(?:produc|mak|made|manufactur)\w*|\ba year\b",
        ),
        (
            "sales delivery export import registration",
            r"\b(?:sold|sell\w*|deliver\w*|register\w*|export\w*|import\w*|ship\w*)\b",
        ),
        ("share margin tariff", r"%|\bper ?cent\b"),
        ("weight", r"\b(?:kg|tonnes?|weigh\w*)\b"),
        ("speed", r"\b(?:km/h|mph)\b"),
        ("population headcount", r"\b(?:people|inhabitants|employ\w*|staff|workers)\b"),
    )
    for noun in nouns.split()
}
"""What tells an amount without its noun: "sells for $20,000" a price."""
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
        f"SELECT id, title, kind FROM documents WHERE id IN ({', '.join('?' * len(found_in))})",  # noqa: S608
        found_in,
    ).fetchall()
    titles = {document: title for document, title, _ in rows}
    tables = {document for document, _, kind in rows if kind == "statistics"}
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
        and (one.start or one.passage.document_id not in tables)
        and not is_bibliography(one.passage.text)
    ]
    found = _fitting_first(asked, body or ordered)
    if view.trace is not None:
        view.trace.sentences.extend((one.score, " ".join(one.text.split())) for one in found[:_EXPLAINED])
    lacking = _lacking(question, found[0], titles.get(found[0].passage.document_id, ""))
    kind: Expected = "" if found[0].fits else asked.expected
    if _UNIT.search(question.text) and not read_line(found[0].text).numbers:
        kind = "how much"
    if _asks_figure(question):
        lacking *= 3
    lacking += 2 * _lacks_amount(question, found[0]) + _lacks_year(question, found[0])
    lacking += 2 * (_lacks_metric(question, found[0], view) or _speaks_of_another(question, found[0]))
    return Ranked(asked, found, doubted(confidence, kind, lacking))


def _newer_first(found: list[Found], view: View) -> list[Found]:
    """What an older edition says after what its newer one says about as well."""
    scored = [(one.passage.document_id, one.score) for one in found]
    scores = newer_first(scored, view.superseded, _NEAR)
    changed = [replace(one, score=score) for one, score in zip(found, scores, strict=True)]
    return sorted(changed, key=lambda f: (-f.score, f.passage.id, f.start))


def _lacks_amount(question: Question, best: Found) -> bool:
    """Whether a sentence speaks of something else than the amount asked for: of an investment, for a capacity."""
    noun = find_amount(question.query or question.text)
    if not noun:
        return False
    hint = _TOLD_IN.get(stem(noun))
    return stem(noun) not in read_line(best.text).stems and not (hint and hint.search(best.text))


def _asks_figure(question: Question) -> bool:
    """Whether nothing but a number of a metric answers: of a period, or "how much"."""
    dated = bool(question.periods) or question.expected in ("how much", "how many")
    return question.kind == "figure" and bool(question.metrics) and dated


def _lacks_metric(question: Question, best: Found, view: View) -> bool:
    """Whether a sentence has not the metric that is asked for of a place or a period."""
    if not _asks_figure(question):
        return False
    known = [metric for key in question.metrics if (metric := view.catalogue.get(key)) is not None]
    wanted = {*question.metrics, *(near for metric in known for near in metric.near)}
    return not wanted & {one.key for one in find_metrics(best.text, view.catalogue)}


def _speaks_of_another(question: Question, best: Found) -> bool:
    """Whether "who" is asked of one firm and the sentence names only others."""
    if question.expected != "who":
        return False
    asked, said = (
        {one.value for one in find_dimensions(text) if one.name == "company"}
        for text in (question.query or question.text, best.text)
    )
    return bool(asked and said and not asked & said)


def _lacks_year(question: Question, best: Found) -> bool:
    """Whether the passage (of a mere phrase: the sentence) speaks of none of the years that a question names."""
    if question.expected not in (*_AMOUNTS, "what", "yes or no", ""):
        return False
    years = {str(period.start.year) for period in question.periods if period.start}
    said = f"{best.passage.heading} {best.passage.text if question.expected else best.text}"
    return bool(years) and not any(year in said for year in years)


def _is_heading(found: Found, title: str) -> bool:
    """Whether a sentence is but the document's title or a heading: it says what the text is of, and answers nothing."""
    heading = found.passage.heading
    return _bare(found.text) in {_bare(name) for name in (title, heading, *heading.split(BETWEEN))}


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("#. ").casefold()


def _lacking(question: Question, best: Found, title: str) -> int:
    """How many regions and companies of the question the passage (of an amount: the sentence) does not speak of."""
    asked = {(found.name, found.value) for found in find_dimensions(question.query or question.text)}
    asked = {(name, value) for name, value in asked if name in ("region", "company", "chemistry")}
    if not asked:
        return 0
    said = best.text if question.expected in _AMOUNTS else best.passage.text
    text = f"{title} {best.passage.heading} {said}"
    return len(asked - {(found.name, found.value) for found in find_dimensions(text)})


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
    for one in ranked.sentences[1 : 3 * QUOTES]:
        if one.score >= best - _NEAR and len(kept) < QUOTES:
            kept.setdefault(" ".join(one.text.split()), one)
    return list(kept.values())


def _headline(question: Question, asked: Asked, best: Found) -> str:
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
