"""Block Kit's rules as a pure function, and the ids that Slack gives to blocks without."""

import copy
from collections.abc import Callable
from typing import Any

from bot.playground import element_rules, limits
from bot.playground.checking import BlockError, Checker, Json, Surface
from bot.playground.data_rules import (
    CHARTS_A_MESSAGE,
    check_data_table,
    check_rich_text,
    check_table,
    check_visualization,
)
from bot.playground.element_rules import IN_INPUT, PICKERS, SELECTS, check_element, check_image

ALL: tuple[Surface, ...] = ("message", "modal", "home")
VIEWS: tuple[Surface, ...] = ("modal", "home")
POSTED: tuple[Surface, ...] = ("message", "home")
MESSAGE: tuple[Surface, ...] = ("message",)


def check_blocks(blocks: Any, surface: Surface, at: str = "/blocks") -> list[BlockError]:
    """Everything that Slack would refuse in these blocks on this surface; empty if it takes them."""
    check = Checker(surface)
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    items = check.items(blocks, at, 0, most)
    for pointer, block in items:
        _check_block(check, block, pointer)
    known = [(pointer, block) for pointer, block in items if isinstance(block, dict)]
    check.unique(((f"{p}/block_id", b.get("block_id")) for p, b in known), "block_id")
    charts = [p for p, b in known if b.get("type") == "data_visualization"]
    if surface == "message" and len(charts) > CHARTS_A_MESSAGE:
        check.fail(
            charts[-1], "too_many", f"no more than {CHARTS_A_MESSAGE} charts allowed", CHARTS_A_MESSAGE
        )
    markdown = sum(len(str(b.get("text", ""))) for _, b in known if b.get("type") == "markdown")
    if markdown > limits.MARKDOWN_TEXT:
        check.fail(at, "too_long", f"markdown must be less than {limits.MARKDOWN_TEXT + 1} characters")
    return check.errors


def _check_block(check: Checker, block: Any, at: str) -> None:
    if not isinstance(block, dict):
        check.fail(at, "invalid_type", "must be an object")
        return
    kind = str(block.get("type"))
    if kind not in RULES:
        check.fail(f"{at}/type", "invalid_value", f"unsupported type: {kind}", [*RULES])
        return
    surfaces, rule = RULES[kind]
    if check.surface not in surfaces:
        check.fail(
            f"{at}/type", "invalid_surface", f"{kind} is not allowed in a {check.surface}", [*surfaces]
        )
        return
    check.strings(block, at, block_id=255)
    rule(check, block, at)


def _section(check: Checker, block: Json, at: str) -> None:
    if not check.is_object(block, at, (), ("text", "fields", "accessory", "expand")):
        return
    if not block.get("text") and not block.get("fields"):
        check.fail(at, "missing_field", "missing required field: text or fields")
    if block.get("text") is not None:
        check.text(block["text"], f"{at}/text", 3000)
    if "fields" in block:
        for pointer, field in check.items(block["fields"], f"{at}/fields", 1, 10):
            check.text(field, pointer, 2000)
    if "accessory" in block:
        check_element(check, block["accessory"], f"{at}/accessory", element_rules.IN_SECTION)


def _header(check: Checker, block: Json, at: str) -> None:
    if check.is_object(block, at, ("text",), ("level",)):
        check.plain(block, at, text=150)


def _divider(check: Checker, block: Json, at: str) -> None:
    check.is_object(block, at, ())


def _context(check: Checker, block: Json, at: str) -> None:
    if check.is_object(block, at, ("elements",)):
        for pointer, element in check.items(block["elements"], f"{at}/elements", 1, 10):
            if isinstance(element, dict) and element.get("type") == "image":
                check_image(check, element, pointer)
            else:
                check.text(element, pointer, 3000)


def _elements(most: int, allowed: tuple[str, ...]) -> Callable[[Checker, Json, str], None]:
    def rule(check: Checker, block: Json, at: str) -> None:
        if check.is_object(block, at, ("elements",)):
            items = check.items(block["elements"], f"{at}/elements", 1, most)
            for pointer, element in items:
                check_element(check, element, pointer, allowed)
            named = ((f"{p}/action_id", e.get("action_id")) for p, e in items if isinstance(e, dict))
            check.unique(named, "action_id")

    return rule


