"""Whether a stated number agrees with a held one, at the precision and with the bound that are stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from index.figures import Figure
from index.language.labels import label as label_quantity

NEARLY, ABOUT = Decimal("0.1"), Decimal("0.05")
"""How far below "nearly" and around "about" may be, as a share."""
ROUNDED = Decimal("0.02")
"""How wide a number that was rounded without a word may be, as a share of it."""
FAR, FAR_OPEN = Decimal(10), Decimal("2.5")
"""How many times what is held a wrong number may be; less where the text does not say of which region it is."""
_SCALES = (
    {"Wh": 0, "kWh": 3, "MWh": 6, "GWh": 9, "TWh": 12},
    {"W": 0, "kW": 3, "MW": 6, "GW": 9, "TW": 12},
    {"g": 0, "kg": 3, "t": 6, "kt": 9, "Mt": 12, "Gt": 15},
)


def in_unit(figure: Figure, unit: str) -> Decimal | None:
    """The power of ten from the figure's unit to another; None where they do not measure the same."""
    if figure.unit == unit:
        return Decimal(1)
    for scale in _SCALES:
        if figure.unit in scale and unit in scale:
            return Decimal(1).scaleb(scale[figure.unit] - scale[unit])
    return None


def find_agreeing(said: Figure, held: Sequence[Figure]) -> Figure | None:
    """The first figure that the stated one agrees with; the most precise ones decide."""
    exact = [figure for figure in held if figure.bound == "exactly"]
    fine = [figure for figure in exact if _step(figure, said) <= said.step]
    return next((figure for figure in fine or exact or held if _agrees(said, figure)), None)


def _step(held: Figure, said: Figure) -> Decimal:
    return held.step * (in_unit(held, said.unit) or Decimal(1))


def _value(held: Figure, said: Figure) -> Decimal:
    return (held.value or Decimal(0)) * (in_unit(held, said.unit) or Decimal(1))


def _agrees(said: Figure, held: Figure) -> bool:
    """At the precision that is stated, or the one that is held where that is coarser."""
    value, known = said.value or Decimal(0), _value(held, said)
    if held.bound == "range" or held.high is not None:
        high = (held.high or Decimal(0)) * (in_unit(held, said.unit) or Decimal(1))
        return said.bound == "range" and (value, said.high) == (known, high)
    tolerance, known_by = max(said.step, _rounding(said), _step(held, said)) / 2, _step(held, said) / 2
    if (said.bound == "over" and known + known_by < value) or (
        said.bound == "up to" and known - known_by > value
    ):
        return False
    if abs(value - known) <= tolerance:
        return True
    return held.bound == "exactly" and _within(said, value, known)


def _rounding(said: Figure) -> Decimal:
    """What "114,000" may be rounded to, where two digits or more are left: thousands."""
    digits = (said.value or Decimal(0)).normalize().as_tuple()
    zeros = int(digits.exponent)
    if said.bound != "exactly" or zeros <= 0 or len(digits.digits) < 2:
        return Decimal(0)
    return min(Decimal(1).scaleb(zeros), abs(said.value or Decimal(0)) * ROUNDED)


def _within(said: Figure, value: Decimal, known: Decimal) -> bool:
    """Whether what is held lies where "over", "nearly", "about" or a range says."""
    size = abs(value) * (ABOUT if said.bound == "about" else NEARLY)
    low, high = {
        "over": (value, value + size),
        "nearly": (value - size, value),
        "up to": (value - size, value),
        "about": (value - size, value + size),
        "range": (value, said.high if said.high is not None else value),
    }.get(said.bound, (value, value))
    return low <= known <= high


def find_nearest(said: Figure, held: Iterable[Figure]) -> Figure:
    return min(held, key=lambda figure: (abs(_value(figure, said) - (said.value or Decimal(0))), figure.id))


def is_of_a_part(said: Figure, held: Figure) -> bool:
    """Whether a number is so far from what is held that it is rather of something smaller, or larger.

    One with the same digits is not: it is in the wrong unit.
    """
    value, known = abs(said.value or Decimal(0)), abs(_value(held, said))
    if not value or not known or value.normalize().as_tuple().digits == known.normalize().as_tuple().digits:
        return False
    open_region = any(
        name == "region" and (name, of) not in said.series.dimensions for name, of in held.series.dimensions
    )
    most = FAR_OPEN if open_region else FAR
    return not 1 / most <= value / known <= most


def label_difference(said: Figure, held: Figure) -> str:
    """ "by 3,000 vehicles (0.8%): held is 383,000 vehicles"."""
    known, value = _value(held, said), said.value or Decimal(0)
    unit = "pp" if said.unit == "%" else said.unit
    by = label_quantity(abs(value - known), unit, step=min(said.step, _step(held, said)))
    share = f" ({abs(value - known) / abs(known):.1%})" if known and said.unit != "%" else ""
    return f"by {by}{share}: held is {label_held(held)}"


def label_held(figure: Figure) -> str:
    return label_quantity(
        figure.value or Decimal(0), figure.unit, step=figure.step, bound=figure.bound, high=figure.high
    )


def label_choice(said: Figure, held: Figure) -> str:
    """What the text left open and the held figure has."""
    extra = [
        value for pair in held.series.dimensions if pair not in said.series.dimensions for value in pair[1:]
    ]
    notes = [f"for {', '.join(extra)}"] if extra else []
    value, known = said.value or Decimal(0), _value(held, said)
    if said.bound == "exactly" and abs(value - known) > max(said.step, _step(held, said)) / 2:
        notes.append(f"rounded: held is {label_held(held)}")
    if _step(held, said) > said.step:
        notes.append(f"held less precisely: {label_held(held)}")
    return "; ".join(notes)
