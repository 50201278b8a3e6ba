"""Letters of which a PDF does not say which they are: what the other words of the file tell of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.reading.page import UNNAMED, Page

_UNNAMED = re.compile(f"[{chr(UNNAMED)}-{chr(UNNAMED + 31)}]")
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
_SIGN = "\ufffd"
"""Stands for a letter that nobody can name."""


def name_letters(pages: Sequence[Page]) -> list[Page]:
    """Pages with ligatures in the place of the letters that are one: where they make words that the file has elsewhere
    ("of?ces"); what is no ligature (a sign of a formula) is shown as a letter that can't be read."""
    if not any(_UNNAMED.search(word.text) for page in pages for word in page.words):
        return list(pages)
    known = Counter(_bare(word.text) for page in pages for word in page.words)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for text in {word.text for page in pages for word in page.words}:
        letters = set(_UNNAMED.findall(text))
        if len(letters) == 1 and len(bare := _bare(text)) > 2:
            letter = letters.pop()
            votes[letter].update({one: 1 for one in _LIGATURES if known[bare.replace(letter, one)]})
    named = {letter: said.most_common(1)[0][0] for letter, said in votes.items() if said}
    return [
        replace(page, words=tuple(w._replace(text=_named(w.text, named)) for w in page.words))
        if any(_UNNAMED.search(word.text) for word in page.words)
        else page
        for page in pages
    ]


def _bare(text: str) -> str:
    return re.sub(r"^[^\w\ue000-\uf8ff]+|[^\w\ue000-\uf8ff]+$", "", text).casefold()


def _named(text: str, named: dict[str, str]) -> str:
    """A word with its letters named; a ligature stands beside small letters alone."""

    def said(found: re.Match[str]) -> str:
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        return named.get(found[0], _SIGN) if any(one.islower() for one in beside) else _SIGN

    return _UNNAMED.sub(said, text)
