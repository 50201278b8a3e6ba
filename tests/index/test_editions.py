"""Editions: which document is a newer one of which, by titles, numbers and dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.editions import Work, find_newest, is_newer

OLD, NEW = date(2021, 5, 1), date(2022, 5, 1)
NEWER = [
    ("Outlook", NEW, "Outlook", OLD, True),
    ("Outlook", OLD, "Outlook", NEW, False),
    ("Outlook", None, "Outlook", OLD, False),
    ("Outlook, 3rd edition", None, "Outlook (2nd edition)", None, True),
    ("Outlook – second edition", None, "OUTLOOK: First Edition", None, True),
    ("Outlook v2.1", None, "Outlook v2", None, True),
    ("Outlook v1", NEW, "Outlook v2", OLD, False),
    ("Outlook (revised)", NEW, "Outlook", OLD, True),
    ("展望（修订版）", NEW, "展望", OLD, True),
    ("展望 第三版", None, "展望 第二版", None, True),
    ("Sales in October 2021", NEW, "Sales in November 2021", OLD, False),
    ("2nd edition", NEW, "1st edition", OLD, False),
    ("V2G in cities", NEW, "V2H in cities", OLD, False),
]


@pytest.mark.parametrize(
    ("one", "day", "other", "other_day", "newer"), NEWER, ids=[f"{row[0]} / {row[2]}" for row in NEWER]
)
def test_newer_by_title_and_date(
    one: str, day: date | None, other: str, other_day: date | None, newer: bool
) -> None:
    assert is_newer(Work("a", one, day), Work("b", other, other_day)) is newer


def test_the_newest_of_a_chain_stands_in_for_all() -> None:
    works = [
        Work("notes/a.md", "Outlook", None),
        Work("b.md", "Outlook", None, "a.md"),
        Work("c.md", "Outlook, revised", None, "b.md"),
        Work("d.md", "Else", None, "outlook, revised"),
        Work("e.md", "None", None, "not held"),
    ]
    assert {older: newest.id for older, newest in find_newest(works).items()} == {
        "notes/a.md": "d.md", "b.md": "d.md", "c.md": "d.md"}  # fmt: skip


NAMES = st.sampled_from(["a.md", "b.md", "c/a.md", "c/d.md", "Title", ""])


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=6))
def test_no_document_stands_in_for_itself(rows: list[tuple[str, str, str]]) -> None:
    newest = find_newest(Work(name, title, None, after) for name, title, after in rows)
    assert all(older != work.id and work.id not in newest for older, work in newest.items())
