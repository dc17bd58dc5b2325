"""The rows of a head: which lines are one, and which rows each head covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.tables.heads.head_spans import span_heads
from pipeline.extract.tables.segments import Segment, TextLine
from pipeline.extract.tables.table_area import TableArea
from pipeline.extract.tables.table_cell import PlacedCell
from pipeline.extract.tables.table_columns import TableColumn


@dataclass(frozen=True, slots=True)
class HeadRowLimits:
    """Of the font size."""

    between: float = 0.25
    """A line this far from those of all rows stands between them."""
    apart: float = 0.85
    """Lines closer than this stand beside one another, in cells of several lines."""


limits = HeadRowLimits()


def place_heads(
    lines: Sequence[TextLine], columns: Sequence[TableColumn], area: TableArea
) -> tuple[list[PlacedCell], int]:
    """The cells of the head, and its number of rows."""
    if not lines:
        return [], 0
    _attach_arrows(lines, area.em)
    span_heads(lines, columns, area)
    levels = _levels(lines, area)
    count = levels[-1] + 1
    heights = _heights(lines, levels, count)
    cells: dict[tuple[int, int, int], PlacedCell] = {}
    for line, level in zip(lines, levels, strict=True):
        for segment in line.segments:
            key = level, segment.first, segment.last
            between = count > 1 and all(
                abs(line.baseline - y) > limits.between * area.em
                for y in heights
            )
            _add(cells, key, segment, between=between)
    placed = list(cells.values())
    _stretch(placed, count)
    return placed, count


def _add(
    cells: dict[tuple[int, int, int], PlacedCell],
    key: tuple[int, int, int],
    segment: Segment,
    *,
    between: bool,
) -> None:
    level, first, last = key
    if key in cells:
        cells[key].parts.append(segment.text)
        return
    cells[key] = PlacedCell(
        level, level, first, last, [segment.text], head=True, between=between
    )


def _attach_arrows(lines: Sequence[TextLine], em: float) -> None:
    """Give arrows beside a head of several lines the column of that head."""
    for line in lines:
        for arrow in line.segments:
            if arrow.text not in {"↑", "↓"}:
                continue
            beside = [
                s
                for other in lines
                if 0 < abs(other.baseline - line.baseline) < limits.apart * em
                for s in other.segments
                if 0 <= arrow.x0 - s.x1 < em or s.x0 < arrow.x0 < s.x1
            ]
            if beside:
                nearest = max(beside, key=lambda s: s.x1)
                arrow.first, arrow.last = nearest.first, nearest.last


def _levels(lines: Sequence[TextLine], area: TableArea) -> list[int]:
    """The row of each line: a new one begins below heads that span others."""
    levels = [0]
    for i, (line, following) in enumerate(pairwise(lines)):
        groups = [s for s in line.segments if s.last > s.first]
        same = {(s.first, s.last) for s in following.segments}
        over = [
            s
            for s in groups
            if (s.first, s.last) not in same and _has_below(s, lines[i + 1 :])
        ]
        ruled = any(
            line.baseline < rule.place < following.baseline
            for rule in area.level_rules
        )
        levels.append(
            levels[-1] + bool(over or (ruled and not _lonely(line, lines)))
        )
    return levels


def _has_below(head: Segment, lines: Sequence[TextLine]) -> bool:
    return any(
        head.first <= s.first
        and s.last <= head.last
        and s.last - s.first < head.last - head.first
        for line in lines
        for s in line.segments
    )


def _lonely(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Nothing of the head stands above or below the heads of a line."""
    return not any(
        other.first <= segment.last and segment.first <= other.last
        for segment in line.segments
        for another in lines
        if another is not line
        for other in another.segments
    )


def _heights(
    lines: Sequence[TextLine], levels: Sequence[int], count: int
) -> list[float]:
    """The baseline of each row: that of its line with most heads."""
    heights = []
    for level in range(count):
        own = [
            line for line, at in zip(lines, levels, strict=True) if at == level
        ]
        own = [line for line in own if not _lonely(line, lines)] or own
        heights.append(max(own, key=lambda line: len(line.segments)).baseline)
    return heights


def _stretch(cells: list[PlacedCell], rows: int) -> None:
    """Let heads cover the free rows above and below that belong to them."""
    taken = {(r, c) for cell in cells for r, c in cell.places()}
    for cell in cells:
        across = range(cell.first, cell.last + 1)
        above = [
            all((r, c) not in taken for c in across) for r in range(cell.top)
        ]
        below = [
            all((r, c) not in taken for c in across)
            for r in range(cell.bottom + 1, rows)
        ]
        if all(below):
            cell.bottom = rows - 1
        if (
            not cell.between
            and cell.top
            and cell.bottom - len(below) == cell.top
            and not below
        ):
            continue
        while cell.top and above[cell.top - 1]:
            cell.top -= 1
        taken |= set(cell.places())
