"""Whether a sentence can be read by itself, and what it is a part of."""

from __future__ import annotations

import re

from index.language.dimensions import find_dimensions
from index.language.periods import find_periods

_LEANING = re.compile(
    r"^(?:(?:(?:additionally|moreover|furthermore|in addition|meanwhile|however|while|but|and|so|then|still|yet"
    r"|as a result|in fact),? )?"
    r"(?:this|these|that|those|it(?! (?:is|was) (?:decided|agreed)\b)|its|they|"
    r"their|he|she|his|her|such|both)|another|among (?:them|these|which)"
    r"|of (?:these|them|which)|the (?:latter|former)|as such|here|not sure|additional|(?:but|and|so|still|then)"
    r"(?!,| it is (?:decided|agreed)\b)"
    r"|for starters|(?:a|one|two|three) (?:year|month|week|decade)s? (?:later|earlier|before|after)(?! (?:the|a)\b)"
    r"|during (?:their|its|his|her)|for example|that is why|perhaps"
    r"|the (?:overall|announcement|move|deal|agreement|capital|funds?|proceeds|exclusion|association|company|firm"
    r"|automaker|carmaker|project|initiative|program(?:me)?|advancements?"
    r"|(?:surge|increase|decrease|decline|drop)(?! (?:in|of)\b)))\b(?! (?:is|was) (?:expected|likely) that\b)"
    r"|^[^.!?]{0,40}\b(?:all|while|in|of|for|to|at|with) (?:this|these|those)\b"
    r"(?! (?:year|month|week|quarter|day|half|decade|century|time|review|paper|article|study|report|plan)\b)"
    r"|^(?:the (?:report|study|survey|document|authors?)\b(?! (?:of|for|by|from|on|in|that|which|to|names?|named)\b))"
    r"|^(?:[A-Z][\w'’-]* ){1,3}[a-z]+ (?:them|it)\b(?!,? (?:is|was|will|would|has|takes|comes))"
    r"|.{0,80}?\b(?:build|find|buy|need|get|make|have|has|take|want|seek)s? one\b(?! of\b)"
    r"|.{0,300}?\baccording to the (?:person|people|sources?|officials?)\b"
    r"|^(?:其中|这|该|他|她|它|此(?!外)|上述|对此)",
    re.IGNORECASE,
)
"""It opens with a word for something that another sentence names."""
_CHANGED = re.compile(
    r"\d.*\b(?:year[- ]on[- ]year|year[- ]over[- ]year|month[- ]on[- ]month|on the year|from (?:a|the) (?:year|month)"
    r"|a (?:year|month) (?:ago|earlier))\b|\d.*(?:同比|环比)"
    r"|\b(?:up|down|rose|fell|grew|increased|declined|surged|dropped|plunged|climbed) (?:by )?[\d.]+ ?(?:%|per ?cent)",
    re.IGNORECASE | re.DOTALL,
)
_RELATIVE = re.compile(
    r"\b(?:this|last|next) (?:year|month|quarter)\b|\bfirst (?:half|\w+ months)\b|今年|去年|本月|上月|上半年|\d月"
    r"|\bfull year\b",
    re.IGNORECASE,
)
_BASIS = re.compile(r"(?:\bfrom|\bcompared (?:with|to)|\bthan(?: in)?|\bover|比)\s*$", re.IGNORECASE)
"""Before what something is compared with: that says not when it was."""
_PARTS = frozenset({"chemistry", "powertrain", "vehicle", "cell"})
_WHOLES = frozenset({"NEV", "EV", "PEV"})


def leans(words: str) -> bool:
    """Its subject stands in the sentence before it."""
    return bool(_LEANING.match(words))


def is_undated(words: str) -> bool:
    """It tells by how much something changed, not when."""
    if not _CHANGED.search(words) or _RELATIVE.search(words):
        return False
    return all(_BASIS.search(words[: one.start]) for one in find_periods(words, today=None))


def find_parts(words: str) -> frozenset[tuple[str, str]]:
    """The kinds that it tells of: a chemistry, a drive, a kind of vehicle."""
    found = {(one.name, one.value) for one in find_dimensions(words)}
    return frozenset(one for one in found if one[0] in _PARTS and one[1] not in _WHOLES)
