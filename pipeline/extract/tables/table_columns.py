"""Columns of a table: what the pieces of its cells leave free between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page_words import Word
from pipeline.extract.tables.segments import (
    Segment,
    TextLine,
    goes_on,
    split_segment,
)
from pipeline.extract.tables.table_area import TableArea


@dataclass(frozen=True, slots=True)
class TableColumnLimits:
    """Of the font size where nothing else is said."""

    overlap: float = 0.1
    """Two segments that share less in x stand beside one another."""
    spanning: float = 0.5
    """Share of the lines below or above that have several cells where a spanning one has one."""
    gap: float = 0.42
    """Between neighbouring cells."""
    tight: float = 0.25
    """Between neighbouring cells that are set as close as words."""
    text: float = 0.8
    """Share of cells without values where text wraps."""
    beside: float = 0.7
    """Share of the pieces at the right of a river that follow one at its left."""
    river: float = 1.2
    """Spaces of justified text are narrower, where cells wrap."""
    placed: float = 0.3
    """A cell in its place stands this near to the middle or an edge of its column."""
    head: float = 1.0
    """Between the words of one head, where one stands over no column."""
    core: float = 0.3
    """A segment reaches into a column when it covers this much of it."""


limits = TableColumnLimits()


@dataclass(slots=True)
class TableColumn:
    """The x range of the cells of a column, points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """X of its middle."""
        return (self.x0 + self.x1) / 2


def find_table_columns(
    lines: Sequence[TextLine], body: int, area: TableArea
) -> list[TableColumn]:
    """The columns from the lines of the body (those from `body` on), then of the head."""
    kept = _cells_apart(lines[body:], area)
    if not kept:
        return []
    columns = _merged(kept, area)
    head = _lowest([line.segments for line in lines[:body]])
    columns = _without_rivers(columns, kept, head, area)
    _add_heads(columns, head, area)
    return columns


def join_heads(lines: Sequence[TextLine], body: int, area: TableArea) -> None:
    """Join the words of heads that a wide space parts, in the lines above the body."""
    columns = _merged(_cells_apart(lines[body:], area), area)
    for line in lines[:body]:
        line.segments = _joined_heads(line.segments, columns, area)


def _cells_apart(
    lines: Sequence[TextLine], area: TableArea
) -> Sequence[Segment]:
    """The segments of the body that span no columns; all where there are no such."""
    segments = _column_segments(lines, area)
    if not segments:
        return []
    spanning = _spanning(segments, segments, area)
    kept = [s for s, spans in zip(segments, spanning, strict=True) if not spans]
    return kept or segments


def _joined_heads(
    segments: Sequence[Segment],
    columns: Sequence[TableColumn],
    area: TableArea,
) -> list[Segment]:
    """The heads of a line, each with the words near it that stand over no column of the body."""
    joined = [segments[0]]
    for i, segment in enumerate(segments[1:], 1):
        before = joined[-1]
        gap = segment.x0 - before.x1
        after = (
            segments[i + 1].x0 - segment.x1 if i + 1 < len(segments) else inf
        )
        ahead = before.x0 - joined[-2].x1 if len(joined) > 1 else inf
        loose = _stands_apart(segment, columns, area) and gap < after / 2
        behind = _stands_apart(before, columns, area) and gap < ahead / 2
        whole = Segment([*before.words, *segment.words], segment.line)
        near = gap <= limits.head * area.em and len(_under(whole, columns)) == 1
        if near and (loose or behind):
            joined[-1] = whole
        else:
            joined.append(segment)
    return joined


def _stands_apart(
    segment: Segment, columns: Sequence[TableColumn], area: TableArea
) -> bool:
    """Words over no column nor turned label; an arrow beside a head of several lines is none."""
    turned = any(
        segment.x0 < word.x1 and word.x0 < segment.x1
        for word in area.words
        if not word.level
    )
    arrow = segment.text in {"↑", "↓"}
    return not (turned or arrow or _under(segment, columns))


