"""What the owner corrected is said wherever the sentence is quoted: answers, digests, topics, checks, Slack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.ask import make_ask
from bot.checking import check
from bot.slack.digest import TOPIC, build_digest, find_takeaways
from bot.takeaways import digest, label
from index.builder import build
from index.corrections import add_correction, correct
from index.lookup.held import read_metric
from index.reader import Index, open_index

DAY = date(2026, 1, 15)
TEXT = (
    "# Sales\n\nIn October 2021 NEV sales in China were 383,000, which the ministry of Ruritania called a triumph. "
    "Charging stations in the country grew as well, says the ministry in its report on the year.\n"
)


def corrected(folder: Path, **said: object) -> Index:
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "sales.md").write_text(TEXT, "utf-8")
    build([corpus], folder / "index")
    index = open_index(folder / "index")
    with index.seen_by(None) as view:
        (figure,) = read_metric(view, "nev_sales", ("level",))
    add_correction(corpus, correct(figure, (), reason="it was revised", by="Ada", on=DAY, **said))  # type: ignore[arg-type]
    build([corpus], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    ("said", "became"),
    [({"value": "385,000 vehicles"}, "it is value 385,000 vehicles"), ({"reject": True}, "rejected")],
)
def test_a_quoted_sentence_says_what_of_it_was_corrected(
    tmp_path: Path, said: dict[str, object], became: str
) -> None:
    index = corrected(tmp_path, **said)
    note = f"Corrected by Ada on 2026-01-15, “it was revised”; the document says “383,000”; {became}"
    answer = make_ask(index)("What did the ministry of Ruritania call a triumph?", today=DAY)
    assert answer.kind == "passage"
    assert note in answer.details
    takeaways = make_ask(index)("What are the takeaways of sales?", today=DAY)
    assert note in takeaways.details
    with index.seen_by(None) as view:
        document = view.document("sales.md")
        assert document
        assert note in label(digest(document, view))
        for topic in ("sales.md", f"{TOPIC}ministry of Ruritania"):
            found = find_takeaways(topic, view)
            assert found
            assert [line.notes for line in found.lines if "383,000" in line.text] == [(note,)]
            assert "it was revised" in str(build_digest(found).blocks)
            assert all(not line.notes for line in found.lines if "383,000" not in line.text)


def test_a_check_says_that_what_is_held_was_corrected(tmp_path: Path) -> None:
    index = corrected(tmp_path, value="385,000 vehicles")
    with index.seen_by(None) as view:
        right, wrong = (
            check(f"NEV sales in China were {number} in October 2021.", view, today=DAY)[0]
            for number in ("385,000", "383,000")
        )
    assert (right.verdict, wrong.verdict) == ("agrees", "differs")
    assert all("Corrected by Ada" in one.note for one in (right, wrong))
