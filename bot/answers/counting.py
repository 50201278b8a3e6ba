"""How many, where the sentence names them and states no number: the names that it lists, counted."""

from __future__ import annotations

import re

from bot.answers.asked import Asked
from bot.answers.terms import LIGHT, STOP, read_line, set_of, stem
from index.language.dimensions import find_dimensions

_ONE = r"(?:the )?(?:my country )?[A-Z][\w.&’'-]*(?:(?: of the| of| for)? [A-Z][\w.&’'-]*)*(?: \([^()]*\))?"
_LIST = re.compile(rf"{_ONE}(?:, (?!and ){_ONE})*,? and {_ONE}")
_ITEM = re.compile(_ONE)
_BODIES = frozenset(map(stem, set_of(
    "organisations orgs org organisers hosts institutions institutes bodies companies firms makers "
    "suppliers partners universities alliances associations members groups players"
)))  # fmt: skip


def names_counted(asked: Asked, sentence: str) -> tuple[str, ...]:
    """The two or more names of the sentence's one list, where they are bodies that do what is asked; else none."""
    if asked.expected != "how many" or asked.focus not in _BODIES:
        return ()
    content = [
        s for s, word in zip(asked.line.stems, asked.line.words, strict=True) if word not in STOP | LIGHT
    ]
    done = content[content.index(asked.focus) + 1 :] if asked.focus in content else []
    if not done or done[0] not in read_line(sentence).stems:
        return ()
    lists = [
        tuple(m.group().rstrip(".") for m in _ITEM.finditer(found.group()))
        for found in _LIST.finditer(sentence)
    ]
    fitting = [names for names in lists if not any(map(_is_place, names))]
    return fitting[0] if len(fitting) == 1 else ()


def places_listed(sentence: str) -> tuple[str, ...]:
    """The two or more places of the first list that a sentence gives in full; what opens the sentence is no part."""
    for found in _LIST.finditer(sentence):
        names = [m.group().rstrip(".") for m in _ITEM.finditer(found.group())]
        opens = not sentence[: found.start()].strip() or sentence[: found.start()].endswith("\n")
        if opens and not _is_place(names[0]):
            del names[0]
        if len(names) > 1 and all(map(_is_place, names)) and not _is_part(sentence, found):
            return tuple(names)
    return ()


def _is_part(sentence: str, found: re.Match[str]) -> bool:
    """Whether the list gives but examples: "such as Japan", "Japan and Korea among them"."""
    before = _EXAMPLES.search(sentence, 0, found.start())
    return before is not None or _AND_MORE.match(sentence, found.end()) is not None


_AND_MORE = re.compile(r",? (?:among (?:them|others)|and (?:others|elsewhere)|etc\b)", re.IGNORECASE)
_EXAMPLES = re.compile(
    r"\b(?:such as|including|like|e\.g\.|for example|among (?:them|others))[\s,]*$", re.IGNORECASE
)


def _is_place(name: str) -> bool:
    bare = name.removeprefix("the ").strip()
    return any(
        found.name == "region" and found.end - found.start >= len(bare) - 1 for found in find_dimensions(bare)
    )
