"""The sentence that answers, chosen among those of the passages found, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.asked import Asked, Rarity, read_asked
from bot.answers.confidence import LACKING, confidence_of, doubted, is_enough, read_signs
from bot.answers.editions import heard_after, newer_first
from bot.answers.evidence import FEATURES, Matrix, Source, measure
from bot.answers.lacking import find_names, lacking
from bot.answers.ranker import ranker
from bot.answers.said import ROW, Said
from bot.answers.sameness import widen
from bot.answers.terms import read_line, stem
from bot.questions import Expected, Question
from index.editions import Work
from index.language.english import english_words
from index.language.sentences import find_sentences
from index.language.works import is_bibliography
from index.passages import BETWEEN, Passage
from index.reader import Hit, View
from index.search.retriever import Retriever

Span = tuple[int, int]
POOL = 16
"""How many passages the sentence is chosen from."""
WEIGHED = 6
"""Sentences, the likeliest, that are held against the question's names, places and periods."""
NEAR = 2.5
"""A further sentence is near where its log-odds are within this of the best one's."""
_BEHIND = 1.5
"""What the likeliest sentence is ahead by, in log-odds, when the others are held against the question as well."""
_NEAR_WHO = 3.5
"""`NEAR` for a sentence with the verb that "who" is asked of."""
_FITTING = 9
"""Sentences, the likeliest, among which the kind of answer that is asked for is sought."""
_EXPLAINED = 8
_FEW = 200
_UNIT = re.compile(
    r"\b[gmk]?wh(?:/(?:kg|l))?\b|%|\b(?:percent|usd|eur|rmb|cny|yuan|dollars|tonnes?|kg|km)\b|[$€¥]",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？][\"”’')\]]*\s*$"
    r"|\b(?:people|they|many|some|everyone|everybody|customers|investors|readers|you|we are|i am)\s+"
    r"(?:often\s+|always\s+|sometimes\s+)?ask(?:ed)?\s+(?:me\s+|us\s+)?(?:if|whether|why|how|what|when|where|who)\b",
    re.IGNORECASE,
)
"""A question answers none."""


def _asks(text: str) -> bool:
    asked = "?" in text or "？" in text or "ask" in text or "Ask" in text
    return asked and _ASKS.search(text) is not None


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
    sources = [_source(hit, at, titles) for hit, at in zip(hits, spans, strict=True)]
    asked = read_asked(question.query or question.text, rarity_of(view.retriever), question.expected)
    table = measure(asked, sources)
    if not len(table):
        return None
    scores = ranker().score(table)
    confidence = confidence_of(read_signs(asked, sources, table, scores))
    scores = _answers_first(spans, hits, scores)
    present = table[:, FEATURES.index("expected_present")]
    ordered = sorted(
        _sentences(hits, spans, scores, present), key=lambda f: (-f.score, f.passage.id, f.start)
    )
    if view.superseded:
        ordered = _newer_first(ordered, heard_after(question.text, view.superseded, titles))
    body = [one for one in ordered if _may_answer(one, titles)]
    found = _fitting_first(asked, body or ordered)
    if view.trace is not None:
        view.trace.sentences.extend((one.score, " ".join(one.text.split())) for one in found[:_EXPLAINED])
    if not is_enough(confidence):
        return Ranked(asked, found, confidence)
    likeliest = found[0]
    found = _least_lacking(question, found, titles, hits, view)
    near = found[0].start == likeliest.start or _follows(found[0], likeliest)
    behind = 0.0 if near else max(0.0, likeliest.score - found[0].score)
    if asked.expected == "why" and not found[0].fits:
        found = _reason_first(found)
    first = found[0]
    kind: Expected = "" if first.fits or _tells_time(asked, first.text) else asked.expected
    if _UNIT.search(question.text) and not read_line(first.text).numbers:
        kind = "how much"
    return Ranked(asked, found, doubted(confidence, kind, first.lacks, behind))


def _source(hit: Hit, at: Sequence[Span], titles: Mapping[str, str]) -> Source:
    """A passage as the ranker weighs it, with the title and the heading that it stands under."""
    passage = hit.passage
    lines = tuple(passage.text[a:b] for a, b in at)
    return Source(f"{titles.get(passage.document_id, '')} {passage.heading}", lines, hit.score)


def _may_answer(one: Found, titles: Mapping[str, str]) -> bool:
    """Whether a sentence tells something: no heading, no list of works, no question."""
    heads = _is_heading(one, titles.get(one.passage.document_id, ""))
    return not heads and not is_bibliography(one.passage.text) and not _asks(one.text)


def _answers_first(spans: Sequence[Sequence[Span]], hits: Sequence[Hit], scores: Matrix) -> Matrix:
    """The scores with what answers a question in the text nearly as likely as that question: interviews."""
    scores, row = scores.copy(), 0
    for hit, at in zip(hits, spans, strict=True):
        texts = [hit.passage.text[a:b] for a, b in at]
        for place, text in enumerate(texts):
            if not _asks(text):
                continue
            after = range(place + 1, min(len(texts), place + 1 + _REPLIES))
            replies = [n for n in after if len(texts[n].split()) > _NOD and not _asks(texts[n])]
            if replies:
                scores[row + replies[0]] = max(scores[row + replies[0]], scores[row + place] - _REPLY)
        row += len(at)
    return scores


