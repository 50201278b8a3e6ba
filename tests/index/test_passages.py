from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document, Mark
from index.passages import MANY, count_words, split
from index.reading.draft import Pen

WORDS = st.text(alphabet="ab 1.。今年销量\n\t-", max_size=300)


def written(blocks: list[tuple[str, str]]) -> Document:
    pen = Pen()
    for kind, text in blocks:
        if kind == "table":
            pen.table([row.split(" ") for row in text.split("\n")])
        elif kind == "heading":
            pen.heading(text, 1 + len(text) % 3)
        elif kind == "item":
            pen.item(text)
        else:
            pen.paragraph(text)
    draft = pen.draft()
    return Document("a", "T", draft.text, marks=draft.marks, tables=draft.tables)


@given(st.lists(st.tuples(st.sampled_from(["table", "heading", "item", "paragraph"]), WORDS), max_size=12))
def test_passages_are_in_order_apart_and_all_of_the_text(blocks: list[tuple[str, str]]) -> None:
    document = written(blocks)
    passages = split(document)
    at, left = 0, ""
    for number, passage in enumerate(passages):
        assert passage.ordinal == number
        assert passage.start >= at
        assert passage.text == document.text[passage.start : passage.end] != ""
        left += document.text[at : passage.start]
        at = passage.end
    assert not (left + document.text[at:]).strip()
    for table in document.tables:
        assert len(document.text[table.start : table.end].split("\n")) == len(table.cells)


def test_a_heading_stands_with_what_follows() -> None:
    document = written(
        [("heading", "Sales"), ("paragraph", "Rose."), ("heading", "Costs"), ("paragraph", "Fell.")]
    )
    assert [(p.heading, p.text) for p in split(document)] == [
        ("Sales", "Sales\n\nRose."),
        ("Costs", "Costs\n\nFell."),
    ]


def test_long_paragraphs_are_cut_at_sentences() -> None:
    text = " ".join(f"Sentence {n} has seven words in it." for n in range(60))
    passages = split(Document("a", "T", text))
    assert all(FEWEST <= count_words(p.text) <= MANY + 10 for p in passages)
    assert all(p.text.endswith(".") and p.text.startswith("Sentence") for p in passages)


def test_long_chinese_paragraphs_are_cut_at_sentences() -> None:
    passages = split(Document("a", "T", "今年前十个月，我国动力电池装车量累计四十吉瓦时。" * 30))
    assert len(passages) > 2
    assert all(p.text.endswith("。") for p in passages)


def test_a_long_table_is_cut_between_rows_under_its_header() -> None:
    document = written([("table", "Month Sales\n" + "\n".join(f"2021-{n} {n}" for n in range(300)))])
    passages = split(document)
    assert passages[0].heading == ""
    assert {p.heading for p in passages[1:]} == {"Month | Sales"}
    assert all(p.text.startswith("2021-") for p in passages[1:])


def test_the_title_is_left_out_of_the_path() -> None:
    marks = (Mark(0, "heading", "T"), Mark(3, "heading", "T › Sales"))
    assert [p.heading for p in split(Document("a", "T", "T\n\nSales\n\nRose.", marks=marks))] == ["Sales"]


FEWEST = 30
