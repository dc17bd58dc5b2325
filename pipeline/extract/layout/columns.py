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
from dataclasses import dataclass
from statistics import median
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


limits = ColumnLimits()


class Column(NamedTuple):
    """Lines of a page that are read one below the other."""

    lines: list[int]
    """Indices into the lines of the page."""
    extent: tuple[float, float]
    """x0, x1 between which its rows are set, in points."""
    margin: bool
    """Notes beside the text: dates, addresses, licences."""


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


class _Zone(NamedTuple):
    """Lines that are read one below the other, and what bounds them at the left and right."""

    lines: Indices
    bounds: tuple[float, float]
    margin: bool = False


WHOLE = (-np.inf, np.inf)


def find_columns(pages: Sequence[PageLines]) -> list[list[Column]]:
    """The columns of each page in reading order."""
    texts = [
        _page_text(page, early=number < limits.margin_pages)
        for number, page in enumerate(pages)
    ]
    gutters = [
        _page_gutter(page.width, text)
        for page, text in zip(pages, texts, strict=True)
    ]
    usual = _usual(gutters, texts)
    found = []
    for text, gutter in zip(texts, gutters, strict=True):
        own = gutter if gutter is not None else _tried(text, usual)
        page = text if own is not None else text._replace(usual=usual)
        zones = list(_zones(page, np.arange(len(page.lines)), own, WHOLE))
        found.append([_column(page, zone, zones) for zone in zones])
    return found


def _page_text(page: PageLines, *, early: bool) -> PageText:
    lines = page.text
    others = np.array([line.baseline for line in page.others], dtype=float)
    boxes = np.array([line.bbox for line in lines], dtype=float).reshape(-1, 4)
    letters = np.array([len(line.text) for line in lines], dtype=float)
    x0, top, x1, bottom = boxes.T
    return PageText(lines, x0, x1, top, bottom, letters, others, early)


# ---- the gutter of a page, which may be crossed
def _usual(
    gutters: Sequence[float | None], texts: Sequence[PageText]
) -> float | None:
    """The gutter of the paper, when at least half of its pages have one."""
    sure = [gutter for gutter in gutters if gutter is not None]
    written = sum(len(text.lines) > 0 for text in texts)
    return median(sure) if sure and 2 * len(sure) >= written else None


