"""What office files draw: the numbers of charts of any kind, and the words of diagrams (SmartArt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lxml import etree

from index.reading.draft import Pen, one_line

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ROWS = 5_000
"""Points of a chart that are written."""


def write_drawn(element: Any, part: Any, pen: Pen) -> None:
    """Writes the charts and diagrams of an element that stands in a part of an office file."""
    for one in element.iter(f"{_C}chart", f"{_D}relIds"):
        is_chart = one.tag == f"{_C}chart"
        blob = _blob(part, one.get(f"{_R}id" if is_chart else f"{_R}dm"))
        if blob is None:
            continue
        root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
        if is_chart:
            _write_chart(root, pen)
        else:
            for text, depth in _points(root):
                pen.item(text, depth)
            pen.end_list()


def _blob(part: Any, relation: str | None) -> bytes | None:
    found = part.rels.get(relation)
    return None if found is None or found.is_external else bytes(found.target_part.blob)


def _write_chart(root: Any, pen: Pen) -> None:
    """A chart's title, with what its numbers are in, and its numbers as a table of categories by series."""
    area = root.find(f".//{_C}plotArea")
    if area is None:
        return
    title = _words(root.find(f"{_C}chart/{_C}title"))
    axis = _words(area.find(f"{_C}valAx/{_C}title"))
    epoch = date(1904, 1, 1) if _is_set(root.find(f"{_C}date1904")) else date(1899, 12, 30)
    series = [(_name(one), _labels(one, epoch), _values(one, epoch)) for one in area.iter(f"{_C}ser")]
    if not any(values for _, _, values in series):
        return
    pen.paragraph(f"{title} ({axis})" if title and axis and axis not in title else title or axis)
    names = max((labels for _, labels, _ in series), key=len)
    last = max(max(values, default=-1) for _, _, values in series)
    rows = [["", *(name or title for name, _, _ in series)]]
    for n in range(min(max(last + 1, len(names)), _ROWS)):
        rows.append([names.get(n, ""), *(values.get(n, "") for _, _, values in series)])
    pen.grid(rows, rows)


def _is_set(element: Any) -> bool:
    return element is not None and element.get("val", "1") in ("1", "true")


def _words(title: Any) -> str:
    """The words of a title: its own, or those of the cell that it shows."""
    if title is None:
        return ""
    lines = ["".join(t.text or "" for t in p.iter(f"{_A}t")) for p in title.iter(f"{_A}p")]
    return one_line(" ".join(lines) or " ".join(v.text or "" for v in title.iter(f"{_C}v")))


def _name(series: Any) -> str:
    name = series.find(f"{_C}tx")
    return "" if name is None else one_line(" ".join(v.text or "" for v in name.iter(f"{_C}v")))


def _labels(series: Any, epoch: date) -> dict[int, str]:
    """The names of a series' points; those of several levels from the outermost in."""
    said = series.find(f"{_C}cat")
    said = series.find(f"{_C}xVal") if said is None else said
    levels = [] if said is None else list(said.iter(f"{_C}lvl"))
    if not levels:
        return _cache(said, epoch)
    found = dict(_points_of(levels[0]))
    for level in levels[1:]:
        outer, last = dict(_points_of(level)), ""
        for n in sorted(found):
            last = outer.get(n, last)
            found[n] = f"{last} {found[n]}"
    return found


def _values(series: Any, epoch: date) -> dict[int, str]:
    values = series.find(f"{_C}val")
    return _cache(series.find(f"{_C}yVal") if values is None else values, epoch)


def _cache(source: Any, epoch: date) -> dict[int, str]:
    """The points that a chart keeps, as its number format shows them."""
    if source is None:
        return {}
    form = next((one.text or "" for one in source.iter(f"{_C}formatCode")), "")
    return {n: _shown(text, form, epoch) for n, text in _points_of(source)}


def _points_of(source: Any) -> Iterator[tuple[int, str]]:
    for point in source.iter(f"{_C}pt"):
        index, text = point.get("idx", ""), one_line(point.findtext(f"{_C}v") or "")
        if index.isdigit() and text:
            yield int(index), text


def _shown(text: str, form: str, epoch: date) -> str:
    """A number as its format shows it: a day, a month, a share; else in full."""
    try:
        value = float(text)
    except ValueError:
        return text
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    if "y" in code and "#" not in code and 1 <= value < 200_000:
        day = epoch + timedelta(days=int(value))
        return day.isoformat() if "d" in code else day.strftime("%Y-%m" if "m" in code else "%Y")
    return f"{value * 100:.10g}%" if code.rstrip().endswith("%") else f"{value:.10g}"


def _points(root: Any) -> Iterator[tuple[str, int]]:
    """The words of a diagram's points and how deep each stands, in their order."""
    texts = {
        point.get("modelId"): one_line("".join(t.text or "" for t in point.iter(f"{_A}t")))
        for point in root.iter(f"{_D}pt")
        if point.get("type", "node") in ("node", "asst", "doc")
    }
    under: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(f"{_D}cxn"):
        if link.get("type", "parOf") == "parOf" and link.get("destId") in texts:
            order = link.get("srcOrd", "0")
            under.setdefault(link.get("srcId"), []).append(
                (int(order) if order.isdigit() else 0, link.get("destId"))
            )
    below = {child for children in under.values() for _, child in children}
    waiting = [(one, 0) for one in reversed([one for one in texts if one not in below])]
    seen: set[str] = set()
    while waiting:
        one, depth = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if texts[one]:
            yield texts[one], depth
        deeper = depth + bool(texts[one])
        waiting += [(child, deeper) for _, child in sorted(under.get(one, []), reverse=True)]
