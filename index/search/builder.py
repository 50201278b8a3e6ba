"""Passages to a search index on disk: built whole, changed by document, merged.

Each writes new segments beside the old ones and then names them in one step: whoever reads meanwhile, or after a kill,
finds the index of before. Memory is bounded by one segment: up to 1,048,576 passages, 0.9 to 1 GB as measured for
passages of 64 words. What was removed counts no longer: scores are those of an index built afresh from what is there.
A segment holds passages of one access label: who may not see them searches without it, and nothing in it counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.documents import EVERYONE
from index.search.assembly import BREAK, LIMIT, Assembly
from index.search.blocks import BLOCK
from index.search.compiling import compile_search
from index.search.folder import Part, new_name, read_parts, write_parts, writing
from index.search.postings import Postings
from index.search.reading import BATCH, Reader, joined
from index.search.segment import open_segment, write_segment
from index.search.workers import cores, read_all

Passages = Iterable[tuple[int, str, str, str]]
"""Each with its id, title, heading and text; ids ascend."""
Progress = Callable[[int], None]
"""Is told how many passages have been read."""
Array = npt.NDArray[Any]

FEW = 64
"""Passages that are asked for at once, of which a batch is made."""
MERGE_FACTOR = 4
"""Segments are merged where one is at most this much larger than all smaller ones together."""


def build(passages: Passages, folder: Path, *, progress: Progress | None = None) -> None:
    """A search index of `passages` in `folder`, in place of what was there."""
    compile_search()
    with writing(folder):
        write_parts(folder, _write(passages, folder, progress))


def update(
    folder: Path,
    *,
    added: Passages = (),
    access: str = EVERYONE,
    removed: Sequence[int] = (),
    progress: Progress | None = None,
) -> None:
    """Removes passages by their ids, then adds some of one access label: costs what it adds, not what is there."""
    with writing(folder):
        parts = (
            [_without(folder, part, removed) for part in read_parts(folder)]
            if removed
            else read_parts(folder)
        )
        write_parts(folder, [*parts, *_write(added, folder, progress, access)])


def merge(folder: Path, *, whole: bool = False) -> bool:
    """Makes one segment of small ones of a label and drops what was removed; False where there is nothing to do.

    For a background process: whoever searches meanwhile keeps the segments of before. `whole` merges all that one
    segment can hold.
    """
    with writing(folder), ThreadPoolExecutor(cores()) as threads:
        parts = list(read_parts(folder))
        due = _due(folder, parts, whole=whole)
        for group in due:
            assembly, terms = Assembly(threads), dict[str, int]()
            for part in group:
                _pour(folder, part, assembly, terms)
                parts.remove(part)
            parts += _save(assembly, list(terms), folder, group[0].access)
        if due:
            write_parts(folder, parts)
        return bool(due)


def is_merge_due(folder: Path) -> bool:
    """Whether `merge` would do something."""
    return bool(_due(folder, read_parts(folder), whole=False))


def _due(folder: Path, parts: Sequence[Part], *, whole: bool) -> list[list[Part]]:
    """Of each access label the segments to merge, where there are any."""
    due = []
    for access in dict.fromkeys(part.access for part in parts):
        own = [part for part in parts if part.access == access]
        counts = [open_segment(folder / part.file).facts["count"] for part in own]
        group = [own[place] for place in _group(counts, LIMIT if whole else MERGE_FACTOR)]
        due.append(group or [part for part in own if _is_worn(folder, part, whole)][:1])
    return list(filter(None, due))


def _group(counts: list[int], factor: int) -> list[int]:
    """The places of the segments to merge: from the smallest up, while none is over `factor` times all those before."""
    order = sorted(range(len(counts)), key=lambda place: counts[place])
    total, group = 0, list[int]()
    for place in order:
        if group and (counts[place] > factor * total or total + counts[place] > LIMIT):
            break
        group.append(place)
        total += counts[place]
    return sorted(group) if len(group) > 1 else []


def _is_worn(folder: Path, part: Part, whole: bool) -> bool:
    if not part.dead:
        return False
    dead = len(open_segment(folder / part.dead).arrays["rows"])
    return whole or bool(dead * 4 > open_segment(folder / part.file).facts["count"])


def _write(passages: Passages, folder: Path, progress: Progress | None, access: str = EVERYONE) -> list[Part]:
    threads = ThreadPoolExecutor(cores())
    assembly, parts, reader = Assembly(threads), list[Part](), Reader()
    done = 0
    ids: deque[Array] = deque()
    try:
        for found in read_all(_joined(_batches(passages), ids), reader, threads):
            numbers = ids.popleft()
            if assembly.count + len(numbers) > LIMIT:
                parts += _save(assembly, list(reader.terms), folder, access)
                assembly = Assembly(threads)
            assembly.add(*_streams(*found, len(numbers)), numbers)
            done += len(numbers)
            if progress:
                progress(done)
        return [*parts, *_save(assembly, list(reader.terms), folder, access)]
    finally:
        threads.shutdown(cancel_futures=True)


def _save(assembly: Assembly, terms: list[str], folder: Path, access: str) -> list[Part]:
    if not assembly.count:
        return []
    name = new_name()
    facts, arrays = assembly.finish(terms)
    write_segment(folder / name, facts, arrays)
    return [Part(name, access=access)]


def _batches(passages: Passages) -> Iterator[list[tuple[int, str, str, str]]]:
    batch: list[tuple[int, str, str, str]] = []
    size, left = 0, iter(passages)
    while some := list(islice(left, FEW)):
        batch += some
        size += sum(len(text) for *_, text in some)
        if size >= BATCH or len(batch) + FEW > BLOCK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _joined(batches: Iterable[list[tuple[int, str, str, str]]], ids: deque[Array]) -> Iterator[bytes]:
    """The texts of each passage: its title twice, its heading and its text; their ids go to `ids`."""
    for batch in batches:
        numbers, titles, headings, texts = zip(*batch, strict=True)
        ids.append(np.array(numbers, np.int64))
        if any(titles) or any(headings):
            texts = tuple(chain.from_iterable(zip(titles, titles, headings, texts, strict=True)))
        yield joined(texts)


def _streams(stream: Array, counts: Array, passages: int) -> tuple[Array, Array]:
    """The stream of each passage, with a break after each field but the last, and its size."""
    fields = len(counts) // passages
    if fields > 1:
        ends = np.cumsum(counts)
        follows = (counts > 0) & (np.arange(len(counts)) % fields < fields - 1)
        stream = np.insert(stream, ends[follows], BREAK)
        counts = (counts + follows).reshape(-1, fields).sum(axis=1)
    return stream, counts


def _without(folder: Path, part: Part, removed: Sequence[int]) -> Part:
    postings = Postings(folder / part.file, None)
    rows = np.flatnonzero(np.isin(postings.ids(np.arange(postings.count)), np.asarray(removed, np.int64)))
    if part.dead:
        rows = np.union1d(rows, open_segment(folder / part.dead).arrays["rows"])
    if not len(rows):
        return part
    name = new_name("removed")
    write_segment(folder / name, *_lost(postings, rows))
    return replace(part, dead=name)


def _lost(postings: Postings, rows: Array) -> tuple[dict[str, Any], dict[str, Array]]:
    """Of removed rows: how many terms they have together, and in how many of them each term stands."""
    lost = np.zeros(postings.terms, np.int64)
    length = 0
    for first in range(0, len(rows), BLOCK):
        stream, sizes = postings.streams(rows[first : first + BLOCK])
        owner = np.arange(len(sizes)).repeat(sizes)
        words = stream > 0
        length += int(words.sum())
        pairs = np.unique(owner[words] * postings.terms + (stream[words] - 1))
        lost += np.bincount(pairs % postings.terms, minlength=postings.terms)
    held = lost.nonzero()[0]
    arrays = {"rows": rows.astype(np.uint32), "terms": held.astype(np.uint32), "total": lost[held].cumsum()}
    return {"length": length}, arrays


def _pour(folder: Path, part: Part, assembly: Assembly, terms: dict[str, int]) -> None:
    """Adds what a segment holds and was not removed."""
    postings = Postings(folder / part.file, folder / part.dead if part.dead else None)
    names = postings.arrays["terms"].tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]
    numbers = np.array([BREAK] + [terms.setdefault(name, len(terms)) for name in names], np.int32)
    rows = np.arange(postings.count)
    if postings.alive is not None:
        rows = rows[postings.alive]
    for first in range(0, len(rows), BLOCK):
        some = rows[first : first + BLOCK]
        stream, sizes = postings.streams(some)
        assembly.add(numbers[stream], sizes, postings.ids(some))
