"""Divides the text of each page into columns, in the order in which they are read.

A gutter is a strip that no line of text enters, with text on both sides. Gutters are sought in
bands of the page, since a page may have a title across its width, "article info" beside the
abstract below it, and two columns of text below both. Where lines run over the gutter, they part
the columns above them from those below. What one page leaves open the rest of the paper settles.

    page ─▶ bands of one division ─▶ columns, each divided again (three columns: two gutters)
                                  └▶ lines across a gutter, divided by themselves
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.extract.layout.gutters import (
    clear_gutter,
    first_rows_gutter,
    gutter_beside_abstract,
    gutter_if_clear,
    lines_across,
    page_gutter,
    shared_gutter,
    usual_gutter,
)
from pipeline.extract.layout.margin_notes import find_margin_notes
from pipeline.extract.layout.text_geometry import (
    Indices,
    PageLines,
    PageText,
    Strip,
    column_limits,
    measure_lines,
    middle_of,
    parts_between_blanks,
)
from pipeline.extract.pdf.page import Line


class Column(NamedTuple):
    """Lines of a page that are read one below the other."""

    lines: list[int]
    """Indices into the lines of the page."""
    extent: tuple[float, float]
    """x0, x1 between which its rows are set, in points."""
    margin: bool
    """Notes beside the text: dates, addresses, licences."""


class _Zone(NamedTuple):
    """Lines that are read one below the other, and what bounds them at the left and right."""

    lines: Indices
    bounds: tuple[float, float]
    margin: bool = False


WHOLE = (-np.inf, np.inf)


def find_columns(pages: Sequence[PageLines]) -> list[list[Column]]:
    """The columns of each page in reading order."""
    texts = [
        measure_lines(page, early=number < column_limits.margin_pages)
        for number, page in enumerate(pages)
    ]
    gutters = [
        page_gutter(page.width, text)
        for page, text in zip(pages, texts, strict=True)
    ]
    usual = usual_gutter(gutters, texts)
    found = []
    for text, gutter in zip(texts, gutters, strict=True):
        own = gutter if gutter is not None else gutter_if_clear(text, usual)
        page = text if own is not None else text._replace(usual=usual)
        zones = list(_zones(page, np.arange(len(page.lines)), own, WHOLE))
        found.append([_column(page, zone, zones) for zone in zones])
    return found


def _zones(
    text: PageText, lines: Indices, gutter: float | None, bounds: Strip
) -> Iterator[_Zone]:
    if not len(lines):
        return
    margin = find_margin_notes(text, lines) if text.early else lines[:0]
    if len(margin):
        rest = np.setdiff1d(lines, margin, assume_unique=True)
        yield from _zones(text, rest, gutter, bounds)
        yield _Zone(margin, bounds, margin=True)
        return
    strip = clear_gutter(text, lines, gutter)
    strip = strip or first_rows_gutter(text, lines)
    strip = strip or gutter_beside_abstract(text, lines)
    if strip is not None:
        yield from _divided(text, lines, strip, bounds)
        return
    bands = _bands(text, lines, gutter)
    if len(bands) > 1:
        for band in bands:
            yield from _zones(text, band, gutter, bounds)
    elif gutter is not None:
        yield from _crossed(text, lines, gutter, bounds)
    else:
        yield _Zone(lines, bounds)


def _divided(
    text: PageText, lines: Indices, strip: Strip, bounds: Strip
) -> Iterator[_Zone]:
    """Two columns; a section that begins below both of them is read after both."""
    wall = middle_of(strip)
    above: list[Indices] = []
    for part in parts_between_blanks(text, lines):
        if above and _begins_section(text, np.concatenate(above), part, wall):
            yield from _sided(text, np.concatenate(above), wall, bounds)
            above = []
        above.append(part)
    yield from _sided(text, np.concatenate(above), wall, bounds)


def _sided(
    text: PageText, lines: Indices, wall: float, bounds: Strip
) -> Iterator[_Zone]:
    left = text.x0[lines] + text.x1[lines] <= 2 * wall
    yield from _zones(text, lines[left], None, (bounds[0], wall))
    yield from _zones(text, lines[~left], None, (wall, bounds[1]))


class _Band:
    """Parts of a page, one below the other, with the same division into columns."""

    def __init__(self, lines: Indices, gutter: Strip | None) -> None:
        self.parts, self.gutter = [lines], gutter

    @property
    def lines(self) -> Indices:
        return np.concatenate(self.parts)


def _bands(
    text: PageText, lines: Indices, gutter: float | None
) -> list[Indices]:
    """The lines in bands from top to bottom, each with one division into columns.

    What stands on one side of a gutter only waits for what comes below it: it belongs to the
    same columns when they go on, else it begins something new.
    """
    bands: list[_Band] = []
    waiting: list[Indices] = []
    parts = parts_between_blanks(text, lines)
    for part in parts:
        last = bands[-1] if bands else None
        shared = (
            shared_gutter(text, part, last.gutter)
            if last and last.gutter
            else None
        )
        if last and shared and _is_one_sided(text, part, shared):
            waiting.append(part)
        elif last and shared:
            last.parts += [*waiting, part]
            last.gutter, waiting = shared, []
        else:
            bands += [_Band(np.concatenate(waiting), None)] if waiting else []
            waiting = []
            strip = clear_gutter(text, part, gutter)
            if strip is None and part is parts[-1]:
                strip = first_rows_gutter(text, part)
            strip = strip or gutter_beside_abstract(text, part)
            _begin_band(bands, part, strip)
    if bands:
        bands[-1].parts += waiting
    return [band.lines for band in bands]


def _begin_band(
    bands: list[_Band], part: Indices, gutter: Strip | None
) -> None:
    if gutter is None and bands and bands[-1].gutter is None:
        bands[-1].parts.append(part)
    else:
        bands.append(_Band(part, gutter))


def _is_one_sided(text: PageText, lines: Indices, gutter: Strip) -> bool:
    left = text.x1[lines] <= middle_of(gutter)
    return bool(left.all() or not left.any())


def _begins_section(
    text: PageText, above: Indices, below: Indices, wall: float
) -> bool:
    """Columns end at one height, and the references or acknowledgements follow below both."""
    left_above, left_below = (
        part[text.x0[part] + text.x1[part] <= 2 * wall]
        for part in (above, below)
    )
    if not len(left_above) or not len(left_below):
        return False
    last = text.lines[left_above[text.bottom[left_above].argmax()]]
    first = text.lines[left_below[text.top[left_below].argmin()]]
    top, bottom = text.bottom[above].max(), text.top[below].min()
    if bottom - top < column_limits.section_gap * last.size:
        return False
    if ((text.others > top) & (text.others < bottom)).any():
        return False  # a figure stands between them
    return first.font != last.font and _opens_back_matter(first)


def _opens_back_matter(line: Line) -> bool:
    names = r"references|literature|bibliograph|acknowledg|参考文献"
    return bool(re.match(names, line.text, re.IGNORECASE))


def _crossed(
    text: PageText, lines: Indices, wall: float, bounds: Strip
) -> Iterator[_Zone]:
    """Columns on both sides of a wall, parted by the lines that run across it."""
    across = lines_across(text, lines, wall)
    if not across:
        yield from _sided(text, lines, wall, bounds)
        return
    if len(across) == len(lines):
        yield _Zone(lines, bounds)
        return
    heights = sorted(text.lines[i].baseline for i in across)
    parts: dict[int, tuple[list[int], list[int]]] = {}
    for i in lines.tolist():
        line = text.lines[i]
        place = bisect_left(
            heights, line.baseline - column_limits.same_row * line.size
        )
        parts.setdefault(place, ([], []))[i in across].append(i)
    run: list[int] = []
    for _, (beside, wide) in sorted(parts.items()):
        if beside:
            yield from _zones(text, np.array(run, dtype=np.intp), None, bounds)
            run = []
            yield from _sided(
                text, np.array(beside, dtype=np.intp), wall, bounds
            )
        run += wide
    yield from _zones(text, np.array(run, dtype=np.intp), None, bounds)


def _column(text: PageText, zone: _Zone, zones: Sequence[_Zone]) -> Column:
    alike = [other.lines for other in zones if _same_bounds(zone, other)]
    extent = _extent(text, np.concatenate(alike))
    if zone.bounds == WHOLE and not zone.margin and len(zones) > 1:
        divided = [other for other in zones if other.bounds != WHOLE]
        edges = [_extent(text, other.lines) for other in divided] or [extent]
        extent = min(x0 for x0, _ in edges), max(x1 for _, x1 in edges)
    return Column(zone.lines.tolist(), extent, zone.margin)


def _same_bounds(a: _Zone, b: _Zone) -> bool:
    if a.margin != b.margin:
        return False
    return all(
        x == y or abs(x - y) <= column_limits.same_gutter
        for x, y in zip(a.bounds, b.bounds, strict=True)
    )


def _extent(text: PageText, lines: Indices) -> tuple[float, float]:
    """Where most lines begin and the long ones end."""
    places, which = np.unique(np.round(text.x0[lines]), return_inverse=True)
    most = np.bincount(which, weights=text.letters[lines]).argmax()
    return float(places[most]), float(
        np.percentile(text.x1[lines], column_limits.ragged)
    )
