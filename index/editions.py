"""Editions: which document is a newer one of which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HAN = "一二三四五六七八九十"
_EDITION = re.compile(
    rf"\b(?P<before>\d{{1,2}}(?=st|nd|rd|th)|{'|'.join(_NUMBERS)})(?:st|nd|rd|th)?\s+(?:revised\s+)?(?:edition|ed\b\.?|version|draft)"
    r"|\b(?:edition|version|draft|revision|rev\.?|v\.?)\s?(?P<after>\d{1,3}(?:\.\d{1,3})*)\b"
    r"|\b(?:(?:new|revised|updated|corrected|final|latest|preliminary|draft)\s+)+(?:edition|version)\b"
    r"|[(\[](?:revised|updated|corrected|final|draft|new|preliminary)[)\]]|\b(?:revised|updated|corrected)$"
    rf"|第(?P<han>\d{{1,2}}|[{_HAN}])版|[（(]?(?:修订|更新|最新|新)版[)）]?",
    re.I,
)
"""The words of a title that say which edition a text is."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a document's edition."""

    id: str
    title: str
    published: date | None
    supersedes: str = ""
    """The id, file name or title of the document that it says it stands in for."""

    @property
    def name(self) -> str:
        """The title without the words that tell editions apart."""
        return " ".join(re.findall(r"[^\W_]+", _EDITION.sub(" ", self.title.strip()).casefold()))

    @property
    def number(self) -> tuple[int, ...]:
        """The number of the edition, where the title has one: (2, 1) of "v2.1"."""
        for found in _EDITION.finditer(self.title):
            if said := found["before"] or found["after"] or found["han"]:
                return _number(said.casefold())
        return ()


def _number(said: str) -> tuple[int, ...]:
    for words in (_NUMBERS, tuple(_HAN)):
        if said in words:
            return (words.index(said) + 1,)
    return tuple(int(part) for part in said.split("."))


def is_newer(one: Work, other: Work) -> bool:
    """Whether a document is a newer edition of another by their titles, numbers and dates."""
    if not one.name or one.name != other.name:
        return False
    if one.number and other.number and one.number != other.number:
        return one.number > other.number
    return one.published is not None and other.published is not None and one.published > other.published


def find_newest(works: Iterable[Work]) -> dict[str, Work]:
    """For each document that another stands in for: the newest that does, by its id."""
    every = {work.id: work for work in works}
    after: dict[str, str] = {}
    for work in every.values():
        for older in _named(work.supersedes, every) if work.supersedes else ():
            if older != work.id:
                after[older] = work.id
    found: dict[str, Work] = {}
    for older in after:
        last, seen = older, {older}
        while last in after and after[last] not in seen:
            last = after[last]
            seen.add(last)
        if last in after:
            continue
        found[older] = every[last]
    return found


def _named(name: str, every: dict[str, Work]) -> list[str]:
    """The documents of a name: their id, else the end of it, else their title where only one has it."""
    if name in every:
        return [name]
    ending = [one for one in every if one.endswith(f"/{name}")]
    titled = [one.id for one in every.values() if one.title.casefold() == name.casefold()]
    return next((found for found in (ending, titled) if len(found) == 1), [])
