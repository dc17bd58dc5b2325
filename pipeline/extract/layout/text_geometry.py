"""The lines of a page as arrays of places and sizes, and what is seen in these at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page import Line

Indices = NDArray[np.intp]
Strip = tuple[float, float]
"""x0, x1 of a blank between columns, in points."""


@dataclass(frozen=True, slots=True)
class ColumnLimits:
    """Limits for gutters and columns; measured on papers of twenty publishers."""

    middle: tuple[float, float] = (0.3, 0.7)
    """Of the page's width, where the gutter of a whole page can be."""
    places: int = 125
    """Places that are tried: one every two points of a usual page."""
    reach: float = 3.0
    """Points by which a line must reach over a place to stand across it."""
    either_side: float = 0.12
    """Of a page's letters that stand on the poorer side of a gutter; formulas and lists of
    authors have less.
    """
    clear: float = 0.02
    """Of a page's letters that may stand across a gutter with only `a_few_rows` on one side: the
    last page of a paper.
    """
    a_few_rows: int = 80
    """Letters of a column at least."""
    across: float = 0.25
    """Of a page's letters that may stand across the paper's gutter when the page has too few to
    tell.
    """
    ragged: float = 90.0
    """Percentile of line ends that is taken as a column's right edge."""
    gutter: float = 7.0
    """Points that a gutter is wide at least; the narrowest in print have 10, two em spaces 20."""
    same_gutter: float = 12.0
    """Points by which the gutter of a page may differ from that of the paper."""
    rows: int = 4
    """Rows of a column at least."""
    first_rows: int = 2
    """Rows of each column, at the foot of a page, by which the paper's gutter is known."""
    row_letters: float = 12.0
    """Letters of a line of a column on average; numbers before items and cells have less."""
    filled: float = 0.5
    """Of a column's width that its lines fill on average."""
    band_gap: float = 3.0
    """Points of blank across the page that part two bands."""
    section_gap: float = 1.8
    """Of the font size: blank between columns and a section below both of them."""
    crossing: float = 10.0
    """Points by which a line must reach into two columns to run across both; equations run over
    by less.
    """
    same_row: float = 0.45
    """Of the font size, by which baselines in one row differ."""
    last_line: float = 1.6
    """Of the font size, between a line across and the last line of its paragraph."""
    last_size: float = 0.5
    """Points by which the two may differ in size."""
    run: float = 2.5
    """Of the font size, between lines across a gutter that belong together."""
    margin_share: float = 0.45
    """Of the letters of a band that stand in its margin at most."""
    margin_width: float = 0.6
    """Of the width of the text beside it that a margin column has at most."""
    margin_edge: float = 0.25
    """Of the letters beside a margin column that begin (or end) at one edge at least."""
    margin_size: float = 0.4
    """Points by which notes in the margin are set smaller than the text on average."""
    margin_gap: float = 4.0
    """Points between the notes in a margin and the text at least."""
    margin_rows: int = 2
    """Rows of a margin column at least."""
    margin_pages: int = 2
    """Pages at the beginning that may have notes in the margin."""
    label: int = 3
    """Letters of a word; what has no word (numbers of headings and formulas) is no margin note."""


column_limits = ColumnLimits()


class PageLines(NamedTuple):
    """The lines of one page."""

    width: float
    """Of the page, in points."""
    text: Sequence[Line]
    """Lines of running text, headings, footnotes and front matter."""
    others: Sequence[Line] = ()
    """Lines of captions and in figures."""


class PageText(NamedTuple):
    """What is known of the lines of one page."""

    lines: Sequence[Line]
    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]
    letters: NDArray[np.float64]
    others: NDArray[np.float64]
    """Baselines of captions and of lines in figures."""
    early: bool
    """One of the pages that may have notes in the margin."""
    usual: float | None = None
    """The paper's gutter, where the page has none: its last rows may still be in two columns."""


def measure_lines(page: PageLines, *, early: bool) -> PageText:
    """The lines of a page as arrays; `early` pages may have notes in the margin."""
    lines = page.text
    others = np.array([line.baseline for line in page.others], dtype=float)
    boxes = np.array([line.bbox for line in lines], dtype=float).reshape(-1, 4)
    letters = np.array([len(line.text) for line in lines], dtype=float)
    x0, top, x1, bottom = boxes.T
    return PageText(lines, x0, x1, top, bottom, letters, others, early)


def middle_of(strip: Strip) -> float:
    """The middle of a strip, in points."""
    return (strip[0] + strip[1]) / 2


def free_strips(
    text: PageText, lines: Indices, least: float = column_limits.gutter
) -> list[Strip]:
    """The strips between lines that none of them enters."""
    order = np.argsort(text.x0[lines], kind="stable")
    starts, ends = (
        text.x0[lines][order],
        np.maximum.accumulate(text.x1[lines][order]),
    )
    wide = (starts[1:] - ends[:-1] >= least).nonzero()[0]
    return [(float(ends[i]), float(starts[i + 1])) for i in wide]


def is_text_column(text: PageText, lines: Indices) -> bool:
    """Enough rows of running text above one another: no cells, no numbers before items."""
    letters = text.letters[lines].sum()
    if (
        letters < column_limits.a_few_rows
        or letters < column_limits.row_letters * len(lines)
    ):
        return False
    x0, x1 = text.x0[lines], text.x1[lines]
    filled = (x1 - x0).mean() >= column_limits.filled * (x1.max() - x0.min())
    return row_count(text, lines) >= column_limits.rows and bool(filled)


def is_running_text(text: PageText, lines: Indices) -> bool:
    """A few rows of running text, above one another."""
    letters = text.letters[lines].sum()
    full = letters >= column_limits.row_letters * len(lines)
    return bool(full) and row_count(text, lines) >= column_limits.first_rows


def row_count(text: PageText, lines: Indices) -> int:
    """How many rows lines stand in."""
    return len(np.unique(np.round(text.bottom[lines] / 2)))


def parts_between_blanks(text: PageText, lines: Indices) -> list[Indices]:
    """The lines between blanks that run across all of them, from top to bottom."""
    order = lines[np.argsort(text.top[lines], kind="stable")]
    bottoms = np.maximum.accumulate(text.bottom[order])
    cuts = (
        text.top[order][1:] - bottoms[:-1] >= column_limits.band_gap
    ).nonzero()[0]
    return np.split(order, cuts + 1)


def in_one_row(text: PageText, i: int, k: int) -> bool:
    """Tell whether two lines stand in one row."""
    a, b = text.lines[i], text.lines[k]
    return abs(a.baseline - b.baseline) <= column_limits.same_row * max(
        a.size, b.size
    )
