"""Cells of a table: rows, columns, heads and what they span.

A table is read as it is printed: words on baselines, gaps between them, rules. Columns come from
the x ranges that the segments of the body leave free; heads are given the columns over whose
middle they stand, or those over the rule beneath them; labels at the left the rows of which they
are the middle.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Page
from pipeline.extract.pdf.page_words import Word
from pipeline.extract.tables.continued import join_areas
from pipeline.extract.tables.heads.head_lines import count_head_lines
from pipeline.extract.tables.heads.head_rows import place_heads
from pipeline.extract.tables.row_groups import RowLabel, group_rows
from pipeline.extract.tables.segments import Segment, TextLine, text_lines
from pipeline.extract.tables.table_area import TableArea, read_area
from pipeline.extract.tables.table_cell import PlacedCell
from pipeline.extract.tables.table_columns import (
    TableColumn,
    assign_columns,
    find_table_columns,
    join_heads,
    split_across,
)
from pipeline.extract.tables.table_notes import without_notes
from pipeline.extract.tables.table_rows import Body, BodyRow, read_table_rows
from pipeline.paper import BBox, Cell

Cells = tuple[tuple[Cell, ...], ...]
COMPOUND = re.compile(
    r"\b(?:multi|non|self|semi|pre|post|cross|co|zero|few|one|two|full|high|low|long|short|end"
    r"|real|text|image|audio|video|human|fine|large|small|open|per|by|of|to|in|and|the)-$",
    re.IGNORECASE,
)
"""Beginnings of words with a hyphen of their own: "multi-" at the end of a line keeps it."""


def read_cells(
    page: Page, box: BBox, further: Iterable[tuple[Page, BBox]] = ()
) -> Cells:
    """The cells of the table inside a box (points, unrotated page); none where there is no grid.

    `further`: the parts of the table on other pages.
    """
    parts = [(page, box), *further]
    areas = [area for part in parts if (area := read_area(*part)) is not None]
    return (
        cells_of(join_areas(areas) if len(areas) > 1 else areas[0])
        if areas
        else ()
    )


def cells_of(area: TableArea) -> Cells:
    """The cells of a table whose words and rules are known."""
    lines = without_notes(text_lines(area), area)
    if not lines:
        return ()
    count = count_head_lines(lines, area)
    join_heads(lines, count, area)
    columns = find_table_columns(lines, count, area)
    turned = turned_labels(area)
    _add_turned(columns, turned)
    if len(columns) <= 1:
        return ()
    for line in lines:
        assign_columns(line.segments, columns, area.em)
    split_across(lines, count, columns, area.em)
    head, body = list(lines[:count]), lines[count:]
    heads_turned = [label for label in turned if _is_head(label, body)]
    _add_turned_heads(head, heads_turned, columns, area)
    cells, rows = place_heads(head, columns, area)
    read = read_table_rows(body, len(columns), area)
    labels = [label for label in turned if label not in heads_turned]
    cells += place_body(read, labels, columns, rows, area)
    grid = _grid(cells, rows + len(read.rows), len(columns), rows)
    return _with_repeated_heads(grid, rows)


# ---- turned text


def turned_labels(area: TableArea) -> list[Segment]:
    """Words that run up or down, joined to labels."""
    words = [word for word in area.words if not word.level]
    labels: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (round(word.x0), -word.y0)):
        for label in labels:
            last = label[-1]
            beside = min(last.x1, word.x1) - max(last.x0, word.x0)
            gap = max(word.y0 - last.y1, last.y0 - word.y1)
            if beside > 0.5 * (word.x1 - word.x0) and gap < 0.8 * area.em:
                label.append(word)
                break
        else:
            labels.append([word])
    return [Segment(sorted(label, key=_along), -1) for label in labels]


def _along(word: Word) -> float:
    """Where a turned word stands in its text."""
    return -word.y1 if word.direction[1] < 0 else word.y0


def _add_turned(columns: list[TableColumn], turned: Sequence[Segment]) -> None:
    """A column for turned labels that stand in none."""
    for label in turned:
        inside = any(c.x0 < label.middle < c.x1 for c in columns)
        if not inside:
            columns.append(TableColumn(label.x0, label.x1))
            columns.sort(key=lambda column: column.x0)


def _is_head(label: Segment, body: Sequence[TextLine]) -> bool:
    """A turned label that ends above the first row of the body."""
    if not body:
        return True
    bottom = max(word.y1 for word in label.words)
    return bottom < body[0].baseline


def _add_turned_heads(
    head: list[TextLine],
    labels: Sequence[Segment],
    columns: Sequence[TableColumn],
    area: TableArea,
) -> None:
    if not labels:
        return
    if not head:
        bottom = max(word.y1 for label in labels for word in label.words)
        head.append(TextLine(bottom, bottom, bottom, []))
    assign_columns(labels, columns, area.em)
    head[-1].segments = sorted(
        [*head[-1].segments, *labels], key=lambda s: s.x0
    )


# ---- the body


def place_body(
    body: Body,
    turned: Sequence[Segment],
    columns: Sequence[TableColumn],
    head: int,
    area: TableArea,
) -> list[PlacedCell]:
    """The cells of the rows of the body, below `head` rows."""
    cells: list[PlacedCell] = []
    for number, row in enumerate(body.rows):
        cells += _row_cells(row, head + number, len(columns))
    assign_columns(turned, columns, area.em)
    for column in range(len(columns)):
        labels = _labels(column, body, turned, cells, head, area)
        if labels is None:
            continue
        rows = [
            (head + number, row.baseline - 0.25 * area.em)
            for number, row in enumerate(body.rows)
            if not row.label
        ]
        cells = [c for c in cells if not _single(c, column)]
        cells += group_rows(labels, rows, column, columns, area)
    return cells


def _single(cell: PlacedCell, column: int) -> bool:
    return cell.first == cell.last == column


def _labels(
    column: int,
    body: Body,
    turned: Sequence[Segment],
    cells: Sequence[PlacedCell],
    head: int,
    area: TableArea,
) -> list[RowLabel] | None:
    """The labels of a column, at the left or between rows; None where each row has its own."""
    floating = [(y, s) for y, s in body.floating if s.first == column]
    if column and column >= body.values and not floating:
        return None
    own = [cell for cell in cells if _single(cell, column)]
    upright = [segment for segment in turned if segment.first == column]
    rows = [row for row in body.rows if not row.label]
    if len(own) >= len(rows):
        for y, segment in floating:
            _wrap_label(own, y, segment, body, head, area)
        return None
    labels = [
        RowLabel(
            body.rows[cell.top - head].baseline - 0.25 * area.em,
            cell.parts,
            cell.top,
        )
        for cell in own
    ]
    labels += [
        RowLabel(y - 0.25 * area.em, [s.text], None) for y, s in floating
    ]
    for segment in upright:
        y0 = min(word.y0 for word in segment.words)
        y1 = max(word.y1 for word in segment.words)
        labels.append(RowLabel((y0 + y1) / 2, [segment.text], None))
    return labels


def _wrap_label(
    cells: Sequence[PlacedCell],
    y: float,
    segment: Segment,
    body: Body,
    head: int,
    area: TableArea,
) -> None:
    """Add a line between rows to the nearest label between the same rules."""
    rules = area.full_rules()
    offs = [
        (y - body.rows[cell.top - head].baseline, cell)
        for cell in cells
        if bisect(rules, y)
        == bisect(rules, body.rows[cell.top - head].baseline)
    ]
    if not offs:
        return
    off, nearest = min(offs, key=lambda one: (round(abs(one[0])), -one[0]))
    nearest.parts.insert(len(nearest.parts) if off > 0 else 0, segment.text)


def _row_cells(row: BodyRow, number: int, width: int) -> list[PlacedCell]:
    if row.label:
        text = [segment.text for segment in row.segments]
        return [PlacedCell(number, number, 0, width - 1, text)]
    cells: dict[int, PlacedCell] = {}
    for segment in row.segments:
        if segment.first in cells:
            cell = cells[segment.first]
            cell.parts.append(segment.text)
            cell.last = max(cell.last, segment.last)
        else:
            cells[segment.first] = PlacedCell(
                number, number, segment.first, segment.last, [segment.text]
            )
    return list(cells.values())


def _grid(
    cells: Sequence[PlacedCell], rows: int, width: int, head: int
) -> Cells:
    """Cells row by row; places that none covers are empty cells."""
    taken: dict[tuple[int, int], PlacedCell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.first)):
        if not any(place in taken for place in cell.places()):
            taken.update(dict.fromkeys(cell.places(), cell))
        else:
            _fit(cell, taken)
    return tuple(
        tuple(_cells_of_row(row, width, taken, head=row < head))
        for row in range(rows)
    )


def _with_repeated_heads(grid: Cells, head: int) -> Cells:
    """Rows of the body that say the heads again, over the rows of another part, are heads."""
    if head != 1:
        return grid
    heads = {cell.text for cell in grid[0] if cell.text}
    rows = []
    for i, row in enumerate(grid):
        again = sum(cell.text in heads for cell in row)
        said = i >= head and len(row) == len(grid[0]) and again > len(row) / 2
        rows.append(
            tuple(replace(cell, head=True) for cell in row) if said else row
        )
    return tuple(rows)


def _fit(cell: PlacedCell, taken: dict[tuple[int, int], PlacedCell]) -> None:
    """Shrink a cell to the place where it begins, or join it to the one that is there."""
    place = cell.top, cell.first
    if place in taken:
        taken[place].parts += cell.parts
        return
    cell.bottom, cell.last = cell.top, cell.first
    taken[place] = cell


def _cells_of_row(
    row: int,
    width: int,
    taken: dict[tuple[int, int], PlacedCell],
    *,
    head: bool,
) -> list[Cell]:
    cells = []
    for column in range(width):
        cell = taken.get((row, column))
        if cell is None:
            cells.append(Cell("", head=head))
        elif (cell.top, cell.first) == (row, column):
            cells.append(
                Cell(
                    join_lines(cell.parts),
                    cell.bottom - cell.top + 1,
                    cell.last - cell.first + 1,
                    head,
                )
            )
    return cells


def _is_arrow(part: str) -> bool:
    """An arrow beside a cell of several lines belongs after them."""
    return part in {"↑", "↓"}


def join_lines(parts: Sequence[str]) -> str:
    """The lines of a cell as one; a word that is cut at its end is whole again."""
    text = ""
    for part in sorted(parts, key=_is_arrow):
        if not text:
            text = part
        elif text.endswith("-") and text[-2:-1].isalpha() and part[0].islower():
            text = (text if COMPOUND.search(text) else text[:-1]) + part
        else:
            text += " " + part
    return normalise(text)
