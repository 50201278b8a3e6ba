"""Corrections: what the owner says of figures that were read amiss, kept in `corrections.toml` of a corpus folder.

A correction names a figure as it was read; each build applies it again. The last one of a figure counts, and all are
kept, so that the file tells what was said when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from index.errors import CorpusError
from index.figures import Figure, Place
from index.keeping import add_entry, read_entries
from index.language.periods import find_periods
from index.language.quantities import find_quantities

FILE = "corrections.toml"
SET = ("value", "period", "metric")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure as read, and what it is instead: nothing (`reject`), or another value, period or metric."""

    document: str
    place: str
    """"120-127" in running text, "Sheet1!B17" in a table."""
    read_metric: str
    read_period: str
    read_text: str
    kind: str
    quote: str
    reason: str
    by: str
    on: date
    reject: bool = False
    value: str = ""
    """In words, with its unit: "390,000 vehicles"."""
    period: str = ""
    metric: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What the figure as read is known by; its place moves when a document is edited."""
        return self.document, self.read_metric, self.read_period, self.read_text, self.kind, self.quote

    @property
    def label(self) -> str:
        """What was said of it: "rejected" or "value 390,000, period October 2021"."""
        said = ", ".join(f"{name} {getattr(self, name)}" for name in SET if getattr(self, name))
        return "rejected" if self.reject else said


def correct(figure: Figure, before: Sequence[Correction], *, reason: str, by: str, on: date, reject: bool = False,
            value: str = "", period: str = "", metric: str = "") -> Correction:  # fmt: skip
    """A correction of a held figure, which may be a corrected one. Raises CorpusError where it says nothing useful."""
    if not reason.strip() or not by.strip():
        raise CorpusError("A correction needs a reason and a name.", 'Give both: --reason "…" --by NAME')
    if not reject and not (value or period or metric):
        raise CorpusError(
            "The correction changes nothing.", "Say --reject, or --value, --period or --metric."
        )
    earlier = correction_of(figure, before)
    made = Correction(
        document=figure.document_id, place=label_place(figure.place), read_metric=figure.series.metric,
        read_period=figure.period.label, read_text=figure.text, kind=figure.kind, quote=figure.quote,
        reason=" ".join(reason.split()), by=by.strip(), on=on, reject=reject, value=value, period=period, metric=metric,
    )  # fmt: skip
    if earlier:
        made = replace(
            made,
            read_metric=earlier.read_metric,
            read_period=earlier.read_period,
            value=value or earlier.value,
            period=period or earlier.period,
            metric=metric or earlier.metric,
        )
    if not reject:
        _corrected(figure, made)
    return made


def apply(
    figures: Iterable[Figure], corrections: Sequence[Correction], used: set[tuple[str, ...]]
) -> Iterator[Figure]:
    """The figures with their corrections; the keys of those that found their figure go into `used`."""
    last = {one.key: one for one in corrections}
    for figure in figures:
        one = last.get(_key(figure))
        if one is None:
            yield figure
            continue
        used.add(one.key)
        if not one.reject:
            yield _corrected(figure, one)


def unused(corrections: Sequence[Correction], used: set[tuple[str, ...]]) -> tuple[str, ...]:
    """What to tell the operator of corrections whose figure the document no longer has."""
    lost = {one.key: one for one in corrections if one.key not in used}
    return tuple(
        f"a correction finds its figure no more: {one.read_text} ({one.read_metric}, {one.read_period}), {one.label}"
        for one in lost.values()
    )


def correction_of(figure: Figure, corrections: Sequence[Correction]) -> Correction | None:
    """The correction that made a held figure what it is."""
    last = {one.key: one for one in corrections}
    for one in last.values():
        same = (one.document, one.read_text, one.kind, one.quote) == (
            figure.document_id, figure.text, figure.kind, figure.quote,
        )  # fmt: skip
        now = (one.metric or one.read_metric, _period_label(one) or one.read_period)
        if same and not one.reject and now == (figure.series.metric, figure.period.label):
            return one
    return None


def _key(figure: Figure) -> tuple[str, ...]:
    return (
        figure.document_id, figure.series.metric, figure.period.label, figure.text, figure.kind, figure.quote,
    )  # fmt: skip


def _corrected(figure: Figure, one: Correction) -> Figure:
    if one.value:
        figure = _with_value(figure, one.value)
    if one.period:
        found = find_periods(one.period, today=None)
        if len(found) != 1 or found[0].period.start is None:
            raise CorpusError(f'"{one.period}" is no period that could be read.', "Write it as: October 2021")
        figure = replace(figure, period=found[0].period)
    if one.metric:
        figure = replace(figure, series=replace(figure.series, metric=one.metric))
    return figure


def _with_value(figure: Figure, words: str) -> Figure:
    found = find_quantities(words)
    if len(found) == 1:
        one = found[0]
        return replace(
            figure,
            value=one.value,
            unit=one.unit or figure.unit,
            step=one.step,
            bound=one.bound,
            high=one.high,
        )
    digits = words.replace(",", "").strip()
    if not digits.lstrip("-").replace(".", "", 1).isdigit():
        raise CorpusError(f'"{words}" is no value that could be read.', 'Write it as: "390,000 vehicles"')
    value = Decimal(digits)
    step = Decimal(1).scaleb(int(str(value.as_tuple().exponent)))
    return replace(figure, value=value, step=step, bound="exactly", high=None)


def is_as_corrected(one: Correction, metric: str, period: str, value: Decimal) -> bool:
    """Whether a figure of that metric, period and value is what the correction says."""
    if one.reject:
        return False
    found = find_quantities(one.value)
    right = found[0].value if found else Decimal(one.value.replace(",", "") or value)
    return (metric, period, value) == (one.metric or metric, _period_label(one) or period, right)


def _period_label(one: Correction) -> str:
    found = find_periods(one.period, today=None) if one.period else ()
    return found[0].period.label if found else ""


def label_place(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.cell else f"{place.start}-{place.end}"


def read_corrections(folders: Iterable[Path]) -> tuple[Correction, ...]:
    """Those of every corpus folder, in order. Raises CorpusError where a file can't be read."""
    return tuple(one for folder in folders for one in _read(folder / FILE))


def _read(path: Path) -> Iterator[Correction]:
    for number, entry in enumerate(read_entries(path, "correction"), 1):
        try:
            yield Correction(**entry)  # type: ignore[arg-type]
        except TypeError as error:
            names = ", ".join(field.name for field in fields(Correction))
            raise CorpusError(
                f"{path}: correction {number} is not understood: {error}.", f"Its keys: {names}"
            ) from None


def add_correction(folder: Path, one: Correction) -> Path:
    """Adds a correction to the file of a folder, whole or not at all."""
    heading = "Corrections of figures; the last one of a figure counts."
    return add_entry(folder / FILE, "correction", asdict(one), heading=heading)
