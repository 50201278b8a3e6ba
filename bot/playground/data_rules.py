"""Block Kit's rules for tables, charts and rich text."""

import math
from collections.abc import Callable
from typing import Any

from bot.playground.checking import Checker, Json
from bot.playground.text_size import text_length

TABLE_ROWS, TABLE_COLUMNS = 100, 20
# Where Slack's own pages and the newer libraries disagree, the smaller number holds.
DATA_TABLE_ROWS, DATA_TABLE_TEXT = 101, 20_000
CHARTS_A_MESSAGE, SERIES, POINTS = 2, 6, 20
STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
RICH_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("text",), ("style",)),
    "link": (("url",), ("text", "style", "unsafe")),
    "emoji": (("name",), ("unicode", "style", "skin_tone")),
    "user": (("user_id",), ("style",)),
    "usergroup": (("usergroup_id",), ("style",)),
    "channel": (("channel_id",), ("style",)),
    "broadcast": (("range",), ("style",)),
    "date": (("timestamp", "format"), ("url", "fallback", "style")),
    "color": (("value",), ("style",)),
    "team": (("team_id",), ("style",)),
}


def check_table(check: Checker, block: Json, at: str) -> None:
    if not check.is_object(block, at, ("rows",), ("column_settings",)):
        return
    rows = check.items(block["rows"], f"{at}/rows", 1, TABLE_ROWS)
    for pointer, row in rows:
        for cell_at, cell in check.items(row, pointer, 1, TABLE_COLUMNS):
            _cell(check, cell, cell_at, ("raw_text", "raw_number", "rich_text"))
    if "column_settings" in block:
        for pointer, setting in check.items(
            block["column_settings"], f"{at}/column_settings", 0, TABLE_COLUMNS
        ):
            if setting is not None and check.is_object(setting, pointer, (), ("align", "is_wrapped")):
                check.one_of(setting.get("align", "left"), f"{pointer}/align", ("left", "center", "right"))


def check_data_table(check: Checker, block: Json, at: str) -> None:
    optional = ("page_size", "row_header_column_index")
    if not check.is_object(block, at, ("rows", "caption"), optional):
        return
    check.string(block["caption"], f"{at}/caption", 3000)
    size = block.get("page_size", 5)
    if not isinstance(size, int) or not 1 <= size <= 100:
        check.fail(f"{at}/page_size", "invalid_value", "must be between 1 and 100", 100)
    rows = check.items(block["rows"], f"{at}/rows", 2, DATA_TABLE_ROWS)
    widths = [len(row) for _, row in rows if isinstance(row, list)]
    if len(set(widths)) > 1:
        check.fail(f"{at}/rows", "invalid_value", "all rows must have the same number of columns")
    for number, (pointer, row) in enumerate(rows):
        kinds = ("raw_text", "raw_number", "rich_text") if number else ("raw_text", "raw_number")
        for cell_at, cell in check.items(row, pointer, 1, TABLE_COLUMNS):
            _cell(check, cell, cell_at, kinds)
    if text_length(block["rows"]) > DATA_TABLE_TEXT:
        check.fail(
            f"{at}/rows", "too_long", f"must be less than {DATA_TABLE_TEXT + 1} characters", DATA_TABLE_TEXT
        )


def _cell(check: Checker, cell: Any, at: str, kinds: tuple[str, ...]) -> None:
    if not isinstance(cell, dict):
        check.fail(at, "invalid_type", "must be an object")
        return
    if not check.one_of(cell.get("type"), f"{at}/type", kinds):
        return
    if cell["type"] == "rich_text":
        check_rich_text(check, cell, at)
    elif cell["type"] == "raw_text" and check.is_object(cell, at, ("text",)):
        check.string(cell["text"], f"{at}/text", 3000)
    elif cell["type"] == "raw_number" and check.is_object(cell, at, ("value",), ("text",)):
        _number(check, cell["value"], f"{at}/value")


