"""What letters stand for, where a sentence spells them out: "direct shipped ore (DSO)", "DSO (direct shipped ore)"."""

from __future__ import annotations

import re

from bot.answers import Answer
from bot.answers.citing import cite
from bot.questions import Question
from index.language.sentences import find_sentences
from index.reader import View

_ASKED = (
    re.compile(
        r"\b(?P<letters>[\w&-]{2,12})(?:['’]s)? (?:meaning|stands? for|short for|abbreviation)\b", re.I
    ),
    re.compile(
        r"\b(?:what does|what do|what's|whats)\s+(?P<letters>[\w&-]{2,12}) (?:mean|stand for)\b", re.I
    ),
    re.compile(
        r"\b(?:meaning of|abbreviation|acronym|spell out|short for)\s+(?P<letters>[\w&-]{2,12})\b", re.I
    ),
    re.compile(r"^what(?:'s| is|s) (?:an? |the )?(?P<letters>[\w&-]{2,12})\s*\?*$", re.I),
    re.compile(r"(?P<letters>[A-Za-z&-]{2,12})\s?(?:是什么意思|的全称|全称|代表什么|是什么的缩写)"),
)
_SMALL = frozenset(("of", "and", "the", "for", "in", "on", "to", "de", "&"))
_PASSAGES = 8
_LONGEST = 10
"""Words before a bracket that may be what its letters stand for."""


def find_letters(text: str) -> str:
    """The letters whose meaning is asked for; "" where none is."""
    found = next(filter(None, (pattern.search(" ".join(text[:300].split())) for pattern in _ASKED)), None)
    return found["letters"] if found else ""


def find_expansion(letters: str, sentence: str) -> str:
    """The words of a sentence that the letters stand for, verbatim; "" where it does not spell them out."""
    name = rf"[\"“”']*{re.escape(letters)}s?[\"“”']*"
    for found in re.finditer(rf"(?P<before>[^()（）]{{2,120}}?)\s*[(（]\s*{name}\s*[)）]", sentence, re.I):
        starts = [word.start() for word in _WORD.finditer(found["before"])][-_LONGEST:]
        for start in reversed(starts):
            if _spells(found["before"][start:], letters):
                return found["before"][start:]
    for found in re.finditer(rf"(?<![\w-]){name}\s*[(（](?P<inside>[^()（）]{{4,80}})[)）]", sentence, re.I):
        if _spells(found["inside"], letters):
            return found["inside"].strip("\"“”' ")
    return ""


_WORD = re.compile(r"[\w&'’-]+")
_AS_WORDS = str.maketrans({"2": "t", "4": "f", "&": "a"})


def _spells(text: str, letters: str) -> bool:
    """Whether the initials of a text's words, with or without the small ones, are the letters ("V2G" has a "to")."""
    words = [part.casefold() for word in _WORD.findall(text) for part in word.split("-") if part]
    heads = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}
    plain = letters.casefold().replace("-", "")
    bare = bool(words) and words[0] not in _SMALL
    return bare and len(plain) > 1 and bool({plain, plain.translate(_AS_WORDS)} & heads)


def answer_letters(question: Question, view: View) -> Answer | None:
    """What the letters that a question asks about stand for, with the sentence; None where nothing spells them out."""
    letters = find_letters(question.text)
    if not letters:
        return None
    for hit in view.search(letters, k=_PASSAGES):
        for start, end in find_sentences(hit.passage.text):
            sentence = hit.passage.text[start:end]
            spelt = find_expansion(letters, sentence)
            document = view.document(hit.passage.document_id) if spelt else None
            if document is None:
                continue
            at = hit.passage.start + start
            citation = cite(
                document, at, hit.passage.start + end, passage_id=hit.passage.id, language=question.language
            )
            headline = f"{letters.upper()}: {' '.join(spelt.split())}. “{' '.join(sentence.split())}”"
            return Answer("", "passage", question, letters, headline, citations=(citation,), confidence=0.95)
    return None
