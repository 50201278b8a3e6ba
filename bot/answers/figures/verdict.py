"""Yes or no before a figure, where it was asked: "did NEV sales fall?", "were exports above a million?"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer
from bot.answers.wording import tell
from bot.questions import Question

_DOWN = re.compile(
    r"\b(?:fall(?:en|ing)?|fell|drop\w*|declin\w*|decreas\w*|shr[aiu]nk|go(?:ne)? down|went down|slump\w*|lower|less"
    r"|fewer)\b|下降|下滑|减少|下跌",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:ris\w+|rose|grow\w*|grew|increas\w*|go(?:ne)? up|went up|climb\w*|jump\w*|surg\w*|higher|more)\b"
    r"|增长|上升|增加|上涨",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\b(?:below|under|(?:less|fewer|lower) than)\b|低于|不到|少于", re.IGNORECASE)


def with_verdict(question: Question, answer: Answer) -> Answer:
    """The answer with "Yes" or "No" before it; itself where the figure does not settle the question."""
    verdict = _verdict(question, answer)
    if verdict is None:
        return answer
    language = question.language
    link = "。" if language == "zh" else ". "
    short = tell("yes" if verdict else "no", language)
    return replace(answer, headline=f"{short}{link}{answer.headline}")


def _verdict(question: Question, answer: Answer) -> bool | None:
    if question.expected != "yes or no" or answer.value is None or len(answer.figures) > MOST:
        return None
    if answer.kind == "value" and question.threshold is not None:
        return _passes(answer, question.threshold, below=_BELOW.search(question.text) is not None)
    if answer.kind == "change":
        down, up = (form.search(question.text) is not None for form in (_DOWN, _UP))
        return None if down == up else answer.value < 0 if down else answer.value > 0
    return None


MOST = 3
"""Figures that one verdict can rest on."""


def _passes(answer: Answer, threshold: Decimal, *, below: bool) -> bool | None:
    """None where the figure is itself but a bound, and may lie on either side."""
    value = answer.value
    assert value is not None
    bound = answer.figures[0].bound
    if (bound == "over" and value < threshold) or (bound in ("up to", "nearly") and value > threshold):
        return None
    if bound == "range" or (bound == "about" and abs(value - threshold) <= abs(threshold) / 10):
        return None
    return value < threshold if below else value > threshold or (bound == "over" and value == threshold)
