"""Pieces of level text joined to rows, and how rows lie to one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page import Line, Page, bounding_box
from pipeline.paper import BBox

WORD_GAP = 0.7
"""Of the font size: pieces of one line stand closer; cells of a table mostly do not."""
SAME_BASELINE = 0.25
"""Of the font size."""
EDGE = 2.5
"""Points by which justified lines may differ at an edge: hanging punctuation, italics,
protrusion.
"""


Piece = tuple[int, Line]
"""A line of a page behind its index."""


@dataclass(slots=True, eq=False)
class PageRow:
    """Pieces of text on one baseline with no more than a word's gap between them.

    Nobody changes one; frozen values take five times as long to make, and there are thousands.
    """

    bbox: BBox
    text: str
    baseline: float
    size: float
    """The largest of its lines' sizes, in points."""
    font: str
    lines: tuple[int, ...]
    """Indices into `Page.lines`."""

    @property
    def width(self) -> float:
        """Points."""
        return self.bbox[2] - self.bbox[0]


def rows_of(page: Page, skip: Collection[int] = ()) -> list[PageRow]:
    """The level lines of a page joined to rows, from top to bottom."""
    level = [
        (i, line)
        for i, line in enumerate(page.lines)
        if line.level and i not in skip
    ]
    level.sort(key=lambda piece: (piece[1].baseline, piece[1].bbox[0]))
    return [row(part) for group in _baselines(level) for part in _parts(group)]


def _baselines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces on one baseline, from left to right."""
    group: list[Piece] = []
    bottom = 0.0
    for piece in pieces:
        line = piece[1]
        if group and line.baseline - bottom > SAME_BASELINE * line.size:
            yield sorted(group, key=_left)
            group = []
        group.append(piece)
        bottom = line.baseline
    if group:
        yield sorted(group, key=_left)


def _left(piece: Piece) -> float:
    return piece[1].bbox[0]


def _parts(group: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Pieces of one baseline with no more than a word's gap between them."""
    start = 0
    for k in range(1, len(group)):
        last, line = group[k - 1][1], group[k][1]
        if line.bbox[0] - last.bbox[2] > WORD_GAP * max(line.size, last.size):
            yield group[start:k]
            start = k
    yield group[start:]


def row(lines: Sequence[Piece]) -> PageRow:
    """One row of the given lines, in this order."""
    if len(lines) == 1:
        index, line = lines[0]
        return PageRow(
            line.bbox, line.text, line.baseline, line.size, line.font, (index,)
        )
    longest = max((line for _, line in lines), key=lambda line: len(line.text))
    return PageRow(
        bounding_box(line.bbox for _, line in lines),
        " ".join(line.text for _, line in lines),
        longest.baseline,
        max(line.size for _, line in lines),
        longest.font,
        tuple(i for i, _ in lines),
    )


def boxes_of(rows: Sequence[PageRow]) -> NDArray[np.float64]:
    """The boxes of rows, one a line of the array: x0, y0, x1, y1."""
    return np.array([r.bbox for r in rows], dtype=float).reshape(-1, 4)


def within(inner: BBox, outer: BBox) -> bool:
    """The middle of a box lies in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


class _Placed(Protocol):
    @property
    def bbox(self) -> BBox: ...


Thing = TypeVar("Thing", bound=_Placed)


def all_within(things: Iterable[Thing], outer: BBox) -> list[Thing]:
    """Those whose middle lies in a box."""
    left, top, right, bottom = outer
    found = []
    for thing in things:
        x0, y0, x1, y1 = thing.bbox
        level = top <= (y0 + y1) / 2 <= bottom
        if level and left <= (x0 + x1) / 2 <= right:
            found.append(thing)
    return found


def below(rows: Sequence[PageRow]) -> list[int]:
    """For every row the nearest one below that overlaps it by half of the narrower, or -1."""
    order = sorted(range(len(rows)), key=lambda i: rows[i].baseline)
    ends = [(rows[i].bbox[0], rows[i].bbox[2], rows[i].baseline) for i in order]
    found = [-1] * len(rows)
    for place, i in enumerate(order):
        nearest = _nearest(ends, place, SAME_BASELINE * rows[i].size)
        if nearest >= 0:
            found[i] = order[nearest]
    return found


def _nearest(
    ends: Sequence[tuple[float, float, float]], place: int, least: float
) -> int:
    """The first of what is sorted by height that overlaps one, at least so far below it, or -1."""
    x0, x1, base = ends[place]
    for k in range(place + 1, len(ends)):
        left, right, baseline = ends[k]
        if left > x1 or right < x0 or baseline - base <= least:
            continue
        narrow = min(x1 - x0, right - left)
        if min(x1, right) - max(x0, left) >= narrow / 2:
            return k
    return -1


@lru_cache(maxsize=8192)
def wordy(text: str) -> bool:
    """More letters than anything else, and words: no row of numbers."""
    if " " not in text and text.isascii():
        return False
    return sum(map(str.isalpha, text)) > 0.5 * len(text)
