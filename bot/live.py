"""The index that answers, followed as new versions of it are built."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from bot.answers import Answer, Ask
from bot.answers.ask import make_ask
from bot.questions import Language, Question
from index.reader import Index, View, open_index


class LiveIndex:
    """Answers from the newest version in a folder; a build in another process is noticed at the next question."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError where no index was built yet."""
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp = -1
        self._index: Index
        self._ask: Ask
        self.refresh()

    def refresh(self) -> Index:
        """The newest version, opened where it is not yet open."""
        stamp = (self._folder / "current").stat().st_mtime_ns if (self._folder / "current").exists() else 0
        with self._lock:
            if stamp != self._stamp:
                self._index = open_index(self._folder)
                self._ask = make_ask(self._index)
                self._stamp = stamp
            return self._index

    def ask(
        self,
        text: str,
        *,
        thread: tuple[Question, ...],
        viewer: frozenset[str] | None,
        today: date,
        language: Language | None = None,
    ) -> Answer:
        """The one callable that surfaces get."""
        self.refresh()
        return self._ask(text, thread=thread, viewer=viewer, today=today, language=language)

    def seen_by(self, viewer: frozenset[str] | None) -> View:
        """The index as a viewer sees it, for sources in context and for App Home."""
        return self.refresh().seen_by(viewer)
