"""The child process of the guard: reads the files it is asked for, one JSON line each; writes and connects nowhere."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import CorpusError
from index.reading import read
from index.reading.archive import READING_ERRORS
from index.reading.guard import dump_document, load_facts

_NEVER = frozenset({
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink",
    "os.chmod", "os.chown", "os.truncate", "shutil.rmtree", "ftplib.connect", "smtplib.connect", "urllib.Request",
})  # fmt: skip


def main() -> None:
    _limit(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.addaudithook(_refuse)
    _serve(sys.stdin.buffer, answers)


def _serve(asked: BinaryIO, answers: BinaryIO) -> None:
    for line in asked:
        answers.write(json.dumps(_answer(json.loads(line))).encode() + b"\n")
        answers.flush()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    path = Path(asked["path"])
    try:
        return dump_document(read(path, id=asked["id"], facts=load_facts(asked["facts"])))
    except CorpusError as error:
        return {"message": error.message, "hint": error.hint}
    except RecursionError:
        return {
            "message": f"{path.name} is nested too deeply to be read.",
            "hint": "Save it in a simpler format.",
        }
    except READING_ERRORS as error:
        if isinstance(error, OSError) and error.strerror:
            message, hint = f"{path.name} can't be opened ({error.strerror}).", f"Check {path}."
        else:
            said = " ".join(str(error).split())[:120] or type(error).__name__
            message, hint = (
                f"{path.name} can't be read: it is broken ({said}).",
                "Save it again from its program.",
            )
        return {"message": message, "hint": hint}


def _limit(megabytes: int) -> None:
    """Memory, no core dumps, no files written."""
    for what, most in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 1 << 20),
    ):
        hard = resource.getrlimit(what)[1]
        try:
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):
            continue


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuses what no reader has to do."""
    if event in _NEVER:
        raise PermissionError(f"a file asked for {event}")
    if event == "open" and len(args) > 1 and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise PermissionError(f"a file asked to write {args[0]}")


if __name__ == "__main__":
    main()
