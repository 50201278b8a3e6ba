"""What every test shares: a day, a home of its own, and indexes built once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.reader import Index, View

pytest_plugins = ["tests.slack_fixture"]
TODAY = date(2026, 1, 15)


@pytest.fixture
def today() -> date:
    """The day on which every test asks."""
    return TODAY


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, without anybody's tokens."""
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "SEMINAR_ADMINS",
        "SEMINAR_HEALTH_PORT",
    ):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    monkeypatch.setenv("SEMINAR_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the shipped corpus, built once."""
    from index.builder import build
    from index.corpus import SHIPPED

    folder = tmp_path_factory.mktemp("shipped") / "index"
    build([SHIPPED], folder)
    return folder


@pytest.fixture(scope="session")
def shipped(shipped_folder: Path) -> Index:
    """The shipped corpus, indexed."""
    from index.reader import open_index

    return open_index(shipped_folder)


@pytest.fixture
def view(shipped: Index) -> Iterator[View]:
    """The shipped corpus as somebody with every label sees it."""
    with shipped.seen_by(None) as seen:
        yield seen
