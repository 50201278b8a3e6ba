# ruff: noqa: E501, PLR0911
"""Figures in prose: what the sentences of a document say in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from index.documents import Document
from index.figures import Figure, Kind, Place, Series, Status
from index.figures.subjects import Group, blanked, family, find_groups, fits, own_words, share_metric
from index.figures.when import Timeline, basis_against, build_timeline, choose, is_taken
from index.language.changes import Change, find_changes, is_joint
from index.language.dimensions import FoundDimension, find_dimensions
from index.language.metrics import (
    Catalogue,
    FoundMetric,
    FoundObject,
    find_measures,
    find_metrics,
    find_objects,
)
from index.language.periods import NOT_STATED, FoundPeriod, Period, find_periods, month, year
from index.language.quantities import Quantity, find_quantities, plain
from index.language.sentences import find_sentences
from index.passages import Passage

CARRIED = 4
"""Sentences for which a period or a subject still holds after it was said."""
MEASURED = frozenset(
    ("t", "kg", "g", "km", "mi", "m", "ft", "mph", "ppm", "minutes", "acres", "ha", "cycles", "times")
)
DURATIONS = frozenset(("years", "months", "days", "weeks", "decades", "hours", "s"))


@dataclass(slots=True)
class _Thread:
    """What the text is speaking of: kept from sentence to sentence, forgotten at a heading."""

    heading: str = ""
    period: Period | None = None
    period_age: int = 99
    group: Group | None = None
    group_age: int = 99
    regions: tuple[tuple[str, str], ...] = ()
    heading_period: Period | None = None
    month: Period | None = None
    """The last single month that the text spoke of ("in the given month")."""


@dataclass(slots=True)
class _Sentence:
    """A sentence with all that was found in it; spans index into `text`."""

    text: str
    start: int
    changes: tuple[Change, ...]
    periods: tuple[FoundPeriod, ...]
    metrics: tuple[FoundMetric, ...]
    dimensions: tuple[FoundDimension, ...]
    groups: tuple[Group, ...] = field(default=())
    objects: tuple[FoundObject, ...] = ()
    bare: str = ""
    """The text with its periods and quantities blanked, from which a subject's own words are taken."""


def find_figures(
    document: Document, passages: tuple[Passage, ...], catalogue: Catalogue
) -> tuple[Figure, ...]:
    """Every figure of a document's running text, in order (id 0); tables are read elsewhere."""
    figures: list[Figure] = []
    thread = _Thread()
    tables = [(table.start, table.end) for table in document.tables if table.end > table.start]
    for passage in passages:
        if passage.heading != thread.heading:
            thread = _Thread(
                heading=passage.heading, heading_period=_heading_period(passage.heading, document)
            )
        for start, end in _pieces(passage.text):
            at = passage.start + start
            if any(a <= at < b for a, b in tables):
                continue
            thread.period_age += 1
            thread.group_age += 1
            text = passage.text[start:end]
            if _SOME_NUMBER.search(text) is None and not _MIGHT_CARRY.search(text):
                continue
            sentence = _read(text, at, document, thread, catalogue)
            figures += _figures(sentence, thread, document, catalogue)
            _remember(sentence, thread, catalogue)
    return tuple(figures)


def extract(
    text: str,
    catalogue: Catalogue,
    *,
    today: date | None = None,
    year: int | None = None,
    id: str = "text",  # noqa: A002
) -> tuple[Figure, ...]:
    """The figures of a bare text, as those of a document of that day."""
    document = Document(id, "", text, published=today, year_of_figures=year)
    return find_figures(document, (Passage(0, id, 0, "", 0, len(text), text),), catalogue)


_SOME_NUMBER = re.compile(
    r"\d|\b(?:doubl|tripl|trebl|quadrupl|halv|half|hundred|thousand|million|billion|dozen|third|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"|teen|[一二三四五六七八九十两]成|百分之|翻|减半|[百千万亿]",
    re.I,
)
_MIGHT_CARRY = re.compile(r"年|月|year|quarter|month")


