"""A segment: one file of arrays, never changed once it is there, opened by memory map.

8 bytes     magic and version
8 bytes     length of the head, little-endian
head        JSON: facts, and of each array its type, shape, place and CRC-32; padded to 64 bytes
arrays      each on a boundary of 64 bytes

The head's own CRC-32 stands in its last 4 bytes. Opening checks the head and the file's size; `verify` reads it all.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import StoreError

MAGIC = b"SEMSEG01"
_ALIGN = 64
CURE = "Build the index again: seminar build --fresh"
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """What lies in one file."""

    path: Path
    facts: dict[str, Any]
    arrays: dict[str, Array]


def _padded(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def write_segment(path: Path, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Writes a file whole or not at all."""
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    table: dict[str, Any] = {}
    place = 0
    for name, array in whole.items():
        crc = zlib.crc32(array.reshape(-1).view(np.uint8).data)
        table[name] = {"type": array.dtype.str, "shape": array.shape, "place": place, "crc": crc}
        place += _padded(array.nbytes)
    head = json.dumps({"facts": dict(facts), "arrays": table, "size": place}).encode()
    head += b" " * (_padded(len(head) + 20) - len(head) - 20)
    head += zlib.crc32(head).to_bytes(4, "little")
    write_whole(path, _blocks(head, whole))


def _blocks(head: bytes, arrays: Mapping[str, Array]) -> Iterable[bytes | memoryview]:
    yield MAGIC + len(head).to_bytes(8, "little") + head
    for array in arrays.values():
        yield array.reshape(-1).view(np.uint8).data
        yield b"\0" * (_padded(array.nbytes) - array.nbytes)


def write_whole(path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    """Puts `blocks` on disk under a name of its own, then moves them to `path` in one step."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def open_segment(path: Path) -> Segment:
    """Maps a segment. Raises StoreError where the file is missing, cut short or not of this version."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            start = file.read(16)
            length = int.from_bytes(start[8:], "little")
            if start[:8] != MAGIC or length > size:
                raise _damaged(path, "its head is of another version or overwritten")
            head = _read_head(path, file.read(length))
            if size != 16 + length + head["size"]:
                raise _damaged(path, f"it has {size} bytes of {16 + length + head['size']}")
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise StoreError(f"The search index lacks its file {path}.", CURE) from None
    return Segment(
        path, head["facts"], {name: _map(whole, 16 + length, row) for name, row in head["arrays"].items()}
    )


def _read_head(path: Path, head: bytes) -> dict[str, Any]:
    if zlib.crc32(head[:-4]) != int.from_bytes(head[-4:], "little"):
        raise _damaged(path, "the check sum of its head is wrong")
    found: dict[str, Any] = json.loads(head[:-4])
    return found


def _map(whole: mmap.mmap, offset: int, row: Mapping[str, Any]) -> Array:
    dtype = np.dtype(row["type"])
    count = int(np.prod(row["shape"], dtype=np.int64))
    if not count:
        return np.empty(row["shape"], dtype)
    return np.frombuffer(whole, dtype, count, offset + row["place"]).reshape(row["shape"])


def verify_segment(path: Path) -> None:
    """Reads every byte. Raises StoreError that names the array which isn't as it was written."""
    segment = open_segment(path)
    with path.open("rb") as file:
        length = int.from_bytes(file.read(16)[8:], "little")
        table = json.loads(file.read(length)[:-4])["arrays"]
    for name, array in segment.arrays.items():
        if zlib.crc32(array.reshape(-1).view(np.uint8).data) != table[name]["crc"]:
            raise _damaged(path, f"the check sum of {name} is wrong")


def _damaged(path: Path, how: str) -> StoreError:
    return StoreError(f"The search index is damaged: {path}: {how}.", CURE)
