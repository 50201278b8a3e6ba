"""Block Kit's rules for the elements that people act on."""

from collections.abc import Callable
from typing import Any

from bot.playground.checking import Checker, Json

SELECTS = [
    f"{m}{k}_select"
    for m in ("", "multi_")
    for k in ("static", "external", "users", "conversations", "channels")
]
INPUTS = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
)
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOOSERS = (*SELECTS, "checkboxes", "radio_buttons", *PICKERS)
IN_ACTIONS = ("button", "overflow", "workflow_button", *CHOOSERS)
IN_SECTION = (*IN_ACTIONS, "image")
IN_INPUT = (*INPUTS, *CHOOSERS)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")


def check_element(check: Checker, value: Any, at: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(value, dict):
        check.fail(at, "invalid_type", "must be an object")
        return
    kind = value.get("type")
    if not check.one_of(kind, f"{at}/type", allowed):
        return
    check.strings(value, at, action_id=255)
    rule = RULES.get(str(kind))
    if rule is None:
        rule = _select if kind in SELECTS else _input
    rule(check, value, at)


def check_confirm(check: Checker, value: Any, at: str) -> None:
    if value is not None and check.is_object(value, at, ("title", "text", "confirm", "deny"), ("style",)):
        check.plain(value, at, title=100, confirm=30, deny=30)
        check.text(value["text"], f"{at}/text", 300)


def _button(check: Checker, value: Json, at: str) -> None:
    optional = ("action_id", "value", "url", "style", "confirm", "accessibility_label")
    if check.is_object(value, at, ("text",), optional):
        check.plain(value, at, text=75)
        check.strings(value, at, value=2000, url=3000, accessibility_label=75)
        if "style" in value:
            check.one_of(value["style"], f"{at}/style", ("primary", "danger"))
        check_confirm(check, value.get("confirm"), f"{at}/confirm")


def _option(check: Checker, value: Any, at: str, kinds: tuple[str, ...], *, url: bool = False) -> None:
    optional = ("description", "url") if url else ("description",)
    if check.is_object(value, at, ("text", "value"), optional):
        check.text(value["text"], f"{at}/text", 75, *kinds)
        check.strings(value, at, value=150, url=3000)
        if value.get("description") is not None:
            check.text(value["description"], f"{at}/description", 75)


def _options(check: Checker, value: Json, at: str, most: int, *kinds: str, url: bool = False) -> None:
    items = check.items(value["options"], f"{at}/options", 1, most)
    for pointer, option in items:
        _option(check, option, pointer, kinds, url=url)
    check.unique(((p, o.get("value")) for p, o in items if isinstance(o, dict)), "option value")
    initial = value.get("initial_option")
    chosen = [initial] if initial else value.get("initial_options") or []
    for option in chosen:
        if option not in value["options"]:
            check.fail(f"{at}/initial_option", "invalid_value", "must be one of the options")


def _overflow(check: Checker, value: Json, at: str) -> None:
    if check.is_object(value, at, ("options",), ("action_id", "confirm")):
        _options(check, value, at, 5, "plain_text", url=True)
        check_confirm(check, value.get("confirm"), f"{at}/confirm")


def _boxes(check: Checker, value: Json, at: str) -> None:
    optional = ("action_id", "confirm", "focus_on_load", "initial_option", "initial_options")
    if check.is_object(value, at, ("options",), optional):
        _options(check, value, at, 10)
        check_confirm(check, value.get("confirm"), f"{at}/confirm")


def _select(check: Checker, value: Json, at: str) -> None:
    kind = value["type"]
    initial = {
        "static": ("initial_option", "initial_options"),
        "external": ("initial_option", "initial_options", "min_query_length"),
        "users": ("initial_user", "initial_users"),
        "conversations": (
            *("initial_conversation", "initial_conversations", "default_to_current_conversation"),
            *("response_url_enabled", "filter"),
        ),
        "channels": ("initial_channel", "initial_channels", "response_url_enabled"),
    }[kind.removeprefix("multi_").removesuffix("_select")]
    common = (
        "action_id",
        "placeholder",
        "confirm",
        "focus_on_load",
        "max_selected_items",
        "options",
        "option_groups",
    )
    if not check.is_object(value, at, (), (*common, *initial)):
        return
    check.plain(value, at, placeholder=150)
    check_confirm(check, value.get("confirm"), f"{at}/confirm")
    if kind.endswith("static_select"):
        _static(check, value, at)


def _static(check: Checker, value: Json, at: str) -> None:
    if ("options" in value) == ("option_groups" in value):
        check.fail(f"{at}/options", "missing_field", "exactly one of options and option_groups is required")
    elif "options" in value:
        _options(check, value, at, 100, "plain_text")
    else:
        for pointer, group in check.items(value["option_groups"], f"{at}/option_groups", 1, 100):
            if check.is_object(group, pointer, ("label", "options")):
                check.plain(group, pointer, label=75)
                _options(check, group, pointer, 100, "plain_text")


def _picker(check: Checker, value: Json, at: str) -> None:
    initial = value["type"].replace("datetimepicker", "date_time").replace("picker", "")
    optional = ("action_id", "placeholder", "confirm", "focus_on_load", f"initial_{initial}", "timezone")
    if check.is_object(value, at, (), optional):
        check.plain(value, at, placeholder=150)


def _input(check: Checker, value: Json, at: str) -> None:
    optional = (
        *(
            "action_id",
            "placeholder",
            "initial_value",
            "focus_on_load",
            "dispatch_action_config",
            "multiline",
        ),
        *(
            "min_length",
            "max_length",
            "is_decimal_allowed",
            "min_value",
            "max_value",
            "filetypes",
            "max_files",
        ),
        *("min_lines", "max_lines"),
    )
    if not check.is_object(value, at, (), optional):
        return
    check.plain(value, at, placeholder=150)
    for key in ("min_length", "max_length"):
        if key in value and not 0 <= value[key] <= 3000:
            check.fail(f"{at}/{key}", "invalid_value", "must be between 0 and 3000", 3000)
    if value["type"] == "plain_text_input" and value.get("initial_value") is not None:
        check.string(value["initial_value"], f"{at}/initial_value", value.get("max_length", 3000), least=0)
    if value["type"] == "number_input" and "is_decimal_allowed" not in value:
        check.fail(f"{at}/is_decimal_allowed", "missing_field", "missing required field: is_decimal_allowed")


def _feedback(check: Checker, value: Json, at: str) -> None:
    keys = ("positive_button", "negative_button")
    if check.is_object(value, at, keys, ("action_id",)):
        for key in keys:
            button = value[key]
            if check.is_object(button, f"{at}/{key}", ("text", "value"), ("accessibility_label",)):
                check.plain(button, f"{at}/{key}", text=75)
                check.strings(button, f"{at}/{key}", value=2000, accessibility_label=75)


def _icon(check: Checker, value: Json, at: str) -> None:
    optional = ("action_id", "value", "confirm", "accessibility_label", "visible_to_user_ids")
    if check.is_object(value, at, ("icon", "text"), optional):
        check.one_of(value["icon"], f"{at}/icon", ("trash",))
        check.plain(value, at, text=75)
        check.strings(value, at, value=2000, accessibility_label=75)


def _workflow(check: Checker, value: Json, at: str) -> None:
    if check.is_object(value, at, ("text", "workflow"), ("action_id", "style", "accessibility_label")):
        check.plain(value, at, text=75)


def check_image(check: Checker, value: Json, at: str) -> None:
    if check.is_object(value, at, ("alt_text",), ("image_url", "slack_file", "title")):
        check.strings(value, at, image_url=3000, alt_text=2000)
        check.plain(value, at, title=2000)
        if ("image_url" in value) == ("slack_file" in value):
            check.fail(at, "missing_field", "exactly one of image_url and slack_file is required")


RULES: dict[str, Callable[[Checker, Json, str], None]] = {
    "button": _button,
    "overflow": _overflow,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "feedback_buttons": _feedback,
    "icon_button": _icon,
    "workflow_button": _workflow,
    "image": check_image,
    **dict.fromkeys(PICKERS, _picker),
}
