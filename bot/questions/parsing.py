"""Text, and the thread so far, to a structured reading. It never raises, whatever the text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date

from bot.questions import Question
from bot.questions.asked import (
    LAST_HELD,
    SAME_LAST_YEAR,
    asks_recency,
    find_asked,
    find_earlier,
    spell_months,
)
from bot.questions.editions import find_editions
from bot.questions.everyday import EVERYDAY
from bot.questions.expected import find_expected, find_kind, find_language, find_number, find_step
from bot.questions.fillers import FILLERS
from bot.questions.followups import compare_last, merge
from bot.questions.leftover import UNITS, find_sources, words_left
from bot.questions.measured import find_measured
from bot.questions.operations import ENERGY_PER, Wanted, find_wanted
from bot.questions.own_names import not_parts, own_metrics
from bot.questions.query import find_query, is_bare
from bot.questions.rankings import with_ranked
from bot.questions.settling import COUNTED, settle
from bot.questions.shortened import spell_out, spell_words
from bot.questions.talk import find_talk
from bot.questions.typing_errors import mend
from bot.questions.wishes import find_threshold, find_wish
from index.language.dimensions import FoundDimension, find_dimensions
from index.language.metrics import Catalogue, FoundMetric, find_objects
from index.language.periods import FoundPeriod, Period
from index.lookup.series import is_aside, is_whole
from index.lookup.terms import find_terms
from index.lookup.vocabulary import Vocabulary, vocabulary_of
from index.reader import View

LONGEST = 2_000
_CHATTY = re.compile(r"<[@!#][^>]*>|:[a-z0-9_+-]+:|[*_~`]+(?=\w)|(?<=\w)[*_~`]+")
_NEXT = re.compile(
    r"[?？！!;；]+\s+(?=\S)|[?？]\s*(?=\S)|\s+(?:and also|also,|plus,)\s+(?=what|how|which|who|when)", re.I
)
_ADDED = re.compile(r"(?:for|in|of|at|by|among|with)(?: [\w-]+){1,4}", re.I)
"""What is said after the question mark and is of the question: "… or jan to oct? for nevs"."""
_PLURAL_NUMBER = re.compile(r"(?<=[A-Za-z]\s)(\d)'?s\b")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slots:
    """What was found in a text, before the thread is looked at."""

    metrics: tuple[str, ...]
    dimensions: tuple[tuple[str, str], ...]
    periods: tuple[Period, ...]
    wanted: Wanted
    unit: str
    words: tuple[str, ...]


def parse_question(text: str, *, thread: tuple[Question, ...] = (), today: date, view: View) -> Question:
    """The reading of a question: with the slots of the question before where it leans on it."""
    plain = _PLURAL_NUMBER.sub(r"\1", spell_out(" ".join(_CHATTY.sub(" ", text[:LONGEST]).split())))
    kind = find_talk(text[:LONGEST]) or find_kind(plain)
    base = Question(
        text, kind or "passage", language=find_language(plain), expected=find_expected(plain),
        number=find_number(plain), query=find_query(spell_words(text[:LONGEST]), thread),
    )  # fmt: skip
    if thread and (leaning := _of_thread(base, plain, thread[-1])) is not None:
        return leaning
    if kind in ("greeting", "thanks", "help", "gibberish"):
        return base
    first, *rest = _questions(plain)
    vocabulary = vocabulary_of(view)
    mended = spell_months(_mend(first, view, vocabulary))
    question = _fill(base, mended, today, view.catalogue, vocabulary)
    if len(rest) == 1 and kind is None and not question.metrics and _lacks_subject(question):
        whole = _fill(base, f"{mended} {rest[0]}", today, view.catalogue, vocabulary)
        question, rest = (whole, []) if whole.metrics else (question, rest)
    if thread and kind in (None, "definition", "source"):
        both = compare_last(question, thread)
        question = both or merge(question, thread[-1], mended, view.catalogue, today)
    if kind is None and not (question.metrics or question.dimensions) and asks_recency(mended):
        return replace(question, kind="inventory")
    if kind in (None, "definition") and _is_figure(question, kind):
        counts = bool(question.metrics) and question.operation in ("rank", "max", "min", "first above")
        question = replace(question, kind="figure", expected="how much" if counts else question.expected)
    rest = [part for part in rest if any(term not in FILLERS for term in find_terms(part))]
    return replace(question, rest=tuple(rest), read_as=mended if mended != spell_months(first) else "")


def _lacks_subject(question: Question) -> bool:
    """Whether a question says what to do with figures, but of nothing: "which yoy is higher, May or June?"."""
    done = bool(question.basis) or question.operation in (
        "compare",
        "average",
        "max",
        "min",
        "change",
        "ratio",
    )
    return done and not question.words and not question.dimensions


def _of_thread(base: Question, text: str, before: Question) -> Question | None:
    """A question that is nothing but a step on from the one before: "next one" of the takeaways, "when then?"."""
    step = find_step(text)
    if step and before.kind == "takeaways" and before.number > 0:
        return replace(
            base, kind="takeaways", number=max(1, before.number + step), query=before.query or before.text
        )
    told = before.kind in ("figure", "passage") and (not before.metrics or base.expected == "why")
    if is_bare(text) and base.kind == "passage" and told:
        return base
    return None


_HOW_IS = re.compile(
    r"\bhow(?:'?s| is| are| was| were)? (?:it|this|that|they|things?)(?: all)? (?:going|doing|looking|developing)\b"
    r"|\bhow are things\b|(?:进展|发展)(?:得)?(?:如何|怎么样)",
    re.I,
)
"""What is asked for in words, however countable its subject: "power batteries in china, how is it going"."""


def _is_figure(question: Question, kind: str | None) -> bool:
    if question.leaning:
        return True
    if _HOW_IS.search(question.text) and not (question.metrics or question.periods or question.basis):
        return False
    if kind == "definition":
        return bool(question.metrics and (question.periods or question.to_date or question.basis))
    done = bool(question.periods) or question.operation not in ("value", "latest")
    return bool(question.metrics or question.words or (question.dimensions and done))


def _questions(text: str) -> list[str]:
    """The questions of one message; a greeting before them is no question."""
    parts = [part.strip() for part in _NEXT.split(text) if part and part.strip(" ?!.,")]
    parts = [text] if len(parts) == 2 and _ADDED.fullmatch(parts[1]) else parts
    asked = [part for part in parts if find_talk(part) is None] or parts or [text]
    return [part for part in asked if len(part) > 2] or [text]


def _mend(text: str, view: View, vocabulary: Vocabulary) -> str:
    if not text.isascii():
        return text
    retriever = view.index.retriever
    unseen = math.log1p((retriever.count + 0.5) / 0.5)
    names = view.catalogue.plain_words

    said = [found.text for found in find_dimensions(text)]
    said += [found.text for found in find_objects(text, view.catalogue)]
    inside = {word.casefold() for words in said for word in re.findall(r"[A-Za-z]{4,}", words)}

    def known(word: str) -> bool:
        if word in FILLERS or word in names or word in inside:
            return True
        terms = find_terms(word)
        return any(
            term in vocabulary.frequencies or term in FILLERS or retriever.idf(term) < unseen
            for term in terms
        )

    if all(known(word.casefold()) for word in re.findall(r"[A-Za-z]{4,}", text)):
        return text
    words = {
        word.casefold()
        for name in (*vocabulary.metrics, *(value for _, value in vocabulary.values))
        for word in re.findall(r"[A-Za-z]{4,}", name)
    }
    return mend(text, known=known, words=words | names)


def _fill(base: Question, text: str, today: date, catalogue: Catalogue, vocabulary: Vocabulary) -> Question:
    """The slots of one question by itself."""
    unit, unit_spans = find_wish(text)
    releases, of_editions = find_editions(_masked(text, unit_spans), vocabulary)
    releases += [found.span() for found in LAST_HELD.finditer(text)]
    wanted = with_ranked(text, find_wanted(_masked(text, releases)))
    measured = find_measured(text, base, catalogue, vocabulary.frequencies, changes=bool(wanted.basis))
    metrics = own_metrics(text, measured.metrics, vocabulary, catalogue)
    metric_spans = [*measured.spans, *((found.start, found.end) for found in metrics)]
    periods, same = _find_periods(text, wanted, [*unit_spans, *releases], today)
    period_spans = [(found.start, found.end) for found in periods]
    dimensions = [
        (found.name, found.value, (found.start, found.end))
        for found in find_dimensions(text)
        if not _is_metrics_own(found, metrics, catalogue)
    ]
    dimensions = not_parts(dimensions, text, vocabulary)
    blocked = [*metric_spans, *period_spans, *(span for *_, span in dimensions)]
    dimensions += _own_values(text, vocabulary, catalogue, blocked, wanted.spans)
    threshold, threshold_spans = (
        find_threshold(_masked(text, period_spans))
        if wanted.operation == "first above" or _ABOVE.search(text)
        else (None, [])
    )
    compared = [span for span in releases if len(text[span[0] : span[1]]) > 4]
    sources, source_spans = find_sources(text, vocabulary)
    taken = [
        *blocked, *compared, *of_editions, *source_spans, *same, *unit_spans, *measured.negated, *threshold_spans,
        *(span for *_, span in dimensions),
        *((found.span("w") for found in _ABOVE.finditer(text)) if threshold is not None else ()),
        *(span for span in wanted.spans if not _within(span, metric_spans)),
    ]  # fmt: skip
    wanted = _without_metric_words(_masked(text, releases), wanted, metrics, period_spans)
    regions = {value for name, value, _ in dimensions if name == "region"}
    operation, asked = settle(
        text, wanted, [found.period for found in periods], today,
        parted=measured.parted, counted=bool(metrics) and base.expected in COUNTED, regions=len(regions),
        metrics=len(metrics),
    )  # fmt: skip
    words = words_left(text, _masked(text, taken), metrics, catalogue)
    if (daily := _DAILY.search(text)) is not None:
        words = (*words, *find_terms(daily.group().split()[-1]))
    if operation in ("change", "difference", "cagr"):
        words = tuple(word for word in words if word not in _IN_PERCENT)
    pairs = _in_order(metrics, dimensions)
    return replace(
        base,
        metrics=tuple(dict.fromkeys(found.key for found in metrics)),
        dimensions=pairs,
        periods=asked,
        basis=wanted.basis,
        operation=operation,
        unit=unit,
        limit=wanted.limit,
        threshold=threshold,
        words=words,
        sources=sources,
        to_date=wanted.to_date,
        wants=wanted.wants,
        per=wanted.per,
        over=wanted.over,
        ago=1 if same else 0,
    )


def _in_order(
    metrics: tuple[FoundMetric, ...], dimensions: list[tuple[str, str, Span]]
) -> tuple[tuple[str, str], ...]:
    """The values of a question as it names them, those that its metrics imply among them."""
    places = {(name, value): span[0] for name, value, span in reversed(dimensions)}
    places |= {pair: places.get(pair, one.start) for one in reversed(metrics) for pair in one.dimensions}
    return tuple(sorted(places, key=lambda pair: places[pair]))


def _find_periods(
    text: str, wanted: Wanted, masks: list[Span], today: date
) -> tuple[list[FoundPeriod], list[Span]]:
    """The periods asked for, and the words that want the same a year earlier."""
    same = [found.span() for found in SAME_LAST_YEAR.finditer(text)]
    if same and wanted.operation == "change" and not wanted.basis_spans:
        same = []
    periods = [
        found
        for found in find_asked(_masked(text, masks), today)
        if not _within((found.start, found.end), [*wanted.basis_spans, *same])
        and not any(found.start < end and start < found.end for start, end in wanted.to_date_spans)
    ]
    earlier = find_earlier(text, periods)
    return [found for found in periods if (found.start, found.end) not in earlier], [*same, *earlier]


def _is_metrics_own(one: FoundDimension, metrics: tuple[FoundMetric, ...], catalogue: Catalogue) -> bool:
    """The "lithium" of a "lithium carbonate price": a word of the metric's name, and no value to look up."""
    for metric in metrics:
        known = catalogue.get(metric.key)
        if known and metric.start <= one.start and one.end <= metric.end and one.name not in known.dimensions:
            named = {term for name in (known.name, *known.aliases) for term in find_terms(name)}
            return named.issuperset(find_terms(one.text))
    return False