def _markdown(check: Checker, block: Json, at: str) -> None:
    if check.is_object(block, at, ("text",)):
        check.string(block["text"], f"{at}/text", limits.MARKDOWN_TEXT)


def _input(check: Checker, block: Json, at: str) -> None:
    if check.is_object(block, at, ("label", "element"), ("hint", "optional", "dispatch_action")):
        check.plain(block, at, label=2000, hint=2000)
        check_element(check, block["element"], f"{at}/element", IN_INPUT)


def _alert(check: Checker, block: Json, at: str) -> None:
    if check.is_object(block, at, ("text",), ("level",)):
        check.text(block["text"], f"{at}/text", 200)


def _loose(check: Checker, block: Json, at: str) -> None:
    """Kinds that are let through by their surface alone."""


RULES: dict[str, tuple[tuple[Surface, ...], Callable[[Checker, Json, str], None]]] = {
    "section": (ALL, _section),
    "header": (ALL, _header),
    "divider": (ALL, _divider),
    "context": (ALL, _context),
    "actions": (ALL, _elements(25, element_rules.IN_ACTIONS)),
    "image": (ALL, check_image),
    "rich_text": (ALL, check_rich_text),
    "input": (ALL, _input),
    "video": (ALL, _loose),
    "card": (ALL, _loose),
    "markdown": (MESSAGE, _markdown),
    "context_actions": (MESSAGE, _elements(5, element_rules.IN_CONTEXT_ACTIONS)),
    "task_card": (MESSAGE, _loose),
    "plan": (MESSAGE, _loose),
    "table": (POSTED, check_table),
    "data_table": (POSTED, check_data_table),
    "data_visualization": (POSTED, check_visualization),
    "container": (POSTED, _loose),
    "carousel": (POSTED, _loose),
    "alert": (("modal",), _alert),
}


def check_view(view: Json, kind: str) -> list[BlockError]:
    """The view around the blocks: its kind, titles and metadata."""
    surface: Surface = "home" if kind == "home" else "modal"
    check = Checker(surface)
    common = ("blocks", "private_metadata", "callback_id", "external_id")
    modal = ("title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled")
    required = ("type", "blocks", "title") if kind == "modal" else ("type", "blocks")
    optional = (*common, *modal) if kind == "modal" else common
    if check.is_object(view, "/view", required, optional):
        check.one_of(view["type"], "/view/type", (kind,))
        check.plain(view, "/view", title=24, submit=24, close=24)
        check.strings(view, "/view", callback_id=255, external_id=255)
        if len(view.get("private_metadata") or "") > limits.PRIVATE_METADATA:
            check.fail("/view/private_metadata", "too_long", "must be less than 3001 characters", 3000)
        inputs = any(b.get("type") == "input" for b in view["blocks"] if isinstance(b, dict))
        if kind == "modal" and inputs and not view.get("submit"):
            check.fail("/view/submit", "missing_field", "submit is required when blocks contain an input")
        check.errors += check_blocks(view["blocks"], surface, "/view/blocks")
    return check.errors


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and every element that acts has an id, as Slack gives them."""
    copied = copy.deepcopy(blocks)
    for at, block in enumerate(copied):
        block.setdefault("block_id", f"b{at}")
        for number, element in enumerate(block_elements(block)):
            if element.get("type") in ACTING:
                element.setdefault("action_id", f"a{number}")
    return copied


ACTING = {
    *(
        "button",
        "overflow",
        "checkboxes",
        "radio_buttons",
        "feedback_buttons",
        "icon_button",
        "workflow_button",
    ),
    *(*SELECTS, *PICKERS, *element_rules.INPUTS),
}


def block_elements(block: Json) -> list[Json]:
    """The elements of a block that a person could act on."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") in ("actions", "context_actions"):
        found += block.get("elements", [])
    return [element for element in found if isinstance(element, dict)]
