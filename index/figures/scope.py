"""Scope: where and whose a number is, and of which kind."""

from __future__ import annotations

import re

from index.figures.agents import agent_of, full_name, is_account, is_of_itself, place_of, speaker_of
from index.figures.thread import Sentence, Thread
from index.language.changes import Change
from index.language.dimensions import FoundDimension
from index.language.metrics import FoundMetric, Metric

_ONE_EACH = ("region", "company", "chemistry", "technology", "powertrain", "vehicle")


def dimensions_of(
    sentence: Sentence,
    change: Change,
    metric: FoundMetric | None,
    key: str,
    thread: Thread,
    known: Metric | None,
) -> tuple[tuple[str, str], ...]:
    """The nearest value of each dimension before the number, else the first one behind it in its clause."""
    measure = known.measure if known else ""
    chosen = _nearest(sentence, change)
    if metric is not None:
        nearer = {one.name for one in sentence.dimensions if metric.end <= one.start < change.start}
        of_kind = [pair for pair in _kind(sentence, change, metric) if pair[0] not in nearer]
        chosen = chosen | dict(of_kind) if metric.start < change.end else dict(of_kind) | chosen
    if "region" in chosen and _is_split(sentence, change):
        del chosen["region"]
        return tuple(sorted(chosen.items()))
    if "company" in chosen and _passes_to_region(sentence, change):
        del chosen["company"]
    if "company" not in chosen and (
        owner := _owner(sentence, change, key, thread, measure, placed="region" in chosen)
    ):
        chosen["company"] = owner
    if not {"region", "company"} & chosen.keys() and (place := place_of(sentence.text, change.start)):
        chosen["region"] = place
    several = _SEVERAL.search(sentence.text, 0, change.end + 40) is not None
    if "region" not in chosen and "company" not in chosen and known and thread.regions and not several:
        chosen.update(thread.regions)
    return tuple(sorted(chosen.items()))


_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|both|all|these)\s+(?:[a-z]+\s+)?(?:countries|regions|markets|states|provinces|cities)\b|[两三四五]国|各国",
    re.I,
)
"""What is told of several places at once is of none that the text named before."""


def _nearest(sentence: Sentence, change: Change) -> dict[str, str]:
    chosen: dict[str, str] = {}
    crowd = crowded(sentence)
    for one in sentence.dimensions:
        if one in crowd and one.start < change.start:
            chosen.pop(one.name, None)
        elif one.name in _ONE_EACH and one.start < change.start and not _is_whole(sentence.text, one):
            chosen[one.name] = one.value
    behind = re.split(r"[,;，；。](?!\d{3})", sentence.text[change.end :])[0]
    others = [(one.start, one.end) for one in sentence.changes if one is not change]
    for one in sentence.dimensions:
        if one in crowd or any(start <= one.start < end for start, end in others):
            continue
        if one.name in _ONE_EACH and change.start <= one.start <= change.end + len(behind):
            chosen[one.name] = one.value if one.start < change.end else chosen.get(one.name, one.value)
    return chosen


_TOGETHER = re.compile(r"(?:,|\s?、)\s?(?:and\s+)?(?:the\s+)?|,?\s+(?:and|&)\s+(?:the\s+)?|[和与及]")
_CROWD = 3


def crowded(sentence: Sentence) -> tuple[FoundDimension, ...]:
    """Regions that are said together, three and more: a number is of none of "(Poland, Czechia, Hungary)" alone."""
    regions = [one for one in sentence.dimensions if one.name == "region"]
    runs: list[list[FoundDimension]] = []
    for one in regions:
        if runs and _TOGETHER.fullmatch(sentence.text, runs[-1][-1].end, one.start):
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(one for run in runs if len(run) >= _CROWD for one in run)


_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$|(?:从|自|来自)$", re.I)
_TO = re.compile(r"\b(?:to|towards)\s+(?:the\s+)?$|(?:至|到|往|对|向|给)$", re.I)


def across(
    sentence: Sentence, pairs: tuple[tuple[str, str], ...], metric: Metric | None, thread: Thread
) -> tuple[tuple[str, str], ...]:
    """Goods that come from a region or go to one: 从澳大利亚进口 are imports of the country spoken of."""
    if metric is None or metric.measure not in ("imports", "exports"):
        return pairs
    region = dict(pairs).get("region", "")
    for one in sentence.dimensions:
        if one.name != "region" or one.value != region:
            continue
        lead = sentence.text[max(0, one.start - 12) : one.start]
        way = "origin" if _FROM.search(lead) else "destination" if _TO.search(lead) else ""
        if way == ("origin" if metric.measure == "imports" else "destination"):
            others = [
                of.value
                for of in sentence.dimensions
                if of.name == "region" and of.value != region and of.end <= one.start
            ]
            home = (
                [("region", others[0])]
                if len(set(others)) == 1
                else [pair for pair in thread.regions if pair[1] != region]
            )
            return tuple(sorted([*(pair for pair in pairs if pair[0] != "region"), *home, (way, region)]))
    return pairs