_IN_PERCENT = frozenset(term for word in ("percent", "percentage", "pct") for term in find_terms(word))
_DAILY = re.compile(
    r"\b(?:(?:per|each|every|a) (?:day|week|hour|minute)|daily|weekly|hourly)\b(?! (?:ago|before|earlier))",
    re.I,
)
"""A grain that no metric of the catalogue has: a series has to say it."""
_ABOVE = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had)\b.*"
    r"\b(?P<w>above|over|below|under|exceed(?:ed|s)?|(?:more|less) than|reach(?:ed)?|pass(?:ed)?|top(?:ped)?|beat"
    r"|surpass(?:ed)?|cross(?:ed)?|hit)(?=\s+\d)",
    re.I,
)


def _without_metric_words(
    text: str, wanted: Wanted, metrics: tuple[FoundMetric, ...], periods: list[Span]
) -> Wanted:
    """An operation's word inside a metric's name ("average price", "sales share") is no operation."""
    del periods
    if not metrics or (wanted.operation == "ratio" and re.search(ENERGY_PER, text, re.I)):
        return wanted
    masked = list(text)
    for found in metrics:
        masked[found.start : found.end] = " " * (found.end - found.start)
    again = with_ranked("".join(masked), find_wanted("".join(masked)))
    return replace(
        wanted, operation=again.operation, basis=again.basis or wanted.basis, to_date=wanted.to_date,
        wants=wanted.wants, per=wanted.per or again.per, over=again.over, limit=again.limit or wanted.limit,
    )  # fmt: skip


