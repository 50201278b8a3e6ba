"""What was asked in vain, on the App Home of admins, and the window for a standard answer; pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import Block, button, section
from bot.slack.mrkdwn import cut, plain
from bot.slack.names import ANSWER_VIEW
from bot.teaching import Want
from index.documents import EVERYONE
from index.language.metrics import Catalogue
from index.standard import LONGEST

TEACH, OPEN_ANSWER, DROP_GAP = "teach_name", "open_answer", "drop_gap"
PATTERN, TEXT, ACCESS = "pattern", "text", "access"
MOST = 5


def build_gaps(wants: tuple[Want, ...], catalogue: Catalogue) -> list[Block]:
    """Each question with what can be done about it in one click."""
    blocks: list[Block] = []
    for one in wants[:MOST]:
        times = f" ({one.times} times)" if one.times > 1 else ""
        number = str(one.number)
        elements = [button("Answer…", OPEN_ANSWER, number), button("Dismiss", DROP_GAP, number)]
        metric = catalogue.get(one.metric)
        if metric:
            label = f"“{cut(one.alias, 35)}” means {cut(metric.name, 30)}"
            elements.insert(0, button(label, TEACH, f"{number} {one.metric}", style="primary"))
        blocks += [
            section(f"{plain(cut(one.question, 300))}{times}"),
            {"type": "actions", "elements": elements},
        ]
    return blocks


def build_answer_window(question: str, number: int, labels: Iterable[str]) -> Block:
    """The window that takes a standard answer to a question."""
    options = [_option(label) for label in (EVERYONE, *sorted(set(labels) - {EVERYONE}))][:100]
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
    return {"text": _plain(cut(label, 75)), "value": cut(label, 150)}


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