def _under(
    segment: Segment, columns: Sequence[TableColumn]
) -> list[TableColumn]:
    return [
        column
        for column in columns
        if segment.x0 < column.x1 and column.x0 < segment.x1
    ]


def _without_rivers(
    columns: list[TableColumn],
    body: Sequence[Segment],
    head: Sequence[Segment],
    area: TableArea,
) -> list[TableColumn]:
    """Join columns that are pieces of one, parted by the wide spaces of justified text."""
    assign_columns(body, columns, area.em)
    headed = _headed(columns, head, area.em)
    joined = [columns[0]]
    for i, column in enumerate(columns[1:], 1):
        left = [s for s in body if s.last == i - 1]
        right = [s for s in body if s.first == i]
        ruled = any(
            columns[i - 1].x1 < r.place < column.x0 for r in area.upright_rules
        )
        if (
            head
            and i not in headed
            and not ruled
            and _is_river(left, right, area.em)
        ):
            joined[-1].x1 = column.x1
        else:
            joined.append(column)
    return joined


def _headed(
    columns: Sequence[TableColumn], head: Sequence[Segment], em: float
) -> set[int]:
    """Columns that begin no farther left than a head does over them alone, or the first of it."""
    assign_columns(head, columns, em)
    return {segment.first for segment in head}


def _is_river(
    left: Sequence[Segment], right: Sequence[Segment], em: float
) -> bool:
    """Text goes on from left to right with spaces, on all lines that have any at the right."""
    ends = {segment.line: segment.x1 for segment in left}
    gaps = [s.x0 - ends[s.line] for s in right if s.line in ends]
    text = sum(not segment.atom for segment in (*left, *right))
    if not gaps or text < limits.text * (len(left) + len(right)):
        return False
    return (
        len(gaps) >= limits.beside * len(right)
        and min(gaps) < limits.river * em
    )


def _column_segments(
    lines: Sequence[TextLine], area: TableArea
) -> list[Segment]:
    """Segments of the body; those alone on a line, away from the left, may be labels."""
    alone = [line for line in lines if len(line.segments) == 1]
    if 2 * len(alone) > len(lines):
        return [segment for line in lines for segment in line.segments]
    left = (
        min((line.segments[0].x0 for line in lines), default=0.0) + 2 * area.em
    )
    return [
        segment
        for line in lines
        for segment in line.segments
        if len(line.segments) > 1 or segment.x0 < left
    ]


def _lowest(head: Sequence[Sequence[Segment]]) -> list[Segment]:
    """Heads with no other below them: these stand over one column."""
    return [
        segment
        for i, line in enumerate(head)
        for segment in line
        if not any(
            other.x0 < segment.x1 and segment.x0 < other.x1
            for lower in head[i + 1 :]
            for other in lower
        )
    ]


def assign_columns(
    segments: Sequence[Segment], columns: Sequence[TableColumn], em: float
) -> None:
    """Tell every segment the first and the last column that it reaches into."""
    edges = [(column.x0, column.x1) for column in columns]
    for segment in segments:
        left, right = segment.x0, segment.x1
        shared = [min(x1, right) - max(x0, left) for x0, x1 in edges]
        reached = [
            i for i, width in enumerate(shared) if width > limits.core * em
        ]
        if not reached:
            reached = [shared.index(max(shared))]
        segment.first, segment.last = reached[0], reached[-1]


def split_across(
    lines: Sequence[TextLine],
    head: int,
    columns: Sequence[TableColumn],
    em: float,
) -> None:
    """Part segments that are neighbours' cells: cut between columns, each part has its place.

    Above the last of the `head` lines of the head, words as close as those of one cell stay
    together: their line has heads over several columns.
    """
    for i, line in enumerate(lines):
        least = limits.gap if i < head - 1 else limits.tight
        parts: list[Segment] = []
        for segment in line.segments:
            several = segment.last > segment.first and len(segment.words) > 1
            parts += (
                _parts(segment, columns, em, least) if several else [segment]
            )
        line.segments = parts


