"""Wishes to be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state import State
from bot.subscriptions import Subscription, parse_wish, subscribe, subscriptions, told, unsubscribe

WISH = Subscription(0, "T1", "U1", "D1", "NEV sales in November 2026", "", once=True)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(tmp_path / "state.db")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("tell me when NEV sales for November arrive", ("NEV sales for November", True)),
        ("Please notify me when the October figure is out.", ("the October figure", True)),
        ("tell me about NEV exports", None),
        ("keep me posted on NEV exports", ("NEV exports", False)),
        ("Tell me when November arrives, please", ("November", True)),
        ("let me know when NEV sales for January are out", ("NEV sales for January", True)),
        ("NEV sales monthly", ("NEV sales", False)),
        ("NEV sales each month?", None),
        ("What were NEV sales each month", None),
        ("有11月销量时通知我", ("11月销量", True)),
        ("10月新能源汽车销量公布后请通知我。", ("10月新能源汽车销量", True)),
        ("告诉我11月的数据什么时候出来", ("11月", True)),
        ("告诉我10月新能源汽车销量", None),
        ("每月新能源汽车销量", ("新能源汽车销量", False)),
        ("每月新能源汽车销量？", None),
        ("NEV sales each month", ("NEV sales", False)),
        ("subscribe to power battery installations", ("power battery installations", False)),
        ("NEV sales in October?", None),
        ("tell me", None),
        ("", None),
    ],
)
def test_a_wish_is_read(text: str, wish: tuple[str, bool] | None) -> None:
    assert parse_wish(text) == wish


def test_the_same_wish_is_kept_once(state: State) -> None:
    assert subscribe(state, WISH) == subscribe(state, WISH)
    assert len(subscriptions(state, "U1")) == 1


def test_who_wanted_one_answer_hears_one(state: State) -> None:
    subscribe(state, WISH)
    (kept,) = subscriptions(state)
    assert told(state, kept, "f1")
    assert not told(state, kept, "f1")
    assert subscriptions(state) == ()


def test_a_standing_wish_hears_each_figure_once(state: State) -> None:
    subscribe(state, Subscription(0, "T1", "U1", "D1", "NEV sales", "f0", once=False))
    (kept,) = subscriptions(state)
    assert told(state, kept, "f1")
    assert not told(state, kept, "f1")
    (again,) = subscriptions(state)
    assert again.told == "f1"


def test_only_ones_own_is_cancelled(state: State) -> None:
    number = subscribe(state, WISH)
    assert not unsubscribe(state, number, "U2")
    assert unsubscribe(state, number, "U1")
