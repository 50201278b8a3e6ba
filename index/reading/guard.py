"""Reading files that nobody vouches for: within limits, and the risky formats in a child process that can be killed."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any

from index.documents import Document, Mark, Table
from index.errors import CorpusError
from index.reading import read
from index.reading.facts import Facts

SECONDS, MEGABYTES = 120.0, 2048
"""What reading one file may take: time, and memory of the child."""
_LONGER = {".pdf": 300.0}
"""Formats whose longest files take longer: 3,000 full pages."""
LARGEST = 200_000_000
"""Bytes of a file that is read at all."""
_HERE = {".csv": LARGEST, ".tsv": LARGEST, ".txt": 20_000_000, ".text": 20_000_000, ".vtt": 5_000_000,
         ".srt": 5_000_000, ".md": 300_000, ".markdown": 300_000}  # fmt: skip
"""Formats that are read in this process, up to so many bytes: no archive, no markup that nests."""
_FILES = 200
"""Files after which the child is a new one."""


def read_safely(
    path: Path,
    *,
    id: str,  # noqa: A002 (a document's own word)
    facts: Facts,
    seconds: float | None = None,
    megabytes: int = MEGABYTES,
) -> Document:
    """The document that a file holds; a CorpusError for a file that is broken, too large, or hostile."""
    if seconds is None:
        seconds = _LONGER.get(path.suffix.lower(), SECONDS)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise CorpusError(f"{path.name} can't be opened ({error.strerror}).", f"Check {path}.") from error
    if not path.is_file():
        raise CorpusError(
            f"{path.name} is no file with something in it.", "Give a file or a folder of files."
        )
    if size > LARGEST:
        raise CorpusError(f"{path.name} has {size:,} bytes; files up to {LARGEST:,} are read.",
                          "Split it, or save it without pictures.")  # fmt: skip
    if size <= _HERE.get(path.suffix.lower(), -1):
        try:
            return read(path, id=id, facts=facts)
        except OSError as error:
            raise CorpusError(f"{path.name} can't be opened ({error.strerror}).", f"Check {path}.") from error
    return _CHILDREN.read(path, id, facts, seconds, megabytes)


class _Children:
    """The child process, started when it is first needed and again after it was killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._megabytes = 0
        self._owner = 0
        self._left = 0

    def read(self, path: Path, name: str, facts: Facts, seconds: float, megabytes: int) -> Document:
        with self._lock:
            process = self._started(megabytes)
            asked = {"path": str(path.absolute()), "id": name, "facts": dump_facts(facts)}
            answer = self._ask(process, json.dumps(asked).encode() + b"\n", seconds)
            if answer is None or not answer.endswith(b"\n"):
                why = self._why(path, answer is None, seconds, megabytes)
                raise CorpusError(why, _SPLIT if " takes more than " in why else _HINT)
        said = json.loads(answer)
        if "message" in said:
            raise CorpusError(said["message"], said["hint"])
        return load_document(said)

    def close(self) -> None:
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._errors):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        self._process = self._errors = None

    def _started(self, megabytes: int) -> subprocess.Popen[bytes]:
        self._left -= 1
        if self._process and (self._left < 0 or megabytes != self._megabytes or self._owner != os.getpid()):
            self.close()
        if self._process is None:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the child)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "index.reading.child", str(megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                cwd="/",
                env={**_ENVIRONMENT, "PYTHONPATH": str(Path(__file__).parents[2])},
            )
            self._megabytes, self._owner, self._left = megabytes, os.getpid(), _FILES
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes | None:
        """The child's answer; short where it died, None where it took too long."""
        if process.stdin is None or process.stdout is None:
            return b""
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except OSError:
            return b""
        end = time.monotonic() + seconds
        parts: list[bytes] = []
        out = process.stdout.fileno()
        while (left := end - time.monotonic()) > 0:
            if not select.select([out], [], [], left)[0]:
                break
            part = os.read(out, 1 << 20)
            parts.append(part)
            if not part or part.endswith(b"\n"):
                return b"".join(parts)
        return None

    def _why(self, path: Path, late: bool, seconds: float, megabytes: int) -> str:
        """What to say of a file that the child did not survive, and an end to the child."""
        process, errors = self._process, self._errors
        last, peak = b"", 0.0
        if not late and process is not None and errors is not None:
            peak = _wait(process)
            errors.seek(0)
            last = (errors.read().strip().splitlines() or [b""])[-1][:150]
        self.close()
        if late:
            return f"{path.name} takes more than {seconds:g} seconds to read."
        if b"MemoryError" in last or b"emory" in last or peak > 0.8 * megabytes:
            return f"{path.name} takes more than {megabytes:,} megabytes to read."
        return f"{path.name} can't be read: it is broken ({last.decode('utf-8', 'replace') or 'reading stopped'})."


def _wait(process: subprocess.Popen[bytes]) -> float:
    """Waits for the end of a process that died; the megabytes that it held at most."""
    try:
        _, status, used = os.wait4(process.pid, 0)
    except ChildProcessError:
        return 0.0
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


_SPLIT = (
    "Split it into smaller files, or save it without drawings and pictures; the other files are not affected."
)
_HINT = "Save it again from its program, or as another format; the other files are not affected."
_ENVIRONMENT = {"PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8",
                "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1"}  # fmt: skip
_CHILDREN = _Children()
atexit.register(_CHILDREN.close)


def close_child() -> None:
    """Ends the child, where there is one; the next file starts another."""
    _CHILDREN.close()


def dump_facts(facts: Facts) -> dict[str, Any]:
    """Facts as JSON; settings are given as text where JSON has no word for them."""
    return {**asdict(facts), "published": facts.published and facts.published.isoformat(),
            "settings": json.loads(json.dumps(dict(facts.settings), default=str))}  # fmt: skip


def load_facts(said: Mapping[str, Any]) -> Facts:
    return Facts(**{**said, "published": _day(said["published"])})


def dump_document(document: Document) -> dict[str, Any]:
    return {**asdict(document), "published": document.published and document.published.isoformat()}


def load_document(said: Mapping[str, Any]) -> Document:
    marks = tuple(Mark(**mark) for mark in said["marks"])
    tables = tuple(Table(**{**t, "cells": tuple(tuple(row) for row in t["cells"])}) for t in said["tables"])
    known = {
        "published": _day(said["published"]),
        "marks": marks,
        "tables": tables,
        "warnings": tuple(said["warnings"]),
    }
    return Document(**{**said, **known})


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
