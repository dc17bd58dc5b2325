"""Tables that go on over pages: where they do, and their parts joined to one area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.extract.layout.page_rows import PageRow
from pipeline.extract.pdf.page import Page, bounding_box
from pipeline.extract.pdf.page_words import Word
from pipeline.extract.pdf.rotation import Upright
from pipeline.extract.tables.heads.head_lines import count_head_lines
from pipeline.extract.tables.segments import TextLine, text_lines
from pipeline.extract.tables.table_area import (
    Rule,
    TableArea,
    join_rules,
    read_area,
)
from pipeline.extract.tables.table_columns import (
    TableColumn,
    assign_columns,
    find_table_columns,
)
from pipeline.extract.tables.table_notes import (
    says_continued,
    without_notes,
)
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class ContinuationLimits:
    """What stands between the parts of a table, and how alike their rules are."""

    letters: int = 220
    """Notes, "continued" and what else lies between two parts."""
    edge: float = 3.0
    """Points by which the ends of their rules differ."""
    shift: float = 60.0
    """Points by which left and right pages are set apart."""
    rows: int = 3
    """A part without a rule above it begins with as many rows in the table's columns."""
    filled: float = 0.6
    """Share of the columns in which such a row has something."""
    gap: float = 1.0
    """Of the font size: put between two parts."""


limits = ContinuationLimits()


class PlacedTable(NamedTuple):
    """What a caption belongs to, on a level page."""

    label: str | None
    """The number of a table; None of anything else."""
    caption: BBox
    bbox: BBox


class TablePage(NamedTuple):
    """A page with its text level, and what bounds tables on it."""

    source: Page
    """As it lies in the file."""
    shown: Upright
    rows: Sequence[PageRow]
    """Without running heads and page numbers."""
    rules: Sequence[BBox]
    placed: Sequence[PlacedTable]
    prose: float
    """Y at which the running text begins; infinite where there is none."""


def continuations(
    pages: Sequence[TablePage], table: PlacedTable
) -> Iterator[tuple[Page, BBox]]:
    """The pages on which a table goes on, each with its part's box (unrotated page).

    `pages` begin with that of the table. A part has a caption with the same number; or it is what
    the next page begins with, known by rules as long as the table's own or by rows that stand in
    its columns. No part goes on below running text or what has another caption.
    """
    box = table.bbox
    for page, following in pairwise(pages):
        found = next(
            (p.bbox for p in following.placed if p.label == table.label), None
        )
        if found is None and _reaches_foot(page, box):
            found = _part(following, page, box)
        if found is None:
            return
        yield following.source, following.shown.back(found)
        box = found


def _reaches_foot(page: TablePage, box: BBox) -> bool:
    """Hardly anything stands below a table, and nothing that has a caption."""
    middle = (box[1] + box[3]) / 2
    below = [p for p in page.placed if p.bbox[1] > middle and p.bbox != box]
    return not below and _letters(page, box[3], inf) <= limits.letters


def _part(following: TablePage, page: TablePage, box: BBox) -> BBox | None:
    """The part of a table on the next page."""
    bound = _bound(following)
    ruled = _ruled_part(following, _rules_in(page.rules, box), bound)
    if ruled and _begins_with(following, ruled):
        return ruled
    rows = _rows_in_columns(following, page, box, bound)
    if rows and ruled:
        return bounding_box([rows, ruled])
    return rows


def _begins_with(page: TablePage, box: BBox) -> bool:
    """A box holds the first rows of a page, but for a line or two."""
    high = box[3] - box[1] > limits.edge
    return high and _letters(page, 0.0, box[1]) <= limits.letters


def _bound(page: TablePage) -> float:
    """Y of the first thing on a page that belongs to no part above it."""
    tops = [p.caption[1] for p in page.placed]
    tops += [p.bbox[1] for p in page.placed]
    return min(*tops, page.prose, page.shown.page.height)


def _rules_in(rules: Iterable[BBox], box: BBox) -> Rule | None:
    """The longest level rule in a box; None where it is shorter than half of the box."""
    inside = [
        rule
        for rule in rules
        if box[1] - 2 <= rule[1] <= box[3] + 2
        and rule[0] < box[2]
        and rule[2] > box[0]
    ]
    longest = max(join_rules(inside), key=_length, default=None)
    if longest is None or _length(longest) < (box[2] - box[0]) / 2:
        return None
    return longest


def _length(rule: Rule) -> float:
    return rule.end - rule.start


def _ruled_part(
    page: TablePage, rule: Rule | None, bound: float
) -> BBox | None:
    """The box between the first and the last rule as long as one of the table, above `bound`."""
    if rule is None:
        return None
    above = [box for box in page.rules if box[1] < bound]
    alike = [
        other
        for other in join_rules(above)
        if abs(_length(other) - _length(rule)) <= limits.edge
        and abs(other.start - rule.start) <= limits.shift
    ]
    if not alike:
        return None
    left = min(other.start for other in alike)
    right = max(other.end for other in alike)
    return left, alike[0].place, right, alike[-1].place


