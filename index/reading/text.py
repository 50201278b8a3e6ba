"""Plain text of any encoding."""

from __future__ import annotations

import codecs
import contextlib
import re
from pathlib import Path

from index.errors import CorpusError
from index.reading.aligned import with_tabs
from index.reading.draft import Draft, Pen, clean, one_line
from index.reading.facts import Facts, find_dateline

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


_ESCAPED = {b"$B": "iso2022_jp_2", b"$@": "iso2022_jp_2", b"$)C": "iso2022_kr"}
_ESCAPES = re.compile(rb"\x1b(\$B|\$@|\$\)C)")
"""How Japanese and Korean begin in encodings of seven bits, as old letters have them."""


def read_text(path: Path) -> str:
    """The characters of a file, whatever their encoding."""
    return decode(path.read_bytes(), path.name)


def decode(data: bytes, name: str) -> str:
    """Bytes as text: by their byte order mark, as UTF-8, by their zero bytes, or by what they most look like."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if escaped := _ESCAPES.search(data):
        return _checked(data.decode(_ESCAPED[escaped[1]], errors="replace"), name)
    if wide := _wide(data[:4096]):
        return _checked(data.decode(wide, errors="replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        whole = sum(ord(c) > 127 and c != "\ufffd" for c in text)
        return _checked(text if whole > 3 * text.count("\ufffd") else _guess(data), name)


def _wide(head: bytes) -> str:
    """The encoding of text of two bytes a letter without a mark; empty where it is none."""
    if head.count(0) > 0.2 * len(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    for encoding in ("utf-16-le", "utf-16-be") if 0 in head else ():
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        if sum(bool(re.match(r"[\s!-~　-ヿ一-鿿！-｠‘-”]", c)) for c in text) > 0.95 * len(text):
            return encoding
    return ""


def draft_text(path: Path) -> Draft:
    """A draft of plain text: paragraphs, with hard-wrapped lines joined again."""
    parts = "\t".join(clean(part) for part in with_tabs(read_text(path)).split("\t"))
    return draft_plain(re.sub(r"(?m)^\t+$", "", parts))


def draft_plain(text: str) -> Draft:
    """A draft of clean text, in which tabs may stand."""
    pen = Pen()
    wrapped = _is_wrapped(text)
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    for place, block in enumerate(blocks):
        if cells := _cells(block):
            pen.table(cells)
        elif place and _is_heading(block) and place + 1 < len(blocks):
            pen.heading(block, 1)
        elif place and _is_headed(block):
            head, _, rest = block.partition("\n")
            pen.heading(head, 1)
            pen.paragraph(rest if _keeps_lines(rest) or not wrapped else one_line(rest))
        elif wrapped and not _keeps_lines(block):
            pen.paragraph(one_line(block))
        else:
            pen.paragraph(block)
    draft = pen.draft()
    lines = draft.text.splitlines() if not draft.tables or draft.tables[0].start else []
    day = find_dateline(draft.text)
    named = [line for line in lines[:4] if line.strip() and not _KIND.fullmatch(line.strip())]
    title = next(
        (line for line in named[:1] if len(line) <= 150 and not line.endswith((".", "。", ":", "："))), ""
    )
    return Draft(
        draft.text,
        marks=draft.marks,
        tables=draft.tables,
        facts=Facts(
            title="" if day and find_dateline(title) else title,
            published=day,
            published_known="inferred" if day else "unknown",
        ),
    )


_KIND = re.compile(
    r"(?:press|news|media) release|minutes|memo(?:randum)?|bulletin|newsletter|report|for immediate release|draft",
    re.I,
)
"""A first line that says what sort of text it is, and not its title."""


_WEST = frozenset(
    b"le la les de des du et der die das und ist el los que en un una os em och det att og het een".split()
)
_CENTRE = frozenset(
    b"w na z do nie jest oraz przez roku je se ve za od pro jako hogy az nem egy iz su sa ale".split()
)


_ALONE = frozenset(
    b"\x80\x85\x8a\x8c\x8d\x8e\x8f\x9a\x9c\x9d\x9e\x9f\xa0\xa3\xa5\xa7\xa9\xab\xae\xaf\xb0\xb2\xb3\xb7\xb9\xbb\xbc\xbd\xbe\xbf"
)
_ALONE |= frozenset(range(0x91, 0x98)) | frozenset(range(0xC0, 0x100))
"""The bytes of letters and signs that stand alone in ASCII words; those of Chinese and Japanese are others."""


def _is_central(data: bytes) -> bool:
    """Whether the small words are of the languages of Central Europe, or signs stand where they have letters: kupi¿."""
    if re.search(rb"[A-Za-z]\xbf|\xa3[a-z\xf3]", data[:200_000]):
        return True
    words = data[:200_000].lower().split()
    return sum(word in _CENTRE for word in words) > sum(word in _WEST for word in words)


_ALPHABETS = tuple(
    map(frozenset, ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čšžćđ", "ăâîşţ"))
)
"""The letters beyond ASCII of Polish, Czech, Slovak, Hungarian, Croatian and Romanian."""


def _of_central(data: bytes) -> str:
    """The encoding of Central Europe in which the letters are of one language."""
    return max(("cp1250", "iso8859_2"), key=lambda encoding: _fit(data[:200_000].decode(encoding, "replace")))


def _fit(text: str) -> float:
    letters = [c for c in text.lower() if ord(c) > 127 and c not in _SIGNS and c not in "„«»\xa0"]
    return max(sum(c in alphabet for c in letters) for alphabet in _ALPHABETS) / max(1, len(letters))


def _stands_alone(data: bytes) -> bool:
    """Whether most letters beyond ASCII stand alone in words of it: one byte each, as in Köln."""
    runs = re.findall(rb"[\x80-\xff]+", data[:200_000])
    return sum(len(run) == 1 and run[0] in _ALONE for run in runs) > 0.6 * len(runs)


_SIGNS = frozenset("‘’“”—–…·•′″°×€")


def _with_signs(data: bytes) -> str:
    """English as Chinese systems write it: all beyond ASCII are quotation marks and dashes, of two bytes each."""
    for encoding in ("gb18030", "big5"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if _SIGNS.issuperset(c for c in text if ord(c) > 127):
                return text
    return ""


def _guess(data: bytes) -> str:
    if text := _with_signs(data):
        return text
    if _stands_alone(data):
        return data.decode(_of_central(data) if _is_central(data) else "cp1252", errors="replace")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    letters = [c for c in text if ord(c) > 127]
    if letters and sum("一" <= c <= "鿿" or c in "，。、；：“”（）《》％" for c in letters) > 0.95 * len(
        letters
    ):
        common = sum(c in "的一是了不在有年月中国和为产量电" for c in letters)
        if common > 0.02 * len(letters):
            return text
    for encoding in ("cp1251", "koi8-r"):
        text = data.decode(encoding, errors="replace")
        letters = [c for c in text if ord(c) > 127 and c not in "«»–—№„“”…\xa0"]
        small = sum("а" <= c <= "ё" for c in letters)
        whole = sum("Ё" <= c <= "ё" for c in letters) > 0.95 * len(letters) and not _MIXED.search(text)
        if small > 0.6 * len(letters) and whole:
            return text
    if alone := _only_common(data[:200_000]):
        return data.decode(alone, errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_exclusion=["utf_16", "utf_16_le", "utf_16_be", "utf_32"]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


_MIXED = re.compile(r"[A-Za-z][Ё-ё]|[Ё-ё][A-Za-z]")
_FIRST_LEVELS = {
    "cp932": ("euc_jp", 0xB0, 0xCF), "euc_jp": ("euc_jp", 0xB0, 0xCF), "big5": ("big5", 0xA4, 0xC6),
    "gb18030": ("gb2312", 0xB0, 0xD7), "cp949": ("euc_kr", 0xB0, 0xC8),
}  # fmt: skip
"""For encodings of the East the standard that orders their characters, and the first bytes of those in common use:
the first levels of JIS X 0208, Big5 and GB 2312, the syllables of KS X 1001."""


def _only_common(data: bytes) -> str:
    """The one encoding of the East in which nearly all characters are in common use; empty where several are, or none
    is."""
    shares = sorted(((_common(data, encoding), encoding) for encoding in _FIRST_LEVELS), reverse=True)
    (best, encoding), (next_best, _) = shares[:2]
    return encoding if best > 0.95 and best - next_best > 0.1 else ""


def _common(data: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that are in common use in an encoding; 0 where it has not all of them."""
    standard, low, high = _FIRST_LEVELS[encoding]
    try:
        letters = [c for c in data[: data.rfind(b"\n") + 1 or len(data)].decode(encoding) if ord(c) > 127]
    except UnicodeDecodeError:
        return 0.0
    kana = "jp" in standard
    common = sum(
        ("\u3040" <= c < "\u3100" and kana)
        or "\u3000" <= c < "\u3040"
        or "！" <= c <= "～"
        or low <= (c.encode(standard, "replace") + b"\0")[0] <= high
        for c in letters
    )
    return common / max(1, len(letters))


