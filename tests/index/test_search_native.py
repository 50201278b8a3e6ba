"""The compiled search against numpy: the same hits, the same scores; and what it does with files that aren't whole."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StoreError
from index.search import blocks, packing, stream
from index.search.builder import build, update
from index.search.compiling import compile_search
from index.search.folder import read_parts
from index.search.hits import RawHit
from index.search.native import load_search
from index.search.retriever import Retriever
from index.search.segment import open_segment

compiled = pytest.mark.skipif(shutil.which("cc") is None, reason="without a C compiler numpy is all there is")

WORDS = [
    *(
        "battery",
        "batteries",
        "bat",
        "pudding",
        "puddings",
        "seminar",
        "lfp",
        "NMC811",
        "4680",
        "a",
        "ab",
        "abc",
    ),
    *("电池", "动力电池", "产量", "naïve", "ütz"),
]
words = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=14).map(" ".join)
PASSAGES, MANY = 70_000, 200


def both(
    folder: Path, query: str, k: int, allowed: np.ndarray | None = None
) -> tuple[tuple[RawHit, ...], ...]:
    retrievers = [Retriever.open(folder, compiled=compiled) for compiled in (True, False)]
    return tuple(retriever.search(query, k=k, allowed=allowed) for retriever in retrievers)


@compiled
@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(words, words), min_size=1, max_size=40),
    gone=st.sets(st.integers(0, 39)),
    hidden=st.sets(st.integers(0, 60)),
    query=words,
    k=st.integers(1, 60),
)
def test_the_compiled_search_gives_what_numpy_gives(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    gone: set[int],
    hidden: set[int],
    query: str,
    k: int,
) -> None:
    folder = tmp_path_factory.mktemp("index")
    build([(number, title, "", text) for number, (title, text) in enumerate(rows)], folder)
    update(folder, added=[(50, "", "", "pudding seminar"), (51, "", "", query)], removed=sorted(gone))
    allowed = np.ones(52, np.bool_)
    allowed[[number for number in hidden if number < len(allowed)]] = False
    for mask in (None, allowed):
        fast, slow = both(folder, query, k, mask)
        assert fast == slow


PIECES = [
    *(
        "What's",
        "who's",
        "WHO'S",
        "us",
        "US",
        "I",
        "the",
        "a",
        "battery",
        "Batteries",
        "battery's",
        "LFP",
        "seminar",
    ),
    *(
        "NMC811",
        "4680",
        "1,234",
        "3,5kWh",
        "12.5",
        "can't",
        "U.S.",
        "z" * 70,
        "naïve",
        "电池",
        "什么",
        "IT’s",
        "“it”",
    ),
]
MISTYPED = ["batery", "pudings"]
NAMES = ["it", "IT", "It", "WHO", "who", "x"]
JOINTS = [" ", " ", " ", "", "-", "_", ".", ",", "'", "’", "ʼ", "…", "\0", "\n", "®", "\ud800"]


def joined(words: list[str], joints: list[str], most: int) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(words), st.sampled_from(joints))
    return st.lists(pairs, max_size=most).map(chain.from_iterable).map("".join)


@compiled
@settings(max_examples=500, deadline=None)
@given(joined(NAMES, [" ", "_", "."], 4) | joined(MISTYPED + NAMES, [" "], 4) | joined(PIECES, JOINTS, 8))
def test_a_query_is_read_alike(read: tuple[Retriever, Retriever], query: str) -> None:
    fast, slow = read
    assert fast.search(query, k=60) == slow.search(query, k=60)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Retriever, Retriever]:
    """A passage of each piece, and of what some run together to."""
    folder = tmp_path_factory.mktemp("read")
    texts = [*PIECES, *NAMES, "battery pudding", "itus usit batterywho whobattery", "z" * 140]
    build([(number, "", "", text) for number, text in enumerate(texts)], folder)
    assert load_search(), "what was compiled can't be loaded"
    return Retriever.open(folder), Retriever.open(folder, compiled=False)


@compiled
@given(
    st.sampled_from(["battery", "batteries", "puddings", "seminars"]),
    st.integers(1, 7),
    st.text("abes", max_size=2),
)
def test_a_slip_is_mended_alike(slips: Path, word: str, place: int, typed: str) -> None:
    query = word[:place] + typed + word[place + 1 :]
    fast, slow = both(slips, query, 5)
    assert fast == slow


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slips")
    build([(number, "", "", word) for number, word in enumerate([*WORDS, "seminal", "bate", "pub"])], folder)
    update(folder, added=[(50, "", "", "pudding semester batteried")], removed=[0])
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two blocks, terms in many passages, more terms than codes, passages removed."""
    folder = tmp_path_factory.mktemp("large")
    random = np.random.default_rng(0)
    rows = (20 * random.random((PASSAGES, 8)) ** -0.7).astype(int)
    lines = (" ".join(f"w{word % 5000}" for word in row) for row in rows)
    build(((number, "", "", f"{line} own{number}") for number, line in enumerate(lines)), folder)
    update(folder, removed=range(0, PASSAGES, 7))
    return folder


