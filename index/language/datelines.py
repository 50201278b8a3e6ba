"""Where and when a report was written, said at its beginning: "BEIJING, Jan. 16 (Xinhua) -- "."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"\s*[A-Z][A-Za-z .]{2,24}"
    r"(?P<day>,\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?)?"
    r"\s*(?P<agency>\([^)]{2,40}\)\s*)?(?:--|[-–—])\s+"
)


def dateline_end(text: str) -> int:
    """Where a sentence begins after its dateline; 0 where it has none: that takes a day or an agency."""
    found = _DATELINE.match(text)
    return found.end() if found and (found["day"] or found["agency"]) else 0
