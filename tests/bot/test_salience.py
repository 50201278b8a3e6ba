"""What carries a text: whole sentences of its subject, none twice; and digests as a reader judged them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.salience import find_salient
from bot.takeaways import digest
from index.corpus import SHIPPED
from index.documents import Document
from index.language.sentences import find_sentences
from tests.quality.score_digests import read_document, score

GOLDEN = Path(__file__).with_name("golden_digests.json")
SUBJECT = (
    "Ruritania sold 12,000 electric trams in 2021, the ministry of transport says. "
    "Exports of electric trams doubled to 3,000 because of orders from Freedonia. "
    "The ministry expects sales of 15,000 trams in 2022, a new record for the industry."
)


def salient(text: str, title: str = "") -> list[str]:
    return [text[a:b] for a, b in find_salient(text, title)]


WHOLE = salient(SUBJECT)


def test_every_sentence_of_a_short_text_is_there_in_reading_order() -> None:
    assert " ".join(WHOLE) == SUBJECT


def test_the_few_words_that_open_a_paragraph_stand_with_what_they_are_of() -> None:
    text = f"{SUBJECT}\n\nCopper went the other way. Chile stopped exports, and prices rose 9% to $16.80 a pound."
    assert salient(text)[-1].startswith("Copper went the other way. Chile stopped exports")


def test_a_writers_advice_is_told() -> None:
    text = (
        f"{SUBJECT}\n\nThe old depots in Zenda were built for steam, and their roofs leak when it rains.\n\n"
        "Drivers like the new trams because the seats are warm, and passengers because they are quiet.\n\n"
        "In Freedonia the same trams run on streets that are far too narrow for them, and they are late.\n\n"
        "So my advice is simple. Buy fewer trams than planned, and mend the tracks that are there."
    )
    assert salient(text)[-1].startswith("So my advice is simple. Buy fewer trams")


def test_a_text_with_a_summary_is_told_by_it_and_not_by_a_short_list() -> None:
    steps = "1. Pay for use.\n2. Require cards at all points.\n3. Publish free capacity each quarter."
    body = "\n\n".join(SUBJECT.replace("12,000", f"{n},000") for n in (12,))
    found = digest(Document("a.md", "A", f"Summary\n\n{body}\n\nWhat to do\n\n{steps}\n"))
    assert not found.numbered
    assert digest(Document("a.md", "A", f"{body}\n\nWhat to do\n\n{steps}\n")).numbered


@pytest.mark.parametrize(
    "text",
    [
        f"# Electric trams of Ruritania sell as never before\n\n{SUBJECT}",
        f"{SUBJECT}\n\nAbout Tramworld\n\nTramworld is a platform for news on electric trams in Ruritania.",
        f"{SUBJECT}\n\nReferences\n\nSmith, A. Trams of Ruritania and their sales. A journal of trams.",
        f"{SUBJECT}\n\nSEE ALSO: Ruritania sold electric trams to Freedonia for the first time.",
        f"{SUBJECT}\n\nTo receive news on electric trams in Ruritania, send us a letter today.",
        f"{SUBJECT}\n\nMore on sales of electric trams: https://example.org/trams and elsewhere.",
        f"{SUBJECT}\n\nThe trams of the ministry are one of the reasons why Freedonia could …",
        f"{SUBJECT}\n\nWhat do sales of electric trams in Ruritania mean for Freedonia?",
        f"{SUBJECT}\n\nThe ministry of transport of Ruritania declined to comment on electric trams.",
        f"{SUBJECT}\n\nThe goals of the ministry for sales of electric trams are these:",
        f"{SUBJECT}\n\n“We are thrilled to sell electric trams to Freedonia,” said the minister of Ruritania.",
        f"{SUBJECT}\n\nAbout Tramworld Tramworld is a leading maker of electric trams in Ruritania since 1990.",
        f"{SUBJECT}\n\nNext week: sales of electric trams in Freedonia, and the outlook of the ministry.",
        f"An interview with the minister of transport of Ruritania.\n\n{SUBJECT}",
        f"Thursday, 13 January 2022 13:41 (GMT) | Strelsau\n\n{SUBJECT}",
        f"13 January 2022 in Trams, Industry, Market of Ruritania\n{SUBJECT}",
        f"{SUBJECT}\n\nRuritania Freedonia 12,000 3,000 trams exports sales ministry record industry",
    ],
)
def test_what_surrounds_the_subject_is_no_point(text: str) -> None:
    assert salient(text) == WHOLE


def test_a_quotation_of_two_sentences_stays_whole() -> None:
    said = '"Exports doubled within one single year. Orders from Freedonia made the difference," the minister said.'
    assert said in salient(f"{SUBJECT}\n\n{said}")
    half = '"Exports of trams doubled within a year.'
    assert half not in salient(f"{SUBJECT}\n\n{half}")


def test_nothing_is_said_twice_and_other_numbers_are_another_thing() -> None:
    again = "Electric trams: Ruritania sold 12,000 in 2021, the ministry of transport says."
    other = "Ruritania sold 9,000 electric trams in 2020, the ministry of transport says."
    assert again not in salient(f"{SUBJECT} {again}")
    assert other in salient(f"{SUBJECT} {other}")


def test_the_bullet_of_a_point_is_not_its_text() -> None:
    assert salient(f"- {SUBJECT.replace('. ', '.' + chr(10) + '- ')}") == WHOLE


def test_a_bibliography_is_no_list_of_points() -> None:
    works = "\n".join(
        f"{n}. Smith, A. Trams of {n}. https://example.org/{n}. Accessed on 1 May 2024." for n in range(1, 9)
    )
    found = digest(Document("a.md", "A", f"{SUBJECT}\n\nMore was written on it elsewhere.\n\n{works}"))
    assert not found.numbered


def test_a_short_list_in_a_long_text_is_not_its_points() -> None:
    text = f"{SUBJECT}\n\n" * 6 + "Two depots:\n\n1. Strelsau\n2. Zenda"
    assert not digest(Document("a.md", "A", text)).numbered


@given(st.text(alphabet=st.sampled_from('abcdefg AB.!?\n"“”-•:123。；电车销量About'), max_size=600))
def test_points_are_places_in_order_apart(text: str) -> None:
    spans = find_salient(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("name", sorted(json.loads(GOLDEN.read_text("utf-8"))))
def test_our_own_documents_have_the_points_that_were_judged(name: str) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    (found,) = score(SHIPPED / "documents", {name: golden[name]})
    assert found.known, found.label
    assert found.same == found.points, found.label


@pytest.mark.parametrize("name", sorted(json.loads(GOLDEN.read_text("utf-8"))))
def test_a_point_of_our_own_documents_is_whole_sentences(name: str) -> None:
    document = read_document(SHIPPED / "documents", name)
    ends = {end for _, end in find_sentences(document.text)}
    assert all(point.end in ends for point in digest(document).points)
