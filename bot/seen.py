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
    known = {*ids, *(name.rsplit("/", 1)[-1] for name in ids)}
    texts = {one.text for one in view.answers}
    computation = answer.get("computation") or {}
    figures = [*(answer.get("figures") or []), *(computation.get("operands") or [])]
    if any(figure["document"] not in known for figure in figures):
        return False
    return all(_is_citation_seen(one, known, texts) for one in answer.get("citations") or [])


def is_shown(labels: Iterable[str] | None, view: View) -> bool:
    """Whether a viewer holds every label in use that somebody else's question was asked with; None is every one."""
    return (view.index.labels if labels is None else set(labels) & view.index.labels) <= view.labels | {
        EVERYONE
    }


def _is_citation_seen(citation: dict[str, Any], known: set[str], texts: set[str]) -> bool:
    if citation.get("document_id") == FILE:
        return citation["quote"] in texts
    return citation.get("document_id") in known
