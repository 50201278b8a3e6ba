"""Running heads and feet of a PDF's pages, and their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.reading.layout import Piece

_ZONE = 0.11


def find_furniture(pages: Sequence[tuple[float, Sequence[Piece]]], body: float) -> list[set[int]]:
    """For every page (its height and pieces) the indexes of pieces that are running heads, feet, or page numbers.

    What stands in the upper or lower margin of several pages, numbers aside, is furniture; so is a number that stands
    there alone, or that counts the pages. The first of a large running head is the title and stays.
    """
    seen: dict[str, set[int]] = {}
    edges: dict[tuple[str, int], float] = {}
    keyed: list[list[tuple[int, str, Piece]]] = []
    for number, (height, pieces) in enumerate(pages):
        keyed.append([])
        outer = _outermost(pieces)
        for index, piece in enumerate(pieces):
            zone = _zone(piece, height)
            if zone:
                edges[zone, number] = outer[zone != "head "]
                key = zone + re.sub(r"\d+", "#", piece.text.casefold())
                seen.setdefault(key, set()).add(number)
                keyed[-1].append((index, key, piece))
    least = max(3, min(8, round(0.3 * len(pages))))
    turns = _in_turns(seen, edges, len(pages))
    counted = _page_numbers([pieces for _, pieces in pages])
    found: list[set[int]] = []
    kept: set[str] = set()
    for number, page in enumerate(keyed):
        dropped = set()
        for index, key, piece in page:
            edge = abs(piece.middle - edges[key[:5], number]) < 4
            if len(seen[key]) >= (min(least, 3, max(2, len(pages))) if edge else least) or (
                edge and key in turns and piece.size < 1.1 * body
            ):
                if piece.size > 1.2 * body and key not in kept and re.search(r"[^\W\d]{3}", key):
                    kept.add(key)
                else:
                    dropped.add(index)
            elif _NUMBER.fullmatch(piece.text):
                dropped.add(index)
        found.append((dropped - _cells(pages[number][1], dropped)) | counted[number])
        if small := _small_head(pages, number, body):
            found[-1].add(small - 1)
    return found


def _in_turns(seen: Mapping[str, set[int]], edges: Mapping[tuple[str, int], float], count: int) -> set[str]:
    """What stands on some left or on some right pages alone, outermost at one height, where the other pages have
    another such line at that height; the two together on most pages."""
    heads = {
        key: pages
        for key, pages in seen.items()
        if len(pages) > 1
        and len({number % 2 for number in pages}) == 1
        and max(edges[key[:5], n] for n in pages) - min(edges[key[:5], n] for n in pages) < 4
    }
    return {
        key
        for key, pages in heads.items()
        for other, others in heads.items()
        if key[:5] == other[:5]
        and min(pages) % 2 != min(others) % 2
        and len(pages) + len(others) > 0.7 * count
        and abs(edges[key[:5], min(pages)] - edges[key[:5], min(others)]) < 4
    }


def _small_head(pages: Sequence[tuple[float, Sequence[Piece]]], number: int, body: float) -> int:
    """The place, from one, of the one small line over a page's text, where each page has one at the same height."""
    tops = []
    for height, pieces in pages:
        top = min((piece.middle for piece in pieces), default=0.0)
        first = [n for n, piece in enumerate(pieces) if piece.middle < top + 4]
        below = min((piece.middle for piece in pieces if piece.middle >= top + 4), default=0.0)
        piece = pieces[first[0]] if len(first) == 1 else None
        if piece is None or not _zone(piece, height) or piece.size > 0.88 * body or below - top < 2.5 * body:
            return 0
        tops.append((top, first[0] + 1, len(piece.text)))
    heights = [top for top, _, _ in tops]
    is_one = len(pages) > 1 and max(heights) - min(heights) < 2 and max(length for _, _, length in tops) < 80
    return tops[number][1] if is_one else 0


def _page_numbers(pages: Sequence[Sequence[Piece]]) -> list[set[int]]:
    """For every page, the number that stands alone under its text, wherever that ends, and counts pages up."""
    last: list[tuple[int, int] | None] = []
    for pieces in pages:
        low = max((piece.middle for piece in pieces), default=0.0)
        under = [n for n, piece in enumerate(pieces) if piece.middle > low - 4]
        text = pieces[under[0]].text.strip() if len(under) == 1 else ""
        last.append((under[0], int(text)) if re.fullmatch(r"\d{1,4}", text) else None)
    steps = Counter(one[1] - number for number, one in enumerate(last) if one)
    step, many = steps.most_common(1)[0] if steps else (0, 0)
    return [
        {one[0]} if one and many >= 3 and one[1] - number == step else set()
        for number, one in enumerate(last)
    ]


def _cells(pieces: Sequence[Piece], dropped: set[int]) -> set[int]:
    """Numbers that stand in a row with several other things that stay: cells of a table at the edge of a page."""
    numbers = [index for index in dropped if re.fullmatch(r"[\d\s.,%()+–-]+", pieces[index].text)]
    rest = [piece for index, piece in enumerate(pieces) if index not in dropped]
    return {
        index for index in numbers if sum(abs(piece.middle - pieces[index].middle) < 3 for piece in rest) >= 2
    }


def _outermost(pieces: Sequence[Piece]) -> tuple[float, float]:
    """The heights of a page's first and last line."""
    middles = [piece.middle for piece in pieces]
    return min(middles, default=0.0), max(middles, default=0.0)


_NUMBER = re.compile(
    r"[-–—\s|]*(?:page|seite|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页|(?:of|/|von)\s*\d{1,4})?[-–—\s|]*", re.I
)


def _zone(piece: Piece, height: float) -> str:
    if piece.bottom < _ZONE * height:
        return "head "
    return "foot " if piece.top > (1 - _ZONE) * height else ""
