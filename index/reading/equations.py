"""Equations in office files (OMML) as a line of text: m·c^2, (a + b)/2, √(x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def line_of(element: Any) -> str:
    """The words of an equation or of a part of it; a file's own nesting is bounded by its parser."""
    name = str(element.tag).removeprefix(M)
    if name == "t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    if name in _FORMS:
        return _form(name, element, {str(child.tag).removeprefix(M): child for child in element})
    return "".join(line_of(child) for child in element)


_FORMS = frozenset({"f", "sSup", "sSub", "sSubSup", "rad", "nary", "d"})


def _form(name: str, element: Any, part: Mapping[str, Any]) -> str:
    """A fraction, an index, a root, a sum, brackets."""
    inner, low, high = (_said(part.get(one)) for one in ("e", "sub", "sup"))
    match name:
        case "f":
            return f"{_grouped(part.get('num'))}/{_grouped(part.get('den'))}"
        case "rad":
            return f"{_said(part.get('deg'))}√({inner})"
        case "nary":
            return f"{_set(element, 'naryPr', 'chr', '∫')}({low}…{high}) {inner}"
        case "d":
            parts = _set(element, "dPr", "sepChr", "|").join(line_of(e) for e in element.findall(f"{M}e"))
            return f"{_set(element, 'dPr', 'begChr', '(')}{parts}{_set(element, 'dPr', 'endChr', ')')}"
    return inner + (f"_{low}" if low else "") + (f"^{high}" if high else "")


def _said(element: Any) -> str:
    return "" if element is None else line_of(element).strip()


def _grouped(element: Any) -> str:
    """A numerator or a denominator, in brackets where it is more than one thing."""
    said = _said(element)
    return f"({said})" if any(sign in said for sign in " +-−*/·") else said


def _set(element: Any, group: str, name: str, default: str) -> str:
    """A sign that an equation sets; it may be set to none."""
    found = element.find(f"{M}{group}/{M}{name}")
    return default if found is None else str(found.get(f"{M}val", ""))
