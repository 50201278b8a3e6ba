"""What stands higher or lower than its line: 240³, km², 10⁻⁶, CO₂; "1st" and "1er" are one word.

A reader of a format puts HIGH or LOW before such letters and LEVEL behind them; `in_line` writes them.
"""

from __future__ import annotations

import re

HIGH, LOW, LEVEL = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS = f"{HIGH}{LOW}{LEVEL}"
_PART = re.compile(f"([{HIGH}{LOW}])([^{_MARKS}]*){LEVEL}")
_TOUCHING = re.compile(f"{LEVEL}{HIGH}(?=[^{_MARKS}]*{LEVEL})")
_FRACTION = re.compile(r"(\d?)([⁰¹²³⁴-⁹]{1,3})[/⁄]([₀-₉]{1,3})")
_AT_HEAD = re.compile(r"(?m)^(\s*[¹²³⁰-⁹]{1,2})(?=[^\W\d_]{3})")
"""The mark of a note before its words."""
_ABOVE = dict(zip(
    "0123456789+-−–=abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True
))  # fmt: skip
_BELOW = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))
_ASIDE = ",;.*†‡§ "
"""Signs that stand between marks of notes, or are ones, as they are."""
_ORDINALS = frozenset(["st", "nd", "rd", "th", "er", "ers", "re", "res", "ère", "ères", "nde", "ème", "eme"])
_SHORT_ORDINALS = frozenset("eoª")
"""Ordinals of numbers of one or two digits; behind others they are notes."""
_REFERENCE = re.compile(
    r"\[(?:(?:notes?|n|nb|ref)\.? ?)?(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z]{1,2})\](?:,? ?\[.{1,9}\])*(?:: ?[\d–, -]+)?"
)
"""The mark of a source in square brackets, which no number runs into."""


def in_line(text: str) -> str:
    """A text with its raised and lowered letters in its line."""
    if HIGH not in text and LOW not in text and LEVEL not in text:
        return text
    text = _TOUCHING.sub("", text)
    parts: list[str] = []
    at = 0
    for found in _PART.finditer(text):
        parts.append(_plain(text[at : found.start()]))
        before = "".join(parts[-3:])[-20:]
        parts.append(_high(found[2], before) if found[1] == HIGH else _low(found[2], before))
        at = found.end()
    said = _FRACTION.sub(_fraction, "".join([*parts, _plain(text[at:])]))
    return _AT_HEAD.sub(r"\1 ", said)


def _plain(text: str) -> str:
    return re.sub(f"[{_MARKS}]", "", text)


def _high(text: str, before: str) -> str:
    said = text.strip()
    if _REFERENCE.fullmatch(said):
        return text
    if not said or (before[-1:].isdigit() and _is_ordinal(said, before)):
        return text
    if marks := _BRACKETED.findall(said) if _IN_BRACKETS.fullmatch(said) else []:
        said = ",".join(marks)
    letters = [c for c in said if c.isalpha()]
    if letters and not before[-1:].strip():
        return text
    word = re.search(r"[^\W\d_]*$", before)
    if letters and word and word[0] and (len(letters) > 1 or len(word[0]) < 3):
        said = "™" if said == "TM" else text
        return f" {said}" if len(letters) > _SUFFIX else said  # Mme, Cie, no
    if len(letters) > _LETTERS or any(c not in _ABOVE and c not in _ASIDE for c in said):
        return f" {text}" if before[-1:].isalnum() and letters else text
    raised = "".join(_ABOVE.get(c, c) for c in said)
    return f"{raised} " if text.endswith(" ") else raised


_BRACKETED = re.compile(r"[^(),\s][^(),]*")
_IN_BRACKETS = re.compile(r"(?:\([^()]+\)[, ]*)+|[^()]{1,3}\)(?:[, ]+[^()]{1,3}\))*")
_LETTERS, _SUFFIX = 3, 4
"""So many letters are marks of notes, and so many end a word."""


def _is_ordinal(said: str, before: str) -> bool:
    low = said.casefold()
    return low in _ORDINALS or (
        low in _SHORT_ORDINALS and re.search(r"(?<![\d.,])\d{1,2}$", before) is not None
    )


def _low(text: str, before: str) -> str:
    """Digits below the line; letters join what they stand behind, as in Vmax."""
    if re.fullmatch(r"\d{1,3}|\d[.,]\d{1,2}", text.strip()) and before.strip():
        return "".join(_BELOW.get(c, c) for c in text)
    return text


def _fraction(found: re.Match[str]) -> str:
    """ "1¹/₂" is 1 1/2."""
    back = {high: low for low, high in (*_ABOVE.items(), *_BELOW.items()) if low.isdecimal()}
    above, below = ("".join(back[c] for c in found[n]) for n in (2, 3))
    return f"{found[1]} {above}/{below}" if found[1] else f"{above}/{below}"
