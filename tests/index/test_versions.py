"""The folder of an index, however it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.builder import build
from index.reader import open_index
from index.versions import current_version, read_state, up_to_date


def test_an_index_in_a_folder_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "sales.csv").write_text("Month,NEV sales\n2021-10,383000\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    roots, folder = [Path("kiosk")], Path("index #1 of the kiosk?")
    assert build(roots, folder).figures == 1
    state = read_state(current_version(folder))
    assert state is not None and set(state.digests) == {"sales.csv"}
    assert up_to_date(roots, folder) and not build(roots, folder, diff=True).changed
    assert open_index(folder).version == state.path.name.partition("-")[0]
