"""Office files are ZIP archives of XML: checked before anything opens them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from lxml import etree

from index.errors import CorpusError

MEMBERS, MEMBER, WHOLE, RATIO = 5_000, 200_000_000, 500_000_000, 150
"""How many files an archive may hold, how many bytes each and all may unpack to, and how much smaller they were."""

READING_ERRORS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, OSError, EOFError, AssertionError,
    RecursionError, OverflowError, etree.LxmlError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip
"""What the libraries raise for broken files: python-docx and python-pptx have no exception of their own for it."""


_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_TEMPLATES = ("2013-12-23T23:15:00", "2013-01-27T09:14:16")
"""When the empty files were made that programs fill: no date of what they write."""


def is_template(created: datetime | None) -> bool:
    return created is not None and created.replace(tzinfo=None).isoformat() in _TEMPLATES


_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of Office before 2007 begin, and those locked with a password."""


def open_archive(path: Path) -> str | io.BytesIO:
    """An office file to be read by a library, once it is checked; one saved as "Strict Open XML" under the names that
    the libraries know."""
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        try:
            is_strict = b"purl.oclc.org/ooxml" in archive.read("_rels/.rels")
        except (KeyError, *_BROKEN):
            return str(path)
        if not is_strict:
            return str(path)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as renamed:
            for member in archive.namelist():
                if member.endswith((".xml", ".rels")):
                    renamed.writestr(member, _STRICT.sub(_transitional, archive.read(member)))
                else:
                    renamed.writestr(member, archive.read(member))
    return copy


def _transitional(found: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + found[2]


def check_archive(path: Path) -> None:
    """Raises a CorpusError for an archive that unpacks to too much, or that is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        _refuse_old(path)
        raise CorpusError(f"{path.name} is no {path.suffix} file ({error}).",
                          "Give it its right ending, or save it again from its program.") from error  # fmt: skip
    if any(member.flag_bits & 1 for member in members):
        raise CorpusError(f"{path.name} is locked with a password.", "Save it without a password.")
    whole = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    worst = max((member.file_size for member in members), default=0)
    if (
        len(members) > MEMBERS
        or worst > MEMBER
        or whole > WHOLE
        or (whole > 20_000_000 and whole / packed > RATIO)
    ):
        raise CorpusError(
            f"{path.name} unpacks to {whole:,} bytes in {len(members):,} files from {packed:,}: more than is read.",
            "Remove pictures or split the file, then add it again.",
        )


def _refuse_old(path: Path) -> None:
    """Raises a CorpusError for a file that is locked, or of an older format under a newer one's name."""
    data = path.read_bytes()
    if not data.startswith(_OLD):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise CorpusError(f"{path.name} is locked with a password.", "Save it without a password.")
    raise CorpusError(
        f"{path.name} is of an older Office format under the ending {path.suffix}.",
        f"Open it in its program and save it as {path.suffix}.",
    )
