"""The router: one question in, one answer out, whatever the text."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import replace
from datetime import date

from bot.answers import Answer, Ask
from bot.answers.abbreviations import answer_letters
from bot.answers.choosing import search_passages
from bot.answers.confidence import is_enough
from bot.answers.corrected import note_corrections
from bot.answers.definition import answer_metric, asks_parts
from bot.answers.editions import note_editions
from bot.answers.figures import answer_figures
from bot.answers.figures.recency import answer_recency
from bot.answers.figures.unheld import tells_another
from bot.answers.figures.wanted import Ask as FigureAsk
from bot.answers.inventory import answer_inventory
from bot.answers.named import answer_named
from bot.answers.passages import answer_passage
from bot.answers.refusal import refuse
from bot.answers.standard import answer_standard
from bot.answers.stated import with_value
from bot.answers.takeaways import answer_takeaways
from bot.answers.talk import TALK, answer_open, answer_talk
from bot.questions import Language, Question
from bot.questions.parsing import parse_question
from bot.questions.query import is_open
from index.reader import Index, View

LONGEST = 2000
"""Characters of a question that are read; the rest changes no answer."""
_COLLECTED = 20_000
"""Values that are made between two looks of the garbage collector: an answer makes thousands that die with it."""
_IN_WORDS = frozenset(("who", "where", "why", "says", "yes or no", "definition"))
"""What a figure rarely answers: there the surer of figure and passage is given."""
_SURE = 0.8
_COMPUTED = frozenset(("series", "cagr", "average", "against average", "sum", "ratio"))
_OF_FIGURES = frozenset(("difference", "base"))
"""What of a metric is only computed; of other things a sentence may tell it."""
_LEVELS = frozenset(("value", "comparison"))
"""What tells how much, and not when."""
_HELD = frozenset(("value", "change", "comparison", "ranking", "series", "computation", "missing"))


def make_ask(index: Index) -> Ask:
    """A callable that answers from `index`: `ask(text, *, thread, viewer, today) -> Answer`."""
    gc.set_threshold(_COLLECTED)

    def ask(
        text: str,
        *,
        thread: tuple[Question, ...] = (),
        viewer: frozenset[str] | None = None,
        today: date,
        language: Language | None = None,
    ) -> Answer:
        with index.seen_by(viewer) as view:
            return answer_in(view, text, thread=thread, today=today, language=language)

    return ask


def answer_in(
    view: View,
    text: str,
    *,
    thread: tuple[Question, ...],
    today: date,
    language: Language | None = None,
) -> Answer:
    """The answer from what a view holds; in our words of a `language`, where one is set."""
    question = parse_question(text[:LONGEST], thread=thread, today=today, view=view)
    question = replace(question, language=language or question.language)
    if not thread and is_open(question) and answer_standard(question, view) is None:
        answer = answer_open(question, view)
    else:
        answer = _source(question, thread, view, today) or _answer(question, view, today)
    answer = note_editions(note_corrections(answer, view), view)
    follow_ups = (*question.rest, *answer.follow_ups)
    answer_id = _id(text, thread, today, view)
    return replace(answer, id=answer_id, index=view.version, follow_ups=follow_ups)


def _source(question: Question, thread: tuple[Question, ...], view: View, today: date) -> Answer | None:
    """The answer before, for its sources; None where the question asks for none or nothing was asked before."""
    if question.kind != "source" or not thread:
        return None
    view.step("the source of the answer before, asked again")
    answer = _answer(thread[-1], view, today)
    if not answer.citations:
        return answer
    cited = answer.citations[0]
    day = f" ({cited.published.isoformat()})" if cited.published else ""
    headline = f"{cited.title}{day}: “{' '.join(cited.quote.split())}”"
    return replace(answer, question=thread[-1], headline=headline)


def _answer(question: Question, view: View, today: date) -> Answer:
    if (standard := answer_standard(question, view)) is not None:
        view.step("a standard answer of the owner's")
        return standard
    view.step(f"read as a question of kind {question.kind}")
    if question.kind in TALK or question.kind == "inventory":
        return _of_the_bot(question, view, today)
    if (defined := _defined(question, view)) is not None:
        return defined
    figures = answer_figures(question, view, today) if question.kind == "figure" else None
    if question.kind == "figure" and figures is None:
        view.step("no series of figures has all that is asked")
    timed = question.expected == "when" and question.operation == "value"
    if (
        figures is not None
        and figures.kind in _HELD
        and not timed
        and (question.expected not in _IN_WORDS or _is_dated(question) or _is_ordered(question, figures))
    ):
        return figures
    if figures is None and _only_figures(question):
        return refuse(question, view, search_passages(question, view))
    return _in_words(question, view, figures)


def _defined(question: Question, view: View) -> Answer | None:
    """What a metric or an abbreviation means, where that is asked and held."""
    asks = question.kind == "definition" or asks_parts(question.text)
    definition = answer_metric(question, view) if asks else None
    return definition or answer_letters(question, view)


def _of_the_bot(question: Question, view: View, today: date) -> Answer:
    """Small talk, and what is held."""
    if question.kind in TALK:
        return answer_talk(question, view)
    return answer_recency(FigureAsk(question, view, today)) or answer_inventory(question, view)


def _is_dated(question: Question) -> bool:
    """Whether a yes or no is asked of a metric at a period: "did NEV sales fall in February 2025?"."""
    return (
        question.expected == "yes or no" and bool(question.metrics) and any(p.start for p in question.periods)
    )


def _is_ordered(question: Question, figures: Answer) -> bool:
    """Whether figures name who or what leads: two compared, or all of a kind at a period: "which maker in Q2 2025?"."""
    ranked = figures.kind == "ranking" and bool(question.over) and any(p.start for p in question.periods)
    return figures.kind == "comparison" or ranked


def _only_figures(question: Question) -> bool:
    """Whether no sentence can be what is asked for: a table, a rate a year, or the figure before as another."""
    if question.kind != "figure" or question.expected in _IN_WORDS:
        return False
    kinds = any(name in ("powertrain", "chemistry") for name, _ in question.dimensions)
    of_kind = (
        question.operation == "share" and bool(question.metrics) and (kinds or len(question.metrics) > 1)
    )
    of_two = question.operation == "compare" and bool(question.basis) and len(question.periods) > 1
    return (
        question.operation in _COMPUTED
        or of_kind
        or (bool(question.metrics) and (of_two or question.operation in _OF_FIGURES))
        or (question.leaning and not question.words and question.expected == "")
    )


def _in_words(question: Question, view: View, figures: Answer | None) -> Answer:
    """The takeaways or the passage that answer; the figures where they are surer, or nothing is."""
    hits = search_passages(question, view)
    if question.kind == "takeaways" and (takeaways := answer_takeaways(question, view, hits)) is not None:
        return takeaways
    if figures is None and (named := answer_named(question, view, hits)) is not None:
        view.step("names of a list, counted")
        return named
    passage = answer_passage(question, view, hits)
    if passage is not None and figures is None and tells_another(question, passage, view):
        view.step("the likeliest sentence tells another metric")
        passage = None
    sure = passage is not None and is_enough(passage.confidence)
    if passage is not None:
        view.step(f"best sentence: confidence {passage.confidence:.2f}, {'enough' if sure else 'too little'}")
    if figures is not None and not (sure and passage and _prefers_words(question, figures, passage)):
        return figures
    if passage is None or not sure:
        return refuse(question, view, hits, confidence=passage.confidence if passage else 0.0)
    return with_value(passage, view.catalogue)


def _prefers_words(question: Question, figures: Answer, passage: Answer) -> bool:
    """Whether a passage is the better answer to a question for which figures have one, too."""
    if figures.kind == "none" and (figures.figures or not question.metrics):
        return True
    if question.expected == "why" or (question.expected == "when" and figures.kind in _LEVELS):
        return True
    if question.expected not in _IN_WORDS:
        return False
    return figures.kind not in _HELD or passage.confidence > min(_SURE, figures.confidence)


def _id(text: str, thread: tuple[Question, ...], today: date, view: View) -> str:
    """The same question, thread, day, index and access labels give the same id."""
    parts = [text, *(q.text for q in thread), today.isoformat(), view.version, *sorted(view.labels)]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
