"""Compiles what stands in `compiled/` with the machine's own C compiler, where there is one; needed for speed only.

This is done when an index is built, never on the path of a question.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from index.search.native import PLATFORM, SOURCES, library_path

_FLAGS = ("-O3", "-std=c11", "-ffp-contract=off", "-fPIC", "-shared")
"""Without contraction: products and sums are rounded one by one, as numpy does."""


_PYTHON_LATER = ("-undefined", "dynamic_lookup") if sys.platform == "darwin" else ()
"""What it takes of Python is found when Python loads it; elsewhere that needn't be said."""


def compile_search(folder: Path | None = None) -> Path | None:
    """Compiles the search unless that was done; None where this machine can't."""
    path = library_path(folder)
    if path.exists():
        return path
    compiler = _compiler()
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        command = [
            compiler or "",
            *_FLAGS,
            *_PYTHON_LATER,
            "-o",
            str(partial),
            *(str(path) for path in SOURCES if path.suffix == ".c"),
            "-lm",
        ]
        if not compiler or subprocess.run(command, capture_output=True, timeout=120, check=False).returncode:
            return None
        partial.replace(path)
        for old in path.parent.glob(f"native-*-{PLATFORM}.so"):
            if old != path:
                old.unlink(missing_ok=True)
    except (OSError, subprocess.TimeoutExpired):
        return None
    finally:
        partial.unlink(missing_ok=True)
    return path


def _compiler() -> str | None:
    """The C compiler; on a Mac without developer tools its name only asks to install them."""
    if (
        sys.platform == "darwin"
        and subprocess.run(["/usr/bin/xcode-select", "-p"], capture_output=True, check=False).returncode
    ):
        return None
    return shutil.which("cc")
