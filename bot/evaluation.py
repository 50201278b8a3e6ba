"""`seminar eval`: how well the bot answers a file of questions whose answers are known.

One JSON object a line:

    {"question": "NEV sales in October 2021?", "value": "383000", "unit": "vehicles"}
    {"question": "Who organised the seminar?", "says": ["Institute of Physics"], "document": "seminar.md"}
    {"question": "why?", "context": ["Which countries step up their research?"], "says": ["opportunity"]}
    {"question": "What does a ticket to Mars cost?", "none": true}

`value` is exact, in base units; one of the phrases of `says` has to stand in the headline or in a quote; `document` is
a file that has to be cited; `kind` names the group that the report counts the question in.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bot.answers import Answer, Ask
from bot.questions import Question
from index.errors import SeminarError

_SILENT = ("none", "clarify")
_BINS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is expected of its answer."""

    question: str
    context: tuple[str, ...] = ()
    value: Decimal | None = None
    unit: str = ""
    says: tuple[str, ...] = ()
    document: str = ""
    none: bool = False
    kind: str = ""

    @property
    def group(self) -> str:
        return self.kind or ("none" if self.none else "figure" if self.value is not None else "passage")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run gave. Shares are of 1; times are in milliseconds."""

    questions: int
    right: int
    by_kind: Mapping[str, tuple[int, int]]
    """Right and asked, by group."""
    false_answers: int
    unanswerable: int
    silent: int
    cited: int
    citable: int
    calibration_error: float
    median_ms: float
    p99_ms: float
    misses: tuple[str, ...]

    @property
    def accuracy(self) -> float:
        return self.right / self.questions if self.questions else 0.0


def read_cases(path: Path) -> tuple[Case, ...]:
    """The questions of a file. Raises SeminarError for a line that can't be one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SeminarError(
            f"{path} can't be read ({error}).", "Name a file of questions: seminar eval FILE.jsonl"
        ) from error
    return tuple(_case(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _case(path: Path, number: int, line: str) -> Case:
    hint = 'Write a line as {"question": "…", "says": ["…"]}, with "value" for a figure or "none": true.'
    try:
        row = json.loads(line)
        value = None if row.get("value") is None else Decimal(str(row["value"]))
        case = Case(
            str(row["question"]), tuple(map(str, row.get("context", ()))), value, str(row.get("unit", "")),
            tuple(map(str, row.get("says", ()))), str(row.get("document", "")), row.get("none") is True,
            str(row.get("kind", "")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise SeminarError(f"{path}, line {number} is no question: {line[:80]}", hint) from error
    if not (case.none or case.says or value is not None):
        raise SeminarError(f"{path}, line {number} says nothing of the answer: {line[:80]}", hint)
    return case


def evaluate(path: Path, ask: Ask, *, today: date) -> Report:
    """Asks every question of a file, and counts."""
    cases = read_cases(path)
    runs = [(case, *_timed(case, ask, today)) for case in cases]
    good = [is_right(case, answer) for case, answer, _ in runs]
    asked = Counter(case.group for case in cases)
    right = Counter(case.group for case, fine in zip(cases, good, strict=True) if fine)
    citable = [(case, answer) for case, answer, _ in runs if case.document and answer.citations]
    times = sorted(ms for *_, ms in runs)
    return Report(
        questions=len(cases),
        right=sum(good),
        by_kind={group: (right[group], count) for group, count in sorted(asked.items())},
        false_answers=sum(case.none and answer.kind not in _SILENT for case, answer, _ in runs),
        unanswerable=sum(case.none for case in cases),
        silent=sum(not case.none and answer.kind == "none" for case, answer, _ in runs),
        cited=sum(_cites(case, answer) for case, answer in citable),
        citable=len(citable),
        calibration_error=_calibration(
            [
                (a.confidence, fine)
                for (_, a, _), fine in zip(runs, good, strict=True)
                if a.kind not in _SILENT
            ]
        ),
        median_ms=_quantile(times, 0.5),
        p99_ms=_quantile(times, 0.99),
        misses=tuple(
            f"{c.question} → {a.kind}: {a.headline}"
            for (c, a, _), fine in zip(runs, good, strict=True)
            if not fine
        ),
    )


def _timed(case: Case, ask: Ask, today: date) -> tuple[Answer, float]:
    thread: tuple[Question, ...] = ()
    for text in case.context:
        thread = (*thread, ask(text, thread=thread, viewer=None, today=today).question)
    start = time.perf_counter()
    answer = ask(case.question, thread=thread, viewer=None, today=today)
    return answer, 1000 * (time.perf_counter() - start)


def is_right(case: Case, answer: Answer) -> bool:
    """Whether an answer gives what is expected of it."""
    if case.none:
        return answer.kind == "none"
    if answer.kind in _SILENT:
        return False
    if case.value is not None:
        return answer.value == case.value and (not case.unit or case.unit == answer.unit)
    said = _fold(" ".join((answer.headline, *(citation.quote for citation in answer.citations))))
    return any(_fold(phrase) in said for phrase in case.says)


def _cites(case: Case, answer: Answer) -> bool:
    return any(case.document in (citation.document, citation.document_id) for citation in answer.citations)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _calibration(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in bins of equal count."""
    ordered = sorted(pairs)
    size = max(1, -(-len(ordered) // _BINS))
    total = 0.0
    for at in range(0, len(ordered), size):
        held = ordered[at : at + size]
        total += abs(sum(chance for chance, _ in held) - sum(fine for _, fine in held))
    return total / len(ordered) if ordered else 0.0


def _quantile(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def label(report: Report, before: Report | None = None) -> Iterator[str]:
    """A report in lines, beside the run before where there is one."""

    def beside(name: str, form: str) -> str:
        now = format(getattr(report, name), form)
        return now if before is None else f"{now} (before {format(getattr(before, name), form)})"

    yield f"right: {report.right} of {report.questions}, {beside('accuracy', '.1%')}"
    for group, (right, count) in report.by_kind.items():
        yield f"  {group}: {right} of {count}"
    yield f"false answers: {beside('false_answers', 'd')} of {report.unanswerable}"
    yield f"silent on answerable: {beside('silent', 'd')}"
    yield f"cite the document: {report.cited} of {report.citable}"
    yield f"calibration error: {beside('calibration_error', '.3f')}"
    yield f"time: {beside('median_ms', '.1f')} ms median, {beside('p99_ms', '.1f')} ms p99"


def save(report: Report, path: Path) -> None:
    """Keeps a report for the next run to compare with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")


def read_report(path: Path) -> Report | None:
    """The report of the last run; None where there is none that can be read."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        row["by_kind"] = {group: tuple(counts) for group, counts in row["by_kind"].items()}
        return Report(**{**row, "misses": tuple(row["misses"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
