"""The language of a text: by its script, or by its small words."""

from __future__ import annotations

import re
from collections import Counter

_SMALL = {
    "en": "the of and to in is that for was with as by on are from at it this be an which were has have",
    "de": "der die das und ist nicht ein eine einer mit von dem den des im am auf für wurde wurden werden sich auch bei"
    " nach über zu zum zur als aus um sind wird hat",
    "fr": "le la les des du et est une un dans pour que qui sur par au aux plus avec sont ce cette en de à ont été se",
    "es": "el la los las y en que del de una un por con para se es su más como al lo ha han fue entre",
    "it": "il lo la gli di che e per un una del della dei delle con non sono nel nella è da al alla si ha più",
    "pl": "w i na z się nie do że jest oraz przez od dla o po za ze roku to są był była jak a",
    "nl": "de het een van en in is op te dat voor met zijn aan niet er ook als bij naar door werd wordt om",
    "pt": "o a os as de do da dos das em que e um uma para com não por no na ao mais foi é",
    "sv": "och att det som en på är av för med den till i inte har de om ett var från",
    "cs": "a se na je že v z o s do k od po pro byl byla jako které který roku ve ze i",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_FEWEST, _SHARE, _LEAD = 4, 0.15, 1.4
"""So many small words, so much of all words, and so many times those of the next language make it clear."""


def find_language(text: str) -> str:
    """The language of a text by its script, or by its small words where these are clear; "" where both leave it open,
    as in English."""
    head = text[:20_000]
    han, kana, hangul, cyrillic = (
        len(re.findall(pattern, head)) for pattern in ("[一-鿿]", "[぀-ヿ]", "[가-힯]", "[Ѐ-ӿ]")
    )
    letters = max(1, sum(c.isalpha() for c in head))
    if kana > 0.1 * letters:
        return "ja"
    if hangul > 0.2 * letters:
        return "ko"
    if cyrillic > 0.3 * letters:
        return "ru"
    return "zh" if han > 0.2 * letters else _by_words(head)


def _by_words(text: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {language: sum(words[word] for word in small) for language, small in _WORDS.items()}
    (best, most), (_, second) = Counter(counts).most_common(2)
    kinds = sum(word in words for word in _WORDS[best])
    clear = most >= _FEWEST and kinds >= _FEWEST and most >= _SHARE * words.total() and most >= _LEAD * second
    return best if clear and best != "en" else ""
