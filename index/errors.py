"""What the operator can mend.

SeminarError        two lines: what is wrong with the value shown, and what to do
  CorpusError       a corpus or a file of it
  StoreError        the index folder
"""

from __future__ import annotations


class SeminarError(Exception):
    """A mistake that the operator can mend; surfaces print `message` and `hint`, never a traceback."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}"


class CorpusError(SeminarError):
    """A corpus, or a file of it, can't be used."""


class StoreError(SeminarError):
    """The index folder can't be used."""