def _checked(text: str, name: str) -> str:
    """Text, not the bytes of something else."""
    head = text[:20_000]
    odd = sum((ord(c) < 32 and c not in "\t\n\r\f\x1a") or c == "\ufffd" for c in head)
    if odd > 0.05 * len(head):
        raise CorpusError(f"{name} is not text: {odd} of its first {len(head)} characters are no letters.",
                          "Give the file its right ending, or leave it out of the corpus.")  # fmt: skip
    return text


def _is_wrapped(text: str) -> bool:
    """Whether the lines end where a page was full: most inner lines are nearly as long as the longest."""
    inner = [line for block in re.split(r"\n{2,}", text) for line in block.split("\n")[:-1]]
    if len(inner) < 4:
        return False
    widest = sorted(len(line) for line in inner)[int(0.95 * (len(inner) - 1))]
    full = sum(len(line) > 0.75 * widest for line in inner)
    ended = sum(line.endswith((".", "!", "?", "。", ":", ";", "|")) for line in inner)
    return 40 <= widest <= 110 and full > 0.7 * len(inner) and ended < 0.4 * len(inner)


def _cells(block: str) -> list[list[str]]:
    """The cells of lines that were pasted from a sheet: as many tabs in each; none of other lines."""
    rows = [line.split("\t") for line in block.split("\n")]
    width = len(rows[0])
    return rows if width > 1 and len(rows) > 2 and all(len(row) == width for row in rows) else []


def _is_heading(block: str) -> bool:
    """Whether a line stands alone in capitals: "BY COUNTRY"."""
    words = [word for word in re.findall(r"[^\W\d_]+", block) if len(word) > 1]
    return (
        "\n" not in block
        and len(block) <= _HEADING
        and len(words) > 0
        and block.isupper()
        and block[-1] not in ".!?;"
    )


_HEADING = 70


def _is_headed(block: str) -> bool:
    """Whether a paragraph's first line is a heading in capitals, and the rest is not."""
    head, _, rest = block.partition("\n")
    return bool(rest) and _is_heading(head) and not rest.isupper()


def _is_filled(lines: list[str]) -> bool:
    """Whether the lines of a block but its last are of about one length, as where they were wrapped."""
    inner = lines[:-1]
    widest = max(map(len, lines))
    return sum(len(line) > 0.7 * widest for line in inner) >= 0.6 * len(inner)


def _keeps_lines(block: str) -> bool:
    lines = block.split("\n")
    if not _is_filled(lines):
        return True
    return sum(bool(re.match(r"([-*•·–]|\d{1,2}[.)])\s", line)) for line in lines) > 1 or all(
        len(x) < 40 for x in lines
    )
