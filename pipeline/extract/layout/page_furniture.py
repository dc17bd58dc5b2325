"""Which lines stand around the text and belong to no part of it: running heads, page numbers,
line numbers, stamps.

What repeats from page to page at the same height near an edge is a running head or foot; what
counts up beside the text is a review's line number; upright text at the edge is a stamp, large
slanted text a watermark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.pdf.page import Drawing, Line, Page


@dataclass(frozen=True, slots=True)
class PageFurnitureRules:
    """Where running heads, line numbers and stamps stand, and how often they come again."""

    band: float = 0.15
    """Of the page's height, at top and bottom, where running heads stand; the deepest one in the
    corpus is at 0.129.
    """
    same_height: float = 4.0
    """Points by which the baseline of a running head may differ from page to page."""
    repeats: float = 0.38
    """Of the pages on which a running head must stand (at least two): odd and even pages take
    turns, the first has none.
    """
    often: float = 0.6
    """Of the pages: a text that stands on so many (and on three) needs no gap to the text."""
    often_letters: int = 12
    """Letters of such a text, a number among them: others may be heads of tables."""
    runner_gap: float = 3.0
    """Points between a running head and the text; lines of text leave less between their boxes."""
    edge: float = 0.09
    """Of the page's width, at each side, where stamps and line numbers stand."""
    line_numbers: int = 8
    """Numbers above one another beside the text from which on they count lines."""
    steps: tuple[int, ...] = (1, 5, 10)
    """Lines from one number to the next: some copies number every fifth line."""
    watermark_size: float = 28.0
    """Points; slanted text of this size and more is printed across the page."""
    slant: float = 0.1
    """Sine from which text counts as slanted."""
    stamp_size: float = 12.0
    """Points; stamps at the edge are larger than the labels of figures that reach there."""
    # With a full stop it is the number of a heading.
    number: re.Pattern[str] = re.compile(
        r"[-–—\s|]*(?:page )?(\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d+)?[-–—\s|]*",
        re.IGNORECASE,
    )
    stamp: re.Pattern[str] = re.compile(
        r"arXiv:\d{4}\.\d{4,5}|arXiv:[a-z-]+(\.[A-Z]{2})?/\d{7}"
    )


_rules = PageFurnitureRules()


RunnerKey = tuple[str, int]
"""Text of a line without its numbers, and a step of its height."""
NumberColumn = list[tuple[int, Line]]
"""The numbers at one edge of a page from the top, each with its place in `Page.lines`."""


@dataclass(frozen=True, slots=True)
class Margins:
    """What one page has around its text."""

    lines: frozenset[int]
    """Indices into `Page.lines`."""
    top: float
    """y below which the text of the page begins: the foot of its running head, or 0."""
    bottom: float
    """y above which it ends: the top of its running foot, or the page's height."""


def find_margins(pages: Sequence[Page]) -> list[Margins]:
    """The margins of every page, in order."""
    repeated, rules = _repeated(pages), _repeated_rules(pages)
    sure = _often_repeated(repeated, len(pages))
    known = frozenset(repeated)
    numbers = _line_numbers(pages)
    return [
        _margins(page, known, sure, rules, counted)
        for page, counted in zip(pages, numbers, strict=True)
    ]


def _margins(
    page: Page,
    repeated: frozenset[RunnerKey],
    sure: frozenset[RunnerKey],
    rules: set[tuple[int, int, int]],
    numbers: frozenset[int],
) -> Margins:
    heads, feet = (
        _runners(page, repeated, sure, top=True),
        _runners(page, repeated, sure, top=False),
    )
    top = max((page.lines[i].bbox[3] for i in heads), default=0.0)
    bottom = min((page.lines[i].bbox[1] for i in feet), default=page.height)
    for rule in _edge_rules(page):
        if _place(rule) in rules and rule.bbox[3] < page.height / 2:
            top = max(top, rule.bbox[3])
        elif _place(rule) in rules:
            bottom = min(bottom, rule.bbox[1])
    return Margins(
        heads | feet | numbers | frozenset(_stamps(page)),
        top,
        bottom,
    )


def _repeated(pages: Sequence[Page]) -> Counter[RunnerKey]:
    """On how many pages a text stands at a height, for the texts that are running heads or feet."""
    counts: Counter[RunnerKey] = Counter()
    for page in pages:
        top, bottom = _band(page)
        outer = (
            line
            for line in page.lines
            if line.bbox[3] < top or line.bbox[1] > bottom
        )
        counts.update({key for line in outer for key in _keys(line)})
    least = max(2.0, _rules.repeats * len(pages))
    return Counter(
        {key: count for key, count in counts.items() if count >= least}
    )


def _often_repeated(
    repeated: Counter[RunnerKey], pages: int
) -> frozenset[RunnerKey]:
    """Texts that stand on so many pages that they are surely no part of the text."""
    least = max(3.0, _rules.often * pages)
    return frozenset(
        (text, step)
        for (text, step), count in repeated.items()
        if count >= least and len(text) >= _rules.often_letters and "#" in text
    )


def _repeated_rules(pages: Sequence[Page]) -> set[tuple[int, int, int]]:
    """Long rules at the same place of many pages: they part running heads and feet from the
    text.
    """
    counts = Counter(
        place
        for page in pages
        for place in {_place(rule) for rule in _edge_rules(page)}
    )
    return {
        place
        for place, count in counts.items()
        if count >= max(2.0, _rules.repeats * len(pages))
    }


def _edge_rules(page: Page) -> list[Drawing]:
    top, bottom = _band(page)
    return [
        d
        for d in page.drawings
        if (d.bbox[3] < top or d.bbox[1] > bottom)
        and d.bbox[2] - d.bbox[0] > page.width / 2
        and d.is_rule
    ]


