"""What stands above a table: its title rows, its sheet's name, its caption, its document's title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents import Document, Table
from index.figures.agents import reporting_firm
from index.figures.cells import COMPANIES, REGIONS, is_unit, unit_alone
from index.figures.headers import AS_OF, find_titled
from index.figures.layout import Layout
from index.figures.scales import find_table_unit, read_unit, without_unless
from index.language import periods
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, find_metrics, find_objects
from index.language.periods import Period
from index.lookup.terms import find_terms

Pairs = tuple[tuple[str, str], ...]
LONGEST = 200
_SAYS_NOTHING = re.compile(
    r"\W*(?:(?:by|per|nach|par|por)\s+[\w ]+|(?:table|tabelle|figure|表)\s*\d*|(?:source|note|notes|as of|published"
    r"|updated|unit|units|in|all figures)\b.*|(?:sheet|tabelle|data|table|工作表)\s?\d*|单位.*|来源.*|\d[\d\s/.-]*)\W*",
    re.I | re.S,
)
"""A line above a table that does not say what its numbers are."""
_NUMBERED = re.compile(
    r"^\s*(?:(?:table|tab\.|tabelle|exhibit|表)\s*[\dA-Z.]*\s*[:.–—-]?|\d+(?:\.\d+)*[.:])\s+(?=\S)", re.I
)
_BY = re.compile(
    r",?\s+(?:by|nach)\s+(?:[a-z]+ ){0,3}?[a-z]+(?:\s?[&/,]\s?[a-z]+)?"
    r"(?=\W*$|\s*[,;:(–—-]|\s+(?:in|for|of|since|from)\b)",
    re.I,
)
_BRACKET = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_EACH = re.compile(
    r"^(?:(?:monthly|quarterly|annual|yearly|weekly|latest|top\s\d+)\s+)+"
    r"|[,;:–—-]\s*(?:(?:monthly|quarterly|yearly|weekly)(?=\s*(?:[,;]|$))|end of (?:period|year|month)"
    r"|year[ -]end|(?:(?:monthly|quarterly|annual|simple|weighted)\s)?averages?|preliminary|provisional"
    r"|(?:selected|\w+) (?:countries|markets|makers))\b.*$",
    re.I,
)
OF_WHICH = re.compile(r"^\W*(?:of which|o/w|thereof|incl(?:uding|\.)|davon|其中)\W*", re.I)
_TAIL = re.compile(r"[\s,;:–—-]+(?:(?:in|of|for|from|to|since|im|en|by|at|the)?\W*)$", re.I)
_VEHICLES = frozenset(
    {"model", "brand", "make", "maker", "oem", "powertrain", "vehicle", "fuel", "车型", "品牌"}
)
_FIRM = re.compile(
    r"(?:[A-Z][\w.&-]*\s){1,3}(?:Motors?|Cells|Energy|Group|Holdings?|Automotive|Auto|Technologies|Batteries|Power"
    r"|Charging|N\.V\.|AG|SE|plc|Inc\.?|Ltd\.?|Corp\.?|GmbH)"
)
_ELSEWHERE = ("region", "company")
_PLACED = ("region", "company", "powertrain", "chemistry")


@dataclass(frozen=True, slots=True)
class Topic:
    """What all the numbers of a table are, as far as the words above it say."""

    context: str = ""
    """The words where a metric may stand."""
    metric: str = ""
    """A key of the catalogue that they name."""
    dimensions: Pairs = ()
    """What that metric's words imply."""
    subject: str = ""
    """What the table is about, in its own words."""
    pairs: Pairs = ()
    """The one region, firm, drive or chemistry that they name."""
    period: Period | None = None
    measure: str = ""
    """The last word of a title that names several things alike: "prices" of "Nickel and cobalt prices"."""
    objects: tuple[str, ...] = ()
    """What it says is counted: "NEV" of "NEV production and sales"."""
    heading: str = ""
    """The words by which its cells are found, too."""