def _parts(
    segment: Segment, columns: Sequence[TableColumn], em: float, least: float
) -> list[Segment]:
    """A segment cut between columns; whole where its parts would stand out of their places."""
    cuts: list[int] = []
    for left, right in pairwise(columns[segment.first : segment.last + 1]):
        found = [
            i
            for i in range(1 + (cuts[-1] if cuts else 0), len(segment.words))
            if _between(
                segment.words[i - 1], segment.words[i], left, right, least * em
            )
            and not goes_on(segment.words[:i], segment.words[i])
        ]
        if not found:
            return [segment]
        start = segment.words[cuts[-1] if cuts else 0].x0
        cuts.append(min(found, key=partial(_off, segment.words, start, left)))
    parts = split_segment(segment, cuts)
    assign_columns(parts, columns, em)
    apart = len({part.first for part in parts}) == len(parts)
    placed = [
        part
        for part in parts
        if _distance(part.x0, part.x1, columns[part.first])
        <= limits.placed * em
    ]
    if apart and len(placed) > len(parts) / 2:
        return parts
    assign_columns([segment], columns, em)
    return [segment]


def _between(
    a: Word, b: Word, left: TableColumn, right: TableColumn, least: float
) -> bool:
    """The gap between two words is wide enough and lies between two columns, in part at least."""
    if b.x0 - a.x1 < least or b.text[0] in "↑↓(":
        return False
    return a.x1 <= right.x0 + least and b.x0 >= left.x1 - least


def _off(
    words: Sequence[Word], start: float, column: TableColumn, cut: int
) -> float:
    """How far the words before a cut stand from their place in a column."""
    return _distance(start, words[cut - 1].x1, column)


def _distance(x0: float, x1: float, column: TableColumn) -> float:
    """From the middle of a column, or from its nearer edge."""
    middle = (x0 + x1) / 2 - column.middle
    return min(abs(middle), abs(x0 - column.x0), abs(x1 - column.x1))


def _spanning(
    segments: Sequence[Segment], others: Sequence[Segment], area: TableArea
) -> NDArray[np.bool_]:
    """For each segment: most lines with text where it stands have several cells there."""
    need = limits.overlap * area.em
    x0, x1 = _edges(segments)
    a0, a1 = _edges(others)
    shared = np.minimum(x1[:, None], a1) - np.maximum(x0[:, None], a0) > need
    lines = np.array([segment.line for segment in others])
    numbers = np.unique(lines)
    member = (lines[:, None] == numbers).astype(int)
    own = np.array([segment.line for segment in segments])[:, None] == numbers
    counts = np.where(own, 0, shared.astype(int) @ member)
    some, several = (counts > 0).sum(axis=1), (counts > 1).sum(axis=1)
    result: NDArray[np.bool_] = (several > 0) & (
        several >= limits.spanning * some
    )
    return result


def _edges(
    segments: Sequence[Segment],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x0 = np.array([segment.x0 for segment in segments], dtype=float)
    x1 = np.array([segment.x1 for segment in segments], dtype=float)
    return x0, x1


def _merged(segments: Sequence[Segment], area: TableArea) -> list[TableColumn]:
    """The ranges of x that segments cover, those that overlap as one."""
    columns: list[TableColumn] = []
    for segment in sorted(segments, key=lambda segment: segment.x0):
        if columns and segment.x0 < columns[-1].x1 - limits.overlap * area.em:
            columns[-1].x1 = max(columns[-1].x1, segment.x1)
        else:
            columns.append(TableColumn(segment.x0, segment.x1))
    return columns


def _add_heads(
    columns: list[TableColumn], head: Sequence[Segment], area: TableArea
) -> None:
    """Widen columns by the heads that stand over one of them; a head over none begins one."""
    assign_columns(head, columns, area.em)
    for segment in head:
        column = columns[segment.first]
        if segment.first != segment.last:
            continue
        if (
            segment.x1 <= column.x0 - area.em
            or segment.x0 >= column.x1 + area.em
        ):
            continue
        column.x0, column.x1 = (
            min(column.x0, segment.x0),
            max(column.x1, segment.x1),
        )
