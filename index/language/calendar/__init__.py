"""Periods in a text: what each written form means, in order, none inside another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.language.calendar import chinese, named, relative
from index.language.calendar.clock import Clock, Reading, first_year, is_compared
from index.language.calendar.forms import ENGLISH, HAN, HAN_MAYBE, MAYBE, START
from index.language.calendar.parts import find_parts
from index.language.periods import FoundPeriod, Period


def find(
    text: str, *, today: date | None, year: int | None, context: Period | None
) -> tuple[FoundPeriod, ...]:
    """Every period of a text, in order, none inside another."""
    plain = _find(text, today=today, year=year, context=context)
    parts = find_parts(text, today, lambda tail: _find(tail, today=today, year=year, context=context))
    if not parts:
        return plain
    kept: list[FoundPeriod] = []
    for one in sorted((*plain, *parts), key=lambda found: (found.start, -found.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _find(
    text: str, *, today: date | None, year: int | None, context: Period | None
) -> tuple[FoundPeriod, ...]:
    """The periods that one pattern reads."""
    clock = Clock(today, year, text, first_year(text, today) or context)
    found: list[FoundPeriod] = []
    has_han = HAN_MAYBE.search(text) is not None
    if MAYBE.search(text) is None and not has_han:
        return ()
    matches = list(_english(text))
    if has_han:
        han = list(HAN.finditer(text))
        taken = [match.span() for match in han]
        matches = [match for match in matches if not _touches(match.span(), taken)] + han
        matches.sort(key=lambda match: match.start())
    for match in matches:
        name = match.lastgroup or ""
        name = name if name in _READ else next((form for form in _READ if match.groupdict().get(form)), "")
        if not name or _is_word(match) or (name == "year" and _is_title(match)):
            continue
        for period, start, end in _read(name, match, clock):
            found.append(FoundPeriod(period, start, end, text[start:end]))
            if period.start is not None and name not in ("same", "ago", "han_same"):
                clock.recent = period
                clock.first = clock.first or period
            if (
                period.start is not None
                and period.origin == "stated"
                and name not in ("same", "ago")
                and not is_compared(text, start)
            ):
                clock.last = period
    return tuple(found)


def _english(text: str) -> Iterator[re.Match[str]]:
    done = 0
    for start in START.finditer(text):
        if start.start() >= done and (match := ENGLISH.match(text, start.start())):
            done = match.end()
            yield match


def _touches(one: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(a < one[1] and one[0] < b for a, b in spans)


_MODAL = re.compile(
    r"\s+(?:be|have|not|also|well|take|need|see|only|lead|help|become|reach|I|we|you|they|it|he|she|the)\b"
)


def _is_word(match: re.Match[str]) -> bool:
    """A month's name that is another word here: "may", "march"; "Sun", "mar"."""
    found = match.groupdict().get("mo_m")
    if not found or match.lastgroup is None:
        return False
    if (
        found[0].islower()
        and (len(found) <= 4 or found == "march")
        and found not in ("june", "july")
        and not match.group("mo_y")
    ):
        return True
    return found == "May" and not match.group("mo_y") and bool(_MODAL.match(match.string, match.end()))


_TITLED = re.compile(r"\b(?:Battery|Horizon|Agenda|Vision|Roadmap|Euro(?:pe)?|Industr(?:y|ie))\s$")


def _is_title(match: re.Match[str]) -> bool:
    """A year in a programme's name: "Battery 2030+", "Horizon 2020"."""
    if match.string[match.end() : match.end() + 1] == "+":
        return True
    return _TITLED.search(match.string, max(0, match.start() - 12), match.start()) is not None


def _read(name: str, match: re.Match[str], clock: Clock) -> list[tuple[Period, int, int]]:
    try:
        if name == "years":
            return named.years(match)
        period = _READ[name](match, clock)
    except (ValueError, OverflowError):
        return []
    return [] if period is None else [(period, *_trim(match))]


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """The span without "from" before it and space after it."""
    lead = re.compile(r"(?:from|between|by|at|on)\s+", re.I).match(match.group())
    start = match.start() + (lead.end() if lead else 0)
    return start, match.start() + len(match.group().rstrip(" ,\n"))


_READ: dict[str, Reading] = {**named.READINGS, **relative.READINGS, **chinese.READINGS}
