"""The sentences that carry a text without a list of its own: each stands by itself, no two say the same."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.terms import STOP, read_line
from bot.quotable import body_end, whole_sentences
from bot.standing import find_parts, is_undated

Span = tuple[int, int]

JOINED = 480
"""The longest point of two sentences, in characters."""
PART = 0.4
"""The share of words of a part's sentence that its total's has."""
ESSAY = 5_000
"""From how many characters on a text ends with what it comes to."""
LONG = 20_000
"""From how many characters on a text is best told by its own summary."""
ENOUGH = 4
"""From how many points on none is added that can't be read by itself."""
SUMMARY = 2_000
"""How far after its heading a summary reaches, in characters."""
SAME = 0.6
"""The share of words in common from which two sentences say the same."""
_JOINED = re.compile(
    r"^(?:however|but|and|moreover|additionally|in addition|meanwhile|finally|therefore|thus|furthermore|also|yes|yet"
    r"|so|then|on the other hand|for example|in this context|besides|still)\b|^(?:此外|但|然而|同时|另外|因此|所以|而)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:in (?:my|our) (?:opinion|view)|overall|in (?:conclusion|summary|short)"
    r"|to (?:conclude|sum up|summari[sz]e)|we conclude"
    r"|(?:main|key|most important|principal|primary|crucial|focus(?:es)?|largest|biggest"
    r"|first time|record|goals?|aims?|targets?)"
    r"|we (?:find|found|show)|expect(?:s|ed)? to|led by|driven by|because of|due to)\b"
    r"|总之|综上|关键|核心|主要|首次|预计|目标|最大",
    re.IGNORECASE,
)
"""Words by which a text says that something matters."""
_CONCLUDES = re.compile(
    r"\b(?:(?:my|our) (?:advice|conclusion)|the (?:lesson|upshot) is|it (?:is|was) (?:decided|agreed))\b",
    re.IGNORECASE,
)
"""Words by which it says what it comes to."""
_SUMMARY = re.compile(
    r"^[#*\s\d.]*(?:abstract|(?:executive )?summary|conclusions?|concluding remarks|outlook"
    r"|(?:key|main) (?:findings|points|takeaways|messages|results)|highlights|in brief|at a glance|the bottom line"
    r"|摘要|结论|总结|小结|结语|展望|要点)"
    r"\b[*:：.\s—-]*",
    re.IGNORECASE | re.MULTILINE,
)
_FEW = re.compile(
    r"(?!(?:This|That|These|Those|It|They|He|She|We)\b)[A-Z\u4e00-\u9fff][^.!?。！？:：\n]{7,38}[.。]\s*"
)
_AUTHOR = re.compile(r"\b(?:I|[Mm]y|I['’](?:m|ve))\b")
_WIDE = re.compile(r"[\u4e00-\u9fff]")
_ASIDE = re.compile(
    r"\bI (?:met|visited|came|went|remember|spoke|spent|was|had|call|like|arrived|sat|attended)\b"
    r"|\bmy (?:perspective|friend|partner|trip)\b"
    r"|^this [\w -]{1,30} is an overview\b|\b(?:is|are) (?:also )?(?:presented|discussed|reviewed)\.$"
    r"|^(?:generally|of course|for some background|if (?!we\b)|as a matter of fact"
    r"|in this (?:review|paper|article|report|study),? (?:we|I))\b"
    r"|\b(?:provides|is a (?:leading )?provider of) (?:a |an )?(?:comprehensive|broad|full)\b|\bwas founded in\b"
    r"|\[\d+(?:[,–-]\d+)*\]|^(?:recently|more recently|earlier),",
    re.IGNORECASE,
)
"""Words of what stands beside the subject: what the author did, who a company is, what others found."""


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
    undated: bool
    """It tells of a change, and not when."""
    parts: frozenset[tuple[str, str]]


