from __future__ import annotations

import re
import tomllib
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from index.documents import Document
from index.errors import CorpusError
from index.passages import split
from index.reading import is_content, read
from index.reading.facts import Facts, find_dateline, find_facts, parse_day
from index.reading.languages import find_language

CASES = tomllib.loads((Path(__file__).parents[1] / "tables" / "reading.toml").read_text("utf-8"))["case"]


def read_source(folder: Path, name: str, source: str | bytes, facts: Facts | None = None) -> Document:
    path = folder / name
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return read(path, id=name, facts=facts or find_facts(path, folder))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_text_as_read(case: dict[str, Any], tmp_path: Path) -> None:
    document = read_source(tmp_path, case["name"], case["source"])
    assert document.text == case["text"]
    assert [[list(row) for row in table.cells] for table in document.tables] == (
        [case["cells"]] if "cells" in case else []
    )
    for table in document.tables:
        assert len(document.text[table.start : table.end].split("\n")) == len(table.cells)


def test_headings_are_marked_with_their_path(tmp_path: Path) -> None:
    document = read_source(tmp_path, "a.md", "# A\n\nx\n\n## B\n\ny\n\n### C\n\n## D\n\nz")
    assert [(m.value, document.text[m.start]) for m in document.marks] == [
        ("A", "A"), ("A › B", "B"), ("A › B › C", "C"), ("A › D", "D")]  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252", "big5"]
)
def test_any_encoding(encoding: str, tmp_path: Path) -> None:
    text = "今年7月，新能源車產銷量分別為9.0萬輛和8.4萬輛，同比分別增長53.6%和47.7%。中國的電池產量也在增長。"
    if encoding == "gb18030":
        text = "今年7月，新能源汽车产销量分别为9.0万辆和8.4万辆，同比分别增长53.6%和47.7%。中国的电池产量也在增长。"
    elif encoding == "cp1252":
        text = "Der Absatz stieg in Köln um 12 % – auf 3,4 Millionen €. Für Käufer gibt es “neue” Prämien."
    assert read_source(tmp_path, "a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Absatz stieg in Köln für alle."),
        ("cp1252", "Les ventes ont augmenté à Orléans, où l’été fut très chaud, déjà."),
        ("cp1252", "Las ventas subieron un 12 % en España según la asociación."),
        ("cp1252", "Salget økte på året, sa Ås kommune, og det er bra for Tromsø."),
        ("cp1250", "Sprzedaż wzrosła w październiku o 12 %; produkcja też."),
        ("cp1250", "Prodej elektromobilů v říjnu vzrostl, uvedlo sdružení, které je v Praze."),
        ("iso8859_2", "Zdolność produkcyjna w Łodzi wynosi 86 GWh, też w październiku."),
        ("iso8859_2", "Prodej v říjnu vzrostl, uvedlo sdružení, které je v Praze a má též větší číslo."),
        ("cp1251", "Продажи выросли, сообщает ассоциация."),
        ("koi8-r", "Продажи выросли, сообщает ассоциация."),
        ("shift_jis", "十月の販売は三十八万台でした。テスト"),
        ("utf-16-le", "晨屿科技季度简报\n\n员工人数为五千六百人。"),
        ("utf-16-be", "晨屿科技2023年出货量为21.7吉瓦时，同比增长42%。"),
        ("euc-kr", "판매량이 증가했다고 협회가 밝혔다"),
        ("euc-kr", "연도,판매량 2024,147000"),
        ("shift_jis", "年月,販売台数（台） 2024-01,10200"),
        ("euc-jp", "全固体電池の量産は2027年。"),
        ("big5", "月份,電動車銷量（輛） 2024-01,2200"),
        ("gb18030", "月份,新能源汽车销量（万辆） 2024-01,72.9"),
        ("iso2022_jp", "全固体電池の量産は2027年。"),
        ("iso2022_kr", "전고체 배터리를 양산한다."),
        ("gb18030", "The battery’s price — “too high”, they said — fell…"),
        ("big5", "The battery’s price, “too high”, fell."),
        ("cp1252", "¡Viva! ¿Qué? Sí."),
        ("cp1251", "Год,Продажи 2024,17800"),
        ("cp1250", "Rok,Sprzedaż Łódź,3 Kraków,4"),
        ("cp1252", "Größe,Preis Köln,3"),
    ],
)
def test_short_texts_in_old_encodings(encoding: str, text: str, tmp_path: Path) -> None:
    assert read_source(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_a_page_that_says_the_wrong_encoding(tmp_path: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>十月销量为38.3万辆。</p></body></html>'
    assert read_source(tmp_path, "a.html", page).text == "十月销量为38.3万辆。"
    assert read_source(tmp_path, "b.html", page.replace("iso-8859-1", "gb2312").encode("gb2312")).text == (
        "十月销量为38.3万辆。")  # fmt: skip


def test_entities_of_a_page_are_not_read(tmp_path: Path) -> None:
    kind = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = f"{kind}<html><body><p>A &x;.</p></body></html>"
    assert read_source(tmp_path, "a.xhtml", page).text == "A &x;."


def test_letters_that_are_forwarded_are_read(tmp_path: Path) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    for message, name, day in ((inner, "Bob", "1"), (outer, "Ada", "4")):
        message["Subject"], message["From"] = f"Of {name}", f"{name} <a@example.org>"
        message["Date"] = f"{day} Nov 2021 10:00:00 +0000"
    inner.set_content("Words of Bob.", charset="gb2312")
    outer.set_content("See below.")
    outer.add_attachment(inner)
    document = read_source(tmp_path, "a.eml", bytes(outer))
    assert document.text == "Of Ada\n\nSee below.\n\nOf Bob\n\nBob · 2021-11-01\n\nWords of Bob."
    assert [mark.value for mark in document.marks] == ["Of Ada", "Of Ada › Of Bob"]
    assert (document.published, document.warnings) == (date(2021, 11, 4), ())


def test_a_letter_with_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Sales"
    message.set_content("Month Sales Oct 383,000")
    message.add_alternative(
        "<table><tr><td>Month<td>Sales</tr><tr><td>Oct<td>383,000</tr></table>", subtype="html"
    )
    (table,) = read_source(tmp_path, "a.eml", bytes(message)).tables
    assert table.cells == (("Month", "Sales"), ("Oct", "383,000"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("It was 1 GW.\n\nOn Mon, 5 Aug 2024 at 18:02, Ana <a@b.org>\nwrote:\n> I believe 9 GW.\n> A.\n", "plain"),
        ("It was 1 GW.\n\nAm 05.08.2024 um 18:02 schrieb Ana:\n> I believe 9 GW.\n", "plain"),
        ("It was 1 GW.\n\n-----Original Message-----\nFrom: Ana\n\nI believe 9 GW.\n", "plain"),
        ("It was 1 GW.\n\nVon: Ana <a@b>\nGesendet: Sonntag, 12. Mai 2024\nAn: Ben\n\nI believe 9 GW.\n", "plain"),
        ("It was 1 GW.\n\n*From:* Ana <a@b>\n*Sent:* Sunday\n*To:* Ben\n\nI believe 9 GW.\n", "plain"),
        ("It was 1 GW.\n\nDe : Ana <a@b>\nÀ : Ben\nEnvoyé : lundi 13 mai\n\nI believe 9 GW.\n", "plain"),
        ("<p>It was 1 GW.</p><div>On 5 Aug 2024, Ana wrote:</div><blockquote>I believe 9 GW.</blockquote>", "html"),
    ],
)  # fmt: skip
def test_what_a_letter_quotes_is_under_a_heading_of_its_own(tmp_path: Path, body: str, kind: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Solar", "Ben <b@example.org>"
    message.set_content(body, subtype=kind)
    passages = split(read_source(tmp_path, "a.eml", bytes(message)))
    quoted = [passage for passage in passages if re.search("Ana|Original", passage.heading)]
    assert ["9 GW" in passage.text for passage in passages] == [passage in quoted for passage in passages]
    assert quoted and "1 GW" in passages[0].text


@pytest.mark.parametrize(
    "foot",
    [
        "You receive this e-mail as you subscribed. Unsubscribe | Manage preferences\n\nVolta Weekly, 1 High Street",
        "Newsletter abbestellen\n\nVolta GmbH",
        "退订",
    ],
)
def test_the_foot_of_a_newsletter_is_left_out(tmp_path: Path, foot: str) -> None:
    message = EmailMessage()
    message["Subject"] = "Weekly"
    message.set_content(
        f"Members may unsubscribe from the grid, said Volta.\n\n{'It rose to 5 GWh. ' * 40}\n\n{foot}\n"
    )
    text = read_source(tmp_path, "a.eml", bytes(message)).text
    assert text.startswith("Weekly\n\nMembers may unsubscribe") and text.endswith("5 GWh.")


@pytest.mark.parametrize(
    "words", ["Please unsubscribe me.", "Members may unsubscribe from the grid; 5 GWh did."]
)
def test_who_writes_of_unsubscribing_is_heard(tmp_path: Path, words: str) -> None:
    message = EmailMessage()
    message["Subject"] = "Weekly"
    message.set_content(f"Hello,\n\n{words}\n\nIt rose to 5 GWh.\n")
    assert words in read_source(tmp_path, "a.eml", bytes(message)).text


def test_lines_pasted_from_a_sheet_are_a_table(tmp_path: Path) -> None:
    source = "Sales of bikes\n\nMonth\tSales\nJan 2024\t10,500\nFeb 2024\t11,200\n\nIn units.\tNo table."
    document = read_source(tmp_path, "a.txt", source)
    (table,) = document.tables
    assert table.cells == (("Month", "Sales"), ("Jan 2024", "10,500"), ("Feb 2024", "11,200"))
    assert document.title == "Sales of bikes"


def test_a_table_within_a_cell_of_a_table_is_words_of_it(tmp_path: Path) -> None:
    page = """<table><tr><td>Menu</td><td><h1>Wind</h1><p>It blew in every month of the year, said the office.</p>
    <table><tr><th>Year<th>Power (GW)<tr><td>2022<td>4.78<tr><td>2023<td>4.80 <table><tr><td>note<td>1</table></table>
    <p>More turbines stand in the west than in the east, where there are hills.</p></td></tr></table>"""
    (table,) = read_source(tmp_path, "a.html", page).tables
    assert table.cells == (("Year", "Power (GW)"), ("2022", "4.78"), ("2023", "4.80 note 1"))


@pytest.mark.parametrize(
    "line", ["Published 12 March 2024 by the office.", "Last updated: March 12, 2024.", "Stand 12.3.2024."]
)
def test_a_sentence_that_says_when_it_was_published_dates_a_text(tmp_path: Path, line: str) -> None:
    assert read_source(tmp_path, "a.txt", f"Outlook\n\n{line}\n\nSales rose.").published == date(2024, 3, 12)


def test_lines_in_capitals_head_what_follows_and_a_kind_of_text_is_no_title(tmp_path: Path) -> None:
    line = (
        "Registrations of heavy trucks reached {} units in September, and those of vans rose as well, as the"
    )
    lines = "\n".join(line.format(n) for n in (1284, 2107, 3119))
    title = "Monthly bulletin of the makers of commercial vehicles in Central Europe and their importers"
    head = f"PRESS RELEASE\n{title}\nReleased in Linz on 14 October 2025"
    source = f"{head}\n\nBY COUNTRY\n\n{lines}\nassociation says.\n\nBY MAKE\n\n{lines}\nassociation adds."
    document = read_source(tmp_path, "a.txt", source)
    assert document.published == date(2025, 10, 14)
    assert document.title == title
    assert [mark.value for mark in document.marks if mark.kind == "heading"] == ["BY COUNTRY", "BY MAKE"]


def test_front_matter_beside_and_listed(tmp_path: Path) -> None:
    (tmp_path / "sources.tsv").write_text("file\ttitle\tpublished\ta\na.md\tListed\t~2020-11 (inferred)\tx\n")
    source = "---\ntitle: 'Front: matter'\nauthor: Joe\nyear_of_figures: 2019\n---\n# H\n\nText."
    document = read_source(tmp_path, "a.md", source)
    assert (document.title, document.published, document.published_known, document.year_of_figures) == (
        "Listed", date(2020, 11, 1), "inferred", 2019)  # fmt: skip
    assert (document.text, document.publisher) == ("H\n\nText.", "Joe")
    (tmp_path / "a.md.toml").write_text(
        'title = "Beside"\npublished = 2021-02-03\nmetric = "nev_sales"\nedition = "ours"'
    )
    beside = find_facts(tmp_path / "a.md", tmp_path)
    assert (beside.title, beside.published, beside.edition) == ("Beside", date(2021, 2, 3), "ours")
    assert dict(beside.settings)["metric"] == "nev_sales"
    toml = read_source(tmp_path, "b.md", '+++\ntitle = "T"\naccess = "board"\n+++\nText.')
    assert (toml.title, toml.access, toml.text) == ("T", "board", "Text.")


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("a.md", "---\ntitle: a: b: c\n---\nx", "front matter"),
        ("a.md", "---\npublished: soon\n---\nx", "no date"),
        ("a.md", "---\nedition: mine\n---\nx", "edition"),
        ("a.txt", "", "no text"),
        ("a.txt", b"\x00\x01\x02\x03\x04\x05" * 9, "not text"),
        ("a.html", "<nav>only</nav>", "no text"),
        ("a.exe", "MZ", "can't be read"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, source: str | bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=words):
        read_source(tmp_path, name, source)


def test_a_page_states_its_facts(tmp_path: Path) -> None:
    page = """<html lang="de-DE"><head><title>x</title><meta property="og:title" content="Die Zahlen">
    <meta property="article:published_time" content="2021-11-10T08:00:00Z"><link rel="canonical" href="https://e.org/a">
    <meta property="og:site_name" content="E"></head><body><article><p>Text.</p></article></body></html>"""
    document = read_source(tmp_path, "a.html", page)
    assert (document.title, document.published, document.published_known) == (
        "Die Zahlen",
        date(2021, 11, 10),
        "given",
    )
    assert (document.source, document.publisher, document.language) == ("https://e.org/a", "E", "de")


@pytest.mark.parametrize("head", ["Press release", "q3-2025.htm", "Untitled document", "Home", ""])
@pytest.mark.parametrize("line", ["<h1>Volta's third quarter</h1>", "<div>Volta's third quarter</div>"])
def test_a_page_that_names_itself_by_nothing(head: str, line: str, tmp_path: Path) -> None:
    page = f"<title>{head}</title><body>{line}<div>Sales rose to 5 GWh, said the firm.</div></body>"
    assert read_source(tmp_path, "a.html", page).title == "Volta's third quarter"


def test_a_filing_says_whose_it_is_and_of_when(tmp_path: Path) -> None:
    said = {"EntityRegistrantName": "Volta Cells, Inc.", "DocumentType": "10-Q", "DocumentFiscalYearFocus": "2025",
            "DocumentFiscalPeriodFocus": "Q3"}  # fmt: skip
    facts = "".join(f"<ix:nonNumeric name='dei:{key}'>{value}</ix:nonNumeric>" for key, value in said.items())
    page = (
        f"<title>vlt-20250930.htm</title><div style='display:none'>{facts}</div><p>Sales rose to 5 GWh.</p>"
    )
    document = read_source(tmp_path, "a.html", page)
    assert (document.title, document.publisher) == ("Volta Cells, Inc. 10-Q Q3 2025", "Volta Cells, Inc.")
    assert document.text == "Sales rose to 5 GWh."


@pytest.mark.parametrize(
    ("value", "day", "known"),
    [
        ("2021-11-04", date(2021, 11, 4), "given"),
        ("2025-05", date(2025, 5, 1), "given"),
        ("~2024 (inferred)", date(2024, 1, 1), "inferred"),
        ("4 November 2021", date(2021, 11, 4), "given"),
        ("D:20210405103005+02'00'", date(2021, 4, 5), "given"),
        ("", None, "unknown"),
        ("2021-13-45", None, "unknown"),
    ],
)
def test_days_as_people_write_them(value: str, day: date | None, known: str) -> None:
    assert parse_day(value) == (day, known)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04 December 2021\n\nLithium", date(2021, 12, 4)),
        ("Thursday, 13 January 2022 13:41:56 (GMT+3) | Shanghai\n\nIn 2021", date(2022, 1, 13)),
        ("By Thomson Reuters May 29, 2024 | 4:05 AM", date(2024, 5, 29)),
        ("2022年1月16日", date(2022, 1, 16)),
        ("Sales until 4 May 2021 were lower than before.", None),
        ("Battery Ledger, 9 April 2025. The questions were put by Owen Pritchard.", date(2025, 4, 9)),
        (
            "Daejeon, South Korea, 19 May 2025 - Oriel Solid Power today started its first pilot line.",
            date(2025, 5, 19),
        ),
        ("Founded by two brothers on 3 May 2010. It has grown since.", None),
        ("Results\n\nMUNICH, Oct. 22, 2025 (GLOBE NEWSWIRE) -- Oriel AG today reported.", date(2025, 10, 22)),
        ("SHENZHEN, China, Oct. 22, 2025 /PRNewswire/ -- Oriel today reported.", date(2025, 10, 22)),
        ("（北京，2025年10月22日）公司今日公布三季度营收。", date(2025, 10, 22)),
        ("München, 22. Oktober 2025 – Die Oriel AG meldet einen Umsatz.", date(2025, 10, 22)),
        ("Paris, le 22 octobre 2025 – Oriel annonce son chiffre.", date(2025, 10, 22)),
        ("Informe\n\n22 de octubre de 2025", date(2025, 10, 22)),
        ("22/10/2025", date(2025, 10, 22)),
        ("Market note\n\nMarch 2025\n\nSales rose in April 2024.", date(2025, 3, 1)),
        ("Marktbericht\n\nMärz 2025", date(2025, 3, 1)),
        ("Sales\n\nMarch 2025\n\nApril 2025\n\n3", None),
        ("Ann Lee\nDate of birth 26 June 1968", None),
        ("Report\nJanuary 1, 2012 - December 31, 2012", None),
        ("Three months ended September 30, 2025", None),
        ("Founded 3 May 2010", None),
        ("Effective Date: January 1, 2024", None),
        ("Bericht\n\nBerlin, März 2025", date(2025, 3, 1)),
    ],
)
def test_datelines(text: str, day: date | None) -> None:
    assert find_dateline(text) == day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今年7月", "zh"), ("Sales", ""), ("これは電池です", "ja"), ("배터리 산업", "ko"), ("", ""),
        ("Der Absatz stieg im Mai um 12 % und lag bei 45.495, wie das Amt mitteilte.", "de"),
        ("Le prix des cellules est tombé à 52 € par kWh en mai, et la hausse est finie.", "fr"),
        ("Las ventas subieron un 12 % en el mes, según la asociación, y se espera más.", "es"),
        ("Il prezzo delle celle è sceso e la domanda è salita nel mese di maggio, con più vendite.", "it"),
        ("Sprzedaż wzrosła w maju, a udział w rynku spadł do 12 % i jest niski przez cały rok.", "pl"),
        ("Der Spiegel and Die Zeit wrote that the plant in Salzgitter is to open in May.", ""),
        ("CATL 2024 BYD 2025 LG Energy Solution", ""),
    ],
)  # fmt: skip
def test_language_by_script_or_small_words(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.md", True), ("README.md", False), ("LICENSE", False), ("Licence.txt", False), ("ORIGIN.md", False),
     ("sources.tsv", False), ("a.csv.toml", False), (".hidden.md", False), ("~$report.docx", False),
     ("original.md", True), ("readme-first.md", False)],
)  # fmt: skip
def test_what_is_never_content(name: str, content: bool) -> None:
    assert is_content(Path(name)) is content
