"""A topic's points across documents: the sentences that say most about it, each verbatim with its place."""

from __future__ import annotations

import itertools
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.terms import STOP, read_line
from bot.grounds import ground
from bot.quotable import body_end, whole_sentences
from index.documents import Document
from index.reader import View

MOST = 8
PER_DOCUMENT = 3
ENOUGH = 5
"""Up to how many points a document fills the places that others leave."""
POOL = 40
LONGEST = 500
FEW = 3
NEAR = 3
"""How many words on a topic's next word stands in a sentence that is on it."""
SAME = 0.6
"""The share of words in common that makes two sentences say the same."""
_ASKING = re.compile(
    r"^(?:(?:the )?(?:key )?takeaways?(?: (?:of|from|on|about))?|(?:what|tell me) about|about|on)\s+|[?.!]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TopicPoint:
    """A sentence on the topic. Law: `document.text[start:end] == text`."""

    number: int
    document: Document
    start: int
    end: int
    text: str
    ground: str
    """Where it stands there, and the figures that it tells."""

    @property
    def key(self) -> int:
        """What it is known by while ranks change: its words."""
        return zlib.crc32(self.text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class TopicDigest:
    """The points on a topic, in the order of their documents and places."""

    words: str
    points: tuple[TopicPoint, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    start: int
    end: int
    stems: frozenset[str]
    score: float


def digest_topic(words: str, view: View, *, most: int = MOST) -> TopicDigest:
    """The sentences that have most of the topic's words, none twice, from several documents where there are.

    No points where no sentence has at least half of the topic.
    """
    topic = read_topic(words)
    wanted = _stems(topic)
    if not wanted:
        return TopicDigest(topic, ())
    kept: list[_Candidate] = []
    ranked = sorted(_candidates(topic, wanted, view), key=lambda c: (-c.score, c.document.id, c.start))
    for most_of_one, count in ((PER_DOCUMENT, most), (most, min(most, ENOUGH))):
        for one in ranked if len(kept) < count else ():
            alike = any(_likeness(one.stems, other.stems) >= SAME for other in kept)
            crowded = sum(other.document.id == one.document.id for other in kept) >= most_of_one
            if len(kept) < count and not alike and not crowded:
                kept.append(one)
    kept.sort(key=lambda c: (c.document.id, c.start))
    points = (
        TopicPoint(
            number,
            c.document,
            c.start,
            c.end,
            c.document.text[c.start : c.end],
            ground(c.document, c.start, c.end, view),
        )
        for number, c in enumerate(kept, 1)
    )
    return TopicDigest(topic, tuple(points))


def read_topic(words: str) -> str:
    """The topic in what was asked: "Takeaways on solid state in Japan?" → "solid state in Japan"."""
    topic = " ".join(words.split())
    while (shorter := _ASKING.sub("", topic).strip()) != topic:
        topic = shorter
    return topic


def label(found: TopicDigest) -> str:
    """A topic's digest as plain text, each point with its document."""
    if not found.points:
        return f"Nothing held is on “{found.words}”."
    lines = [f"On “{found.words}”"]
    for p in found.points:
        lines.append(f"{p.number}. {' '.join(p.text.split())} [{p.document.title}]")
        lines += [f"   ({p.ground})"] if p.ground else []
    return "\n".join(lines)


def _stems(text: str) -> frozenset[str]:
    line = read_line(text)
    return frozenset(s for s, w in zip(line.stems, line.words, strict=True) if w not in STOP)


@dataclass(frozen=True, slots=True)
class _Sentence:
    document: Document
    start: int
    end: int
    text: str
    stems: frozenset[str]
    around: frozenset[str]
    """The words of the title and the heading that it stands under."""
    leaning: bool


def _candidates(topic: str, wanted: frozenset[str], view: View) -> list[_Candidate]:
    """Sentences with the whole topic; where there are few, those with more than half of it, too.

    Rare words count more, words around count half; words that stand together in the topic do so best in a sentence.
    """
    read = list(_sentences(topic, view))
    sentences = [one for one in read if not one.leaning] or read
    weight = {
        stem: math.log(1 + len(sentences) / (1 + sum(stem in one.stems for one in sentences)))
        for stem in wanted
    }
    whole = sum(weight.values()) or 1.0
    found, on_all = [], [one for one in sentences if wanted <= one.stems | one.around and wanted & one.stems]
    for one in on_all if len(on_all) >= FEW else sentences:
        own = sum(weight[stem] for stem in wanted & one.stems) / whole
        near = sum(weight[stem] for stem in (wanted & one.around) - one.stems) / whole
        if own and own + near / 2 >= 0.6:
            score = own + near / 2 + 0.3 * own + 0.3 * _together(topic, one) + 0.02 * min(len(one.stems), 20)
            score *= 0.5 if one.leaning else 1
            found.append(_Candidate(one.document, one.start, one.end, one.stems, score))
    return found


def _together(topic: str, one: _Sentence) -> float:
    """The share of the topic's neighbours that are near each other in a sentence."""
    asked = [stem for stem in read_line(topic).stems if stem in one.stems]
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(read_line(one.text).stems):
        places.setdefault(stem, []).append(place)
    pairs = list(itertools.pairwise(asked))
    near = sum(any(0 < b - a <= NEAR for a in places[x] for b in places[y]) for x, y in pairs)
    return near / len(pairs) if pairs else 0.0


def _sentences(topic: str, view: View) -> Iterator[_Sentence]:
    """The sentences of the best passages."""
    documents: dict[str, Document | None] = {}
    for hit in view.search(topic, k=POOL):
        passage = hit.passage
        if passage.document_id not in documents:
            documents[passage.document_id] = view.document(passage.document_id)
        document = documents[passage.document_id]
        if document is None or not document.text:
            continue
        around = _stems(f"{document.title} {passage.heading}")
        if passage.start >= body_end(document.text):
            continue
        for one in whole_sentences(passage.text):
            text = passage.text[one.start : one.end]
            if len(text) <= LONGEST:
                begin, end = passage.start + one.start, passage.start + one.end
                yield _Sentence(document, begin, end, text, _stems(text), around, one.leaning)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