def find_salient(text: str, title: str = "") -> tuple[Span, ...]:
    """Spans of the sentences that carry a text, in reading order."""
    body = text[: body_end(text)]
    sentences = list(_sentences(body, title))
    weights: Counter[str] = Counter(stem for one in sentences for stem in one.stems)
    most = max(weights.values(), default=0)
    weights.update(dict.fromkeys(_stems(title), most // 2))
    wholes = [_whole_of(sentences, number) for number in range(len(sentences))]
    chosen: list[int] = []
    spans: tuple[Span, ...] = ()
    while len(spans) < _how_many(len(sentences)):
        left = [i for i in range(len(sentences)) if i not in chosen and not _is_said(sentences, i, chosen)]
        if len(spans) >= ENOUGH:
            left = [i for i in left if not sentences[i].leaning or _reach(sentences, i, body) is not None]
        if not left:
            break
        covered = {stem for i in chosen for stem in sentences[i].stems}
        if _is_essay(body) and not any(sentences[i].start > len(body) * 9 // 10 for i in chosen):
            left = [i for i in left if sentences[i].start > len(body) * 9 // 10] or left
        best = max(left, key=lambda i: (_gain(sentences, i, weights, covered, chosen, wholes, body), -i))
        first = _reach(sentences, best, body)
        chosen += [i for i in range(best if first is None else first, best + 1) if i not in chosen]
        spans = _joined(sentences, sorted(chosen), body)
    return tuple((_opening(start, body), end) for start, end in spans)


def _opening(start: int, text: str) -> int:
    """Where the few words stand that open its paragraph and say of what it is: "Cobalt moved the other way."."""
    line = text.rfind("\n", 0, start) + 1
    begin = line + len(text[line:start]) - len(text[line:start].lstrip())
    return begin if _FEW.fullmatch(text, begin, start) else start


def has_summary(text: str) -> bool:
    """Whether a text tells its main points under a heading of their own."""
    return any("\n" in one[0][len(one[0].rstrip()) :] for one in _SUMMARY.finditer(text))


def _how_many(sentences: int) -> int:
    return 5 if sentences < 8 else 6 if sentences < 30 else 7 if sentences < 80 else 8


def _is_essay(text: str) -> bool:
    """Its author says "I": what it comes to is said at the end."""
    return len(text) > ESSAY and len(_AUTHOR.findall(text)) >= 5


def _reach(sentences: list[_Sentence], number: int, text: str) -> int | None:
    """The sentence from which on it can be read, itself where it leans on none; None where that is too far."""
    first = number
    while sentences[first].leaning or sentences[first].undated:
        between = text[sentences[first - 1].end : sentences[first].start] if first else "no sentence"
        if between.strip() or number - first == 3:
            return None
        first -= 1
    start, end = sentences[first].start, sentences[number].end
    longest = JOINED // 2 if _WIDE.search(text, start, end) else JOINED
    return first if first == number or end - start <= longest else None


def _joined(sentences: list[_Sentence], chosen: list[int], text: str) -> tuple[Span, ...]:
    """The spans of what was chosen, a sentence that leans together with those it leans on."""
    spans: list[Span] = []
    for number in chosen:
        first = _reach(sentences, number, text)
        start, end = sentences[number].start, sentences[number].end
        if first is not None and first < number and spans and spans[-1][0] <= sentences[first].start:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(spans)


def _whole_of(sentences: list[_Sentence], number: int) -> int | None:
    """The sentence before that tells the total of which this one tells a part."""
    one = sentences[number]
    if not (one.parts and one.numbers):
        return None
    for other in range(number - 1, max(-1, number - 4), -1):
        before = sentences[other]
        alike = len(before.stems & one.stems) >= PART * len(one.stems)
        if alike and before.numbers and not before.parts & one.parts and len(before.parts) < len(one.parts):
            return other
    return None


def _sentences(text: str, title: str) -> Iterator[_Sentence]:
    heads = _stems(title)
    closing = max(text.rstrip().rfind("\n\n"), len(text) // 2)
    summaries = [found.end() for found in _SUMMARY.finditer(text)]
    read = 0
    for one in whole_sentences(text):
        words = text[one.start : one.end]
        told = text[_opening(one.start, text) : one.end]
        stems = _stems(words)
        if len(stems) < 4 or (heads and stems <= heads):
            continue
        numbers = frozenset(stem for stem in stems if stem[0].isdigit())
        factors = (
            (True, 1 + 0.6 * 0.75**read), (one.opens, 1.1), (bool(numbers), 1.2), (one.start > closing, 1.1),
            (bool(_CUE.search(told)), 1.2), (bool(_CONCLUDES.search(told)), 1.5), (bool(_JOINED.match(words)), 0.9),
            (any(0 <= one.start - at < SUMMARY for at in summaries), 1.3 if len(text) < LONG else 2.0),
            (bool(_ASIDE.search(words)), 0.6),
        )  # fmt: skip
        prior = math.prod(factor for holds, factor in factors if holds)
        read += 1
        yield _Sentence(
            one.start, one.end, stems, numbers, prior, one.leaning, is_undated(words), find_parts(words)
        )


def _is_said(sentences: list[_Sentence], number: int, chosen: list[int]) -> bool:
    return any(_alike(sentences[number], sentences[other]) for other in chosen)


def _alike(one: _Sentence, other: _Sentence) -> bool:
    """Most words in common, and where both have numbers, most of those, too."""
    if len(one.stems & other.stems) < SAME * min(len(one.stems), len(other.stems)):
        return False
    fewer = min(len(one.numbers), len(other.numbers))
    return not fewer or 2 * len(one.numbers & other.numbers) >= fewer


def _gain(
    sentences: list[_Sentence],
    number: int,
    weights: Counter[str],
    covered: set[str],
    chosen: list[int],
    wholes: list[int | None],
    text: str,
) -> float:
    """What a sentence adds: the weight of its words, those that were said counting little."""
    one, whole = sentences[number], wholes[number]
    added = math.fsum(math.log1p(weights[stem]) * (0.5 if stem in covered else 1.0) for stem in one.stems)
    gain = added / (len(one.stems) + 14) * one.prior
    if _reach(sentences, number, text) is None:
        gain *= 0.35 if one.leaning else 0.7
    if whole is not None and whole not in chosen:
        gain *= 0.6
    return gain * (1.15 if number in wholes else 1.0)


def _stems(text: str) -> frozenset[str]:
    line = read_line(text)
    return frozenset(stem for stem, word in zip(line.stems, line.words, strict=True) if word not in STOP)
