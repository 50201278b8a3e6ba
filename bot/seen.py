"""Answers that were given, as somebody else or a later day may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from index.documents import EVERYONE
from index.reader import View
from index.standard import FILE


def is_seen(answer: dict[str, Any], view: View) -> bool:
    """Whether a viewer may see every document, and the standard answer, that a kept answer rests on."""
    ids = view.ids
    texts = {one.text for one in view.answers}
    computation = answer.get("computation") or {}
    figures = [*(answer.get("figures") or []), *(computation.get("operands") or [])]
    return all(_is_figure_seen(one, ids) for one in figures) and all(
        _is_citation_seen(one, ids, texts) for one in answer.get("citations") or []
    )


def is_shown(labels: Iterable[str] | None, view: View) -> bool:
    """Whether a viewer holds every label in use that a question was asked with, by whomever; None is every one."""
    used = view.index.labels
    asked = used if labels is None else used.intersection(labels)
    return asked <= view.labels | {EVERYONE}


def _is_figure_seen(figure: dict[str, Any], ids: frozenset[str]) -> bool:
    if "document_id" in figure:
        return figure["document_id"] in ids
    return figure["document"] in {name.rsplit("/", 1)[-1] for name in ids}  # an answer of before


def _is_citation_seen(citation: dict[str, Any], ids: frozenset[str], texts: set[str]) -> bool:
    if citation.get("document_id") == FILE:
        return citation["quote"] in texts
    return citation.get("document_id") in ids
