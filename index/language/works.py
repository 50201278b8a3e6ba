"""Lists of works: references at a text's end, whose titles are about things and say nothing of them."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"https?://|\bdoi\b|\b[Aa]ccessed\b|\bet al\b|\b[Vv]ol\. ?\d|\bpp\. ?\d|\bISSN\b|\[Online\]|\(\d{4}\)[.,]",
    re.ASCII,
)
MANY = 3
"""Marks of works in a passage that lists them."""


def is_bibliography(text: str) -> bool:
    """Whether a passage lists works."""
    return len(_MARKS.findall(text)) >= MANY
