"""Numbers said together, and the metrics that they are shared out to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.figures.subjects import Group, family
from index.figures.thread import Sentence
from index.language.changes import Change
from index.language.joint import is_joint
from index.language.metrics import FoundMetric

_BOTH = re.compile(r"\b(?:both|each|all)\s+(?:of\s+them\s+)?(?:\w+\s+){0,2}(?:by\s+)?$|均[^，。]{0,4}$", re.I)


def both(sentence: Sentence, change: Change, group: Group | None) -> Group | None:
    """ "Production reached A and sales B, both up C": the change is of the two."""
    if change.role != "change" or group is None or len(group.metrics) > 1:
        return group
    if not _BOTH.search(sentence.text[max(0, change.start - 24) : change.start]):
        return group
    earlier = [one for one in sentence.groups if one.start < change.start]
    metrics = {metric.key: metric for one in earlier for metric in one.metrics}
    return Group(tuple(metrics.values())[-2:]) if len(metrics) > 1 else group


def bunches(sentence: Sentence) -> Iterator[list[Change]]:
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


def _together(sentence: Sentence, bunch: list[Change], change: Change) -> bool:
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


def metrics_of(group: Group | None, bunch: list[Change], place: int) -> tuple[FoundMetric | None, ...]:
    """ "A and B of X and Y": the nth number to the nth metric; one number to all of them."""
    if group is None:
        return (None,)
    if len(bunch) == len(group.metrics):
        return (group.metrics[place],)
    if len(bunch) == 1:
        return group.metrics
    return (group.metrics[-1],)
