"""Citations of running text."""

from __future__ import annotations

from bot.answers import Citation
from bot.answers.wording import Language, title_of
from index.documents import Document
from index.figures import Place


def cite(
    document: Document,
    start: int,
    end: int,
    *,
    number: int = 1,
    mark: tuple[int, int] | None = None,
    passage_id: int | None = None,
    language: Language = "en",
) -> Citation:
    """The quote at `start`..`end` of a document; `mark` is a span of the document within it."""
    inner = (mark[0] - start, mark[1] - start) if mark else None
    return Citation(
        number=number,
        document=document.file,
        document_id=document.id,
        title=title_of(document, language),
        published=document.published,
        source=document.source,
        place=Place(start, end),
        page=_last(document, start, ("page", "slide")),
        time=_last(document, start, ("time",)),
        quote=document.text[start:end],
        mark=inner,
        passage_id=passage_id,
    )


def _last(document: Document, start: int, kinds: tuple[str, ...]) -> str:
    """The page or time that a place of a document stands under."""
    return next((m.value for m in reversed(document.marks) if m.kind in kinds and m.start <= start), "")
