"""Pieces of level text joined to rows, and how rows lie to one another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page import Line, Page
from pipeline.paper import BBox

WORD_GAP = 0.7
"""Of the font size: pieces of one line stand closer; cells of a table mostly do not."""
SAME_BASELINE = 0.25
"""Of the font size."""
EDGE = 2.5
"""Points by which justified lines may differ at an edge: hanging punctuation, italics,
protrusion.
"""


class PageRow(NamedTuple):
    """Pieces of text on one baseline with no more than a word's gap between them."""

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
    lines = [
        i for i, line in enumerate(page.lines) if i not in skip and line.level
    ]
    lines.sort(key=lambda i: (page.lines[i].baseline, page.lines[i].bbox[0]))
    rows: list[PageRow] = []
    for group in _baselines(page, lines):
        rows.extend(
            _join(page, sorted(group, key=lambda i: page.lines[i].bbox[0]))
        )
    return rows


def _baselines(page: Page, lines: list[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for i in lines:
        line = page.lines[i]
        if (
            group
            and line.baseline - page.lines[group[-1]].baseline
            > SAME_BASELINE * line.size
        ):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _join(page: Page, group: list[int]) -> Iterator[PageRow]:
    part = [group[0]]
    for i in group[1:]:
        last, line = page.lines[part[-1]], page.lines[i]
        if line.bbox[0] - last.bbox[2] > WORD_GAP * max(line.size, last.size):
            yield row([(k, page.lines[k]) for k in part])
            part = []
        part.append(i)
    yield row([(k, page.lines[k]) for k in part])


def row(lines: Sequence[tuple[int, Line]]) -> PageRow:
    """One row of the given lines, in this order."""
    if len(lines) == 1:
        index, line = lines[0]
        return PageRow(
            line.bbox, line.text, line.baseline, line.size, line.font, (index,)
        )
    boxes = [line.bbox for _, line in lines]
    longest = max((line for _, line in lines), key=lambda line: len(line.text))
    return PageRow(
        (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        ),
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


def below(rows: Sequence[PageRow]) -> NDArray[np.intp]:
    """For every row the nearest one below that overlaps it by half of the narrower, or -1."""
    if not rows:
        return np.zeros(0, dtype=np.intp)
    boxes, base = boxes_of(rows), np.array([r.baseline for r in rows])
    size = np.array([r.size for r in rows])
    x0, x1 = boxes[:, 0], boxes[:, 2]
    shared = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    narrow = np.minimum((x1 - x0)[:, None], x1 - x0)
    drop = base - base[:, None]
    drop = np.where(
        (shared >= narrow / 2) & (drop > SAME_BASELINE * size[:, None]),
        drop,
        np.inf,
    )
    nearest = drop.argmin(axis=1)
    return np.where(
        np.isfinite(drop[np.arange(len(rows)), nearest]), nearest, -1
    )


def wordy(text: str) -> bool:
    """More letters than anything else, and words: no row of numbers."""
    return sum(map(str.isalpha, text)) > 0.5 * len(text) and (
        " " in text or not text.isascii()
    )