def read_topic(document: Document, table: Table, layout: Layout, catalogue: Catalogue) -> Topic:
    """What the words above a table say of it."""
    lines = above(document, table, layout)
    names = {layout.names[n] for n in layout.labels}
    plain = [plain_title(line) for line in lines]
    telling = [(line, words) for line, words in zip(lines, plain, strict=True) if len(words) > 3]
    context, metric, measure, part, own = "", "", "", "", False
    dimensions: Pairs = ()
    for line, words in telling:
        if OF_WHICH.match(words):
            part = OF_WHICH.sub("", words).casefold()
            continue
        if own and line == document.title and not _names(layout, words, catalogue):
            break
        if _LASTING.search(words):
            break
        found = find_metrics(words, catalogue) or find_metrics(line, catalogue)
        if not found and names & _VEHICLES and not find_metrics(words, catalogue):
            found = find_metrics(f"vehicle {words}", catalogue)
        if found and _WITH_RESULTS.search(words):
            break
        if len({one.key for one in found}) > 1 or _several(words):
            measure = words.split()[-1]
            break
        if found:
            context, metric, dimensions = line, found[0].key, tuple(found[0].dimensions)
            break
        if table.end:
            break
        own = own or _is_own_sheet(document, line, words)
    telling = [one for one in telling if not (part and metric and OF_WHICH.match(one[1]))] or telling
    line, subject = telling[0] if telling else ("", "")
    objects = [one.text for one in find_objects(context or line, catalogue)]
    titles = [one for one, _ in telling if one in layout.titles]
    places = [context or line, *titles, table.sheet, *([] if table.end else [document.title])]
    pairs = _pairs(places, names, document if table.end else None)
    pairs = (*pairs, ("kind", part)) if part and metric else pairs
    return Topic(
        context or line, metric, dimensions, subject.casefold(), pairs, find_titled(line), measure, tuple(objects),
        " ".join(dict.fromkeys(filter(None, (context, line, table.sheet)))),
    )  # fmt: skip


_LASTING = re.compile(
    r"\b(?:time|days|weeks|months|hours|minutes) (?:to|until|till|on|before|from|in|of|spent)\b", re.I
)
"""How long something takes, whatever it is: days to sale."""


_WITH_RESULTS = re.compile(
    r"(?:\band|&|,)\s+(?:\w+\s)?(?:results?|profits?|income|earnings|expenses|costs|margins?|assets|liabilities"
    r"|cash\s?flows?|ebit(?:da)?)\b",
    re.I,
)
"""A title of a statement of several things: a column in its own words is no kind of the first of them."""


def _is_own_sheet(document: Document, line: str, words: str) -> bool:
    """Whether a line of a sheet among others says another thing than the workbook's title: "Days on lot"."""
    sheets = {table.sheet for table in document.tables}
    if len(sheets) < _SHEETS or line == document.title or is_unit(words):
        return False
    return len(words.split()) > 1 and not find_dimensions(words) and not AS_OF.search(line)


_SHEETS = 2


def _names(layout: Layout, title: str, catalogue: Catalogue) -> bool:
    """Whether a header says the thing that a workbook's title is about: "HPC points" under charging points."""
    found = find_metrics(title, catalogue)
    known = catalogue.get(found[0].key) if found else None
    return known is not None and find_terms(known.name)[-1] in find_terms(" ".join(layout.header))


def _several(words: str) -> bool:
    """Whether a title names several of what a metric is of one: nickel and cobalt."""
    minerals = {one.value for one in find_dimensions(words) if one.name == "mineral"}
    return len(minerals) > 1


def above(document: Document, table: Table, layout: Layout) -> list[str]:
    """The lines that may say what a table is about, the likeliest first."""
    if table.end:
        return [*layout.titles, *caption(document, table), *_heading(document, table), document.title]
    return [*layout.titles, table.sheet, document.title]


def caption(document: Document, table: Table) -> list[str]:
    """The short line that stands before a table in a document's text."""
    before = document.text[: table.start].rstrip().rpartition("\n")[2] if table.end else ""
    return [before] if before and len(before) <= LONGEST else []


def find_unit(lines: list[str], layout: Layout) -> str:
    """The unit of all the numbers: "GWh" of "Shipments by maker, GWh", "EUR million" over the rows' labels.

    A title of nothing but a unit may stand anywhere above, and have more words behind it: "Thousand units; source: …".
    """
    corner = layout.header[0] if layout.header else ""
    if said := unit_alone(corner) or find_table_unit([corner]) or _one_unit(list(_units_said(corner))):
        return said
    for n, line in enumerate(lines):
        if n >= _UNIT_WITHIN and line not in layout.titles:
            continue
        if plain := unit_alone(line):
            return plain
        if said := _one_unit(list(dict.fromkeys(_units_said(line)))):
            return said
    return ""


