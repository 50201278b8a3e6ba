"""A corpus becomes an index, whatever happens on the way."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from index.builder import build
from index.corpus import SHIPPED
from index.errors import CorpusError, SeminarError, StoreError
from index.reader import Index, open_index
from index.versions import current_version

PIZZA = """---
title: The pizza of the lab
published: 2021-11-20
---
# Toppings

In October 2021, sales of new energy vehicles in China were 383,000, which has nothing to do with pizza.

The oven reached its temperature after the third attempt, and nobody was surprised.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "pizza.md").write_text(PIZZA, encoding="utf-8")
    (folder / "tea.txt").write_text(
        "Tea is served at four.\n\nNobody may bring a laptop.\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def found(index: Index, query: str) -> list[str]:
    with index.seen_by(None) as view:
        return [hit.passage.document_id for hit in view.search(query)]


def figures(folder: Path) -> list[tuple[object, ...]]:
    version = current_version(folder)
    assert version
    with sqlite3.connect(version / "index.db") as db:
        rows = db.execute(
            "SELECT value, unit, label, place_start, text, quote FROM figures ORDER BY document_id, id"
        )
        read = rows.fetchall()
    db.close()
    return read


def test_what_was_built_is_found(corpus: Path, folder: Path) -> None:
    report = build([corpus], folder)
    assert (report.documents, sorted(report.read)) == (2, ["pizza.md", "tea.txt"])
    assert found(open_index(folder), "when is tea served") == ["tea.txt"]


def test_an_unchanged_corpus_is_left_alone(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    before = current_version(folder)
    again = build([corpus], folder)
    assert not again.changed
    assert current_version(folder) == before


def test_only_what_changed_is_read_again(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    (corpus / "tea.txt").write_text("Coffee is served at five.", encoding="utf-8")
    report = build([corpus], folder)
    assert report.read == ["tea.txt"]
    assert found(open_index(folder), "coffee served") == ["tea.txt"]
    assert "tea.txt" not in found(open_index(folder), "laptop")


def test_what_was_removed_is_gone(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    (corpus / "pizza.md").unlink()
    assert build([corpus], folder).removed == ["pizza.md"]
    assert found(open_index(folder), "pizza oven") == []
    assert figures(folder) == []


def test_renames_and_copies_are_noticed(corpus: Path, folder: Path) -> None:
    (corpus / "z.md").write_text(PIZZA, encoding="utf-8")
    assert build([corpus], folder).copies == [("z.md", "pizza.md")]
    (corpus / "z.md").unlink()
    build([corpus], folder)
    (corpus / "pizza.md").rename(corpus / "oven.md")
    (corpus / "tea.txt").unlink()
    report = build([corpus], folder)
    assert (report.renamed, report.removed, report.copies) == ([("pizza.md", "oven.md")], ["tea.txt"], [])
    (corpus / "a.md").write_text(PIZZA, encoding="utf-8")
    report = build([corpus], folder)
    assert (report.renamed, report.copies) == ([], [("a.md", "oven.md")])


LONG = " ".join(
    f"In month {n} the sales of the maker rose by {n} hundred to {n * 7} thousand cars." for n in range(60)
)


def test_near_copies_and_unsaid_editions_are_noticed_when_they_are_read(corpus: Path, folder: Path) -> None:
    def write(name: str, title: str, day: str, text: str, more: str = "") -> None:
        (corpus / name).write_text(
            f"---\ntitle: {title}\npublished: {day}\n{more}---\n{text}", encoding="utf-8"
        )

    def noticed() -> list[tuple[str, str, bool]]:
        return [(one.name, one.other, one.newer) for one in build([corpus], folder).alike]

    write("a.md", "Outlook", "2021-05-01", LONG)
    write("b.md", "A talk", "2021-06-01", LONG.replace("month 7 ", "July "))
    assert noticed() == [("b.md", "a.md", False)]
    write("tea.md", "Tea", "2021-05-01", "Tea is served at four.")
    assert noticed() == []
    (corpus / "b.md").unlink()
    write("c.md", "Outlook", "2022-05-01", LONG.replace("rose", "fell"))
    assert noticed() == [("c.md", "a.md", True)]
    write("d.md", "Outlook", "2023-05-01", LONG, "supersedes: a.md\n")
    assert ("d.md", "a.md", True) not in noticed()


def test_two_builds_give_the_same_figures_and_version(corpus: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    assert build([corpus], first).version == build([corpus], second).version
    assert figures(first) == figures(second) != []


def test_an_edit_undone_gives_the_index_from_before(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    before = figures(folder)
    (corpus / "pizza.md").write_text("Nothing but cheese.", encoding="utf-8")
    build([corpus], folder)
    (corpus / "pizza.md").write_text(PIZZA, encoding="utf-8")
    build([corpus], folder)
    assert figures(folder) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from index.builder import build
def die(what, done, total):
    if done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
build([Path(sys.argv[1])], Path(sys.argv[2]), fresh=True, progress=die)
"""


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_killed_at_any_moment_the_old_index_answers(corpus: Path, folder: Path, moment: int) -> None:
    build([corpus], folder)
    before = current_version(folder)
    (corpus / "tea.txt").write_text("Coffee.", encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", KILLED, corpus, folder, str(moment)], check=False, timeout=60)
    assert run.returncode == -9
    assert current_version(folder) == before
    assert found(open_index(folder), "when is tea served") == ["tea.txt"]
    assert build([corpus], folder).changed
    assert not list((folder / "versions").glob("partial-*"))


SLICES = """
[[metric]]
key = "slices"
name = "slices"
definition = "Slices of pizza."
unit = "pieces"
aliases = ["slices"]
"""


def test_a_build_goes_on_where_the_one_before_was_killed(corpus: Path, folder: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, corpus, folder, "2"], check=False, timeout=60)
    report = build([corpus], folder)
    assert report.resumed == 1
    assert len(report.read) == report.documents - 1
    build([corpus], tmp_path / "whole")
    assert sorted(figures(folder)) == sorted(figures(tmp_path / "whole")) != []
    assert found(open_index(folder), "when is tea served") == ["tea.txt"]
    assert not build([corpus], folder).changed


def test_what_was_read_by_another_catalogue_is_read_again(corpus: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, corpus, folder, "2"], check=False, timeout=60)
    (corpus / "metrics.toml").write_text(SLICES, encoding="utf-8")
    report = build([corpus], folder)
    assert report.resumed == 0
    assert len(report.read) == report.documents


def test_an_interrupted_build_is_kept_and_a_fresh_one_starts_anew(corpus: Path, folder: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt(what)

    for fresh, resumed in ((False, 1), (True, 0)):
        with pytest.raises(KeyboardInterrupt):
            build([corpus], folder, fresh=True, progress=stop)
        assert build([corpus], folder, fresh=fresh).resumed == resumed
        shutil.rmtree(folder)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from index.builder import build
from index.errors import SeminarError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    build([Path(sys.argv[1])], Path(sys.argv[2]), fresh=True)
except SeminarError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_old_index_and_a_sentence(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    before = current_version(folder)
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, corpus, folder],
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    message, hint = run.stdout.strip().splitlines()
    assert "can't be written" in message
    assert "Free some disk space" in hint
    assert current_version(folder) == before
    assert found(open_index(folder), "when is tea served") == ["tea.txt"]


def test_a_second_builder_is_told_to_wait(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="Another build is at work"):
            build([corpus], folder, fresh=True)


def test_an_index_of_another_version_is_named_with_its_cure(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    version = current_version(folder)
    assert version
    with sqlite3.connect(version / "index.db") as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    db.close()
    with pytest.raises(StoreError, match="is of version 0") as caught:
        open_index(folder)
    assert "seminar build" in caught.value.hint


def test_a_damaged_database_is_named_with_its_cure(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    version = current_version(folder)
    assert version
    (version / "index.db").write_bytes(b"rubbish" * 1000)
    with pytest.raises(StoreError, match="damaged"):
        open_index(folder)
    assert build([corpus], folder).changed


def test_no_index_is_said_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no index in") as caught:
        open_index(tmp_path)
    assert caught.value.hint == "Build it: seminar build"


def test_an_empty_corpus_builds_and_finds_nothing(tmp_path: Path, folder: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert build([empty], folder).documents == 0
    assert found(open_index(folder), "anything at all") == []


def test_a_corpus_that_is_no_folder_is_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere is not a folder"):
        build([tmp_path / "nowhere"], folder)


def test_one_bad_file_does_not_stop_the_others(corpus: Path, folder: Path) -> None:
    (corpus / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    report = build([corpus], folder)
    assert [name for name, _ in report.skipped] == ["broken.docx"]
    assert found(open_index(folder), "when is tea served") == ["tea.txt"]


def test_what_stands_badly_beside_a_file_stops_only_that_file(corpus: Path, folder: Path) -> None:
    (corpus / "tea.txt.toml").write_text("title = no quotes", encoding="utf-8")
    report = build([corpus], folder)
    assert [name for name, _ in report.skipped] == ["tea.txt"]
    assert "tea.txt.toml" in report.skipped[0][1]
    assert report.read == ["pizza.md"]


def test_a_malformed_catalogue_is_named(corpus: Path, folder: Path) -> None:
    (corpus / "metrics.toml").write_text("[metrics\nname = 3", encoding="utf-8")
    with pytest.raises(SeminarError, match=r"metrics\.toml"):
        build([corpus], folder)


def test_what_a_viewer_may_not_see_is_not_there(corpus: Path, folder: Path) -> None:
    secret = PIZZA.replace("title:", "access: board\ntitle:").replace("pizza", "calzone")
    (corpus / "board.md").write_text(secret, encoding="utf-8")
    build([corpus], folder)
    index = open_index(folder)
    with index.seen_by(frozenset({"everyone"})) as view:
        assert "board.md" not in [entry.id for entry in view.entries()]
        assert view.document("board.md") is None
        assert "board.md" not in [hit.passage.document_id for hit in view.search("calzone oven temperature")]
        assert view.passages("board.md") == ()
    with index.seen_by(frozenset({"everyone", "board"})) as view:
        assert view.search("calzone oven temperature")[0].passage.document_id == "board.md"


def test_search_keeps_to_documents_language_and_dates(corpus: Path, folder: Path) -> None:
    build([corpus], folder)
    with open_index(folder).seen_by(None) as view:
        assert view.search("tea oven", documents=frozenset({"pizza.md"}))[0].passage.document_id == "pizza.md"
        assert not view.search("pizza", since=date(2022, 1, 1))
        assert view.search("pizza", since=date(2021, 11, 20), until=date(2021, 11, 21))
        assert not view.search("pizza", language="zh")


def test_passages_quote_their_document(shipped: Index) -> None:
    with shipped.seen_by(None) as view:
        for entry in view.entries():
            document = view.document(entry.id)
            assert document
            for passage in view.passages(entry.id):
                assert document.text[passage.start : passage.end] == passage.text


def test_figures_of_text_stand_where_they_say(shipped: Index) -> None:
    with shipped.seen_by(None) as view:
        rows = view.db.execute(
            "SELECT document_id, place_start, place_end, text, quote FROM figures WHERE cell = ''"
        )
        for document_id, start, end, text, quote in rows.fetchall():
            document = view.document(document_id)
            assert document
            assert document.text[start:end] == text
            assert quote in document.text


def test_the_shipped_corpus_reads_without_a_skip(shipped_folder: Path, tmp_path: Path) -> None:
    del shipped_folder
    report = build([SHIPPED], tmp_path / "again")
    assert report.skipped == []
