"""The validator refuses what Slack refuses, where Slack says it, and takes what Slack takes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.blocks import check_blocks, check_view
from bot.playground.checking import Surface

CASES = tomllib.loads(Path("tests/tables/slack_blocks.toml").read_text())["case"]
SURFACES: tuple[Surface, ...] = ("message", "modal", "home")
KINDS: dict[str, Any] = {
    "text": {"type": "mrkdwn", "text": "x"},
    "button": {"type": "button", "text": {"type": "plain_text", "text": "x"}},
    "row": [{"type": "raw_text", "text": "x"}],
}


def grown(value: Any) -> Any:
    """`3001*x` stands for 3001 times x, `11*text` for eleven texts."""
    if isinstance(value, dict):
        return {key: grown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [grown(item) for item in value]
    times, star, what = str(value).partition("*")
    if not star or not times.isdigit():
        return value
    if what == "option":
        return [{"text": {"type": "plain_text", "text": str(n)}, "value": str(n)} for n in range(int(times))]
    return [KINDS[what]] * int(times) if what in KINDS else what * int(times)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_block_is_refused_where_it_is_wrong(case: dict[str, Any]) -> None:
    errors = check_blocks([grown(case["block"])], case.get("surface", "message"))
    assert case["at"] in [error.pointer for error in errors]


def test_a_message_has_50_blocks_and_a_view_100() -> None:
    assert not check_blocks([{"type": "divider"}] * 50, "message")
    assert check_blocks([{"type": "divider"}] * 51, "message")[0].code == "too_many"
    assert not check_blocks([{"type": "divider"}] * 100, "home")
    assert check_blocks([{"type": "divider"}] * 101, "modal")[0].code == "too_many"


def test_block_ids_differ() -> None:
    twins = [{"type": "divider", "block_id": "a"}] * 2
    assert [error.pointer for error in check_blocks(twins, "message")] == ["/blocks/1/block_id"]


def test_a_third_chart_is_one_too_many() -> None:
    chart = {"type": "pie", "segments": [{"label": "a", "value": 1}]}
    block = {"type": "data_visualization", "title": "t", "chart": chart}
    assert not check_blocks([block] * 2, "message")
    assert check_blocks([block] * 3, "message")


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "/view/title/text"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"colour": "red"}, "/view/colour"),
        (
            {
                "blocks": [
                    {
                        "type": "input",
                        "label": {"type": "plain_text", "text": "l"},
                        "element": {"type": "plain_text_input"},
                    }
                ]
            },
            "/view/submit",
        ),
    ],
    ids=["title of 24", "metadata of 3000", "callback_id of 255", "nothing made up", "inputs need a submit"],
)
def test_a_modal_is_refused_where_it_is_wrong(more: dict[str, Any], at: str) -> None:
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "t"}, "blocks": []}
    assert not check_view(modal, "modal")
    assert [error.pointer for error in check_view({**modal, **more}, "modal")] == [at]


THINGS = st.sampled_from(
    [
        None,
        True,
        0,
        -1.5,
        "",
        "x" * 3001,
        [],
        [[]],
        [None],
        {},
        {"type": "plain_text", "text": 7},
        [{"type": "button"}],
    ]
)
NAMES = st.sampled_from(
    ["section", "context", "actions", "table", "data_table", "data_visualization", "input"]
)
FIELDS = st.sampled_from(
    ["text", "fields", "elements", "rows", "caption", "chart", "title", "element", "label"]
)


@given(NAMES, st.dictionaries(FIELDS, THINGS, max_size=4))
def test_whatever_comes_the_validator_answers(kind: str, fields: dict[str, Any]) -> None:
    for surface in SURFACES:
        errors = check_blocks([{**fields, "type": kind}], surface)
        assert all(error.pointer.startswith("/blocks/0") for error in errors)
