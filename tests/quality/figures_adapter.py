# ruff: noqa: E501
"""Connects the extractor to a bench of figures: JSON lines in, JSON lines out.

    python tests/quality/figures_adapter.py [--numbers] [--to-the-start]

In:  {"id", "text", "ref": "YYYY-MM-DD" or null, "want": ["quantities", "times", "figures"]}
Out: {"id", "sec", "quantities": […], "times": […], "figures": […]}
`--numbers` gives every number of a text, also those that are no quantity of anything. `--to-the-start` is for sets that
end "2014 to 2018" where 2018 begins, and join two periods with "to" or "between … and" between them; ours ends with 2018.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.figures import Figure
from index.figures.prose import extract
from index.language.catalogue import SHIPPED
from index.language.changes import find_changes
from index.language.metrics import load
from index.language.numerals import find_numbers
from index.language.periods import Period, find_periods
from index.language.quantities import Quantity, find_quantities

NAMES = {
    "%": "percentage", "pp": "percentage point", "bp": "basis point", "USD": "dollar", "CNY": "chinese yuan", "EUR": "euro",
    "GBP": "pound sterling", "JPY": "japanese yen", "INR": "indian rupee", "KRW": "south korean won", "GWh": "gigawatt hour",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "TWh": "terawatt hour", "GW": "gigawatt", "MW": "megawatt", "kW": "kilowatt",
    "t": "metric ton", "kg": "kilogram", "g": "gram", "lb": "pound-mass", "km": "kilometre", "m": "metre", "cm": "centimetre",
    "mm": "millimetre", "mi": "mile", "ft": "foot", "in": "inch", "°C": "celsius", "°F": "fahrenheit", "years": "year",
    "months": "month", "days": "day", "weeks": "week", "hours": "hour", "minutes": "minute", "s": "second", "points": "point",
    "mph": "mile per hour", "km/h": "kilometre per hour", "gal": "gallon", "l": "litre", "bbl": "barrel", "acres": "acre",
    "ha": "hectare", "GB": "gigabyte", "MB": "megabyte", "TB": "terabyte", "GHz": "gigahertz", "MHz": "megahertz", "W": "watt",
    "hp": "horsepower", "mAh": "milliampere-hour", "decades": "decade", "AUD": "australian dollar", "CAD": "canadian dollar",
    "HKD": "hong kong dollar", "oz": "ounce", "km²": "square kilometre", "mi²": "square mile", "m²": "square metre",
    "ft²": "square foot", "times": "-", "": "-", "cents": "cent", "people": "people", "CHF": "swiss franc", "SEK": "swedish krona",
    "Hz": "hertz", "V": "volt", "bps": "basis point", "yd": "yard", "mpg": "mile per gallon", "ms": "millisecond",
    "nm": "nanometre", "µm": "micrometre", "ml": "millilitre", "mg": "milligram", "Nm": "newton metre", "°": "degree",
    "C": "celsius", "GPa": "gigapascal", "ppb": "parts-per-billion", "ft³": "cubic foot", "h": "hour",
}  # fmt: skip
DIRECTIONS = {"exactly": "=", "over": ">", "nearly": "<", "about": "~", "up to": "<", "range": "="}


def news_unit(quantity: Quantity) -> str:
    """The unit as news sets name it; a counted noun is the words behind the number."""
    main, _, per = quantity.unit.partition("/")
    if per:
        return f"{NAMES.get(main, main)} per {NAMES.get(per, per)}"
    if quantity.unit in NAMES and quantity.unit not in ("people",):
        return NAMES[quantity.unit]
    found = find_numbers(quantity.text)
    words = quantity.text[found[-1].end :].strip(" -+").lower() if found else ""
    return re.sub(r"ies$", "y", words) if words.endswith("ies") else words.removesuffix("s") or "-"


def stat_unit(unit: str, text: str) -> str:
    """Units as a set of statistics names them: a count is "vehicle", "unit" or "-"."""
    if unit in ("vehicles", "units"):
        return (
            "unit"
            if re.search(r"\bunits?$", text)
            else "vehicle"
            if re.search(r"[A-Za-z]$", text) and "illion" not in text[-7:]
            else "-"
        )
    return "-" if unit.isalpha() and unit.islower() and len(unit) > 3 and unit != "times" else unit or "-"


def numbers(text: str) -> Iterator[dict[str, Any]]:
    for number in find_numbers(text):
        span = {"start": number.start, "end": number.end, "text": text[number.start : number.end]}
        yield {**span, "value": float(number.value), "value_hi": None, "unit": "-"}


def quantities(text: str, news: bool) -> Iterator[dict[str, Any]]:
    found = find_quantities(text)
    periods = find_periods(text, today=date(2021, 1, 1))
    found = tuple(
        one
        for one in found
        if not any(
            a.start < one.end and one.start < a.end and not (a.period.grain == "span" and one.unit)
            for a in periods
        )
    )
    roles = {change.start: change for change in find_changes(text, found)}
    for one in found:
        change = roles[one.start]
        direction = DIRECTIONS[one.bound]
        if change.role == "change":
            direction = "down" if change.value < 0 else "up"
        unit = news_unit(one) if news else stat_unit(one.unit, one.text)
        yield {
            "start": one.start, "end": one.end, "text": one.text, "value": float(one.value), "unit": unit,
            "value_hi": None if one.high is None else float(one.high), "change": direction, "concept": [],
        }  # fmt: skip


def times(text: str, today: date | None) -> Iterator[dict[str, Any]]:
    for one in find_periods(text, today=today):
        yield {"start": one.start, "end": one.end, "text": one.text, **interval(one.period)}


_JOIN = re.compile(r",?\s*(?:to|till|until|through|thru|[-–~]|(?P<and>and))\s*(?:the\s+)?", re.I)
_NOW = re.compile(
    r",?\s*(?:to|till|until|through|[-–~]|(?P<and>and))\s*(?:now|today|date|the\s+current\s+date|current\s+date)\b",
    re.I,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)


def times_to_the_start(text: str, today: date | None) -> Iterator[dict[str, Any]]:
    """The same periods under the other convention: a range ends where its last part begins."""
    found = list(find_periods(text, today=today))
    place = 0
    while place < len(found):
        one = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        joined = _JOIN.fullmatch(text, one.end, other.start) if other else None
        now = _NOW.match(text, one.end)
        start, end, upto = one.period.start, one.end, one.period.end
        if now and today and (not now["and"] or _BETWEEN.search(text[: one.start])):
            end, upto = now.end(), today
            place += bool(other and other.start < end)
        elif other and joined and (not joined["and"] or _BETWEEN.search(text[: one.start])):
            end, upto = other.end, other.period.start
            if start and upto and upto < start and one.period.origin == "document date":
                start = date(start.year - 1, start.month, start.day)
            place += 1
        elif "to date" in one.text.lower() and today:
            upto = today
        else:
            upto = last_part(one.text, upto, today)
        yield {
            "start": one.start, "end": end, "text": text[one.start : end],
            "from": start and start.isoformat(), "to": upto and upto.isoformat(),
        }  # fmt: skip
        place += 1


def last_part(words: str, end: date | None, today: date | None) -> date | None:
    """Where the last part of a range such as "March to May 2018" begins; the end itself of what is no range."""
    parts = re.split(r"\s+(?:to|till|until|through|and)\s+|\s?[-–~]\s?", words)
    if len(parts) != 2 or end is None or re.fullmatch(r"\d{4}-\w+", words):
        return end
    tail = parts[1]
    month = re.search(r"[A-Za-z]{3,}\.?", words)
    if not re.search(r"[A-Za-z]{3,}", tail) and month and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", tail):
        return date.fromordinal(end.toordinal() - 1)
    inner = find_periods(tail, today=today)
    if len(inner) != 1 or inner[0].period.start is None or inner[0].period.end is None:
        return end
    return inner[0].period.start + (end - inner[0].period.end)


def interval(period: Period) -> dict[str, Any]:
    return {"from": period.start and period.start.isoformat(), "to": period.end and period.end.isoformat()}


def figure_unit(figure: Figure) -> str:
    """A figure's own unit, which its metric may give it where the text has a bare number."""
    if figure.unit == "vehicles" and not re.search(r"\bunits?$", figure.text):
        return "vehicle"
    return stat_unit(figure.unit, figure.text)