def _own_values(
    text: str, vocabulary: Vocabulary, catalogue: Catalogue, blocked: list[Span], said: tuple[Span, ...]
) -> list[tuple[str, str, Span]]:
    """Values of the tables' own dimensions that the catalogue does not know; `said` are the operation's words."""
    found = []
    blocked = [*blocked, *((one.start, one.end) for one in find_objects(text, catalogue))]
    for match in vocabulary.lexicon.find(text):
        span = (match.start, match.end)
        word = text[match.start : match.end]
        overlaps = any(span[0] < end and start < span[1] for start, end in blocked)
        if (
            overlaps
            or is_whole(match.value[1])
            or is_aside(*match.value)
            or word.casefold() in FILLERS
            or word.isdigit()
            or word.casefold() in UNITS
            or len(word) < 2
        ):
            continue
        found.append((*match.value, span))
    blocked = [*blocked, *said, *(span for *_, span in found)]
    for one in re.finditer(r"[A-Za-z]{4,}", text):
        if one.group().casefold() in FILLERS or one.group().casefold() in EVERYDAY:
            continue
        own = [pair for pair in vocabulary.values_with(one.group()) if len(pair[1].split()) <= _NAMING]
        if len(own) == 1 and not any(one.start() < end and start < one.end() for start, end in blocked):
            found.append((*own[0], one.span()))
    return found


_NAMING = 3
"""A word names a value of so many words at the most: no sentence in a cell."""


def _masked(text: str, spans: list[Span]) -> str:
    """The text with blanks where the spans are."""
    masked = list(text)
    for start, end in spans:
        masked[start:end] = " " * (end - start)
    return "".join(masked)


def _within(span: Span, spans: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
