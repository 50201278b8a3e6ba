"""Block Kit's rules as a pure function."""

import copy
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground import limits

Surface = Literal["message", "modal", "home"]
Json = dict[str, Any]


@dataclass(frozen=True)
class BlockError:
    pointer: str
    code: str
    message: str
    constraint: Any = None

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def check_blocks(blocks: Any, surface: Surface) -> list[BlockError]:
    """Everything that Slack would refuse in these blocks on this surface; empty if it takes them."""
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    if not isinstance(blocks, list):
        return [BlockError("/blocks", "invalid_type", "must be an array")]
    if len(blocks) > most:
        return [BlockError("/blocks", "too_many", f"no more than {most} items allowed", most)]
    return []


def check_view(view: Json, kind: str) -> list[BlockError]:
    if view.get("type") != kind:
        return [BlockError("/view/type", "invalid_type", f"must be {kind}")]
    if not isinstance(view.get("blocks"), list):
        return [BlockError("/view/blocks", "missing", "missing required field: blocks")]
    return []


def text_length(blocks: Any) -> int:
    """The characters of all texts in a message's blocks, as `msg_blocks_too_long` counts them."""
    if isinstance(blocks, list):
        return sum(map(text_length, blocks))
    if isinstance(blocks, dict):
        own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
        return own + sum(text_length(value) for value in blocks.values() if isinstance(value, dict | list))
    return 0


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
    *("button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"),
    *(
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    ),
    *("feedback_buttons", "icon_button", "workflow_button"),
    *(
        f"{m}{k}_select"
        for m in ("", "multi_")
        for k in ("static", "external", "users", "conversations", "channels")
    ),
}


def block_elements(block: Json) -> list[Json]:
    """The elements of a block that a person could act on."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") in ("actions", "context_actions"):
        found += block.get("elements", [])
    return [element for element in found if isinstance(element, dict)]