def kind_of(figure: Figure) -> str:
    if figure.kind == "change":
        return {"%": "rate", "pp": "pp", "bp": "pp"}.get(figure.unit, "delta")
    return "share" if figure.unit == "%" else "level"


def nearest(key: str, text: str) -> str:
    """The name or alias of a metric that is nearest to the words of the text."""
    metric = CATALOGUE.get(key)
    if metric is None:
        return key
    said = words_of(text)
    things = {
        "nev": "new energy vehicle",
        "ev": "electric vehicle",
        "vehicle": "vehicle",
        "battery": "battery",
    }
    made = [f"{things.get(thing, thing)} {metric.measure}" for thing in metric.objects if metric.measure]
    names = [name for name in (*made, metric.name, *metric.aliases) if name.isascii()]
    return max(names, key=lambda name: 2 * len(words_of(name) & said) - len(words_of(name)))


def words_of(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", text.lower())}


def figures(text: str, today: date | None) -> Iterator[dict[str, Any]]:
    for one in extract(text, CATALOGUE, today=today):
        value = one.value or Decimal(0)
        words = [
            value for name, value in one.series.dimensions if name not in ("region", "company", "vehicle")
        ]
        yield {
            "metric": " ".join([*words, nearest(one.series.metric, text)]), "value": float(value),
            "value_hi": None if one.high is None else float(one.high), "unit": figure_unit(one), **interval(one.period),
            "kind": kind_of(one), "basis": "span" if one.basis == "period" else one.basis, "agg": "cumulative" if one.period.cumulative else "single",
        }  # fmt: skip


CATALOGUE = load([SHIPPED])


def answer(item: dict[str, Any], every_number: bool, to_the_start: bool) -> dict[str, Any]:
    text, want = item["text"], item.get("want") or []
    today = date.fromisoformat(item["ref"]) if item.get("ref") else None
    out: dict[str, Any] = {}
    if "quantities" in want:
        out["quantities"] = list(numbers(text) if every_number else quantities(text, "figures" not in want))
    if "times" in want:
        out["times"] = list(times_to_the_start(text, today) if to_the_start else times(text, today))
    if "figures" in want:
        out["figures"] = list(figures(text, today))
    return out


def main() -> None:
    every_number = "--numbers" in sys.argv
    sys.stdout.write(json.dumps({"ready": True, "system": "seminar", "version": "1"}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        item = json.loads(line)
        began = time.perf_counter()
        out = answer(item, every_number, "--to-the-start" in sys.argv)
        sys.stdout.write(json.dumps({**out, "id": item["id"], "sec": time.perf_counter() - began}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
