# ruff: noqa: E501
"""Whether a number is exact: "over", "nearly", "about", "up to"."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["exactly", "over", "nearly", "about", "up to", "range"]


_OVER = r"more than|over|above|at least|exceeding|exceeded|exceeds|exceed|surpassing|surpassed|surpass|in excess of|upwards of|no less than|not less than|greater than|topped|topping|beyond|(?<!\d)>=?|≥|超过|超出|突破|逾|高于|超|不低于|大于|至少"
_NEARLY = r"nearly|almost|close to|just under|less than|fewer than|below|under|(?<!\d)<|approaching|just shy of|接近|近|不到|低于|不足|将近"
_ABOUT = r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|an estimated|estimated|(?<!\d)~|≈|约|大约|约为|大概|左右|in the region of|something like"
_UP_TO = r"up to|at most|as much as|as many as|no more than|not more than|a maximum of|maximum of|≤|不超过|最多|高达|至多|最高"
_BOUND = re.compile(
    rf"(?:(?P<upto>{_UP_TO})|(?P<over>{_OVER})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT}))(?:\s+(?:just|an?|the|only|another|additional))?\s*$",
    re.I,
)
_LATIN_BEFORE = re.compile(r"[A-Za-z]$")
_BOUND_AFTER = re.compile(
    r"\s?(?:(?P<over>or more|or above|and above|以上|\+(?!\d)|plus\b)|(?P<nearly>or less|or fewer|以下|以内)|(?P<about>左右|or so|上下))",
    re.I,
)


def find_bound(text: str, start: int, end: int) -> Bound:
    """What the words before or after a number say of it."""
    window = text[max(0, start - 26) : start]
    found = _BOUND.search(window)
    if found and not (
        found.group()[0].isalpha()
        and found.group()[0].isascii()
        and _LATIN_BEFORE.search(window[: found.start()])
    ):
        for name, bound in (("upto", "up to"), ("over", "over"), ("nearly", "nearly"), ("about", "about")):
            if found.group(name):
                return bound  # type: ignore[return-value]
    after = _BOUND_AFTER.match(text, end)
    if after:
        return "over" if after.group("over") else "nearly" if after.group("nearly") else "about"
    if re.search(r"\d[多余][万亿家辆个款年吨]?", text[max(start, end - 6) : end + 2]):
        return "over"
    return "exactly"
