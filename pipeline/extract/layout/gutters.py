"""Gutters: strips that no line enters, with text on both sides; and the lines that run across one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.layout.text_geometry import (
    Indices,
    PageText,
    Strip,
    column_limits,
    free_strips,
    in_one_row,
    is_running_text,
    is_text_column,
    middle_of,
)
from pipeline.extract.pdf.page import Line


def usual_gutter(
    gutters: Sequence[float | None], texts: Sequence[PageText]
) -> float | None:
    """The gutter of the paper, when at least half of its pages have one."""
    sure = [gutter for gutter in gutters if gutter is not None]
    written = sum(len(text.lines) > 0 for text in texts)
    return median(sure) if sure and 2 * len(sure) >= written else None


def page_gutter(width: float, text: PageText) -> float | None:
    """The middle of a gutter that parts most of a page, in points; None where there is none."""
    if not len(text.lines):
        return None
    low, high = column_limits.middle
    places = np.linspace(low * width, high * width, column_limits.places)
    left, right, across = _weights(text, places)
    best = _longest_run(across == across.min())
    place = best[len(best) // 2]
    letters = text.letters.sum()
    poorer = min(left[place], right[place])
    clear = (
        across[place] <= column_limits.clear * letters
        and poorer >= column_limits.a_few_rows
    )
    if clear or poorer >= column_limits.either_side * letters:
        return float(places[place])
    return None


def _longest_run(chosen: NDArray[np.bool_]) -> Indices:
    """Indices of the longest run of True: pages of three columns have two gutters."""
    indices = chosen.nonzero()[0]
    runs = np.split(indices, (np.diff(indices) > 1).nonzero()[0] + 1)
    return max(runs, key=len)


def _weights(
    text: PageText, places: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """Letters left of, right of and across each place."""
    left = text.x1[:, None] <= places + column_limits.reach
    right = text.x0[:, None] >= places - column_limits.reach
    across = ~left & ~right
    return tuple(text.letters @ part for part in (left, right, across))


def gutter_if_clear(text: PageText, gutter: float | None) -> float | None:
    """The gutter of the paper, where few letters of a page stand across it."""
    if gutter is None or not len(text.lines):
        return None
    _, _, across = _weights(text, np.array([gutter]))
    return (
        gutter
        if across[0] <= column_limits.across * text.letters.sum()
        else None
    )


def clear_gutter(
    text: PageText, lines: Indices, gutter: float | None
) -> Strip | None:
    """A strip that no line enters; the one at the paper's gutter comes first."""
    free = free_strips(text, lines)
    near = column_limits.same_gutter
    for start, stop in free:
        if gutter is not None and start - near <= gutter <= stop + near:
            return start, stop
    for strip in sorted(
        free, key=lambda strip: _balance(text, lines, middle_of(strip))
    ):
        left = text.x1[lines] <= middle_of(strip)
        if is_text_column(text, lines[left]) and is_text_column(
            text, lines[~left]
        ):
            return strip
    return None


def _balance(text: PageText, lines: Indices, place: float) -> float:
    """How unequal the two sides of a place are."""
    left = text.letters[lines][text.x1[lines] <= place].sum()
    return float(abs(2 * left - text.letters[lines].sum()))


def first_rows_gutter(text: PageText, lines: Indices) -> Strip | None:
    """The paper's gutter in the first rows of its text, at the foot of a page that has none."""
    if text.usual is None:
        return None
    for strip in free_strips(text, lines):
        near = abs(middle_of(strip) - text.usual) <= column_limits.same_gutter
        left = text.x1[lines] <= middle_of(strip)
        if near and all(is_running_text(text, lines[s]) for s in (left, ~left)):
            return strip
    return None


def gutter_beside_abstract(text: PageText, lines: Indices) -> Strip | None:
    """The blank between "article info" and "abstract" in one row, above a column of dates and
    keywords that are too short to be known as one.
    """
    if not text.early:
        return None
    for i in lines.tolist():
        if _names_abstract(text.lines[i]):
            strips = list(_strips_beside(text, lines, i))
            strip = min(strips, key=_strip_width, default=None)
            return strip and shared_gutter(text, lines, strip)
    return None


def _names_abstract(line: Line) -> bool:
    names = r"abstract|summary|摘\s*要"
    return bool(re.fullmatch(names, line.text, re.IGNORECASE))


def _strips_beside(text: PageText, lines: Indices, i: int) -> Iterator[Strip]:
    """Blanks between one line and the others in its row."""
    for k in lines.tolist():
        left, right = (i, k) if text.x0[i] < text.x0[k] else (k, i)
        strip = float(text.x1[left]), float(text.x0[right])
        if _strip_width(strip) >= column_limits.gutter and in_one_row(
            text, i, k
        ):
            yield strip


def _strip_width(strip: Strip) -> float:
    return strip[1] - strip[0]


def shared_gutter(text: PageText, part: Indices, gutter: Strip) -> Strip | None:
    """What is left of a gutter when more lines stand below it."""
    free = free_strips(text, part)
    edges = (-np.inf, text.x0[part].min()), (text.x1[part].max(), np.inf)
    for start, stop in (*free, *edges):
        shared = max(start, gutter[0]), min(stop, gutter[1])
        if shared[1] - shared[0] >= column_limits.gutter:
            return shared
    return None


def lines_across(text: PageText, lines: Indices, wall: float) -> set[int]:
    """Lines that run across the wall, and those that continue them or stand between them."""
    low = text.x0[lines] < wall - column_limits.crossing
    high = text.x1[lines] > wall + column_limits.crossing
    wide, others = lines[low & high].tolist(), lines[~(low & high)].tolist()
    sure = [i for i in wide if not any(_collide(text, i, k) for k in others)]
    level = {k for k in others if any(in_one_row(text, i, k) for i in sure)}
    last = _last_lines(text, sure, others)
    return {*sure, *level, *last, *_between(text, sure, others)}


def _collide(text: PageText, i: int, k: int) -> bool:
    """Two texts printed over one another: one of them runs out of its column."""
    shared = min(text.x1[i], text.x1[k]) - max(text.x0[i], text.x0[k])
    return shared > column_limits.crossing and in_one_row(text, i, k)


def _last_lines(
    text: PageText, across: list[int], others: list[int]
) -> Iterator[int]:
    """Short last lines of paragraphs that run across: alone, below a line across."""
    for k in others:
        if any(_is_last(text, i, k) for i in across) and not any(
            in_one_row(text, k, other) for other in others if other != k
        ):
            yield k


def _is_last(text: PageText, i: int, k: int) -> bool:
    line, above = text.lines[k], text.lines[i]
    step = line.baseline - above.baseline
    return (
        0 < step <= column_limits.last_line * line.size
        and abs(text.x0[k] - text.x0[i]) <= column_limits.reach
        and abs(line.size - above.size) <= column_limits.last_size
    )


def _between(
    text: PageText, across: list[int], others: list[int]
) -> Iterator[int]:
    """Lines between two lines across that stand close: notes beside an abstract."""
    ordered = sorted(text.lines[i].baseline for i in across)
    for k in others:
        line = text.lines[k]
        place = bisect_left(ordered, line.baseline)
        if not 0 < place < len(ordered):
            continue
        if ordered[place] - ordered[place - 1] <= column_limits.run * line.size:
            yield k