LONGEST = 1200
"""Characters of a sentence that are read as one: no sentence of a person is longer."""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The sentences; what runs on without a full stop is cut at spaces, so that time grows with length only."""
    for start, end in find_sentences(text):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            yield start, cut
            start = cut
        yield start, end


def _heading_period(heading: str, document: Document) -> Period | None:
    for source in (heading, document.title):
        if source:
            found = [
                one
                for one in find_periods(source, today=document.published, year=document.year_of_figures)
                if one.period.start
            ]
            stated = [
                one
                for one in found
                if one.period.grain in ("month", "quarter", "half", "year", "span")
                and not re.search(r"plan|strategy|roadmap|规划|vision|report", source, re.I)
            ]
            if len(stated) == 1:
                return replace(stated[0].period, origin="context")
    return None


def _read(text: str, at: int, document: Document, thread: _Thread, catalogue: Catalogue) -> _Sentence:
    context = thread.period if thread.period_age <= CARRIED else None
    periods = find_periods(text, today=document.published, year=document.year_of_figures, context=context)
    quantities = [one for one in find_quantities(text) if not _in_period(one, periods)]
    quantities = [one for one in quantities if one.unit not in DURATIONS]
    changes = find_changes(text, quantities)
    if not changes:
        return _Sentence(text, at, changes, periods, (), ())
    metrics = find_metrics(text, catalogue)
    if not metrics:
        metrics = _completed(text, thread, catalogue)
    objects = find_objects(text, catalogue)
    metrics = tuple(_narrowed(one, objects, thread, catalogue) for one in metrics)
    spans = [(one.start, one.end) for one in periods] + [(one.start, one.end) for one in quantities]
    return _Sentence(
        text,
        at,
        changes,
        periods,
        metrics,
        find_dimensions(text),
        find_groups(text, metrics),
        objects,
        blanked(text, spans),
    )


def _narrowed(
    metric: FoundMetric, objects: Sequence[FoundObject], thread: _Thread, catalogue: Catalogue
) -> FoundMetric:
    """A lone "sales" in a text on EV sales is of EVs, not of all vehicles."""
    known = catalogue.get(metric.key)
    lone = " " not in metric.text and not objects
    if (
        not known
        or not known.measure
        or not lone
        or metric.implied
        or thread.group is None
        or thread.group_age > 2
    ):
        return metric
    key = catalogue.with_measure(thread.group.metrics[0].key, known.measure)
    return replace(metric, key=key, implied=True) if key else metric


def _completed(text: str, thread: _Thread, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """Bare measures ("the market share of 34 %") with the object that the text speaks of."""
    if thread.group is None or thread.group_age > 2:
        return ()
    subject = thread.group.metrics[0]
    found = []
    for bare in find_measures(text, catalogue):
        for part in catalogue.parts.get(bare.measure, ()):
            key = catalogue.with_measure(subject.key, part)
            if key is not None:
                found.append(FoundMetric(key, bare.start, bare.end, bare.text, (), implied=True))
    return tuple(found)


def _in_period(quantity: Quantity, periods: Sequence[FoundPeriod]) -> bool:
    return any(one.start < quantity.end and quantity.start < one.end for one in periods)


def _remember(sentence: _Sentence, thread: _Thread, catalogue: Catalogue) -> None:
    line = build_timeline(sentence.text, sentence.periods)
    spoken = [
        one.period for one, base in zip(line.periods, line.bases, strict=True)
        if not base and not is_taken(line, one) and one.period.grain in ("month", "quarter", "half", "year", "span")
    ]  # fmt: skip
    if spoken:
        thread.period, thread.period_age = (
            replace(spoken[0], origin="context" if spoken[0].start else "unknown"),
            0,
        )
    if sentence.metrics:
        counts = [one for one in sentence.metrics if (known := catalogue.get(one.key)) and known.unit != "%"]
        last = [group for group in sentence.groups if any(one in counts for one in group.metrics)]
        thread.group = last[-1] if last else Group(tuple(counts[:1]) or sentence.metrics[:1])
        thread.group_age = 0
    months = [one for one in spoken if one.grain == "month"]
    thread.month = months[0] if months else thread.month
    regions = tuple((one.name, one.value) for one in sentence.dimensions if one.name == "region")
    thread.regions = regions[:1] or thread.regions


# ---- one sentence ----------------------------------------------------------------------------------------------


def _figures(
    sentence: _Sentence, thread: _Thread, document: Document, catalogue: Catalogue
) -> Iterator[Figure]:
    line = build_timeline(sentence.text, sentence.periods)
    carried = thread.period if thread.period_age <= CARRIED else None
    if thread.month is not None and _THAT_MONTH.search(sentence.text):
        carried = replace(thread.month, origin="context")
    carried = carried or thread.heading_period or _year_after_base(sentence, line)
    said = ""
    for bunch in _bunches(sentence):
        group = _group_for(sentence, bunch[0], thread, catalogue)
        for place, change in enumerate(bunch):
            following = [one.start for one in sentence.changes if one.start >= bunch[-1].end]
            after = following[0] if following else len(sentence.text)
            last = replace(change, end=bunch[-1].end) if change is not bunch[-1] else change
            period, base = choose(
                line, last if change.role != "before" else change, after, carried or thread.heading_period
            )
            period = _nth_month(sentence, bunch, place, _whole_year(sentence, change, period))
            for metric in _share_out(group, bunch, place):
                key = _metric_key(sentence, change, metric, catalogue, said)
                figure = _figure(sentence, change, metric, key, (period, base), document, catalogue, thread)
                if figure is not None:
                    said = key
                    yield figure


def _year_after_base(sentence: _Sentence, line: Timeline) -> Period | None:
    """ "Up 78 % compared with 2020" without another period speaks of 2021."""
    years = [
        one.period
        for one, base in zip(line.periods, line.bases, strict=True)
        if base and one.period.grain == "year"
    ]
    if len(years) != 1 or len(line.periods) != 1 or years[0].start is None:
        return None
    return (
        year(years[0].start.year + 1, origin="context")
        if any(one.role == "change" for one in sentence.changes)
        else None
    )


_THAT_MONTH = re.compile(
    r"\b(?:in|for|during)\s+(?:the|that)\s+(?:given|same|said|reported|reporting)?\s?month\b", re.I
)


def _bunches(sentence: _Sentence) -> Iterator[list[Change]]:
    """Quantities said together: "3.4 percent and 3.8 percent", three and more with commas."""
    bunch: list[Change] = []
    for change in sentence.changes:
        if bunch and not _together(sentence, bunch, change):
            yield bunch
            bunch = []
        bunch.append(change)
    if bunch:
        yield bunch


_OPPOSED = re.compile(r"\s*(?:and|but|,)\s+(?:(?:up|down)|(?:an?\s+)?\w+(?:\s+of|\s+by)?)\s*", re.I)


def _together(sentence: _Sentence, bunch: list[Change], change: Change) -> bool:
    last = bunch[-1]
    if change.role != last.role and "before" in (change.role, last.role):
        return False
    alike = family(change.unit) == family(last.unit) and change.role == last.role
    if alike and is_joint(sentence.text, last.end, change.start):
        return True
    pair = any(len(group.metrics) == 2 and group.start < last.start for group in sentence.groups)
    return (
        pair
        and alike
        and len(bunch) == 1
        and change.role == "change"
        and _OPPOSED.fullmatch(sentence.text, last.end, change.start) is not None
    )


_ANNUAL = re.compile(
    r"\b(?:annual|full[\s-]year|throughout\s+the\s+year|for\s+the\s+(?:full|whole)\s+year)\b|全年", re.I
)


def _whole_year(sentence: _Sentence, change: Change, period: Period | None) -> Period | None:
    """ "The annual sales volume" after a sentence of December is of that year."""
    if period is None or period.start is None or period.origin != "context" or period.grain != "month":
        return period
    return (
        year(period.start.year, origin="context") if _ANNUAL.search(sentence.text[: change.start]) else period
    )


_RESPECTIVELY = re.compile(r"respectively|分别", re.I)


def _nth_month(sentence: _Sentence, bunch: list[Change], place: int, period: Period | None) -> Period | None:
    """ "January to July … were 85.4 %, 83.6 %, …": as many numbers as months are one a month."""
    if period is None or period.start is None or period.end is None or len(bunch) < 3:
        return period
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    if count != len(bunch) or not _RESPECTIVELY.search(sentence.text):
        return period
    index = period.start.month - 1 + place
    return month(period.start.year + index // 12, index % 12 + 1, origin=period.origin)


_AFTER_GAP = re.compile(
    r"\s*(?:worth\s+|units?\s+|pieces\s+)?(?:of\s+)?(?:(?:the|its|new|pure|total|annual|additional|these|their|在)\s+)*",
    re.I,
)
_ANAPHORA = re.compile(
    r"^(?:among\s+them|of\s+(?:these|them|which|those|this)|this|these|the\s+(?:total|figure|number|volume|result|increase|decrease|growth|rate|market\s+share)|it\b|that\b|they|while|meanwhile|in\s+(?:the\s+)?(?:first|second|third|fourth|january|february|march|april|may|june|july|august|september|october|november|december|q\d|h\d|total|\d{4})|up\b|down\b|其中|而|同比|环比|累计|占|较|与)",
    re.I,
)


def _group_for(sentence: _Sentence, change: Change, thread: _Thread, catalogue: Catalogue) -> Group | None:
    """The metrics that a number is of; and whether they come from the sentence before."""
    fitting = [group for group in sentence.groups if _fits(group, change, catalogue)]
    for group in fitting:
        if change.start <= group.start < change.end or (
            group.start >= change.end and group.start - change.end < 40 and change.role in ("level", "change")
            and _AFTER_GAP.fullmatch(sentence.text, change.end, group.start)
        ):  # fmt: skip
            return group
    before = [group for group in fitting if group.start < change.start]
    if before:
        return before[-1]
    if (
        thread.group
        and not any(one.start < change.start for one in sentence.groups)
        and _goes_on(sentence, change, thread)
    ):
        held = Group(sentence.metrics[:1]) if sentence.metrics else thread.group
        if change.role == "change" or _fits(held, change, catalogue):
            return held
    lead = sentence.text[max(0, change.start - 40) : change.start]
    if change.role == "level" and change.unit != "%" and _PART_OF.search(lead):
        of = [Group((one,)) for one in sentence.metrics if one.start >= change.end]
        if of and _fits(of[0], change, catalogue):
            return of[0]
    after = [
        group
        for group in fitting
        if group.start >= change.end
        and not re.search(r"[,;，；]|\b(?:while|but)\b", sentence.text[change.end : group.start])
    ]
    return after[0] if after and change.role != "share" else None


_PART_OF = re.compile(
    r"(?:account\w*\s+for|ma(?:de|k\w+)\s+up|represent\w*|t(?:ook|ak\w+)\s+up|compris\w*|占)\s*(?:about|nearly|over|some)?\s*$",
    re.I,
)


def _goes_on(sentence: _Sentence, change: Change, thread: _Thread) -> bool:
    """Whether a sentence without a metric goes on with the subject of the one before."""
    if thread.group_age > 1:
        return False
    if _ANAPHORA.match(sentence.text):
        return True
    parts = ("chemistry", "technology", "powertrain", "company")
    measured = family(change.unit) in ("energy", "power") or change.role in ("change", "share")
    return measured and any(one.name in parts and one.start < change.start for one in sentence.dimensions)


def _fits(group: Group, change: Change, catalogue: Catalogue) -> bool:
    for metric in group.metrics:
        known = catalogue.get(metric.key)
        if known is None:
            return True
        if change.role == "change" and change.unit in ("%", "times"):
            return True
        if change.role == "share" or (change.unit == "%" and change.role != "change"):
            return known.unit == "%" or bool(catalogue.with_measure(metric.key, "sales_share"))
        if change.unit in ("pp", "bp", "points"):
            return known.unit == "%"
        if fits(known.unit, change.unit, int(min(abs(change.value), Decimal(10) ** 18))):
            return True
    return False


def _share_out(group: Group | None, bunch: list[Change], place: int) -> tuple[FoundMetric | None, ...]:
    """ "A and B of X and Y": the nth number to the nth metric; one number to all of them."""
    if group is None:
        return (None,)
    if len(bunch) == len(group.metrics):
        return (group.metrics[place],)
    if len(bunch) == 1:
        return group.metrics
    return (group.metrics[-1],)


_FORECAST = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:s|ed|ion|ions)|estimat(?:es|ed)\s+(?:that|to)|anticipat\w*|is\s+likely|outlook|could|would|may)\b|预计|预测|有望|预期",
    re.I,
)
_TARGET = re.compile(
    r"\b(?:target\w*|aim\w*|goal\w*|plans?\s+to|planned|planning|will|intends?|pledg\w*|commit\w*|set\s+to|hopes?\s+to|objective|ambition|to\s+invest|to\s+reach)\b|目标|计划|力争|规划|拟",
    re.I,
)
_PAST = re.compile(r"\b(?:compared|up\s+from|from|was|were|had|sold|reached|rose|fell|grew)\b", re.I)
_ESTIMATE = re.compile(r"\b(?:estimated|an\s+estimate)\b|估计|估算", re.I)
_PRELIMINARY = re.compile(r"\bpreliminary\b|初步", re.I)
_REVISED = re.compile(r"\brevised\b|修正", re.I)


def _state(
    sentence: _Sentence, change: Change, period: Period | None, document: Document
) -> tuple[Kind, Status]:
    lead = re.split(r"[;；。]", sentence.text[: change.start])[-1]
    lead = lead if len(lead) < 160 else lead[-160:]
    kind: Kind = "change" if change.role == "change" else "level"
    past = (
        period is not None
        and period.end is not None
        and document.published is not None
        and period.end <= document.published
    )
    cue = None
    for found in (*_FORECAST.finditer(lead), *_TARGET.finditer(lead)):
        cue = found if cue is None or found.start() > cue.start() else cue
    if (
        cue is not None
        and not past
        and not (_PAST.search(lead, cue.end()) and not re.search(r"\b(?:to|be|by)\b", lead[cue.end() :]))
    ):
        if _TARGET.fullmatch(cue.group()):
            return ("target" if kind == "level" else kind), "forecast"
        return kind, "forecast"
    near = lead[-60:]
    if _ESTIMATE.search(near):
        return kind, "estimate"
    if _PRELIMINARY.search(lead):
        return kind, "preliminary"
    return kind, "revised" if _REVISED.search(near) else ""


_SHARE_WORDS = re.compile(
    r"share|penetration|占|份额|渗透率|account|made\s+up|mak\w+\s+up|represent|compris|of\s+(?:all|total|the)",
    re.I,
)


def _metric_key(
    sentence: _Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
    """The catalogue's key, a share's own key, or the text's words."""
    left = max((one.end for one in sentence.changes if one.end <= change.start), default=0)
    if change.unit == "%" and change.role in ("share", "level", "before"):
        near = tuple(
            one
            for one in sentence.metrics
            if change.end <= one.start <= change.end + 60
            and not re.search(r"[,;，；]", sentence.text[change.end : one.start])
        )
        held = catalogue.get(said)
        if held and change.role == "before" and held.unit == "%":
            return said
        if held and _OR.fullmatch(sentence.text[left : change.start]):
            return catalogue.with_measure(said, "sales_share") or said
        chosen = Group((metric,)) if metric else None
        known = catalogue.get(metric.key) if metric else None
        if known and known.unit == "%":
            return known.key
        if change.role == "share" or _SHARE_WORDS.search(sentence.text[left : change.start]):
            key = share_metric(chosen, near, _subject(sentence, change), catalogue)
            if key:
                return key
        return _own(sentence, change, said)
    if metric is None:
        if (
            family(change.unit) == "length"
            and catalogue.get("driving_range")
            and _RANGE_WORDS.search(sentence.text)
        ):
            return "driving_range"
        return _own(sentence, change, said)
    counted = _subject(sentence, change, counted=True)
    known = catalogue.get(metric.key)
    if counted not in ("", "vehicle") and known and known.measure and metric.start < change.start:
        return catalogue.composed(known.measure, counted) or metric.key
    return metric.key