def _rows_in_columns(
    following: TablePage, page: TablePage, box: BBox, bound: float
) -> BBox | None:
    """The box of the first rows of a page, where they stand in the columns of the table."""
    area = read_area(page.source, page.shown.back(box))
    below = box[0], 0.0, box[2], bound
    part = read_area(following.source, following.shown.back(below))
    if area is None or part is None:
        return None
    lines = without_notes(text_lines(area), area)
    columns = find_table_columns(lines, count_head_lines(lines, area), area)
    rows: list[TextLine] = []
    for line in text_lines(part):
        if _fills(line, columns, area.em):
            rows.append(line)
        elif rows and len(line.segments) > 1:
            break
    if len(rows) < limits.rows:
        return None
    if _letters(following, 0.0, rows[0].top) > limits.letters:
        return None
    return box[0], rows[0].top, box[2], rows[-1].bottom


def _fills(line: TextLine, columns: Sequence[TableColumn], em: float) -> bool:
    """Most columns have a piece of a line for themselves."""
    assign_columns(line.segments, columns, em)
    own = {s.first for s in line.segments if s.first == s.last}
    few = len(line.segments) <= 2 * len(own)
    return few and len(own) >= max(2, limits.filled * len(columns))


def _letters(page: TablePage, top: float, bottom: float) -> int:
    """Letters of the rows between two heights, points."""
    return sum(
        len(row.text)
        for row in page.rows
        if top <= (row.bbox[1] + row.bbox[3]) / 2 <= bottom
    )


def join_areas(areas: Sequence[TableArea]) -> TableArea:
    """The parts of a table below one another as one; heads that are repeated are left out."""
    first = areas[0]
    lines = without_notes(text_lines(first), first)
    head = [_text(line) for line in lines[: count_head_lines(lines, first)]]
    joined = first
    for area in areas[1:]:
        lower = _without_top_rules(_without_head(area, head))
        joined = _below(_without_foot(joined), lower)
    return joined


def _without_foot(area: TableArea) -> TableArea:
    """A part down to its last row: rows and labels go on below what closes it."""
    lines = without_notes(text_lines(area), area)
    if not lines:
        return area
    end = lines[-1].bottom
    return replace(
        area,
        words=tuple(word for word in area.words if word.y0 < end),
        level_rules=tuple(
            rule for rule in area.level_rules if rule.place < end
        ),
    )


def _without_top_rules(area: TableArea) -> TableArea:
    """A part without the rules above its first row, which part no rows in a joined table."""
    top = min((word.baseline for word in area.words), default=0.0)
    below = tuple(rule for rule in area.level_rules if rule.place > top)
    return replace(area, level_rules=below)


def _text(line: TextLine) -> str:
    return "".join(
        word.text for segment in line.segments for word in segment.words
    )


def _without_head(area: TableArea, head: Sequence[str]) -> TableArea:
    """A part without the lines of the table's head, where it begins with them."""
    lines = text_lines(area)
    while lines and says_continued(lines[0]):
        lines = lines[1:]
    if not head or [_text(line) for line in lines[: len(head)]] != list(head):
        return area
    end = max(line.baseline for line in lines[: len(head)]) + area.em / 2
    turned = max(
        (word.y1 for word in area.words if not word.level and word.y0 < end),
        default=end,
    )
    cut = max(end, turned)
    return replace(
        area,
        words=tuple(
            word for word in area.words if (word.y0 + word.y1) / 2 > end
        ),
        level_rules=tuple(
            rule for rule in area.level_rules if rule.place > cut - area.em
        ),
        upright_rules=tuple(
            rule._replace(start=max(rule.start, end))
            for rule in area.upright_rules
        ),
    )


def _below(upper: TableArea, lower: TableArea) -> TableArea:
    """A part moved below another."""
    if not lower.words:
        return upper
    bottom = max(
        *(word.y1 for word in upper.words),
        *(r.place for r in upper.level_rules),
        0.0,
    )
    top = min(
        *(word.y0 for word in lower.words),
        *(r.place for r in lower.level_rules),
        1e6,
    )
    down = bottom - top + limits.gap * upper.em
    across = upper.x0 - lower.x0
    moved = [_moved(word, across, down) for word in lower.words]
    level = [
        Rule(r.place + down, r.start + across, r.end + across)
        for r in lower.level_rules
    ]
    upright = [
        Rule(r.place + across, r.start + down, r.end + down)
        for r in lower.upright_rules
    ]
    return replace(
        upper,
        words=(*upper.words, *moved),
        level_rules=(*upper.level_rules, *level),
        upright_rules=(*upper.upright_rules, *upright),
    )


def _moved(word: Word, across: float, down: float) -> Word:
    return word._replace(
        x0=word.x0 + across,
        x1=word.x1 + across,
        y0=word.y0 + down,
        y1=word.y1 + down,
        baseline=word.baseline + down,
    )
