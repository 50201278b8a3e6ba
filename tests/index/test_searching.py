"""The search index follows the documents: changed by document, it is the index built afresh."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.builder import build
from index.reader import open_index
from index.search.folder import read_parts
from index.search.retriever import verify
from index.versions import current_version

WORDS = ("battery", "batteries", "pudding", "seminar", "tofu", "LFP", "solid state", "电池", "lunch")
text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
states = st.lists(
    st.dictionaries(st.sampled_from(["one.txt", "two.txt", "three.md", "four.md"]), text),
    min_size=2,
    max_size=4,
)
Found = list[tuple[float, str, int, tuple[str, ...]]]


def put(corpus: Path, files: dict[str, str]) -> None:
    for path in corpus.iterdir():
        path.unlink()
    for name, content in files.items():
        (corpus / name).write_text(content, encoding="utf-8")


def hits(folder: Path, query: str) -> Found:
    with open_index(folder).seen_by(None) as view:
        found = view.search(query, k=50)
    return sorted((hit.score, hit.passage.document_id, hit.passage.ordinal, hit.terms) for hit in found)


def search(folder: Path) -> Path:
    version = current_version(folder)
    assert version
    return version / "search"


@settings(max_examples=12, deadline=None)
@given(states=states, query=text)
def test_every_state_of_a_corpus_is_searched_as_if_built_afresh(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]], query: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    corpus = home / "corpus"
    corpus.mkdir()
    for number, files in enumerate(states):
        put(corpus, files)
        build([corpus], home / "index")
        build([corpus], home / f"fresh-{number}", fresh=True)
        assert hits(home / "index", query) == hits(home / f"fresh-{number}", query)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    words = "\n\n".join(f"Pudding number {number} has its own paragraph." for number in range(60))
    put(folder, {f"{number}.txt": words for number in range(5)})
    build([folder], tmp_path / "index")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_a_document_added_leaves_the_segments_that_are_there(corpus: Path, folder: Path) -> None:
    (before,) = read_parts(search(folder))
    number = (search(folder) / before.file).stat().st_ino
    (corpus / "tea.txt").write_text("Tea at four.", encoding="utf-8")
    build([corpus], folder)
    first, second = read_parts(search(folder))
    assert (first.file, (search(folder) / first.file).stat().st_ino) == (before.file, number)
    assert second.file != before.file
    assert [hit[1] for hit in hits(folder, "tea")] == ["tea.txt"]


def test_many_small_changes_leave_few_segments(corpus: Path, folder: Path) -> None:
    for number in range(12):
        (corpus / f"tea-{number}.txt").write_text(f"Tea number {number}.", encoding="utf-8")
        build([corpus], folder)
    assert len(read_parts(search(folder))) <= 3
    assert len(hits(folder, "tea")) == 12
    assert len(list((folder / "versions").iterdir())) == 2


@pytest.mark.parametrize("size", [0, -1])
def test_a_damaged_search_index_is_mended_by_the_next_change(corpus: Path, folder: Path, size: int) -> None:
    path = search(folder) / read_parts(search(folder))[0].file
    path.write_bytes(path.read_bytes()[:size])
    (corpus / "tea.txt").write_text("Tea at four.", encoding="utf-8")
    build([corpus], folder)
    verify(search(folder))
    assert [hit[1] for hit in hits(folder, "tea")] == ["tea.txt"]


KILLED = """
import os, signal, sys
from pathlib import Path
from index.builder import build
left = int(sys.argv[3])
real = os.fsync
def fsync(number):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(number)
os.fsync = fsync
build([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", range(6))
def test_killed_while_one_document_changes_the_index_is_of_before_or_after(
    corpus: Path, folder: Path, moment: int
) -> None:
    (corpus / "0.txt").write_text("Tea at four.", encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", KILLED, corpus, folder, str(moment)], check=False, timeout=60)
    assert run.returncode == -signal.SIGKILL
    verify(search(folder))
    assert len(hits(folder, "pudding")) == 50
    assert build([corpus], folder).changed
    assert [hit[1] for hit in hits(folder, "tea")] == ["0.txt"]
    assert not list((folder / "versions").glob("partial-*"))