_OR = re.compile(r"\s*,?\s*(?:or|i\.e\.,?|即|\()\s*(?:about\s+|nearly\s+|some\s+)?", re.I)
_RANGE_WORDS = re.compile(r"\brange\b|(?:single|one|per|full)\s+charge|power an? (?:ev|electric)|续航", re.I)


def _own(sentence: _Sentence, change: Change, said: str) -> str:
    lead = sentence.bare[: change.start]
    return own_words(
        lead, sentence.text[change.start : change.end + 60], change.quantity.text, change.unit, said
    )


def _subject(sentence: _Sentence, change: Change, *, counted: bool = False) -> str:
    """The object before a share ("Electric vehicles made up …"), or the one that a count is in ("3.5 million NEVs")."""
    if counted:
        return next((one.name for one in sentence.objects if change.start <= one.start < change.end), "")
    before = [one for one in sentence.objects if one.end <= change.start]
    return before[-1].name if before else ""


def _figure(
    sentence: _Sentence,
    change: Change,
    metric: FoundMetric | None,
    key: str,
    when: tuple[Period | None, Period | None],
    document: Document,
    catalogue: Catalogue,
    thread: _Thread,
) -> Figure | None:
    period, base = when
    known = catalogue.get(key)
    if change.unit == "times" and change.role != "change":
        return None
    unit = change.unit
    if known and change.role != "change" and unit in ("", "units") and family(known.unit) == "count":
        unit = known.unit
    elif unit == "units" and (known is None or known.unit == "vehicles") and metric is not None:
        unit = "vehicles"
    elif unit == "points" and known and known.unit == "%":
        unit = "pp"
    if known is None and change.role == "level" and not _worth(change, unit, period):
        return None
    basis = change.basis or (
        basis_against(period, base) if base is not None and change.role == "change" else ""
    )
    if (
        change.role == "change"
        and period is not None
        and period.grain == "span"
        and not period.cumulative
        and _is_years(period)
        and not basis
    ):
        basis = "period"
    kind, status = _state(sentence, change, period, document)
    quantity = change.quantity
    start, end = sentence.start + change.start, sentence.start + change.end
    series = Series(
        key,
        _dimensions(sentence, change, metric, known is not None, thread),
        known.unit if known and change.role != "change" else unit,
    )
    return Figure(
        series=series, period=period or NOT_STATED, value=plain(change.value, change.step), unit=unit, kind=kind, place=Place(start, end),
        text=document.text[start:end], document_id=document.id, quote=sentence.text, high=quantity.high, bound=quantity.bound,
        step=plain(change.step, change.step), basis=basis, base=base, status=status,  # type: ignore[arg-type]
    )  # fmt: skip


