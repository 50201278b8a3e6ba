"""What a column of numbers measures: its header's words, under what stands above the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.figures import Basis, Kind, Status
from index.figures.cells import is_unit, split_unit
from index.figures.headers import read_head
from index.figures.scales import read_unit
from index.figures.topic import OF_WHICH, Pairs, Topic
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, FoundMetric, Metric, find_measures, find_metrics, find_objects
from index.language.periods import Period
from index.language.units import CURRENCIES
from index.lookup.terms import find_terms

RATE = re.compile(
    r"%|\b(?:share|rate|ratio|growth|change|yoy|mom|qoq|average|avg|mean|median|per|index|percent|pct|rank|no\.?)\b"
    r"|同比|环比|增速|增长率|占比|比例|率|排名",
    re.IGNORECASE,
)
"""A header of numbers that a title's count is not, nor its "in thousands"."""
_CHANGES: tuple[tuple[re.Pattern[str], Basis], ...] = (
    (
        re.compile(r"\b(?:yoy|y/y|y-o-y|year[ -](?:on|over)[ -]year|annual (?:growth|change))\b|同比", re.I),
        "yoy",
    ),
    (re.compile(r"\b(?:mom|m/m|m-o-m|month[ -]on[ -]month|month[ -]over[ -]month)\b|环比", re.I), "mom"),
    (re.compile(r"\b(?:qoq|q/q|q-o-q|quarter[ -]on[ -]quarter|quarter[ -]over[ -]quarter)\b", re.I), "qoq"),
)  # fmt: skip
GROWTH = re.compile(
    r"\b(?:growth|change|increase|decrease|delta|veränderung)\b|\+/-|±|Δ|增长|增速|变化", re.I
)
_SHORT = 3
_AREA = re.compile(
    r"(?:/|\bper )\s*(?:km|m|sq\w*|capita|person|people|inhabitants?|point|1[, ]?000\b|100\b)", re.I
)
_GENERIC = re.compile(
    r"(?:original|value|obs[ _]?value|values|amount|number|count|quantity|qty|volume|figure|data|数值|数量)",
    re.I,
)
"""A header that leaves it to the title what its numbers are."""
TOTAL = re.compile(
    r"(?:grand |sub-?)?total(?: (?:market|number|sales|registrations|units|volume))?|all|overall|sum"
    r"|合计|总计|总量|全部",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?:vehicles?|cars?)\b.{0,30}\b(?:counts?|registrations?|registered|sales|sold|deliver\w+|production|built)\b",
    re.IGNORECASE,
)
"""A title whose numbers are vehicles, whatever its columns are called."""
_IN_NUMBERS = re.compile(
    r"\b(?:units?|numbers?|vehicles?|cars?|deliver(?:y|ies)|registrations?|volumes?|head ?counts?|employees|staff"
    r"|people|customers|stores|sites|stations|shares? outstanding|patents|days)\b|辆|台|人数|员工",
    re.I,
)
"""A header of numbers that are counted, and are no money where the rest of a table is in money."""
_VEHICLE = re.compile(
    r"vehicle|\bcars?\b|pkw|auto|\b[bpn]?h?evs?\b|truck|\bbus|\bvans?\b|motor|bike|辆|輛|车|車", re.I
)
""" "Units" of what are no vehicles are units."""
NOTHING = Topic()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of numbers measures; a number in it is `10 ** scale` units."""

    metric: str
    known: bool
    """Whether the catalogue has the metric; else `metric` is the header's own words."""
    dimensions: Pairs
    unit: str
    scale: int
    period: Period | None
    """The period that the header itself names."""
    status: Status = ""
    kind: Kind = "level"
    basis: Basis = ""
    own: bool = False
    """Whether the header's own words say what is measured, and not the title's."""