def _one_unit(found: list[str]) -> str:
    """The unit that the pieces of a line say, one or a scale beside it: "EUR, millions"; "" where they say several."""
    scales = [one for one in found if not read_unit(one)[1]]
    if len(found) == len(scales) + 1 == _PAIR and not read_unit(next(o for o in found if o not in scales))[0]:
        return " ".join(sorted(found, key=scales.__contains__))
    return found[0] if len(found) == 1 else ""


_PAIR = 2
_UNIT_WITHIN = 2
"""Lines that may say a unit among other words, though they are no titles of the table's own."""
_PIECES = re.compile(r"[,;(（)）\[\]]| – |(?<!Mio)(?<!Mrd)(?<!Tsd)\.\s+(?=[A-Z])|(?<=\w)[.:]$")


def _units_said(line: str) -> Iterator[str]:
    """The pieces of a line that are units; the first only with a scale, as "Vehicles, 2024" are what is counted."""
    for n, part in enumerate(_PIECES.split(without_unless(line))):
        piece = _BY.sub("", part).strip()
        if whole := unit_alone(piece):
            if n or read_unit(whole)[0]:
                yield whole
        else:
            yield from filter(is_unit, re.split(r"\sin\s", piece, flags=re.I)[1:])


def _without_units(line: str) -> str:
    """A line without the pieces that are units: "in millions of Swiss francs" is of no country."""
    units = [piece for piece in _PIECES.split(line) if unit_alone(piece)]
    return line if not units else " ".join(piece for piece in _PIECES.split(line) if piece not in units)


def _heading(document: Document, table: Table) -> list[str]:
    """The heading that a table stands under; of one that says a part, "Of which fast", also the one before."""
    last = [mark.value for mark in document.marks if mark.kind == "heading" and mark.start <= table.start]
    own = [path.rpartition(" › ")[2] for path in last[:-3:-1]]
    return own if own and OF_WHICH.match(own[0]) else last[-1:]


def plain_title(line: str) -> str:
    """A title without its number, its unit, its period and what it is parted by: "Deliveries" of "Table 2.
    Deliveries by model, October 2025 (units)"."""
    text = _BRACKET.sub(" ", _NUMBERED.sub("", line))
    if _SAYS_NOTHING.fullmatch(text) or unit_alone(line):
        return ""
    text = _without_periods(text)
    text = _EACH.sub("", text.strip())
    head, comma, tail = text.rpartition(",")
    if comma and is_unit(without_unless(_BY.sub("", tail))):
        text = head
    text = re.sub(r"\s+in\s+(\S+(?:\s\S+)?)\s*$", lambda m: "" if is_unit(m[1]) else m[0], text)
    text = _TAIL.sub("", _BY.sub("", _TAIL.sub("", text)))
    return "" if _SAYS_NOTHING.fullmatch(text) else " ".join(text.split())


def _without_periods(text: str) -> str:
    masked = list(text)
    for one in periods.find_periods(text, today=None):
        masked[one.start : one.end] = " " * (one.end - one.start)
    return re.sub(r"\b(?:19|20)\d\d\b", " ", "".join(masked))


def _pairs(lines: list[str], names: set[str], document: Document | None) -> Pairs:
    """The one value of each dimension that the nearest line names which names any."""
    pairs: dict[str, str] = {}
    several: set[str] = set()
    for n, line in enumerate(lines):
        found: dict[str, set[str]] = {}
        for one in find_dimensions(_without_units(line)):
            if one.name in (_PLACED if n == 0 else _ELSEWHERE) and one.name not in {*pairs, *several}:
                found.setdefault(one.name, set()).add(one.value)
        pairs.update((name, values.pop()) for name, values in found.items() if len(values) == 1)
        several |= {name for name, values in found.items() if values and name not in pairs}
    if names & REGIONS:
        pairs.pop("region", None)
    if names & COMPANIES:
        pairs.pop("company", None)
    elif document and "company" not in several and not names & REGIONS and (firm := _firm(document)):
        pairs.setdefault("company", firm)
    return tuple(pairs.items())


def _firm(document: Document) -> str:
    """The firm that a document is of: "Borealis Cells" of "Borealis Cells: order intake 2025"."""
    head, colon, _ = document.title.partition(":")
    return reporting_firm(document.title, document.publisher) or (
        head.strip() if colon and _FIRM.fullmatch(head.strip()) else ""
    )
