"""The library: what people add, replace and remove."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorpusError
from index.library import Library, safe_name, watch
from index.likeness import likeness, sketch
from index.reading.facts import find_facts

TEXT = " ".join(f"Sales of month {n} rose to {n * 1000:,} vehicles, said the association." for n in range(60))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "library").mkdir()
    return Library(tmp_path / "library")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with a note, a table's sidecar, a file that can't be read, and what is never content."""
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "Note: A?.md").write_text("# Sales\n\nRose.")
    (folder / "broken.pdf").write_bytes(b"%PDF")
    (folder / "README.md").write_text("never")
    (folder / "sources.tsv").write_text("file\ttitle\tpublished\nlisted.txt\tListed\t~2020-11 (inferred)\n")
    (folder / "listed.txt").write_text("Sales fell.")
    return folder


def test_a_folder_is_copied_with_what_is_known_of_its_files(library: Library, notes: Path) -> None:
    done = {one.source.name: one for one in library.add([notes])}
    assert {name: one.state for name, one in done.items()} == {
        "Note: A?.md": "added", "broken.pdf": "refused", "listed.txt": "added"}  # fmt: skip
    assert library.names() == ("notes/deep/Note A.md", "notes/listed.txt")
    assert "broken.pdf" in done["broken.pdf"].why
    assert (
        library.folder / "notes/listed.txt.toml"
    ).read_text() == 'title = "Listed"\npublished = "~2020-11-01"\n'


def test_what_is_held_is_not_added_again(library: Library, notes: Path) -> None:
    path = notes / "listed.txt"
    assert [one.state for one in library.add([path, path])] == ["added", "held"]
    other = notes / "deep" / "renamed.txt"
    other.write_bytes(path.read_bytes())
    (one,) = library.add([other])
    assert (one.state, one.name) == ("held", "listed.txt")
    path.write_text("Sales fell again.")
    (one,) = library.add([path])
    assert one.state == "refused"
    assert "seminar replace listed.txt" in one.why


def test_near_copies_are_noticed(library: Library, tmp_path: Path) -> None:
    for name, text in [
        ("a.txt", TEXT),
        ("b.txt", TEXT.replace("month 7 ", "July ")),
        ("c.txt", "Something else."),
    ]:
        (tmp_path / name).write_text(text)
    alike = [one.alike for one in library.add([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")])]
    assert [[name for name, _ in found] for found in alike] == [[], ["a.txt"], []]
    assert 0.8 < alike[1][0][1] < 1


def test_what_replaces_another_is_compared_with_the_rest(library: Library, tmp_path: Path) -> None:
    for name, day, text in [
        ("a", "2021-05-01", TEXT),
        ("b", "2022-05-01", "Tea."),
        ("c", "2023-05-01", TEXT),
    ]:
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: Outlook {name == 'b'}\npublished: {day}\n---\n{text}"
        )
    list(library.add([tmp_path / "a.md", tmp_path / "b.md"]))
    found = library.replace("b.md", tmp_path / "c.md")
    assert (found.state, found.supersedes, found.alike) == ("replaced", "a.md", ())
    assert find_facts(library.folder / "b.md", library.folder).supersedes == "a.md"
    (library.folder / "b.md.toml").unlink()
    (tmp_path / "d.md").write_text(f"---\ntitle: Quite another\n---\n{TEXT}")
    assert [name for name, _ in library.replace("b.md", tmp_path / "d.md").alike] == ["a.md"]


def test_replace_and_remove(library: Library, notes: Path) -> None:
    list(library.add([notes]))
    newer = notes / "newer.txt"
    newer.write_text("Sales rose.")
    assert library.replace("listed.txt", newer).name == "notes/listed.txt"
    assert library.find("listed.txt").read_text() == "Sales rose."
    assert library.replace("listed.txt", notes / "broken.pdf").state == "refused"
    assert library.remove("Note A.md") == "notes/deep/Note A.md"
    assert library.names() == ("notes/listed.txt",)
    library.remove("notes/listed.txt")
    assert [path.name for path in library.folder.iterdir()] == [".sketches.json"]


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("own", ["", 'publisher = "B"\n'])
def test_what_is_replaced_keeps_who_may_see_it_and_not_its_date(
    library: Library, tmp_path: Path, ending: str, own: str
) -> None:
    older, newer = tmp_path / "a.txt", tmp_path / f"b.{ending}"
    older.write_text("Sales fell.")
    (tmp_path / "a.txt.toml").write_text(
        'access = "board"\npublished = "2020-11-01"\npublisher = "A"\n\n[units]\nx = "t"\n'
    )
    newer.write_text("Sales rose.")
    if own:
        (tmp_path / f"{newer.name}.toml").write_text(own)
    list(library.add([older]))
    assert library.replace("a.txt", newer).name == f"a.{ending}"
    facts = find_facts(library.folder / f"a.{ending}", library.folder)
    assert (facts.access, facts.published, facts.publisher) == ("board", None, "B" if own else "A")
    assert library.names() == (f"a.{ending}",)


def test_a_newer_edition_supersedes(library: Library, notes: Path) -> None:
    newer = notes / "newer.txt"
    newer.write_text("Sales rose.")
    with pytest.raises(CorpusError, match="nothing can supersede"):
        list(library.add([newer], supersedes="listed.txt"))
    list(library.add([notes / "listed.txt"]))
    list(library.add([newer], supersedes="listed.txt"))
    assert (library.folder / "newer.txt.toml").read_text() == 'supersedes = "listed.txt"\n'


def test_a_file_that_is_held_can_be_told_to_supersede(library: Library, notes: Path) -> None:
    newer = notes / "newer.txt"
    newer.write_text("Sales rose.")
    list(library.add([notes / "listed.txt", newer]))
    (one,) = library.add([newer], supersedes="listed.txt")
    assert (one.state, one.name, one.supersedes) == ("held", "newer.txt", "listed.txt")
    assert (library.folder / "newer.txt.toml").read_text() == 'supersedes = "listed.txt"\n'
    (again,) = library.add([newer], supersedes="listed.txt")
    assert again.supersedes == ""


def test_a_newer_edition_is_found_by_title_date_and_text(library: Library, tmp_path: Path) -> None:
    for name, day, text in [
        ("b.md", "2022-05-01", TEXT),
        ("c.md", "2023-05-01", TEXT.replace("rose", "fell")),
        ("a.md", "2021-05-01", TEXT.replace("month 7 ", "July ")),
        ("minutes.md", "2024-05-01", "Quite another text of the same title."),
    ]:
        (tmp_path / name).write_text(f"---\ntitle: Outlook\npublished: {day}\n---\n{text}")
    added = {one.name: one for one in library.add([tmp_path / f"{n}.md" for n in ("b", "c", "a", "minutes")])}
    assert {name: (one.supersedes, one.superseded_by) for name, one in added.items()} == {
        "b.md": ("", ""), "c.md": ("b.md", ""), "a.md": ("", "b.md"), "minutes.md": ("", "")}  # fmt: skip
    assert (library.folder / "b.md.toml").read_text() == 'supersedes = "a.md"\n'


def test_a_newer_edition_is_seen_by_those_who_see_the_older(library: Library, tmp_path: Path) -> None:
    for name, day, more in [
        ("a", "2021", "access: board\n"),
        ("b", "2022", ""),
        ("c", "2023", "access: all\n"),
    ]:
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: Outlook\npublished: {day}-05-01\n{more}---\n{TEXT}{name}"
        )
    added = list(library.add([tmp_path / f"{name}.md" for name in "abc"]))
    assert [(one.supersedes, one.access) for one in added] == [("", ""), ("a.md", "board"), ("b.md", "")]
    assert find_facts(library.folder / "b.md", library.folder).access == "board"


def test_what_stands_beside_the_library_is_compared_and_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "old.md").write_text(f"---\ntitle: Outlook\npublished: 2021-05-01\n---\n{TEXT}")
    library = Library(tmp_path / "library", (tmp_path / "shipped",))
    copy, newer = tmp_path / "copy.md", tmp_path / "new.md"
    copy.write_bytes((tmp_path / "shipped" / "old.md").read_bytes())
    newer.write_text(f"---\ntitle: Outlook\npublished: 2022-05-01\n---\n{TEXT}")
    one, two = library.add([copy, newer])
    assert (one.state, one.name) == ("held", "old.md")
    assert two.supersedes == "old.md"
    assert sorted(path.name for path in (tmp_path / "shipped").iterdir()) == ["old.md"]