@compiled
def test_in_a_large_index_too(large: Path) -> None:
    random = np.random.default_rng(1)
    fast, slow = (Retriever.open(large, compiled=compiled) for compiled in (True, False))
    allowed = random.random(PASSAGES) < 0.3
    for number in range(MANY):
        words = [
            f"w{word % 5000}" for word in (20 * random.random(random.integers(1, 9)) ** -0.9).astype(int)
        ]
        query = " ".join([*words, f"own{random.integers(PASSAGES)}"][: None if number % 2 else -1])
        for mask in (None, allowed):
            hits = fast.search(query, allowed=mask)
            assert hits == slow.search(query, allowed=mask), query
            assert all(hit.passage_id % 7 and (mask is None or mask[hit.passage_id]) for hit in hits)
    assert fast.frequencies(["w21", "own1", "own7", "nothing"]) == slow.frequencies(
        ["w21", "own1", "own7", "nothing"]
    )


@compiled
def test_many_threads_ask_at_once(large: Path) -> None:
    retriever = Retriever.open(large)
    queries = [f"w{number} w{number + 3} w{number * 2}" for number in range(20, 120)]
    alone = [retriever.search(query) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(retriever.search, queries)) == alone


@compiled
def test_a_query_of_any_length_is_answered(large: Path) -> None:
    fast, slow = both(large, " ".join(f"w{number}" for number in range(20, 400)), 5)
    assert len(fast) == 5
    assert fast == slow


@compiled
@pytest.mark.parametrize("byte", [0x00, 0x5A, 0xFF])
def test_damaged_arrays_end_in_hits_or_a_sentence(large: Path, tmp_path: Path, byte: int) -> None:
    (part,) = read_parts(large)
    shutil.copytree(large, tmp_path / "copy")
    path = tmp_path / "copy" / part.file
    whole = path.read_bytes()
    place = len(whole)
    refused = 0
    for array in reversed(open_segment(large / part.file).arrays.values()):
        place -= -(-array.nbytes // 64) * 64
        path.write_bytes(whole[:place] + bytes([byte]) * array.nbytes + whole[place + array.nbytes :])
        try:
            for number in range(20, 60):
                Retriever.open(tmp_path / "copy").search(f"w{number} w{number + 5} own{number} unheard")
        except StoreError as error:
            refused += 1
            assert "seminar build --fresh" in error.hint
    assert refused


@compiled
@given(st.lists(st.lists(st.integers(-1, 9), max_size=12), max_size=12))
def test_postings_counted_by_compiled_code_are_those_of_scipy(rows: list[list[int]]) -> None:
    compile_search()
    terms = np.array([term for row in rows for term in row], np.int32)
    sizes = np.array([len(row) for row in rows], np.int64)
    ours, theirs = (blocks.count_block(terms, sizes, compiled=compiled) for compiled in (True, False))
    for name in ("term", "count", "row", "tf", "length"):
        assert getattr(ours, name).tolist() == getattr(theirs, name).tolist()
    starts = np.cumsum(ours.count) - ours.count
    fast, slow = ((np.zeros(len(ours.row), np.uint16), np.zeros(len(ours.row), np.uint8)) for _ in range(2))
    blocks.place_block(ours, starts, 3.7, 0.3, *fast)
    blocks.place_block(ours, starts, 3.7, 0.3, *slow, compiled=False)
    assert [array.tolist() for array in fast] == [array.tolist() for array in slow]
    assert (fast[1] > 0).all()


@compiled
@given(
    terms=st.integers(0, 3 * stream.RADIX).flatmap(
        lambda count: st.lists(st.lists(st.integers(-1, count), max_size=9), max_size=200)
    ),
    cut=st.integers(0, 200),
)
def test_a_stream_is_read_as_it_was_written(terms: list[list[int]], cut: int) -> None:
    compile_search()
    count = max((term for row in terms for term in row), default=-1) + 1
    places = np.append(np.arange(count - 1, -1, -1), -1)
    parts = (terms[:cut], terms[cut:])
    fast, slow = (
        packing.forward(
            [np.array([term for row in part for term in row], np.int32) for part in parts],
            [np.array([len(row) for row in part], np.int64) for part in parts],
            np.arange(count),
            places.astype(np.int32),
            compiled=compiled,
        )
        for compiled in (True, False)
    )
    for name, array in fast.items():
        assert array.tolist() == slow[name].tolist(), name
    end = int(fast["bases"][-1]) + int(fast["starts"][-1])
    found, _ = stream.Streams(fast["stream"], fast["singles"], count).read(np.arange(end))
    assert found.tolist() == [places[term] + 1 for row in terms for term in row]


def test_without_a_compiler_numpy_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert compile_search(tmp_path) is None
    assert load_search(tmp_path) is None
    assert not list(tmp_path.iterdir())