def read_measure(
    header: str,
    catalogue: Catalogue,
    settings: Mapping[str, object],
    topic: Topic = NOTHING,
    table_unit: str = "",
) -> Measure:
    """What a header measures; where its words are no metric, the table's own title may name one.

    `table_unit` is what the table says of all its numbers; it holds for those that are counts or amounts.
    """
    given, unit = str(settings.get("metric") or ""), str(settings.get("unit") or "")
    words, said = split_unit(header)
    head = read_head(words)
    bare, said = _bare(head.words, said)
    of_settings: _What = (given, catalogue.get(given) is not None, (), False)
    key, known, dimensions, own = of_settings if given else _what(bare, said, catalogue, topic)
    held = catalogue.get(key)
    usual = held.unit if held else ""
    rate = RATE.search(header) is not None
    if not (said or unit or rate) and _is_of_all(table_unit, bare, usual, known=known, own=own):
        said = table_unit
    scale, plain = read_unit(said or unit)
    if plain.replace(" per ", "/") == usual:
        plain = usual
    if not (plain or usual) and held is None and _COUNTED.search(topic.context) and not rate:
        usual = "vehicles"
    if is_money(usual) and plain and not (is_money(plain) or plain == "%"):
        return Measure(
            bare.casefold() or key, False, dimensions, plain, scale, head.period, head.status, own=True
        )
    if held is None and plain == "vehicles" and not _VEHICLE.search(f"{words} {topic.context} {said}"):
        plain = "units"
    kind, basis = _change(bare, plain)
    if kind == "change" and known and (usual != "%" or plain == "pp"):
        return Measure(
            key, known, dimensions, plain or "%", scale, head.period, head.status, kind, basis, own
        )
    if known and own and usual != "%" and (GROWTH.search(bare) or (plain == "%" and kind == "level")):
        return Measure(bare.casefold(), False, dimensions, plain, scale, head.period, head.status, own=True)
    unit = plain or ("" if usual in _CURRENCIES else usual)  # nobody says whose money it is
    return Measure(key, known, dimensions, unit, scale, head.period, head.status, own=own)


def _bare(words: str, said: str) -> tuple[str, str]:
    """The words of a header that name something, and its unit: of "GWh" alone there is but the unit."""
    if _GENERIC.fullmatch(words):
        return "", said
    return ("", words.strip("()[] ")) if is_unit(words) and not said else (words, said)


def _is_of_all(table_unit: str, bare: str, usual: str, *, known: bool, own: bool) -> bool:
    """Whether what a table says of all its numbers is this column's unit, too: no money of a head count."""
    scale, unit = read_unit(table_unit)
    counted = _IN_NUMBERS.search(bare) is not None and is_money(unit)
    return (known or not own or bool(scale)) and not counted and _fits(unit, usual, own=own)


_What = tuple[str, bool, Pairs, bool]
"""A metric's key, whether the catalogue has it, what its words imply, whether they are the header's own."""


def _what(bare: str, said: str, catalogue: Catalogue, topic: Topic) -> _What:
    """What a header's words measure: their own metric, else what the title says, of all or of a kind."""
    placed = tuple(pair for pair in topic.pairs if pair[0] in ("region", "company"))
    held = catalogue.get(topic.metric) if topic.metric else None
    found = (
        _counted(bare, said, catalogue)
        or _composed(bare, catalogue, topic)
        or _of_vehicles(bare, said, catalogue)
    )
    if found:
        parts = (*found[0].dimensions, *_beside(found[0], bare), *_narrowed(found[0], bare))
        return found[0].key, True, _over(placed, parts), True
    if of := of_object(bare, held, catalogue):
        return of.key, True, _over(placed, of.dimensions), True
    if not bare and said == "%" and (held is None or held.unit != "%"):
        return f"{topic.metric or topic.subject} share".strip(), False, placed, True
    parts = named_wholly(bare)
    if not bare or (parts and (held or topic.subject)):
        whole = _over(_over(topic.pairs, topic.dimensions), parts)
        return topic.metric or topic.subject or "value", held is not None, whole, False
    if held is None or parts:
        return " ".join(bare.casefold().split()), False, placed, True
    return _kind_of(bare, held, topic, placed)