_REPLIES = 2
"""Sentences behind a question that may answer it, where the first only nods: "Yes."."""
_NOD = 3
_REPLY = 0.7
"""In log-odds: by how much less likely the answer to a question in the text is than that question."""


def _tells_time(asked: Asked, sentence: str) -> bool:
    """Whether "when" meets a time that is no date: "at four", "within three years", "next week"."""
    return asked.expected == "when" and _TIME.search(sentence) is not None


_TIME = re.compile(
    r"\b(?:at (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|night|midnight)"
    r"|(?:years?|months?|weeks?|days?|hours?|decades?)|soon|to(?:day|morrow|night)|yesterday|morning|evening|spring|summer|autumn"
    r"|winter|not yet|never)\b|年|月|周|天|日前|尚未",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:(?:the|one|its|their|our|a)\s+)?(?:main\s+|first\s+|other\s+)?reasons?\b|(?:this|that)\s+(?:is|was)\s+(?:because|due)\b"
    r"|because\b|(?:这是)?因为|原因|由于",
    re.IGNORECASE,
)


_CAUSE = re.compile(
    r"\b(?:causes?|blam(?:e|es|ed|ing)|puts? (?:this|it|that|them) down to|reasons?|attribut\w+|because|owing to"
    r"|due to|thanks to|explain\w*)\b|原因|由于|因为|归因",
    re.IGNORECASE,
)
"""What tells a reason, wherever it stands, in the sentence behind one that tells what happened."""


def _reason_first(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """With the sentence behind the best one leading, where it opens with the reason: "The reason is that …"."""
    first = found[0]
    after = [one for one in found if one.passage.id == first.passage.id and one.start >= first.end]
    following = min(after, key=lambda one: one.start, default=None)
    if following is None or not (_REASON.match(following.text) or _CAUSE.search(following.text)):
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

    weighed = [weigh(one) for one in found[:WEIGHED]]
    likeliest = max(one.score for one in weighed)

    def worth(one: Found) -> float:
        return (likeliest if one.start == weighed[0].start else one.score - _BEHIND) - LACKING * one.lacks

    best = max(weighed, key=worth)
    elsewhere = best.start != weighed[0].start and not _follows(best, weighed[0])
    told_after = question.expected in _TOLD_AFTER or (question.expected == "who" and bool(best.lacks))
    if told_after and (best.lacks or not best.fits or elsewhere):
        joined = [weigh(one) for one in _with_next(weighed[0], view, named=question.expected == "who")]
        best = next((one for one in joined if one.lacks < best.lacks + (elsewhere or not best.fits)), best)
    return (best, *(one for one in weighed if one.start != best.start), *found[WEIGHED:])


def _follows(one: Found, first: Found) -> bool:
    """Whether a sentence stands right behind another, a "Yes." aside."""
    if one.passage.id != first.passage.id or one.start < first.end:
        return False
    between = one.passage.text[first.end - one.passage.start : one.start - one.passage.start]
    return len(between.split()) <= _NOD


_TOLD_AFTER = ("how much", "how many")
"""What the sentence behind the one that speaks of the thing may tell: "You plan a plant. Yes. It would cost …"."""


def _with_next(first: Found, view: View, *, named: bool) -> Iterable[Found]:
    """The likeliest sentence with the one or two behind it, where they go on with it and have a number, or a name."""
    name = first.passage.document_id
    document = view.once(("document", name), lambda: view.document(name))
    behind = document.text[first.end : first.end + _BEHIND_IT] if document else ""
    for start, end in find_sentences(behind)[:_REPLIES]:
        line = read_line(behind[start:end])
        if (line.names if named else line.numbers) and _GOES_ON.match(behind[:end].strip()):
            score = first.score - _REPLY
            yield replace(first, end=first.end + end, text=first.text + behind[:end], fits=True, score=score)


_BEHIND_IT = 800
"""Characters behind a sentence, in its passage or the next, in which what goes on with it stands."""
_GOES_ON = re.compile(
    r"(?:(?:yes|no)\b[.,]\s*)?"
    r"(?:(?:its?|they|their|his|her|this|that|these|those|the (?:budget|cost|price|total|fee|plant|project|line))\b"
    r"|(?:budget|cost|price|total|inventor(?:y|ies)|stocks?)\b|[A-Z]\w+: ?|[$€£¥]?\d)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with the one before: a pronoun, a speaker's turn, the amount itself."""


def _newer_first(found: list[Found], superseded: Mapping[str, Work]) -> list[Found]:
    """What an older edition says after what its newer one says about as well."""
    scored = [(one.passage.document_id, one.score) for one in found]
    scores = newer_first(scored, superseded, NEAR)
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
    doing = [
        asked.expected == "who" and asked.stems[0] in read_line(one.text).stems for one in found[:_FITTING]
    ]
    for i, (one, does) in enumerate(zip(found, doing, strict=False)):
        if any(doing) and not does:
            continue
        if one.fits and one.score >= found[0].score - (_NEAR_WHO if does else NEAR):
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
    english = english_words()

    def rarity(word: str) -> float:
        idf = max((retriever.idf(term) for term in retriever.analyze(word)), default=0.0)
        return float(max(min(1.0, idf / rarest), trust * english.get(stem(word), 1.0)))

    return rarity
