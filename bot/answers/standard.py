"""Standard answers: what the owner says to questions of a pattern, labelled as theirs.

A pattern is matched by its content words: all of them, in any order and inflection, and no others. "*" stands for any
further words, "a/b" for either of two.
"""

from __future__ import annotations

from functools import lru_cache

from bot.answers import Answer, Citation
from bot.answers.terms import STOP, read_line, stem
from bot.answers.wording import tell
from bot.questions import Question
from index.errors import CorpusError
from index.figures import Place
from index.reader import View
from index.standard import FILE, StandardAnswer


def answer_standard(question: Question, view: View) -> Answer | None:
    """The owner's answer, where the question is of a pattern; the most particular pattern counts."""
    asked = [text for text in (question.text, question.read_as) if text]
    fitting = [one for one in view.answers if any(fits(one.pattern, text) for text in asked)]
    return _answer(max(fitting, key=_rank), question) if fitting else None


def fits(pattern: str, text: str) -> bool:
    """Whether a question is of a pattern."""
    wanted, open_ended = _parse(pattern)
    if not wanted:
        return not open_ended and read_line(pattern).stems == read_line(text).stems != ()
    words = _content(text)
    held = all(words & either for either in wanted)
    return held and (open_ended or words <= frozenset().union(*wanted))


def check_pattern(pattern: str) -> None:
    """Raises CorpusError for a pattern that would fit any question, or none."""
    if len(pattern) > LONGEST:
        raise CorpusError(
            f"The pattern has {len(pattern)} characters; one has up to {LONGEST}.",
            'Say the words that count: "who do I ask about * prices/costs"',
        )
    if not fits(pattern, pattern.replace("*", " ").replace("/", " ")):
        raise CorpusError(
            f'"{pattern}" would fit any question, or none.',
            'Give it words of its own: "who do I ask about * prices/costs"',
        )


def _rank(one: StandardAnswer) -> tuple[bool, int, int]:
    wanted, open_ended = _parse(one.pattern)
    return not open_ended, len(wanted), one.on.toordinal()


LONGEST = 300
"""Characters of a pattern."""


@lru_cache(maxsize=4_096)
def _parse(pattern: str) -> tuple[tuple[frozenset[str], ...], bool]:
    """What each place of the pattern may be, and whether further words may stand beside."""
    wanted: list[frozenset[str]] = []
    for part in pattern.replace("*", " ").split():
        either = [_content(word) for word in part.split("/")]
        if len(either) > 1:
            wanted += [frozenset().union(*either)] if all(either) else []
        else:
            wanted += [frozenset((word,)) for word in sorted(either[0])]
    return tuple(dict.fromkeys(wanted)), "*" in pattern


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in read_line(text).words if word not in STOP)


def _answer(one: StandardAnswer, question: Question) -> Answer:
    label = tell("standard", question.language, name=one.by, day=one.on.isoformat())
    cited = Citation(
        number=1, document=FILE, document_id=FILE, title=label, published=one.on, source="", place=Place(), page="",
        time="", quote=one.text,
    )  # fmt: skip
    return Answer(
        "",
        "passage",
        question,
        question.read_as or question.text,
        one.text,
        details=(label,),
        citations=(cited,),
    )