def test_what_is_not_there_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no file"):
        list(library.add([tmp_path / "none.md"]))
    with pytest.raises(CorpusError, match='holds no "none"'):
        library.remove("none")


def test_links_that_lead_out_are_not_followed(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert list(library.add([folder])) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "etc passwd.txt"),
        ("..\\a.md", "a.md"),
        (".hidden.md", "hidden.md"),
        ("CON.txt", "_CON.txt"),
        ("a\x1b[31m\u202eb.PDF", "a [31m b.pdf"),
        ("中国 报告.docx", "中国 报告.docx"),
        ("...", "document"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_every_name_is_made_safe(name: str) -> None:
    safe = safe_name(name)
    assert safe and len(safe.encode("utf-8", "surrogatepass")) <= 200
    assert not set(safe) & set('/\\:*?"<>|\0\n') and not safe.startswith(".")


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share(a: str, b: str) -> None:
    one, two = sketch(a), sketch(b)
    assert 0 <= likeness(one, two) == likeness(two, one) <= 1
    assert likeness(one, one) == bool(one)


def test_watching_yields_once_for_each_change(tmp_path: Path) -> None:
    steps = iter(["", "a", "", "", "b", "c", "", "", "", ""])

    def wait(_: float) -> None:
        if name := next(steps):
            (tmp_path / f"{name}.md").write_text(name)

    changes = watch([tmp_path], wait=wait)
    next(changes)
    assert (tmp_path / "a.md").exists() and not (tmp_path / "b.md").exists()
    next(changes)
    assert (tmp_path / "c.md").exists()


def test_what_goes_away_or_is_no_file_stops_nothing(library: Library, notes: Path) -> None:
    (notes / "b.md").write_text("# Prices\n\nPrices fell.", "utf-8")
    (notes / "c.md").write_text("# Exports\n\nExports rose.", "utf-8")
    adding = library.add([notes])
    next(adding)
    (notes / "b.md").unlink()
    assert {one.name for one in adding if one.state == "added"} >= {"notes/c.md", "notes/listed.txt"}
    os.mkfifo(notes / "d.md")
    assert [one.state for one in library.add([notes / "d.md"])] == ["refused"]
    held = library.names()
    with pytest.raises(CorpusError):
        list(library.add([notes / "c.md", notes / "gone.md"]))
    assert library.names() == held


def test_many_are_compared_in_little_time(library: Library, tmp_path: Path) -> None:
    for n in range(120):
        words = " ".join(f"w{n * m}" for m in range(1, 300))
        (tmp_path / f"{n}.md").write_text(f"# Note {n}\n\n{words}.", "utf-8")
    begun = time.process_time()
    added = [one for one in library.add([tmp_path]) if one.state == "added"]
    assert len(added) == 120
    assert time.process_time() - begun < 10
