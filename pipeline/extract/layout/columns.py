"""The columns in which the text of each page is set: one, or two with a gutter between them.

A gutter is where few letters stand and many on either side. What one page leaves open the rest
of the paper settles.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page import Line

Columns = tuple[tuple[float, float], ...]
"""x0, x1 of each column, left to right, in points."""

MIDDLE = (0.3, 0.7)
"""Of the page's width, where a gutter can be."""
PLACES = 125
"""Places that are tried: one every two points of a usual page."""
REACH = 3.0
"""Points by which a line must reach over a place to stand across it."""
EITHER_SIDE = 0.12
"""Of a page's letters that stand on the poorer side of a gutter; formulas and lists of authors
have less.
"""
CLEAR = 0.02
"""Of a page's letters that may stand across a gutter with only A_FEW_ROWS on one side: the last
page of a paper.
"""
A_FEW_ROWS = 80
"""Letters."""
ACROSS = 0.25
"""Of a page's letters that may stand across the paper's gutter when the page has too few to
tell.
"""
RAGGED = 90
"""Percentile of line ends that is taken as a column's right edge."""


def find_columns(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Columns]:
    """The columns of each page, given as its width and its lines of running text."""
    boxes = [_boxes(lines) for _, lines in pages]
    gutters = [
        _gutter(width, box) for (width, _), box in zip(pages, boxes, strict=True)
    ]
    sure = [gutter for gutter in gutters if gutter is not None]
    usual = (
        median(sure)
        if 2 * len(sure) >= sum(len(box) > 0 for box in boxes) and sure
        else None
    )
    return [
        _columns(box, gutter if gutter is not None else _tried(box, usual), width)
        for (width, _), box, gutter in zip(pages, boxes, gutters, strict=True)
    ]


def _boxes(lines: Sequence[Line]) -> NDArray[np.float64]:
    """x0, x1 and number of letters of each line."""
    rows = [(line.bbox[0], line.bbox[2], len(line.text)) for line in lines]
    return np.array(rows, dtype=float).reshape(-1, 3)


def _gutter(width: float, boxes: NDArray[np.float64]) -> float | None:
    if not len(boxes):
        return None
    places = np.linspace(MIDDLE[0] * width, MIDDLE[1] * width, PLACES)
    left, right, across = _weights(boxes, places)
    best = np.flatnonzero(across == across.min())
    place = best[len(best) // 2]
    letters = boxes[:, 2].sum()
    clear = (
        across[place] <= CLEAR * letters
        and min(left[place], right[place]) >= A_FEW_ROWS
    )
    if clear or min(left[place], right[place]) >= EITHER_SIDE * letters:
        return float(places[place])
    return None


def _weights(
    boxes: NDArray[np.float64], places: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """Letters left of, right of and across each place."""
    x0, x1, letters = boxes[:, :1], boxes[:, 1:2], boxes[:, 2:]
    left, right = x1 <= places + REACH, x0 >= places - REACH
    across = ~left & ~right
    return tuple((part * letters).sum(axis=0) for part in (left, right, across))


def _tried(boxes: NDArray[np.float64], gutter: float | None) -> float | None:
    if gutter is None or not len(boxes):
        return None
    _, _, across = _weights(boxes, np.array([gutter]))
    return gutter if across[0] <= ACROSS * boxes[:, 2].sum() else None


def _columns(boxes: NDArray[np.float64], gutter: float | None, width: float) -> Columns:
    if gutter is None:
        return (_extent(boxes, 0.0, width),)
    left = boxes[boxes[:, 1] <= gutter + REACH]
    right = boxes[boxes[:, 0] >= gutter - REACH]
    return _extent(left, 0.0, gutter), _extent(right, gutter, width)


def _extent(boxes: NDArray[np.float64], x0: float, x1: float) -> tuple[float, float]:
    """Where most lines begin and the long ones end."""
    if not len(boxes):
        return x0, x1
    starts = np.round(boxes[:, 0])
    places, which = np.unique(starts, return_inverse=True)
    most = np.bincount(which, weights=boxes[:, 2]).argmax()
    return float(places[most]), float(np.percentile(boxes[:, 1], RAGGED))
