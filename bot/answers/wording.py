"""Our own words, in the language of the question. Quotes stay in theirs."""

from __future__ import annotations

from typing import Literal

from index.documents import Document

Language = Literal["en", "zh"]
Key = Literal[
    "greeting", "thanks", "help", "gibberish", "none", "nearest", "metrics held", "ask instead", "also",
     "points listed", "points salient", "points rows", "table held",
    "point", "no point", "our edition", "documents held", "yes", "no", "conclude", "what held",
    "who organised", "not defined", "other documents", "documents say", "no documents", "standard", "names counted",
    "of what", "older edition", "no year",
]  # fmt: skip

_WORDS: dict[Key, tuple[str, str]] = {
    "greeting": (
        "Hello. Ask me about a figure or about what the documents say; every answer comes with its source.",
        "你好。可以问我数据，也可以问文件里的说法；每个回答都附出处。",
    ),
    "thanks": ("You're welcome.", "不客气。"),
    "help": (
        "I answer from the documents held, word for word: figures, what was said and by whom, "
        "definitions, takeaways.",
        "我只根据现有文件逐字回答：数据、说法、定义和要点。",
    ),
    "gibberish": (
        "I can't read a question in that. What would you like to know?",
        "没看懂这个问题。您想了解什么？",
    ),
    "none": ("Nothing on that in the documents held.", "现有文件中没有相关内容。"),
    "nearest": ("Nearest: {title}", "最接近的文件：{title}"),
    "metrics held": ("Held on something near: {names}", "相近的数据：{names}"),
    "ask instead": ("What does “{title}” say?", "《{title}》说了什么？"),
    "also": ("Also: {title}", "另见：{title}"),
    "points listed": ("“{title}” lists {count} points.", "《{title}》列了{count}点。"),
    "points salient": (
        "What “{title}” says, in {count} points of its own words.",
        "《{title}》的{count}个要点（原文）。",
    ),
    "points rows": ("“{title}” is a table; {count} of its rows:", "《{title}》是一张表，其中{count}行："),
    "point": ("Point {number} of {count}: {point}", "第{number}点（共{count}点）：{point}"),
    "no point": ("“{title}” lists {count} points, no more.", "《{title}》只列了{count}点。"),
    "our edition": ("our edition of {title}", "本站整理的《{title}》"),
    "documents held": (
        "{count} documents and {tables} tables are held.",
        "现有{count}份文件、{tables}张表。",
    ),
    "table held": ("Table: {title}", "表：{title}"),
    "yes": ("Yes", "是"),
    "no": ("No", "否"),
    "conclude": ("What are the takeaways of “{title}”?", "《{title}》的要点是什么？"),
    "what held": ("What documents do you have?", "有哪些文件？"),
    "who organised": ("Who organised the seminar?", "谁组织了研讨会？"),
    "not defined": ("“{term}” is mentioned, not defined.", "文件提到“{term}”，但没有定义。"),
    "other documents": ("Others on this: {titles}", "其他相关文件：{titles}"),
    "documents say": (
        "{count} documents speak of this, newest first.",
        "{count}份文件谈到这一点，从新到旧。",
    ),
    "names counted": ("{count}, counted by name", "按名称数为{count}个"),
    "of what": (
        "Of what? Name the figure or the thing that you mean.",
        "指的是什么？请说出指标或事物。",
    ),
    "no year": (
        "No document here says of which year its figures are.",
        "这里的文件都没有说明数据是哪一年的。",
    ),
    "older edition": (
        "Older edition: “{title}” ({day}); “{newer}” ({newer_day}) supersedes it.",
        "旧版：《{title}》（{day}），已由《{newer}》（{newer_day}）取代。",
    ),
    "no documents": ("Nothing is held yet.", "目前没有任何文件。"),
    "standard": ("Standard answer by {name}, {day}", "{name}的标准答案，{day}"),
}


def tell(key: Key, language: Language, **values: object) -> str:
    """A line of ours; `values` stand in their places."""
    return _WORDS[key][language == "zh"].format(**values)


def title_of(document: Document, language: Language = "en") -> str:
    """A document's title as a citation shows it; a text that we restated says so."""
    title = document.title or document.file
    return tell("our edition", language, title=title) if document.edition == "ours" else title
