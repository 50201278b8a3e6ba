"""Text, and the thread so far, to a structured reading. It never raises, whatever the text."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

from bot.questions import Question
from bot.questions.asked import asks_recency, spell_months
from bot.questions.expected import find_expected, find_kind, find_language, find_number, find_step
from bot.questions.fillers import FILLERS
from bot.questions.followups import compare_last, merge
from bot.questions.query import find_query, is_bare
from bot.questions.shortened import spell_out, spell_words
from bot.questions.slots import fill
from bot.questions.talk import find_talk
from bot.questions.typing_errors import mend
from bot.questions.wishes import is_measured_in
from index.language.dimensions import find_dimensions
from index.language.metrics import find_objects
from index.lookup.terms import find_terms
from index.lookup.vocabulary import Vocabulary, vocabulary_of
from index.reader import View

LONGEST = 2_000
_CHATTY = re.compile(r"<[@!#][^>]*>|:[a-z0-9_+-]+:|[*_~`]+(?=\w)|(?<=\w)[*_~`]+")
_NEXT = re.compile(
    r"[?？！!;；]+\s+(?=\S)|[?？]\s*(?=\S)|\s+(?:and also|also,|plus,)\s+(?=what|how|which|who|when)", re.I
)
_ADDED = re.compile(r"(?:for|in|of|at|by|among|with)(?: [\w-]+){1,4}", re.I)
"""What is said after the question mark and is of the question: "… or jan to oct? for nevs"."""
_PLURAL_NUMBER = re.compile(r"(?<=[A-Za-z]\s)(\d)'?s\b")


def parse_question(text: str, *, thread: tuple[Question, ...] = (), today: date, view: View) -> Question:
    """The reading of a question: with the slots of the question before where it leans on it."""
    plain = _PLURAL_NUMBER.sub(r"\1", spell_out(" ".join(_CHATTY.sub(" ", text[:LONGEST]).split())))
    kind = find_talk(text[:LONGEST]) or find_kind(plain)
    base = Question(
        text, kind or "passage", language=find_language(plain), expected=find_expected(plain),
        number=find_number(plain), query=find_query(spell_words(text[:LONGEST]), thread),
    )  # fmt: skip
    if thread and (leaning := _of_thread(base, plain, thread[-1])) is not None:
        return leaning
    if kind in ("greeting", "thanks", "help", "gibberish"):
        return base
    first, *rest = _questions(plain)
    vocabulary = vocabulary_of(view)
    mended = spell_months(_mend(first, view, vocabulary))
    question = fill(base, mended, today, view.catalogue, vocabulary)
    if len(rest) == 1 and kind is None and not question.metrics and _lacks_subject(question):
        whole = fill(base, f"{mended} {rest[0]}", today, view.catalogue, vocabulary)
        question, rest = (whole, []) if whole.metrics else (question, rest)
    if thread and kind in (None, "definition", "source"):
        both = compare_last(question, thread)
        question = both or merge(question, thread[-1], mended, view.catalogue, today)
    if kind is None and not (question.metrics or question.dimensions) and asks_recency(mended):
        return replace(question, kind="inventory")
    if kind in (None, "definition") and _is_figure(question, kind):
        counts = bool(question.metrics) and question.operation in ("rank", "max", "min", "first above")
        counts = counts and question.expected != "why" and _MOST_OF_A_KIND.search(mended) is None
        question = replace(question, kind="figure", expected="how much" if counts else question.expected)
    rest = [part for part in rest if any(term not in FILLERS for term in find_terms(part))]
    return replace(question, rest=tuple(rest), read_as=mended if mended != spell_months(first) else "")


_MOST_OF_A_KIND = re.compile(
    r"\bmost (?:common|frequent|important|likely|serious|urgent|popular|promising)\b", re.I
)
"""What is told in words, and not by the highest number."""


def _lacks_subject(question: Question) -> bool:
    """Whether a question says what to do with figures, but of nothing: "which yoy is higher, May or June?"."""
    done = bool(question.basis) or question.operation in (
        "compare",
        "average",
        "max",
        "min",
        "change",
        "ratio",
    )
    return done and not question.words and not question.dimensions


def _of_thread(base: Question, text: str, before: Question) -> Question | None:
    """A question that is nothing but a step on from the one before: "next one" of the takeaways, "when then?"."""
    step = find_step(text)
    if step and before.kind == "takeaways" and before.number > 0:
        return replace(
            base, kind="takeaways", number=max(1, before.number + step), query=before.query or before.text
        )
    told = before.kind in ("figure", "passage") and (not before.metrics or base.expected == "why")
    if is_bare(text) and base.kind == "passage" and told:
        return base
    return None


_HOW_IS = re.compile(
    r"\bhow(?:'?s| is| are| was| were)? (?:it|this|that|they|things?)(?: all)? (?:going|doing|looking|developing)\b"
    r"|\bhow are things\b|(?:进展|发展)(?:得)?(?:如何|怎么样)",
    re.I,
)
"""What is asked for in words, however countable its subject: "power batteries in china, how is it going"."""


def _is_figure(question: Question, kind: str | None) -> bool:
    if question.leaning:
        return True
    if _HOW_IS.search(question.text) and not (question.metrics or question.periods or question.basis):
        return False
    if kind == "definition":
        return bool(question.metrics and (question.periods or question.to_date or question.basis))
    told = bool(question.periods) or is_measured_in(question.unit)
    done = told or question.operation not in ("value", "latest")
    ranked = bool(question.over) and is_measured_in(question.unit)
    return bool(question.metrics or question.words or ranked or (question.dimensions and done))


def _questions(text: str) -> list[str]:
    """The questions of one message; a greeting before them is no question."""
    parts = [part.strip() for part in _NEXT.split(text) if part and part.strip(" ?!.,")]
    parts = [text] if len(parts) == 2 and _ADDED.fullmatch(parts[1]) else parts
    asked = [part for part in parts if find_talk(part) is None] or parts or [text]
    return [part for part in asked if len(part) > 2] or [text]


def _mend(text: str, view: View, vocabulary: Vocabulary) -> str:
    if not text.isascii():
        return text
    retriever = view.retriever
    unseen = math.log1p((retriever.count + 0.5) / 0.5)
    names = view.catalogue.plain_words

    said = [found.text for found in find_dimensions(text)]
    said += [found.text for found in find_objects(text, view.catalogue)]
    inside = {word.casefold() for words in said for word in re.findall(r"[A-Za-z]{4,}", words)}

    def known(word: str) -> bool:
        if word in FILLERS or word in names or word in inside:
            return True
        terms = find_terms(word)
        return any(
            term in vocabulary.frequencies or term in FILLERS or retriever.idf(term) < unseen
            for term in terms
        )

    if all(known(word.casefold()) for word in re.findall(r"[A-Za-z]{4,}", text)):
        return text
    return mend(text, known=known, words=vocabulary.words | names)
