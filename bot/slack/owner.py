"""The owner's desk in Slack: what a file says, the library, and reports with their corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.reports import Report
from bot.slack.blocks import Block, Message, button, context, fit, section
from bot.slack.channels import build_channel_button
from bot.slack.mrkdwn import bold, cut, plain
from bot.slack.names import CORRECT_VIEW
from bot.workshop import Reading
from index.figures import Figure

TAKE, DISCARD, REMOVE, CORRECT, DISMISS = "take_file", "discard_file", "remove_file", "correct", "dismiss"
FIGURE, VALUE, PERIOD, METRIC, REJECT, REASON = "figure", "value", "period", "metric", "reject", "reason"
REMOVE_OTHER = "remove_other"
MOST = 10
OPTIONS, OPTION_VALUE = 100, 150
"""Options of a menu, and characters of an option's value."""


def build_reading(found: Reading) -> Message:
    """What was read of a file, a sample of it, and the question whether to take it in."""
    counts = f"{found.passages:,} passages and {found.figures:,} figures"
    words = f"I read {counts} in “{found.title}” ({found.name})."
    essential = [
        section(f"I read *{counts}* in {bold(cut(found.title, 200))} ({plain(cut(found.name, 200))}).")
    ]
    told = [context(f"“{plain(cut(text, 300))}”") for text in found.sample]
    told += [context(f"Skipped: {plain(cut(one, 300))}") for one in found.skipped[:5]]
    essential += [context(plain(cut(note, 300))) for note in found.notes[:4]]
    if found.held:
        essential.append(
            context(f"The library has a {plain(cut(found.name, 200))}; this one would take its place.")
        )
    closing = [context("Once it is in, everybody who can ask me can see what it says.")]
    label = "Replace it" if found.held else "Add to the library"
    elements = [button(label, TAKE, found.key, style="primary"), button("Discard", DISCARD, found.key)]
    closing.append({"type": "actions", "elements": elements})
    return Message(plain(words), fit(essential, told, closing))


def build_desk(
    names: tuple[str, ...],
    reports: tuple[Report, ...],
    gaps: Sequence[Block] = (),
    answers: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """What App Home shows to admins alone."""
    blocks: list[Block] = []
    if reports:
        blocks.append(_header("Reported as wrong"))
        blocks += [block for one in reports[:MOST] for block in _report(one)]
    if gaps:
        blocks += [_header("Asked in vain"), *gaps]
    if answers:
        blocks += [_header("Standard answers"), *answers]
    if names:
        blocks.append(_header("Library"))
        blocks += [_held(name) for name in names[:MOST]]
        blocks += _others(names[MOST:])
    return (*blocks, _header("Channels"), build_channel_button())


def _report(one: Report) -> list[Block]:
    words = f"<@{one.user}>: “{plain(cut(one.comment, 500))}”\n{plain(cut(one.question, 200))}"
    words += f"\n_{plain(cut(one.headline, 300))}_" if one.headline else ""
    number = str(one.number)
    elements = [button("Correct…", CORRECT, number), button("Dismiss", DISMISS, number)]
    return [section(words), {"type": "actions", "elements": elements}]


def _held(name: str) -> Block:
    return {
        **section(plain(cut(name, 200))),
        "accessory": {**button("Remove", REMOVE, name), "confirm": _confirm(name)},
    }


def _others(names: tuple[str, ...]) -> list[Block]:
    """A menu of the documents that have no button of their own."""
    options = [
        {"text": _plain(cut(name, 75)), "value": name}
        for name in dict.fromkeys(names)
        if len(name) <= OPTION_VALUE
    ]
    if not options:
        return []
    menu = {
        "type": "static_select",
        "action_id": REMOVE_OTHER,
        "placeholder": _plain("Remove…"),
        "options": options[:OPTIONS],
        "confirm": _confirm("It"),
    }
    return [{**section(f"and {len(names):,} more"), "accessory": menu}]


def _confirm(name: str) -> Block:
    return {
        "title": _plain("Remove it?"),
        "text": _plain(cut(f"{name} is taken out of the library, and no answer will quote it.", 300)),
        "confirm": _plain("Remove"),
        "deny": _plain("Keep"),
    }


def build_correct(report: Report, figures: tuple[Figure, ...]) -> Block:
    """The window that corrects one figure of a reported answer."""
    options = [
        {
            "text": _plain(cut(f"{one.text}, {one.series.metric}, {one.period.label}", 75)),
            "value": str(number),
        }
        for number, one in enumerate(figures[:MOST])
    ]
    if not options:
        blocks = [section("That answer rests on no figure that is still held. Dismiss the report.")]
        return {"type": "modal", "title": _plain("Correct"), "close": _plain("Close"), "blocks": blocks}
    figure = {"type": "radio_buttons", "action_id": FIGURE, "options": options, "initial_option": options[0]}
    reject = {
        "type": "checkboxes",
        "action_id": REJECT,
        "options": [{"text": _plain("It is no such figure at all"), "value": "reject"}],
    }
    return {
        "type": "modal",
        "callback_id": CORRECT_VIEW,
        "private_metadata": str(report.number),
        "title": _plain("Correct"),
        "submit": _plain("Correct"),
        "close": _plain("Close"),
        "blocks": [
            section(f"“{plain(cut(report.comment, 1_000))}”"),
            _input(FIGURE, "Which figure", figure),
            _input(REJECT, "Reject", reject, optional=True),
            _text(VALUE, "Or its value is", "390,000 vehicles"),
            _text(PERIOD, "Or its period is", "October 2021"),
            _text(METRIC, "Or its metric is", "nev_sales"),
            _text(REASON, "Why", "CAAM revised it", optional=False),
        ],
    }


def read_correct(view: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The number of the figure, and what was said of it."""
    values = view["state"]["values"]
    chosen = values[FIGURE][FIGURE].get("selected_option") or {}
    said: dict[str, Any] = {
        name: str(values[name][name].get("value") or "").strip() for name in (VALUE, PERIOD, METRIC, REASON)
    }
    said[REJECT] = bool(values[REJECT][REJECT].get("selected_options"))
    return int(chosen.get("value", 0)), said


def _text(name: str, label: str, hint: str, *, optional: bool = True) -> Block:
    element = {"type": "plain_text_input", "action_id": name, "placeholder": _plain(hint), "max_length": 300}
    return _input(name, label, element, optional=optional)


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _header(text: str) -> Block:
    return {"type": "header", "text": _plain(text)}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