def _page_gutter(width: float, text: PageText) -> float | None:
    if not len(text.lines):
        return None
    low, high = limits.middle
    places = np.linspace(low * width, high * width, limits.places)
    left, right, across = _weights(text, places)
    best = _longest_run(across == across.min())
    place = best[len(best) // 2]
    letters = text.letters.sum()
    poorer = min(left[place], right[place])
    clear = (
        across[place] <= limits.clear * letters and poorer >= limits.a_few_rows
    )
    if clear or poorer >= limits.either_side * letters:
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
    left = text.x1[:, None] <= places + limits.reach
    right = text.x0[:, None] >= places - limits.reach
    across = ~left & ~right
    return tuple(text.letters @ part for part in (left, right, across))


def _tried(text: PageText, gutter: float | None) -> float | None:
    if gutter is None or not len(text.lines):
        return None
    _, _, across = _weights(text, np.array([gutter]))
    return gutter if across[0] <= limits.across * text.letters.sum() else None


# ---- the zones of a page
def _zones(
    text: PageText, lines: Indices, gutter: float | None, bounds: Strip
) -> Iterator[_Zone]:
    if not len(lines):
        return
    margin = _margin(text, lines) if text.early else lines[:0]
    if len(margin):
        rest = np.setdiff1d(lines, margin, assume_unique=True)
        yield from _zones(text, rest, gutter, bounds)
        yield _Zone(margin, bounds, margin=True)
        return
    strip = _clear_gutter(text, lines, gutter)
    strip = strip or _first_rows_gutter(text, lines)
    strip = strip or _beside_abstract(text, lines)
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
    wall = _middle(strip)
    above: list[Indices] = []
    for part in _parts(text, lines):
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


def _clear_gutter(
    text: PageText, lines: Indices, gutter: float | None
) -> Strip | None:
    """A strip that no line enters; the one at the paper's gutter comes first."""
    free = _free_strips(text, lines)
    near = limits.same_gutter
    for start, stop in free:
        if gutter is not None and start - near <= gutter <= stop + near:
            return start, stop
    for strip in sorted(
        free, key=lambda strip: _balance(text, lines, _middle(strip))
    ):
        left = text.x1[lines] <= _middle(strip)
        if _is_column(text, lines[left]) and _is_column(text, lines[~left]):
            return strip
    return None


def _middle(strip: Strip) -> float:
    return (strip[0] + strip[1]) / 2


def _balance(text: PageText, lines: Indices, place: float) -> float:
    """How unequal the two sides of a place are."""
    left = text.letters[lines][text.x1[lines] <= place].sum()
    return float(abs(2 * left - text.letters[lines].sum()))


def _free_strips(
    text: PageText, lines: Indices, least: float = limits.gutter
) -> list[Strip]:
    """The strips between lines that none of them enters."""
    order = np.argsort(text.x0[lines], kind="stable")
    starts, ends = (
        text.x0[lines][order],
        np.maximum.accumulate(text.x1[lines][order]),
    )
    wide = (starts[1:] - ends[:-1] >= least).nonzero()[0]
    return [(float(ends[i]), float(starts[i + 1])) for i in wide]


def _is_column(text: PageText, lines: Indices) -> bool:
    """Enough rows of running text above one another: no cells, no numbers before items."""
    letters = text.letters[lines].sum()
    if letters < limits.a_few_rows or letters < limits.row_letters * len(lines):
        return False
    x0, x1 = text.x0[lines], text.x1[lines]
    filled = (x1 - x0).mean() >= limits.filled * (x1.max() - x0.min())
    return _rows(text, lines) >= limits.rows and bool(filled)


def _rows(text: PageText, lines: Indices) -> int:
    return len(np.unique(np.round(text.bottom[lines] / 2)))


# ---- bands
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
    parts = _parts(text, lines)
    for part in parts:
        last = bands[-1] if bands else None
        shared = (
            _shared_gutter(text, part, last.gutter)
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
            strip = _clear_gutter(text, part, gutter)
            if strip is None and part is parts[-1]:
                strip = _first_rows_gutter(text, part)
            strip = strip or _beside_abstract(text, part)
            _begin_band(bands, part, strip)
    if bands:
        bands[-1].parts += waiting
    return [band.lines for band in bands]


def _first_rows_gutter(text: PageText, lines: Indices) -> Strip | None:
    """The paper's gutter in the first rows of its text, at the foot of a page that has none."""
    if text.usual is None:
        return None
    for strip in _free_strips(text, lines):
        near = abs(_middle(strip) - text.usual) <= limits.same_gutter
        left = text.x1[lines] <= _middle(strip)
        if near and all(_is_text(text, lines[s]) for s in (left, ~left)):
            return strip
    return None


def _is_text(text: PageText, lines: Indices) -> bool:
    """A few rows of running text, above one another."""
    letters = text.letters[lines].sum()
    full = letters >= limits.row_letters * len(lines)
    return bool(full) and _rows(text, lines) >= limits.first_rows


def _beside_abstract(text: PageText, lines: Indices) -> Strip | None:
    """The blank between "article info" and "abstract" in one row, above a column of dates and
    keywords that are too short to be known as one.
    """
    if not text.early:
        return None
    for i in lines.tolist():
        if _names_abstract(text.lines[i]):
            strips = list(_strips_beside(text, lines, i))
            strip = min(strips, key=_strip_width, default=None)
            return strip and _shared_gutter(text, lines, strip)
    return None


def _names_abstract(line: Line) -> bool:
    names = r"abstract|summary|摘\s*要"
    return bool(re.fullmatch(names, line.text, re.IGNORECASE))


def _strips_beside(text: PageText, lines: Indices, i: int) -> Iterator[Strip]:
    """Blanks between one line and the others in its row."""
    for k in lines.tolist():
        left, right = (i, k) if text.x0[i] < text.x0[k] else (k, i)
        strip = float(text.x1[left]), float(text.x0[right])
        if _strip_width(strip) >= limits.gutter and _level(text, i, k):
            yield strip


def _strip_width(strip: Strip) -> float:
    return strip[1] - strip[0]


def _begin_band(
    bands: list[_Band], part: Indices, gutter: Strip | None
) -> None:
    if gutter is None and bands and bands[-1].gutter is None:
        bands[-1].parts.append(part)
    else:
        bands.append(_Band(part, gutter))


def _shared_gutter(
    text: PageText, part: Indices, gutter: Strip
) -> Strip | None:
    """What is left of a gutter when more lines stand below it."""
    free = _free_strips(text, part)
    edges = (-np.inf, text.x0[part].min()), (text.x1[part].max(), np.inf)
    for start, stop in (*free, *edges):
        shared = max(start, gutter[0]), min(stop, gutter[1])
        if shared[1] - shared[0] >= limits.gutter:
            return shared
    return None


def _is_one_sided(text: PageText, lines: Indices, gutter: Strip) -> bool:
    left = text.x1[lines] <= _middle(gutter)
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
    if bottom - top < limits.section_gap * last.size:
        return False
    if ((text.others > top) & (text.others < bottom)).any():
        return False  # a figure stands between them
    return first.font != last.font and _opens_back_matter(first)


def _opens_back_matter(line: Line) -> bool:
    names = r"references|literature|bibliograph|acknowledg|参考文献"
    return bool(re.match(names, line.text, re.IGNORECASE))


def _parts(text: PageText, lines: Indices) -> list[Indices]:
    """The lines between blanks that run across all of them, from top to bottom."""
    order = lines[np.argsort(text.top[lines], kind="stable")]
    bottoms = np.maximum.accumulate(text.bottom[order])
    cuts = (text.top[order][1:] - bottoms[:-1] >= limits.band_gap).nonzero()[0]
    return np.split(order, cuts + 1)


# ---- a gutter that lines run across
def _crossed(
    text: PageText, lines: Indices, wall: float, bounds: Strip
) -> Iterator[_Zone]:
    """Columns on both sides of a wall, parted by the lines that run across it."""
    across = _across(text, lines, wall)
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
            heights, line.baseline - limits.same_row * line.size
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


def _across(text: PageText, lines: Indices, wall: float) -> set[int]:
    """Lines that run across the wall, and those that continue them or stand between them."""
    low = text.x0[lines] < wall - limits.crossing
    high = text.x1[lines] > wall + limits.crossing
    wide, others = lines[low & high].tolist(), lines[~(low & high)].tolist()
    sure = [i for i in wide if not any(_collide(text, i, k) for k in others)]
    level = {k for k in others if any(_level(text, i, k) for i in sure)}
    last = _last_lines(text, sure, others)
    return {*sure, *level, *last, *_between(text, sure, others)}


def _level(text: PageText, i: int, k: int) -> bool:
    a, b = text.lines[i], text.lines[k]
    return abs(a.baseline - b.baseline) <= limits.same_row * max(a.size, b.size)


def _collide(text: PageText, i: int, k: int) -> bool:
    """Two texts printed over one another: one of them runs out of its column."""
    shared = min(text.x1[i], text.x1[k]) - max(text.x0[i], text.x0[k])
    return shared > limits.crossing and _level(text, i, k)


def _last_lines(
    text: PageText, across: list[int], others: list[int]
) -> Iterator[int]:
    """Short last lines of paragraphs that run across: alone, below a line across."""
    for k in others:
        if any(_is_last(text, i, k) for i in across) and not any(
            _level(text, k, other) for other in others if other != k
        ):
            yield k


def _is_last(text: PageText, i: int, k: int) -> bool:
    line, above = text.lines[k], text.lines[i]
    step = line.baseline - above.baseline
    return (
        0 < step <= limits.last_line * line.size
        and abs(text.x0[k] - text.x0[i]) <= limits.reach
        and abs(line.size - above.size) <= limits.last_size
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
        if ordered[place] - ordered[place - 1] <= limits.run * line.size:
            yield k


# ---- margins
def _margin(text: PageText, lines: Indices) -> Indices:
    """Lines of a narrow column beside the text, in smaller print: dates, addresses, licences."""
    for start, stop in _free_strips(text, lines, limits.margin_gap):
        left = text.x1[lines] <= (start + stop) / 2
        for side, at_left in ((left, True), (~left, False)):
            notes, main = lines[side], lines[~side]
            if _beside(text, notes, main, at_left=at_left):
                return notes
    return lines[:0]


def _beside(
    text: PageText, notes: Indices, main: Indices, *, at_left: bool
) -> bool:
    """Notes in narrower, smaller print beside text that has an edge towards them."""
    letters, others = text.letters[notes].sum(), text.letters[main].sum()
    few = letters <= limits.margin_share * (letters + others)
    if not few or not _is_column(text, main):
        return False
    narrow = _width(text, notes) <= limits.margin_width * _width(text, main)
    small = (
        _mean_size(text, notes) <= _mean_size(text, main) - limits.margin_size
    )
    edge = (text.x0 if at_left else text.x1)[main]
    return (
        narrow
        and small
        and _edge_share(edge, text.letters[main]) >= limits.margin_edge
        and _rows(text, notes) >= limits.margin_rows
        and any(_has_word(text.lines[i].text) for i in notes.tolist())
    )


def _edge_share(
    edges: NDArray[np.float64], letters: NDArray[np.float64]
) -> float:
    """The share of letters in lines that begin or end at the most frequent place."""
    _, which = np.unique(np.round(edges / 3), return_inverse=True)
    return float(np.bincount(which, weights=letters).max() / letters.sum())


def _width(text: PageText, lines: Indices) -> float:
    return float(text.x1[lines].max() - text.x0[lines].min())


def _mean_size(text: PageText, lines: Indices) -> float:
    """Font size of a letter on average, in points."""
    sizes = [text.lines[i].size for i in lines.tolist()]
    return float(np.average(sizes, weights=text.letters[lines]))


def _has_word(words: str) -> bool:
    return any(
        sum(map(str.isalpha, word)) >= limits.label for word in words.split()
    )


# ---- extents
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
        x == y or abs(x - y) <= limits.same_gutter
        for x, y in zip(a.bounds, b.bounds, strict=True)
    )


def _extent(text: PageText, lines: Indices) -> tuple[float, float]:
    """Where most lines begin and the long ones end."""
    places, which = np.unique(np.round(text.x0[lines]), return_inverse=True)
    most = np.bincount(which, weights=text.letters[lines]).argmax()
    return float(places[most]), float(
        np.percentile(text.x1[lines], limits.ragged)
    )
