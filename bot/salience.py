"""The sentences that carry a text without a list of its own: each stands by itself, no two say the same."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.terms import STOP, read_line
from index.language.datelines import dateline_end
from index.language.sentences import find_sentences

Span = tuple[int, int]

SHORTEST, LONGEST = 40, 700
MOST_READ = 2_000
SUMMARY = 2_000
"""How far after its heading a summary reaches, in characters."""
SAME = 0.6
"""The share of words in common from which two sentences say the same."""
_TAIL = re.compile(
    r"^[#*\s]*(?:about (?!this|the (?:study|report|seminar|plan)\b)(?-i:[A-Z])[^.!?\n]{0,50}|references|bibliography"
    r"|acknowledge?ments?|works cited|(?:media |press )?contacts?(?: details)?|(?:important )?disclosures?|disclaimer"
    r"|legal notice|forward.looking statements?|notes to editors?|read more\W*|related (?:articles|posts)"
    r"|about us|参考文献|致谢|免责声明|关于我们|联系我们)[*:：\s]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line from which on a text speaks of its publisher, not of its subject."""
_UNFIT = re.compile(
    r"https?://|www\.|\b[a-z]\w+\.(?:org|com|net)\b"
    r"|^(?:figure|fig\.|table|box|chart) \d|\bdoi\b|@\w+\.\w|^[#|>!\[]"
    r"|^(?:see also|read (?:more|also)|source|editor|data from|graphic by"
    r"|photo|image|by [A-Z]\w+ [A-Z]|related|tags?|share this|download|click|subscribe|sign up|join us|follow us"
    r"|copyright|©|to receive|for (?:more|further) information|please (?:see|visit|read))\b"
    r"|all rights reserved|terms of use|\bprospectus\b|sponsored content|not (?:intended to be )?investment advice"
    r"|^for investors\b|\bpure-play exposure\b|\binvestment case\b"
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
_LEANING = re.compile(
    r"^(?:this|these|that|those|it|its|they|their|he|she|his|her|such|both|another|among (?:them|these|which)"
    r"|of (?:these|them|which)|the (?:latter|former)|as such|here|not sure)\b|^(?:其中|这|该|他|她|它|此|上述|对此)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^(?:however|but|and|moreover|additionally|in addition|meanwhile|finally|therefore|thus|furthermore|also|yes|yet"
    r"|so|then|on the other hand|for example|in this context|besides|still)\b|^(?:此外|但|然而|同时|另外|因此|所以|而)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:in (?:my|our) (?:opinion|view)|overall|in (?:conclusion|summary|short)"
    r"|to (?:conclude|sum up|summari[sz]e)"
    r"|(?:main|key|most important|principal|primary|crucial|largest|biggest|first time|record|goals?|aims?|targets?)"
    r"|we (?:find|found|conclude|show)|expect(?:s|ed)? to|led by|driven by|because of|due to)\b"
    r"|总之|综上|关键|核心|主要|首次|预计|目标|最大",
    re.IGNORECASE,
)
"""Words by which a text says that something matters."""
_SUMMARY = re.compile(
    r"^[#*\s\d.]*(?:abstract|(?:executive )?summary|conclusions?|key (?:findings|points|takeaways)|highlights"
    r"|摘要|结论|总结)"
    r"\b[*:：.\s—-]*",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTES = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    stems: frozenset[str]
    numbers: frozenset[str]
    prior: float
    """How likely it is a main point by its place and form."""
    leaning: bool
    """It can't be read without the sentence before it."""


def find_salient(text: str, title: str = "") -> tuple[Span, ...]:
    """Spans of the sentences that carry a text, in reading order."""
    body = text[: body_end(text)]
    sentences = list(_sentences(body, title))
    weights: Counter[str] = Counter(stem for one in sentences for stem in one.stems)
    most = max(weights.values(), default=0)
    weights.update(dict.fromkeys(_stems(title), most // 2))
    chosen: list[int] = []
    for _ in range(_how_many(len(sentences))):
        left = [i for i in range(len(sentences)) if i not in chosen and not _is_said(sentences, i, chosen)]
        if not left:
            break
        covered = {stem for i in chosen for stem in sentences[i].stems}
        chosen.append(max(left, key=lambda i: (_gain(sentences, i, weights, covered, chosen), -i)))
    return tuple((sentences[i].start, sentences[i].end) for i in sorted(chosen))


def _how_many(sentences: int) -> int:
    return 5 if sentences < 10 else 6 if sentences < 30 else 7 if sentences < 80 else 8


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
            yield Whole(start, end, opens, bool(_LEANING.match(words)))


def _sentences(text: str, title: str) -> Iterator[_Sentence]:
    heads = _stems(title)
    closing = max(text.rstrip().rfind("\n\n"), len(text) // 2)
    summaries = [found.end() for found in _SUMMARY.finditer(text)]
    read = 0
    for one in whole_sentences(text):
        words = text[one.start : one.end]
        stems = _stems(words)
        if len(stems) < 4 or (heads and stems <= heads):
            continue
        numbers = frozenset(stem for stem in stems if stem[0].isdigit())
        factors = (
            (True, 1 + 0.6 * 0.75**read), (one.opens, 1.1), (bool(numbers), 1.1), (one.start > closing, 1.1),
            (bool(_CUE.search(words)), 1.2), (bool(_JOINED.match(words)), 0.9),
            (any(0 <= one.start - at < SUMMARY for at in summaries), 1.3),
        )  # fmt: skip
        prior = math.prod(factor for holds, factor in factors if holds)
        read += 1
        yield _Sentence(one.start, one.end, stems, numbers, prior, one.leaning)


def _whole_quotes(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
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


def _is_said(sentences: list[_Sentence], number: int, chosen: list[int]) -> bool:
    return any(_alike(sentences[number], sentences[other]) for other in chosen)


def _alike(one: _Sentence, other: _Sentence) -> bool:
    """Most words in common, and where both have numbers, most of those, too."""
    if len(one.stems & other.stems) < SAME * min(len(one.stems), len(other.stems)):
        return False
    fewer = min(len(one.numbers), len(other.numbers))
    return not fewer or 2 * len(one.numbers & other.numbers) >= fewer


def _gain(
    sentences: list[_Sentence], number: int, weights: Counter[str], covered: set[str], chosen: list[int]
) -> float:
    """What a sentence adds: the weight of its words, those that were said counting little."""
    one = sentences[number]
    added = math.fsum(math.log1p(weights[stem]) * (0.5 if stem in covered else 1.0) for stem in one.stems)
    alone = one.leaning and number - 1 not in chosen
    return added / (len(one.stems) + 14) * one.prior * (0.45 if alone else 1.0)


def _stems(text: str) -> frozenset[str]:
    line = read_line(text)
    return frozenset(stem for stem, word in zip(line.stems, line.words, strict=True) if word not in STOP)
