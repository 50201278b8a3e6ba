"""The search index on disk: what is damaged is named, what is killed leaves the old index answering."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import StoreError
from index.search.builder import build, merge, update
from index.search.folder import branch, read_parts, writing
from index.search.retriever import Retriever, verify

OLD = [(number, "", "", f"old pudding number {number}") for number in range(1, 50)]
NEW = [(number, "", "", f"new noodles number {number}") for number in range(1, 50)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(OLD, tmp_path)
    return tmp_path


def found(folder: Path, query: str) -> list[int]:
    return [hit.passage_id for hit in Retriever.open(folder).search(query, k=3)]


def segment(folder: Path) -> Path:
    return folder / read_parts(folder)[0].file


def test_a_file_cut_short_is_named_with_the_cure(folder: Path) -> None:
    path = segment(folder)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreError, match=f"damaged: {path}.*bytes of") as raised:
        Retriever.open(folder)
    assert "seminar build --fresh" in raised.value.hint


@pytest.mark.parametrize("place", [0, 3, 20, 200])
def test_a_bit_flipped_in_the_head_is_found_at_opening(folder: Path, place: int) -> None:
    path = segment(folder)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        Retriever.open(folder)


def test_a_bit_flipped_in_an_array_is_found_by_verify(folder: Path) -> None:
    verify(folder)
    path = segment(folder)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match="check sum"):
        verify(folder)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 4, "parts": [{"file": "x"}], "crc": 0}'])
def test_a_damaged_list_of_segments_is_named(folder: Path, text: str) -> None:
    (folder / "current.json").write_text(text)
    with pytest.raises(StoreError, match="damaged"):
        Retriever.open(folder)


def test_an_index_of_another_version_says_so(folder: Path) -> None:
    (folder / "current.json").write_text('{"version": 1, "parts": [], "crc": 0}')
    with pytest.raises(StoreError, match="of version 1; this program reads version 6"):
        Retriever.open(folder)


def test_a_missing_segment_is_named(folder: Path) -> None:
    segment(folder).unlink()
    with pytest.raises(StoreError, match="lacks its file"):
        Retriever.open(folder)


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no search index") as raised:
        Retriever.open(tmp_path / "nowhere")
    assert raised.value.hint == "Build it: seminar build"


def test_two_builders_do_not_meet(folder: Path) -> None:
    with writing(folder), pytest.raises(StoreError, match="Another build is at work"):
        update(folder, added=NEW)


def test_a_build_that_fails_leaves_the_old_index(folder: Path) -> None:
    def passages() -> Iterator[tuple[int, str, str, str]]:
        yield from NEW
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StoreError, match="No space left on device"):
        build(passages(), folder)
    assert found(folder, "pudding") == [1, 2, 3]


REFUSED = """
    import resource, signal, sys
    from pathlib import Path
    from index.errors import StoreError
    from index.search import builder
    folder, what = Path(sys.argv[1]), sys.argv[2]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
    try:
        if what == "build":
            builder.build([(n, "", "", f"new noodles number {n}") for n in range(1, 50)], folder)
        elif what == "update":
            builder.update(folder, added=[(60, "", "", "noodles")], removed=[1])
        else:
            builder.merge(folder, whole=True)
    except StoreError as error:
        print(error.hint)
"""


@pytest.mark.parametrize("what", ["build", "update", "merge"])
def test_refused_by_the_disk_the_old_index_answers(folder: Path, what: str) -> None:
    if what == "merge":
        update(folder, added=[(50, "", "", "pudding again")])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(REFUSED), str(folder), what],
        cwd=Path.cwd(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Free some disk space" in done.stdout
    assert found(folder, "old pudding") == [1, 2, 3]
    assert not list(folder.glob("*.partial"))
    verify(folder)


def test_what_was_open_answers_after_a_rebuild(folder: Path) -> None:
    before = Retriever.open(folder)
    build(NEW, folder)
    assert [hit.passage_id for hit in before.search("pudding", k=1)] == [1]
    assert found(folder, "noodles") == [1, 2, 3]
    assert len(list(folder.glob("*.segment"))) == 1


def test_an_added_passage_costs_a_segment_of_its_own(folder: Path) -> None:
    first = segment(folder)
    stamp = first.stat().st_mtime_ns
    update(folder, added=[(50, "", "", "one more pudding, the best pudding")])
    assert found(folder, "best pudding")[0] == 50
    assert (first.stat().st_mtime_ns, len(read_parts(folder))) == (stamp, 2)


def test_a_removed_passage_is_gone_before_and_after_merging(folder: Path) -> None:
    update(folder, removed=[1, 2])
    assert found(folder, "pudding") == [3, 4, 5]
    assert merge(folder, whole=True)
    assert found(folder, "pudding") == [3, 4, 5]
    assert not merge(folder, whole=True)


def test_a_branch_changes_alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("branch")
    branch(folder, other)
    update(other, removed=[1])
    assert (found(folder, "pudding"), found(other, "pudding")) == ([1, 2, 3], [2, 3, 4])


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from index.search import builder, segment
    folder, at, what = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    calls = 0
    real = os.fsync
    def fsync(number):
        global calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        real(number)
    os.fsync = fsync
    if what == "build":
        builder.build([(n, "", "", f"new noodles number {n}") for n in range(1, 50)], folder)
    elif what == "update":
        builder.update(folder, added=[(60, "", "", "noodles")], removed=[1])
    else:
        builder.merge(folder, whole=True)
"""


@pytest.mark.parametrize("what", ["build", "update", "merge"])
@pytest.mark.parametrize("at", [1, 2])
def test_killed_while_writing_the_old_index_answers(folder: Path, what: str, at: int) -> None:
    if what == "merge":
        update(folder, added=[(50, "", "", "pudding again")])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), str(at), what], cwd=Path.cwd()
    )
    assert done.returncode == -signal.SIGKILL
    assert found(folder, "old pudding") == [1, 2, 3]
    verify(folder)
    build(NEW, folder)
    assert found(folder, "noodles") == [1, 2, 3]
    assert not list(folder.glob("*.partial"))
    assert len(list(folder.glob("*.segment"))) == 1
