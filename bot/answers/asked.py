"""A question as the ranker weighs it: its content words, each with how rare it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.terms import LIGHT, MONTHS, STOP, Line, read_line
from bot.questions import Expected
from bot.questions.expected import find_expected

Rarity = Callable[[str], float]
"""How rare a word is in what is searched: 0 in every passage, 1 in none or one."""

_ASKING = re.compile(
    r"为什么|为何|什么时候|什么|怎么样|怎么|如何|哪些|哪里|哪个|哪家|哪位|哪年|谁|请问|多少|是否|有没有|[吗呢了的是有在和与及几]"
)
"""The Chinese words that ask, and those that only join."""
_LIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in content words, each with how rare it is."""

    line: Line
    stems: tuple[str, ...]
    weights: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    focus: str
    expected: Expected

    @property
    def mass(self) -> float:
        return sum(self.weights.values()) or 1.0


def read_asked(question: str, rarity: Rarity, expected: Expected | None = None) -> Asked:
    """The content words of a question; all of its words where nothing else is left."""
    line = read_line(_ASKING.sub(" ", question[:2000]))
    kept = [i for i, word in enumerate(line.words) if word not in STOP] or list(range(len(line.words)))
    stems = tuple(dict.fromkeys(line.stems[i] for i in kept))[:64]
    words = {line.stems[i]: line.words[i] for i in reversed(kept)}
    weights = {
        s: 0.15 + (_LIGHT if words[s] in LIGHT or words[s] in MONTHS else 1.0) * rarity(words[s])
        for s in stems
    }
    numbers = frozenset(line.stems[i] for i in line.numbers if line.words[i][0].isdigit())
    return Asked(
        line, stems, weights,
        frozenset(line.stems[i] for i in line.names if i in set(kept)), numbers, _focus(line),
        find_expected(question) if expected is None else expected,
    )  # fmt: skip


def _focus(line: Line) -> str:
    """The word that a "which …" or "how many …" asks for."""
    for i, word in enumerate(line.words):
        if word in ("what", "which", "many", "whose"):
            return next(
                (s for w, s in zip(line.words[i + 1 :], line.stems[i + 1 :], strict=True) if w not in STOP),
                "",
            )
    return ""
