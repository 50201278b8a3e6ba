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
_ABOVE = dict(zip(
    "0123456789+-−–=abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True
))  # fmt: skip
_BELOW = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))
_ASIDE = ",;.*†‡§ "
"""Signs that stand between marks of notes, or are ones, as they are."""
_LONGEST = 9
"""Letters that a mark or a power has; what is longer is words set small."""
_ORDINALS = frozenset(["st", "nd", "rd", "th", "er", "ers", "re", "res", "ère", "ères", "nde", "ème", "eme"])
_SHORT_ORDINALS = frozenset("eoª")
"""Ordinals of numbers of one or two digits; behind others they are notes."""
_REFERENCE = re.compile(
    r"\[(?:(?:notes?|n|nb|ref)\.? ?)?(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z]{1,2})\](?:,? ?\[.{1,9}\])*(?:: ?[\d–, -]+)?"
)
"""The mark of a source in square brackets: it is left out."""


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
    return _FRACTION.sub(_fraction, "".join([*parts, _plain(text[at:])]))


def _plain(text: str) -> str:
    return re.sub(f"[{_MARKS}]", "", text)


def _high(text: str, before: str) -> str:
    said = text.strip()
    if _REFERENCE.fullmatch(said):
        return " " if text.endswith(" ") else ""
    if not said or len(said) > _LONGEST or (before[-1:].isdigit() and _is_ordinal(said, before)):
        return text
    if bracketed := re.fullmatch(r"\(([^()]+)\)|([^()]+)\)", said):
        said = bracketed[1] or bracketed[2]
    letters = [c for c in said if c.isalpha()]
    word = re.search(r"[^\W\d_]*$", before)
    if letters and word and word[0] and (len(letters) > 1 or len(word[0]) < 3):
        return "™" if said == "TM" else text  # Mme, Cie, no
    if len(letters) > 4 or any(c not in _ABOVE and c not in _ASIDE for c in said):
        return f" {text}" if before[-1:].isdigit() and letters else text
    raised = "".join(_ABOVE.get(c, c) for c in said)
    return f"{raised} " if text.endswith(" ") else raised


def _is_ordinal(said: str, before: str) -> bool:
    low = said.casefold()
    return low in _ORDINALS or (
        low in _SHORT_ORDINALS and re.search(r"(?<![\d.,])\d{1,2}$", before) is not None
    )


def _low(text: str, before: str) -> str:
    """Digits below the line; letters join what they stand behind, as in Vmax."""
    if text.strip().isdecimal() and len(text.strip()) < 4 and before.strip():
        return "".join(_BELOW.get(c, c) for c in text)
    return text


def _fraction(found: re.Match[str]) -> str:
    """ "1¹/₂" is 1 1/2."""
    back = {high: low for low, high in (*_ABOVE.items(), *_BELOW.items()) if low.isdecimal()}
    above, below = ("".join(back[c] for c in found[n]) for n in (2, 3))
    return f"{found[1]} {above}/{below}" if found[1] else f"{above}/{below}"
