"""What a person's hand does to an element: find it, act on it, and the state it is left in."""

from typing import Any

from bot.playground.blocks import ACTING, block_elements
from bot.playground.state import Json

CHOICES = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
ONE_OF = ("static_select", "external_select", "radio_buttons", "overflow")
SOME_OF = ("multi_static_select", "multi_external_select", "checkboxes")


class NotThere(LookupError):
    """The person looked for something to act on and it was not there."""


def find_element(blocks: list[Json], key: str) -> tuple[Json, Json]:
    """The block and element with this action_id, or a button's label, or (for inputs) a block_id."""
    for block in blocks:
        for element in block_elements(block):
            named = (element.get("action_id"), label_of(element), block.get("block_id"))
            if element.get("type") in ACTING and key in named[:2]:
                return block, element
    for block in blocks:
        if block.get("block_id") == key and block.get("type") == "input":
            return block, block["element"]
    there = [e.get("action_id") for b in blocks for e in block_elements(b)]
    raise NotThere(f"no element {key!r}; there are {there}")


def label_of(element: Json) -> str:
    text = element.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def act_on(element: Json, chosen: Any) -> Json:
    """What the element says when a person uses it with this choice: its part of `actions` and of `state`."""
    kind = element["type"]
    said: Json = {"type": kind}
    if kind in ONE_OF:
        said["selected_option"] = _option(element, chosen)
    elif kind in SOME_OF:
        said["selected_options"] = [_option(element, value) for value in chosen or []]
    elif kind in CHOICES:
        said[CHOICES[kind]] = chosen
    elif kind == "feedback_buttons":
        said["value"] = _feedback(element, chosen)
        said["text"] = next(element[k]["text"] for k in FEEDBACK if element[k].get("value") == said["value"])
    else:
        said |= {"text": element.get("text"), "value": element.get("value")}
        said = {key: value for key, value in said.items() if value is not None}
    return said


FEEDBACK = ("positive_button", "negative_button")


def _feedback(element: Json, chosen: Any) -> Any:
    for key in FEEDBACK:
        button = element[key]
        if chosen in (key, key.partition("_")[0], button.get("value"), button.get("text", {}).get("text")):
            return button.get("value")
    raise NotThere(f"no feedback button {chosen!r}")


def _option(element: Json, chosen: Any) -> Json | None:
    if chosen is None:
        return None
    if element["type"].endswith("external_select") and isinstance(chosen, dict):
        return chosen
    options: list[Json] = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    for option in options:
        if chosen in (option.get("value"), option["text"]["text"]):
            return option
    raise NotThere(f"no option {chosen!r}; there are {[o.get('value') for o in options]}")


def keeps_state(element: Json) -> bool:
    return element["type"] in (*ONE_OF, *SOME_OF, *CHOICES) and element["type"] != "overflow"


def initial_values(blocks: list[Json]) -> Json:
    """The state of a view as it opens: what its elements start with."""
    values: Json = {}
    for block in blocks:
        for element in block_elements(block):
            if element.get("type") in ACTING and keeps_state(element):
                values.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return values


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in ONE_OF:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in SOME_OF:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    field = CHOICES[kind]
    start = (
        element.get(field.replace("selected_", "initial_"))
        if field != "value"
        else element.get("initial_value")
    )
    return {"type": kind, field: start}


def is_empty(said: Json) -> bool:
    return not any(value for key, value in said.items() if key != "type")
