"""What is held: documents, statistics and metrics."""

from __future__ import annotations

from bot.answers import Answer
from bot.answers.wording import tell
from bot.questions import Question
from index.reader import View

_SHOWN = 12


def answer_inventory(question: Question, view: View) -> Answer:
    """The documents that the viewer may see, newest first, and the statistics."""
    language = question.language
    rows = view.db.execute(
        "SELECT title, file, published, kind FROM documents WHERE id IN (SELECT id FROM visible_documents) "
        "ORDER BY published IS NULL, published DESC, id"
    ).fetchall()
    texts = [
        f"{title or file} ({day})" if day else title or file
        for title, file, day, kind in rows
        if kind == "document"
    ]
    tables = [title or file for title, file, _, kind in rows if kind == "statistics"]
    if not rows:
        return Answer("", "inventory", question, question.text[:200], tell("no documents", language))
    details = [*texts[:_SHOWN], *(tell("table held", language, title=title) for title in tables[:_SHOWN])]
    headline = tell("documents held", language, count=len(texts), tables=len(tables))
    return Answer("", "inventory", question, question.text[:200], headline, details=tuple(details))
