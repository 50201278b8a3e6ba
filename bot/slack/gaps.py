"""What was asked in vain, on the App Home of admins, and the window for a standard answer; pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import Block, button, section
from bot.slack.mrkdwn import bold, cut, plain
from bot.slack.names import ANSWER_VIEW, NAME_VIEW
from bot.teaching import Want
from index.documents import EVERYONE
from index.language.metrics import Catalogue
from index.standard import LONGEST, StandardAnswer

TEACH, OPEN_NAME, OPEN_ANSWER, DROP_GAP = "teach_name", "open_name", "open_answer", "drop_gap"
WITHDRAW_ANSWER = "withdraw_answer"
PATTERN, TEXT, ACCESS = "pattern", "text", "access"
ALIAS, METRIC = "alias", "metric"
GROUP = 100
"""Options of one group, and groups of one menu."""
VALUE = 150
"""Characters of an option's value."""
MOST, MOST_ANSWERS = 5, 10


def build_gaps(wants: tuple[Want, ...], catalogue: Catalogue) -> list[Block]:
    """Each question with what can be done about it in one click."""
    blocks: list[Block] = []
    for one in wants[:MOST]:
        times = f" ({one.times} times)" if one.times > 1 else ""
        number = str(one.number)
        elements = [
            button("Answer…", OPEN_ANSWER, number),
            button("Name…", OPEN_NAME, number),
            button("Dismiss", DROP_GAP, number),
        ]
        metric = catalogue.get(one.metric)
        if metric:
            label = f"“{cut(one.alias, 35)}” means {cut(metric.name, 30)}"
            elements.insert(0, button(label, TEACH, f"{number} {one.metric}", style="primary"))
        blocks += [
            section(f"{plain(cut(one.question, 300))}{times}"),
            {"type": "actions", "elements": elements},
        ]
    return blocks


def build_answers(answers: tuple[StandardAnswer, ...]) -> list[Block]:
    """The standard answers, each with a button that withdraws it."""
    blocks = []
    for one in answers[-MOST_ANSWERS:]:
        label = f" · for {plain(one.access)}" if one.access != EVERYONE else ""
        words = f"{bold(cut(one.pattern, 300))}{label}\n{plain(cut(one.text, 300))}"
        withdraw = button("Withdraw", WITHDRAW_ANSWER, f"{one.access}\n{one.pattern}")
        confirm = {
            "title": _plain("Withdraw it?"),
            "text": _plain("Questions of that pattern are answered from the documents again."),
            "confirm": _plain("Withdraw"),
            "deny": _plain("Keep"),
        }
        blocks.append({**section(words), "accessory": {**withdraw, "confirm": confirm}})
    return blocks


def build_name_window(alias: str, number: int, catalogue: Catalogue) -> Block:
    """The window that gives a metric the name that people asked by."""
    metrics = [metric for key in catalogue.keys if (metric := catalogue.get(key))]
    options = [
        {"text": _plain(cut(metric.name, 75)), "value": metric.key}
        for metric in sorted(metrics, key=lambda one: one.name.casefold())
    ]
    groups = [
        {
            "label": _plain(_initials(options[first : first + GROUP])),
            "options": options[first : first + GROUP],
        }
        for first in range(0, min(len(options), GROUP * GROUP), GROUP)
    ]
    words: Block = {"type": "plain_text_input", "action_id": ALIAS, "max_length": 100}
    if alias:
        words["initial_value"] = cut(alias, 100)
    select = {
        "type": "static_select",
        "action_id": METRIC,
        "placeholder": _plain("Metric"),
        "option_groups": groups,
    }
    return {
        "type": "modal",
        "callback_id": NAME_VIEW,
        "private_metadata": str(number),
        "title": _plain("Name of a metric"),
        "submit": _plain("Teach"),
        "close": _plain("Close"),
        "blocks": [_input(ALIAS, "These words", words), _input(METRIC, "mean", select)],
    }


def _initials(options: list[Block]) -> str:
    first, last = (options[place]["text"]["text"][:1].upper() for place in (0, -1))
    return f"{first} – {last}"


def read_name_window(view: dict[str, Any]) -> tuple[int, str, str]:
    """The gap's number, the words, and the metric that they mean."""
    values = view["state"]["values"]
    chosen = values[METRIC][METRIC].get("selected_option") or {}
    alias = str(values[ALIAS][ALIAS].get("value") or "").strip()
    return int(view["private_metadata"]), alias, str(chosen.get("value", ""))


def build_answer_window(question: str, number: int, labels: Iterable[str]) -> Block:
    """The window that takes a standard answer to a question."""
    carried = sorted(label for label in set(labels) - {EVERYONE} if label.strip() and len(label) <= VALUE)
    options = [_option(label) for label in (EVERYONE, *carried)][:GROUP]
    access = {"type": "static_select", "action_id": ACCESS, "options": options, "initial_option": options[0]}
    hint = "Its words in any order; * for any further, a/b for either"
    pattern = {
        "type": "plain_text_input",
        "action_id": PATTERN,
        "initial_value": cut(question, 300),
        "max_length": 300,
    }
    text = {"type": "plain_text_input", "action_id": TEXT, "multiline": True, "max_length": LONGEST}
    return {
        "type": "modal",
        "callback_id": ANSWER_VIEW,
        "private_metadata": str(number),
        "title": _plain("Standard answer"),
        "submit": _plain("Keep"),
        "close": _plain("Close"),
        "blocks": [
            {**_input(PATTERN, "Questions of this pattern", pattern), "hint": _plain(hint)},
            _input(TEXT, "Your answer, shown under your name", text),
            _input(ACCESS, "Who is answered so", access),
        ],
    }


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed into the window."""

    gap: int
    pattern: str
    text: str
    access: str


def read_answer_window(view: dict[str, Any]) -> Said:
    values = view["state"]["values"]
    words = [str(values[name][name].get("value") or "").strip() for name in (PATTERN, TEXT)]
    chosen = values[ACCESS][ACCESS].get("selected_option") or {}
    return Said(int(view["private_metadata"]), words[0], words[1], str(chosen.get("value", EVERYONE)))


def _option(label: str) -> Block:
    return {"text": _plain(cut(label, 75)), "value": label}


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
