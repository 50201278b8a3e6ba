"""Questions: what a person asked, as read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.figures import Basis
from index.language.periods import Period

QuestionKind = Literal[
    "figure",
    "passage",
    "definition",
    "inventory",
    "takeaways",
    "source",
    "greeting",
    "thanks",
    "help",
    "gibberish",
]
Language = Literal["en", "zh"]
Operation = Literal[
    "value", "latest", "change", "difference", "ratio", "share", "sum", "average", "cagr", "compare",
    "max", "min", "rank", "first above", "series", "base", "against average",
]  # fmt: skip
Wants = Literal["level", "target", "forecast"]
Expected = Literal[
    "",
    "who",
    "when",
    "where",
    "how many",
    "how much",
    "why",
    "what",
    "definition",
    "yes or no",
    "list",
    "says",
]


@dataclass(frozen=True, slots=True)
class Question:
    """A structured reading; parsing never raises, whatever the text."""

    text: str
    kind: QuestionKind
    language: Language = "en"
    metrics: tuple[str, ...] = ()
    """Keys of the catalogue."""
    dimensions: tuple[tuple[str, str], ...] = ()
    """Pairs such as ("region", "Japan"); several of one name mean a comparison."""
    periods: tuple[Period, ...] = ()
    basis: Basis = ""
    operation: Operation = "value"
    unit: str = ""
    """The unit that the asker wishes for: "thousand", "万", "MWh" …"""
    limit: int = 0
    """How many rows a ranking wants; 0 where the question does not say."""
    threshold: Decimal | None = None
    expected: Expected = ""
    words: tuple[str, ...] = ()
    """The content words that no slot took, in order: what search and series matching still have to cover."""
    number: int = 0
    """The ordinal that is asked for ("third one" of the takeaways); 0 for none."""
    query: str = ""
    """What search gets: the question's own words, with those that the thread adds."""
    to_date: bool = False
    """Asked for the year so far: "ytd", "so far this year"."""
    wants: Wants = "level"
    """What was measured, what is aimed at, or what somebody expects."""
    per: Literal["", "month", "quarter", "year"] = ""
    """The grain that a ranking, an average or a table goes by: "which month", "by year"."""
    over: str = ""
    """The dimension that a ranking goes over: "region" for "which country"; its own word where it is not known."""
    sources: tuple[str, ...] = ()
    """Words that name a publisher, a document or a table."""
    read_as: str = ""
    """The text with its typing errors mended; "" where there were none."""
    rest: tuple[str, ...] = ()
    """The questions after the first of one message."""
    ago: int = 0
    """Years before the latest that the question is for: "the same month last year"."""
    leaning: bool = False
    """Read with the slots of the question before it."""