def _kind_of(bare: str, held: Metric, topic: Topic, placed: Pairs) -> _What:
    """A header in words of its own below a title that names a metric: its change, a kind of it, or another thing."""
    whole = _over(topic.pairs, topic.dimensions)
    change = _change(bare, "%")[1] != ""
    rate = RATE.search(bare) is not None or GROWTH.search(bare) is not None
    if rate and not change and held.unit != "%" and "/" not in held.unit:
        return " ".join(bare.casefold().split()), False, placed, True
    rest = _without(bare, held.name)
    if not rest or TOTAL.fullmatch(bare) or (rate and change):
        return held.key, True, whole, False
    return held.key, True, _over(whole, (_kind(rest),)), False


def _counted(header: str, unit: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """The metrics of a header; none of what it calls other, nor where its unit is so many an area: chargers per km²."""
    found = find_metrics(header, catalogue)
    if found and _OTHER.search(header[: found[0].start]):
        return ()
    held = catalogue.get(found[0].key) if found else None
    rate = _AREA.search(read_unit(unit)[1]) is not None
    return () if rate and held and held.kind in ("flow", "stock") and not _AREA.search(held.unit) else found


_OTHER = re.compile(r"\b(?:other|non)[\s-]+$", re.I)
""" "Other operating income" is no operating income."""


def _composed(header: str, catalogue: Catalogue, topic: Topic) -> tuple[FoundMetric, ...]:
    """A header that only says how things are counted, under a title that says which: "Exports" under NEVs."""
    if not header or len(header.split()) > _SHORT or not topic.objects or named_wholly(header):
        return ()
    found = find_metrics(f"{topic.objects[0]} {header}", catalogue)
    return found if found and found[0].end - found[0].start > len(header) else ()


def _of_vehicles(header: str, unit: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """A header that only says that goods cross a border, with vehicles for its unit: "export units (vehicles)"."""
    bare = find_measures(header, catalogue) if unit.strip().casefold() in _IN_VEHICLES else ()
    trade = len(bare) == 1 and bare[0].measure in ("exports", "imports")
    key = catalogue.composed(bare[0].measure, "vehicle") if trade else None
    return (FoundMetric(key, bare[0].start, bare[0].end, bare[0].text),) if key else ()


_IN_VEHICLES = ("vehicles", "vehicle", "cars", "辆", "輛")


def of_object(header: str, held: Metric | None, catalogue: Catalogue) -> FoundMetric | None:
    """A header that names nothing but what is counted, under a title that says how: "Electric (EV)" registrations."""
    things = find_objects(header, catalogue) if held is not None and held.measure else ()
    if held is None or not things or len({(one.name, one.dimensions) for one in things}) > 1:
        return None
    left = re.sub("|".join(re.escape(one.text) for one in things), " ", header)
    if re.sub(r"\b(?:electric|vehicles?|cars?)\b|\W", "", left, flags=re.IGNORECASE):
        return None
    key = catalogue.composed(held.measure, things[0].name)
    return FoundMetric(key, 0, len(header), header, things[0].dimensions) if key and key != held.key else None


def _without(header: str, name: str) -> str:
    """A header's words without those of the metric that it is a kind of: "HPC" of "HPC points"."""
    said = name.casefold().split()
    return " ".join(word for word in header.split() if not _shortens(word.casefold().strip(" ,;:_."), said))


def _shortens(word: str, said: list[str]) -> bool:
    """Whether a word is one of a name's, or its beginning: "Reg" of registrations."""
    plain = word.rstrip("s")
    return any(one.rstrip("s") == plain or (len(plain) >= _SHORT and one.startswith(plain)) for one in said)


def names_it(header: str, name: str) -> bool:
    """Whether a header says the thing that a metric counts: "HPC points" of charging points."""
    return find_terms(name)[-1:] != () and find_terms(name)[-1] in find_terms(header)


def is_of_its_own(header: str, name: str) -> bool:
    """Whether a header among those that say what is counted says another thing: "Sites" beside "HPC points"."""
    part = TOTAL.match(header) or OF_WHICH.match(header) or named_wholly(header)
    return bool(header) and not part and not names_it(header, name)


def is_money(unit: str) -> bool:
    """Whether a unit is of money, alone or by something: "EUR", "USD/kWh"."""
    return unit.partition("/")[0] in _CURRENCIES


_CURRENCIES = frozenset(CURRENCIES.values())


def _over(lower: Pairs, upper: Pairs) -> Pairs:
    """The pairs of both; where both name a dimension, the upper one's holds."""
    return tuple((dict(lower) | dict(upper)).items())


def _change(words: str, unit: str) -> tuple[Kind, Basis]:
    """Whether a header of rates is of changes, and against what."""
    basis: Basis = next((basis for pattern, basis in _CHANGES if pattern.search(words)), "")
    if not basis and unit in ("%", "pp") and GROWTH.search(words):
        basis = "period"
    return ("change", basis) if basis and unit in ("", "%", "pp") else ("level", "")


def change_alone(header: str) -> tuple[Basis, str] | None:
    """What a header of nothing but a change is against, and its unit: "YoY (%)", "% change", 同比."""
    words, unit = split_unit(header)
    rest = GROWTH.sub(" ", re.sub("|".join(p.pattern for p, _ in _CHANGES), " ", words, flags=re.I))
    if rest == words or re.sub(r"%|\b(?:rate|in|percent|pct)\b|率|[\W_]", "", rest, flags=re.I):
        return None
    said = unit or ("%" if re.search(r"%|percent|pct|率", words, re.I) else "")
    kind, basis = _change(words, said)
    return (basis, said or "%") if kind == "change" else None


def _beside(metric: FoundMetric, header: str) -> Pairs:
    """The drive or the chemistry that a header names and its metric does not say: "BEV share"."""
    held = {name for name, _ in metric.dimensions}
    named = {
        one.name: one.value for one in find_dimensions(header) if one.name in ("powertrain", "chemistry")
    }
    return tuple((name, value) for name, value in named.items() if name not in held)


def _narrowed(metric: FoundMetric, header: str) -> Pairs:
    """What stands behind a comma or in brackets after a metric's name: "314 Ah" of "LFP cell price, 314 Ah"."""
    behind = re.fullmatch(r"\s*(?:,\s*|\(\s*)([^()]{2,40}?)\s*\)?\s*", header[metric.end :])
    word = behind[1] if behind else ""
    said = (
        TOTAL.fullmatch(word)
        or _GENERIC.fullmatch(word)
        or RATE.search(word)
        or is_unit(word)
        or find_dimensions(word)
        or not word
    )
    return () if said else (("kind", word),)


def named_wholly(header: str) -> Pairs:
    """The dimensions of a header that names nothing but those: "China BEV" under "Truck sales by region"."""
    found = find_dimensions(header)
    covered = sum(len(re.sub(r"\W", "", header[one.start : one.end])) for one in found)
    if not found or covered < len(re.sub(r"\W", "", header)) or len({one.name for one in found}) < len(found):
        return ()
    return tuple((one.name, one.value) for one in found)


def _kind(header: str) -> tuple[str, str]:
    """A header below a title that names the metric: a powertrain or a chemistry where it is one, else its words."""
    text = OF_WHICH.sub("", header)
    values = {
        (one.name, one.value) for one in find_dimensions(text) if one.name in ("powertrain", "chemistry")
    }
    return values.pop() if len(values) == 1 else ("kind", " ".join(text.casefold().split()))


def _fits(unit: str, usual: str, *, own: bool) -> bool:
    """Whether a table's unit can be that of a metric: "thousand" of all that is counted, "million USD" of no sales.

    What the title says of its own metric holds, whatever that is measured in elsewhere: "installations, MWh".
    """
    if not own and unit:
        return True
    alike = unit == usual or (is_money(unit) and is_money(usual))
    return "%" not in usual and "/" not in usual and (not unit or not usual or alike)