def _number(check: Checker, value: Any, at: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        check.fail(at, "invalid_type", "must be a finite number")
        return False
    return True


def check_visualization(check: Checker, block: Json, at: str) -> None:
    if not check.is_object(block, at, ("title", "chart")):
        return
    check.string(block["title"], f"{at}/title", 50)
    chart, where = block["chart"], f"{at}/chart"
    if not isinstance(chart, dict):
        check.fail(where, "invalid_type", "must be an object")
    elif check.one_of(chart.get("type"), f"{where}/type", ("line", "bar", "area", "pie")):
        (_pie if chart["type"] == "pie" else _axes)(check, chart, where)


def _pie(check: Checker, chart: Json, at: str) -> None:
    if not check.is_object(chart, at, ("segments",)):
        return
    items = check.items(chart["segments"], f"{at}/segments", 1, SERIES)
    for pointer, segment in items:
        if check.is_object(segment, pointer, ("label", "value")):
            check.string(segment["label"], f"{pointer}/label", 20)
            if _number(check, segment["value"], f"{pointer}/value") and segment["value"] <= 0:
                check.fail(f"{pointer}/value", "invalid_value", "must be greater than 0", 0)


def _axes(check: Checker, chart: Json, at: str) -> None:
    if not check.is_object(chart, at, ("series", "axis_config")):
        return
    axis = chart["axis_config"]
    if not check.is_object(axis, f"{at}/axis_config", ("categories",), ("x_label", "y_label")):
        return
    check.strings(axis, f"{at}/axis_config", x_label=50, y_label=50)
    categories = check.items(axis["categories"], f"{at}/axis_config/categories", 1, POINTS)
    for pointer, category in categories:
        check.string(category, pointer, 20)
    check.unique(categories, "category")
    series = check.items(chart["series"], f"{at}/series", 1, SERIES)
    for pointer, one in series:
        _series(check, one, pointer, [category for _, category in categories])
    check.unique(((p, s.get("name")) for p, s in series if isinstance(s, dict)), "series name")


def _series(check: Checker, series: Any, at: str, categories: list[Any]) -> None:
    if not check.is_object(series, at, ("name", "data")):
        return
    check.string(series["name"], f"{at}/name", 20)
    labels = []
    for pointer, point in check.items(series["data"], f"{at}/data", 1, POINTS):
        if check.is_object(point, pointer, ("label", "value")):
            labels.append(point["label"])
            _number(check, point["value"], f"{pointer}/value")
    if sorted(map(str, labels)) != sorted(map(str, categories)):
        check.fail(f"{at}/data", "invalid_value", "must have one value for every category")


def check_rich_text(check: Checker, block: Json, at: str) -> None:
    if not check.is_object(block, at, ("elements",)):
        return
    for pointer, part in check.items(block["elements"], f"{at}/elements", 1, 1000):
        kind = part.get("type") if isinstance(part, dict) else None
        if not check.one_of(kind, f"{pointer}/type", RICH_PARTS):
            continue
        optional = ("border", "style", "indent", "offset", "language")
        if check.is_object(part, pointer, ("elements",), optional):
            for inner_at, inner in check.items(part["elements"], f"{pointer}/elements", 1, 1000):
                RICH_PARTS[str(kind)](check, inner, inner_at)


def _inline(check: Checker, value: Any, at: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if not check.one_of(kind, f"{at}/type", RICH_KEYS):
        return
    required, optional = RICH_KEYS[str(kind)]
    if not check.is_object(value, at, required, optional):
        return
    if kind == "text":
        check.string(value["text"], f"{at}/text", 3000)
    for style in value.get("style") or {}:
        check.one_of(style, f"{at}/style", STYLES)


def _list_item(check: Checker, value: Any, at: str) -> None:
    if not isinstance(value, dict) or value.get("type") != "rich_text_section":
        check.fail(at, "invalid_value", "must be a rich_text_section")
        return
    for pointer, inner in check.items(value.get("elements"), f"{at}/elements", 0, 1000):
        _inline(check, inner, pointer)


RICH_PARTS: dict[str, Callable[[Checker, Any, str], None]] = {
    "rich_text_section": _inline,
    "rich_text_quote": _inline,
    "rich_text_preformatted": _inline,
    "rich_text_list": _list_item,
}