def _is_years(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > 366


def _worth(change: Change, unit: str, period: Period | None) -> bool:
    """A count of things that no metric knows is a figure only where it looks like a statistic."""
    text = change.quantity.text
    if family(unit) != "count" and not (unit.isalpha() and unit.islower() and unit not in MEASURED):
        return True
    printed = (
        "," in text or " " in text.strip("0123456789")[:1] or "illion" in text or "万" in text or "亿" in text
    )
    if unit == "":
        return (printed and abs(change.value) >= 1000) or (
            not text[:1].isdigit() and abs(change.value) >= 100
        )
    dated = period is not None and period.start is not None
    return abs(change.value) >= 10_000 or (dated and text[:1].isdigit() and abs(change.value) >= 20)


_ONE_EACH = ("region", "company", "chemistry", "technology", "powertrain", "vehicle")


def _dimensions(
    sentence: _Sentence, change: Change, metric: FoundMetric | None, known: bool, thread: _Thread
) -> tuple[tuple[str, str], ...]:
    """The nearest value of each dimension before the number, else the first one behind it in its clause."""
    chosen: dict[str, str] = {}
    for one in sentence.dimensions:
        if one.name in _ONE_EACH and one.start < change.start:
            chosen[one.name] = one.value
    behind = re.split(r"[,;，；。]", sentence.text[change.end :])[0]
    for one in sentence.dimensions:
        if one.name in _ONE_EACH and change.start <= one.start <= change.end + len(behind):
            chosen[one.name] = one.value if one.start < change.end else chosen.get(one.name, one.value)
    if metric is not None:
        chosen.update(metric.dimensions)
    if "region" not in chosen and known and thread.regions:
        chosen.update(thread.regions)
    return tuple(sorted(chosen.items()))