def _kind(sentence: Sentence, change: Change, metric: FoundMetric) -> tuple[tuple[str, str], ...]:
    """Of which kind what is counted is: by the number's own noun ("10,169 plug-in hybrids"), else by the metric's."""
    counted = next((one for one in sentence.objects if change.start <= one.start < change.end), None)
    return counted.dimensions if counted and counted.name != "vehicle" else metric.dimensions


def _owner(
    sentence: Sentence, change: Change, key: str, thread: Thread, measure: str, *, placed: bool
) -> str:
    """The firm that a number is of, where no table of names knows it; a number that has a region needs none."""
    agent = agent_of(sentence.text, change.start, thread.company)
    if agent or placed:
        return agent
    speaker = full_name(speaker_of(sentence.text[: change.start]), thread.company)
    own = thread.company == thread.firm and (
        is_of_itself(sentence.text, measure) or is_account(key, change.unit)
    )
    return speaker or (thread.company if own or is_account(key, change.unit) else "")


_WHOLE_OF = re.compile(r"(?:占|(?:%|percent|per\s+cent|share)\s+of\s+(?:all\s+)?(?:the\s+)?)$", re.I)
"""What a share is of is not where the numbers after it are of: 占全球17%."""
_ITS_OWN = re.compile(
    r"\s*(?:[,(（]|\b(?:is|was|were|has|had|in|for|at|rose|fell|grew|reached|stood|hit|climbed|dropped|increased|declined)\b)",
    re.I,
)


def _is_whole(text: str, one: FoundDimension) -> bool:
    """Whether a share is of it: not so in "the EV share of Norway was 92 %"."""
    lead = _WHOLE_OF.search(text, 0, one.start)
    return lead is not None and not ("share" in lead.group().lower() and _ITS_OWN.match(text, one.end))


def _is_split(sentence: Sentence, change: Change) -> bool:
    """Whether several regions were named, and the number stands in a clause of its own after them."""
    before = [one for one in sentence.dimensions if one.name == "region" and one.end <= change.start]
    last = max((one.end for one in before), default=0)
    return len({one.value for one in before}) > 1 and bool(
        re.search(r"[;；]", sentence.text[last : change.start])
    )


def _passes_to_region(sentence: Sentence, change: Change) -> bool:
    """ "When CATL shut a mine, China's output fell": the number is of the region that has it, not of the company."""
    before = [
        one for one in sentence.dimensions if one.end <= change.start and one.name in ("region", "company")
    ]
    if not before or before[-1].name != "region":
        return False
    owns = re.match(r"['’]s?\s", sentence.text[before[-1].end : before[-1].end + 3])
    company = max((one.end for one in before if one.name == "company"), default=0)
    return bool(owns) and "," in sentence.text[company : before[-1].start]


_LISTED = re.compile(r"[^\d,;，；。]{0,12}?(?:,\s*and\s|,\s|\sand\s|\s&\s|/|和|与|及|、)(?:the\s+)?", re.I)
_LAST_JOINT = re.compile(r"\sand\s|&|/|和|与|及|、", re.I)


def share_out(
    sentence: Sentence, bunch: list[Change], place: int, dimensions: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """ "Japan and South Korea sold A and B": the nth value to the nth number; a sum of several has none of them."""
    shared = dict(dimensions)
    for name in _ONE_EACH:
        values = _listed(sentence, name, bunch[0].start)
        crowded = name == "region" and name not in shared and not _is_split(sentence, bunch[place])
        if len(values) < 2 or (
            shared.get(name) not in values and not (crowded and len(values) == len(bunch))
        ):
            continue
        if len(values) == len(bunch):
            shared[name] = values[place]
        else:
            del shared[name]
    return tuple(sorted(shared.items()))


def _listed(sentence: Sentence, name: str, before: int) -> list[str]:
    """The values of a dimension that are said together, last before a place."""
    found = [one for one in sentence.dimensions if one.name == name and one.end <= before]
    values: list[str] = []
    joined = False
    for place in range(len(found) - 1, -1, -1):
        if values:
            gap = sentence.text[found[place].end : found[place + 1].start]
            if found[place].value != values[0]:
                if not _LISTED.fullmatch(gap):
                    break
                joined = joined or bool(_LAST_JOINT.search(gap))
        if found[place].value not in values:
            values.insert(0, found[place].value)
    return values if joined else values[-1:]