def _place(rule: Drawing) -> tuple[int, int, int]:
    x0, y0, x1, _ = rule.bbox
    return round(x0), round(y0), round(x1)


def _keys(line: Line) -> tuple[RunnerKey, RunnerKey]:
    """Text without its numbers, at the two nearest steps of height, so that no step boundary
    parts equals.
    """
    text = _without_numbers(line.text)
    step = int(line.bbox[1] // _rules.same_height)
    return (text, step), (text, step + 1)


@lru_cache(maxsize=4096)
def _without_numbers(text: str) -> str:
    return "#" if _rules.number.fullmatch(text) else re.sub(r"\d+", "#", text)


def _band(page: Page) -> tuple[float, float]:
    """Where running heads end, and where running feet begin."""
    return _rules.band * page.height, (1 - _rules.band) * page.height


def _in_band(page: Page, line: Line) -> bool:
    top, bottom = _band(page)
    return line.bbox[3] < top or line.bbox[1] > bottom


def _runners(
    page: Page,
    repeated: frozenset[RunnerKey],
    sure: frozenset[RunnerKey],
    *,
    top: bool,
) -> frozenset[int]:
    """The outermost rows of one band as long as each holds a repeated line and a gap parts them
    from the text, or a line that is surely repeated.
    """
    found: list[int] = []
    chosen: list[int] = []
    edge = None
    for row in _rows(page, top=top):
        lines = [page.lines[i] for i in row]
        inner = (
            min(line.bbox[1] for line in lines)
            if top
            else max(line.bbox[3] for line in lines)
        )
        if (
            edge is not None
            and (inner - edge if top else edge - inner) >= _rules.runner_gap
        ):
            chosen = list(found)
        keys = {key for line in lines for key in _keys(line)}
        if keys.isdisjoint(repeated):
            return frozenset(chosen)
        found += row
        if not keys.isdisjoint(sure):
            chosen = list(found)
        edge = (
            max(line.bbox[3] for line in lines)
            if top
            else min(line.bbox[1] for line in lines)
        )
    return frozenset(found)


def _rows(page: Page, *, top: bool) -> Iterator[list[int]]:
    """Indices of level lines row by row from the edge inwards: those of the band, and the first
    row beyond it.
    """
    half = page.height / 2
    order = [
        i
        for i, line in enumerate(page.lines)
        if (line.bbox[1] < half) == top and line.level
    ]
    order.sort(key=lambda i: page.lines[i].baseline, reverse=not top)
    row: list[int] = []
    for i in order:
        if (
            row
            and abs(page.lines[i].baseline - page.lines[row[0]].baseline)
            > _rules.same_height
        ):
            yield row
            if not _in_band(page, page.lines[row[0]]):
                return
            row = []
        row.append(i)
    if row:
        yield row


def _line_numbers(pages: Sequence[Page]) -> list[frozenset[int]]:
    """On each page, the numbers at the outer edges that count up downwards.

    Where one edge has them, a few numbers set like them at an edge without are the rest.
    """
    edges = [
        [_numbers_beside(page, left=left) for left in (True, False)]
        for page in pages
    ]
    columns = [column for both in edges for column in both]
    styles = {
        _number_style(line)
        for column in columns
        for _, line in _counted(column)
    }
    if not styles:
        return [frozenset()] * len(pages)
    return [
        frozenset(i for column in both for i, _ in _of_lines(column, styles))
        for both in edges
    ]


def _of_lines(
    column: NumberColumn, styles: set[tuple[str, float]]
) -> NumberColumn:
    """The line numbers among the numbers at an edge, by how they count or are set."""
    alike = (one for one in column if _number_style(one[1]) in styles)
    return _counted(column) or list(alike)


def _number_style(line: Line) -> tuple[str, float]:
    return line.font, round(line.size, 1)


def _numbers_beside(page: Page, *, left: bool) -> NumberColumn:
    found = [
        (i, line)
        for i, line in enumerate(page.lines)
        if line.text.isdecimal()
        and line.text.isascii()
        and _is_beside(page, line, left=left)
    ]
    return sorted(found, key=lambda item: item[1].baseline)


def _counted(column: NumberColumn) -> NumberColumn:
    """Those of the numbers that count up."""
    values = [int(line.text) for _, line in column]
    return [column[k] for k in _counting(values)]


def _counting(values: list[int]) -> list[int]:
    """Indices of the longest series that goes up by one (or by five), or none if it is short."""
    best: list[int] = []
    for step in _rules.steps:
        for start in range(len(values) - _rules.line_numbers + 1):
            series = [start]
            for k in range(start + 1, len(values)):
                if values[k] == values[series[-1]] + step:
                    series.append(k)
            best = max(best, series, key=len)
    return best if len(best) >= _rules.line_numbers else []


def _is_beside(page: Page, line: Line, *, left: bool) -> bool:
    """At the outer edge of a page."""
    if left:
        return line.bbox[2] < 2 * _rules.edge * page.width
    return line.bbox[0] > (1 - 2 * _rules.edge) * page.width


def _stamps(page: Page) -> Iterator[int]:
    for i, line in enumerate(page.lines):
        if not line.level and (_stamp(page, line) or _watermark(line)):
            yield i


def _stamp(page: Page, line: Line) -> bool:
    edge = (
        line.bbox[2] < _rules.edge * page.width
        or line.bbox[0] > (1 - _rules.edge) * page.width
    )
    return bool(_rules.stamp.search(line.text)) or (
        edge and len(line.text) > 1 and line.size >= _rules.stamp_size
    )


def _watermark(line: Line) -> bool:
    upright = (
        abs(line.direction[0]) < _rules.slant
        or abs(line.direction[1]) < _rules.slant
    )
    return line.size >= _rules.watermark_size and not upright
