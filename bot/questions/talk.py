"""Small talk: what is said to the bot without asking anything."""

from __future__ import annotations

import re
from typing import Literal

Talk = Literal["greeting", "thanks", "help", "gibberish"]

_ADDRESSEE = (
    r"(?:[\s,!.]*(?:there|again|all|team|everyone|everybody|folks|you|bot|seminar(?:[- ]?bot)?|friend|mate"
    r"|bro|man|dude|mates|guys|buddy))*"
)
_GREETING = re.compile(
    rf"(?:hi+|hello+|hey+|heya|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening|day)"
    rf"|morning|what'?s up|sup|"
    rf"how are you(?: doing)?(?: today)?|how'?s it going|nice to meet you|test(?:ing)?|ping|你好"
    rf"|您好|嗨|哈喽|早上好|下午好|晚上好|大家好)"
    rf"{_ADDRESSEE}",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:ok(?:ay)?|great|cool|perfect|nice|awesome|super|got it|good|lovely)?[\s,!.]*(?:many |much |big )?"
    r"(?:thanks?(?: you)?(?: (?:a lot|so much|very much|a million|for .{0,40}))?|thx|ty|tysm|cheers"
    r"|much appreciated|"
    r"(?:lol|ha(?:ha)+|rofl|lmao|wow|oh|oops|sorry|never ?mind|nvm|no worries|i see)"
    r"|great|cool|perfect|awesome|nice(?: one| work| job)?|well done|good (?:job|bot|work)|got it"
    r"|ok(?:ay)?|bye|goodbye|see you|"
    rf"谢谢(?:你|您)?|多谢|感谢|再见|好的){_ADDRESSEE}",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:/?help(?: me)?(?: please)?|\?+|what can (?:you|u|i) (?:do|ask)(?: (?:you|here"
    r"|for me))?|what do you do|who are you|what are you|"
    r"are you (?:an? )?(?:human|real|person|robot|bot|ai|machine|llm|language model|chatgpt|gpt)(?: person| being)?"
    r"|who (?:made|built|created|wrote|programmed) (?:you|this bot)|are you (?:there|alive|awake)"
    r"|what'?s your name|what is your name|你是(?:人|机器人|人工智能)吗?|"
    r"how (?:do|can) (?:i|we) (?:use|ask|talk to) (?:you|this)(?: bot)?|how do(?:es)? (?:you"
    r"|this(?: bot)?) work|usage|commands?|instructions|"
    r"what (?:kind|sort)s? of questions.{0,40}|give me (?:some )?examples|examples?|帮助|你能做什么"
    r"|你会什么|怎么用|你是谁|可以问什么)",
    re.IGNORECASE,
)
_FIXED: tuple[tuple[Talk, re.Pattern[str]], ...] = (
    ("greeting", _GREETING),
    ("help", _HELP),
    ("thanks", _THANKS),
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_MARK_UP = re.compile(r"<[@!#][^>]*>|:[a-z0-9_+-]+:|[*_~`]")
_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_RUNS = frozenset(row[i : i + 4] for row in _ROWS for i in range(len(row) - 3))
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_REPEATED = re.compile(r"(.)\1{3,}|^(.{1,3})\2{2,}$")


def find_talk(text: str) -> Talk | None:
    """What kind of small talk a message is; None where it asks for something."""
    if len(text) > 400:
        return None if _WORD.search(text) or any(c.isdigit() for c in text) else "gibberish"
    words = " ".join(_MARK_UP.sub(" ", text).split())
    if not words.strip("? "):
        return "help" if not text.strip() or "?" in words else "gibberish"
    bare = _EDGES.sub("", words)
    for kind, pattern in _FIXED:
        if pattern.fullmatch(bare):
            return kind
    return "gibberish" if _is_gibberish(bare) else None


def _is_gibberish(text: str) -> bool:
    words = _WORD.findall(text)
    if not words:
        return not any(c.isdigit() for c in text)
    return all(_is_mash(word) for word in words)


def _is_mash(word: str) -> bool:
    """Whether a word looks typed by a palm: "asdfgh", "xkcdqwrt", "aaaaa", "lalala"."""
    folded = word.lower()
    if not folded.isascii() or (word.isupper() and len(word) <= 5):
        return False
    return (
        any(folded[i : i + 4] in _RUNS for i in range(len(folded) - 3))
        or bool(_CONSONANTS.search(folded))
        or bool(_REPEATED.search(folded))
    )
