"""The sentences of a text that can be quoted: whole, of its subject, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.standing import leans
from index.language.datelines import dateline_end
from index.language.sentences import find_sentences

SHORTEST, LONGEST = 40, 700
MOST_READ = 2_000
_TAIL = re.compile(
    r"^[#*\s]*(?:about (?!this|the (?:study|report|seminar|plan)\b)(?-i:[A-Z])[^.!?\n]{0,50}|references|bibliography"
    r"|acknowledge?ments?|works cited|(?:media |press )?contacts?(?: details)?|(?:important )?disclosures?|disclaimer"
    r"|legal notice|forward.looking statements?|notes to editors?|read more\W*|related (?:articles|posts)"
    r"|about us|参考文献|致谢|免责声明|关于我们|联系我们)[*:：\s]*$"
    r"|^about (?P<name>(?-i:[A-Z])[\w.&' -]{1,40}?)[*:：]*\s+(?:the )?(?P=name)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A line from which on a text speaks of its publisher, not of its subject."""
_UNFIT = re.compile(
    r"https?://|www\.|\b[a-z]\w+\.(?:org|com|net)\b"
    r"|^(?:figure|fig\.|table|box|chart) \d|\bdoi\b|@\w+\.\w|^[#|>!\[]"
    r"|^(?:see also|read (?:more|also)|source|editor|(?:data from|graphic by)\b.{0,60}$"
    r"|photo|image|by [A-Z]\w+ [A-Z]|related|tags?|share this|download|click|subscribe|sign up|join us|follow us"
    r"|copyright|©|to receive|for (?:more|further) information|please (?:see|visit|read))\b"
    r"|all rights reserved|terms of use|\bprospectus\b|sponsored content|not (?:intended to be )?investment advice"
    r"|\bwe believe (?:that )?(?:the company|our)\b|^(?:next week|an interview with|coming up)\b"
    r"|\b(?:we|I)(?: am| are|['’]m|['’]re| could not be (?:more|prouder)).{0,20}"
    r"\b(?:proud|thrilled|delighted|excited|honou?red)\b|\bproud (?:day|moment)\b"
    r"|^not sure\b|^for investors\b|\bpure-play exposure\b|\binvestment case\b"
    r"|\breasons to (?:invest|buy)\b|\bwealth.building\b"
    r"|declined to comment|did not (?:immediately )?(?:reply|respond)|编辑[:：]|来源[:：]|点击|扫码"
    r"|^\d{1,3}\s+(?-i:[A-Z][a-z]+\s+[a-z]+\s+[A-Z][a-z])|#(?:VALUE|REF|N/A)|(?:[?？:：]|…|\.\.\.)$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!。！；;][\"”’'»)）\]*_]*(?:\[\d+(?:[,–-]\d+)*\])?$")
_BULLET = re.compile(r"^(?:[-*•–·▪]|\d{1,2}[.)])\s+")
_DATED = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9}\.? \d{1,2},?) \d{4}\b"
    r"(?=.{0,60}$|[^.]*[|·])",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?:[A-Z][\w’'&-]*\s+){3,}[A-Z]?[a-z]+(?=[A-Z][a-z]+ [a-z])")
"""A heading that lost its line: it runs into the first word of what it heads."""
_QUOTES = re.compile(r"[\"“”]")


def body_end(text: str) -> int:
    """Where a text stops to speak of its subject; its end where it never did before that."""
    for found in _TAIL.finditer(text):
        if len(text[: found.start()].strip()) >= 200:
            return found.start()
    return len(text)


@dataclass(frozen=True, slots=True)
class Whole:
    """A sentence that can be quoted by itself."""

    start: int
    end: int
    opens: bool
    """It begins a line."""
    leaning: bool
    """It can't be read without the sentence before it."""


def whole_sentences(text: str) -> Iterator[Whole]:
    """The sentences of the subject: quotations whole, without bullets, headings, rows, captions and addresses."""
    before = 0
    for start, end in _whole_quotes(text, find_sentences(text)[:MOST_READ]):
        start += _lead_in(text[start:end])
        words = text[start:end]
        opens = before == 0 or "\n" in text[before:start]
        before = end
        if _is_fit(words, bulleted=bool(_BULLET.match(text[text.rfind("\n", 0, start) + 1 :]))):
            yield Whole(start, end, opens, leans(words))


def _whole_quotes(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Sentences, those of one quotation together."""
    number = 0
    while number < len(spans):
        start, end = spans[number]
        last = number
        while len(_QUOTES.findall(text[start:end])) % 2 and last + 1 < len(spans) and last - number < 3:
            last += 1
            if "\n" in text[end : spans[last][0]] or spans[last][1] - start > LONGEST:
                last, end = number, spans[number][1]
                break
            end = spans[last][1]
        yield start, end
        number = last + 1


def _lead_in(words: str) -> int:
    """How much of a sentence is its bullet, or the line of its day and place."""
    bullet = _BULLET.match(words)
    if bullet:
        return bullet.end()
    if after := dateline_end(words):
        return after
    if heading := _GLUED.match(words):
        return heading.end()
    line, _, rest = words.partition("\n")
    return len(line) + 1 + len(rest) - len(rest.lstrip()) if rest and _DATED.match(line) else 0


def _is_fit(words: str, *, bulleted: bool) -> bool:
    """A whole sentence of the subject: no heading, row, caption, address, half a quotation or question."""
    if not (SHORTEST if words.isascii() else 15) <= len(words) <= LONGEST or _UNFIT.search(words):
        return False
    if words[0].islower() and not bulleted:
        return False
    if _DATED.match(words) or len(_QUOTES.findall(words)) % 2:
        return False
    letters = sum(sign.isalpha() for sign in words)
    return letters >= len(words) / 2 and (bulleted or bool(_ENDED.search(words)))
