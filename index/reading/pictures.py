"""What people wrote of the pictures in an office file for those who can't see them (alternative text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.reading.draft import Pen, one_line

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DROPPED = {f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"}
_FRAMES = {f"{_WP}inline": f"{_WP}docPr", f"{_WP}anchor": f"{_WP}docPr", f"{_P}pic": f"{_P}nvPicPr/{_P}cNvPr"}
"""What holds a picture, and where in it the description stands."""

_BY_PROGRAM = re.compile(
    r"automatic(?:ally)? generated|generated automatically|automatisch (?:generiert|erstellt|gegenereerd)|"
    r"générée? automatiquement|generad[ao] automáticamente|generat[ao] automaticamente|gerad[ao] automaticamente|"
    r"AI-generated content|KI-generierte|自动生成|自動生成|自動的に生成",
    re.I,
)
_FILE = re.compile(
    r"\S*[\\/:]\S*\S\Z|.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|ico|pdf)\W*\Z", re.I | re.S
)
_HAN = re.compile("[぀-ヿ㐀-鿿]")
_WORDS, _SIGNS = 4, 7
"""Words, or Chinese characters, of a description that says more than a label does ("Company logo")."""


class Pictures:
    """Writes the descriptions of a file's pictures, each once: what stands on every slide is said on the first."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.told: set[str] = set()

    def write(self, element: Any) -> None:
        """What is said of the pictures in an element."""
        for said in map(one_line, _descriptions(element)):
            if said not in self.told and is_description(said) and one_line(self.pen.last) != said:
                self.told.add(said)
                self.pen.end_list()
                self.pen.paragraph(f"图片：{said}" if _HAN.search(said) else f"Picture: {said}")


def is_description(text: str) -> bool:
    """Whether a person wrote a text of a picture: not a program, and no file's name or mere label."""
    if _BY_PROGRAM.search(text) or _FILE.match(text):
        return False
    return len(re.findall(r"[^\W\d_]+", text)) >= _WORDS or len(_HAN.findall(text)) >= _SIGNS


def _descriptions(element: Any) -> Iterator[str]:
    """The descriptions in their order; not those of deleted pictures or of copies for older programs."""
    if next(element.iter(*_FRAMES, f"{_V}shape"), None) is None:
        return
    walk = etree.iterwalk(element, events=("start",))
    for _, one in walk:
        if one.tag in _DROPPED:
            walk.skip_subtree()
        elif one.tag in _FRAMES:
            named = one.find(_FRAMES[one.tag])
            if named is not None and next(one.iter(f"{_A}blip"), None) is not None:
                yield named.get("descr", "")
        elif one.tag == f"{_V}shape" and one.find(f"{_V}imagedata") is not None:
            yield one.get("alt", "")
