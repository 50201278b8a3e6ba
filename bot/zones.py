"""Time zones by their names; a name that is not known is no zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def find_zone(name: str) -> ZoneInfo | None:
    """None for the host's own: where no name is given, or none that this machine knows."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
