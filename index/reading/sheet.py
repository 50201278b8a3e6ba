"""The sheet of a PDF's page: how it is held, and the lines that are ruled on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

_RULES = 20_000
"""Ruled lines of a page that are looked at; drawings have more."""


class Rule(NamedTuple):
    """A line that is drawn: across from x0 to x1 where `top == bottom`, else down."""

    x0: float
    top: float
    x1: float
    bottom: float


class Turn:
    """From the file's co-ordinates (upwards from the bottom left) to ours."""

    def __init__(self, page: Any, way: int = 0) -> None:
        left, bottom, right, top = page.get_bbox()
        self.left, self.right, self.low, self.high = left, right, bottom, top
        self.rotation = (page.get_rotation() - way) % 360
        across, up = right - left, top - bottom
        self.width, self.height = (across, up) if self.rotation in (0, 180) else (up, across)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.low, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.low
        if self.rotation == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.rotation == 0 and x0 <= x1 and y0 <= y1:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def find_drawn(page: Any, turn: Turn) -> tuple[list[Rule], int]:
    """The ruled lines of a page, from strokes, thin boxes and the edges of filled ones; and its pictures' number."""
    rules: list[Rule] = []
    pictures = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < _RULES:
            rules += [rule for rule in _path(drawn, turn) if _is_rule(rule, turn)]
    return rules, pictures


def _is_rule(rule: Rule, turn: Turn) -> bool:
    across = rule.x1 - rule.x0
    inside = min(rule.x0, rule.top) > -2 and rule.x1 < turn.width + 2 and rule.bottom < turn.height + 2
    return inside and max(across, rule.bottom - rule.top) > 4 and across < 0.99 * turn.width


def _path(drawn: Any, turn: Turn) -> Iterator[Rule]:
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= 400:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    x_of, y_of = ctypes.c_float(), ctypes.c_float()
    last = start = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, x_of, y_of)
        x, y = x_of.value, y_of.value
        point = turn.point(a * x + c * y + e, b * x + d * y + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, start)


def _rule(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = a, b
    if x0 > x1:
        x0, x1 = x1, x0
    if y0 > y1:
        y0, y1 = y1, y0
    if y1 - y0 < 1 and x1 - x0 > 3:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 < 1 and y1 - y0 > 3:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
