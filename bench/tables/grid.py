"""Cells of a table in rows, with what they span: the truth of what is typeset."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict

from bench.tables.contents import Column, Content, Group
from bench.tables.values import Phrase, plain

LINE, LEFT, TURNED, FIRST_ROW, RULES_ONLY = (
    "label line",
    "label at left",
    "turned label",
    "label in first row",
    "rules only",
)


class TrueCell(TypedDict):
    """A cell as readers give it."""

    text: str
    rowspan: int
    colspan: int
    head: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and what it spans."""

    phrase: Phrase
    rowspan: int = 1
    colspan: int = 1
    head: bool = False
    turned: bool = False
    align: str = ""
    """How a cell that spans columns is aligned."""
    top: bool = False
    """Whether a label stands in the first row of those that it covers, not in their middle."""

    def truth(self) -> TrueCell:
        return TrueCell(
            text=self.phrase.text,
            rowspan=self.rowspan,
            colspan=self.colspan,
            head=self.head,
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of the head and blocks of rows of the body; a cell covered by another has no entry."""

    aligns: list[str]
    head: list[list[Cell]]
    blocks: list[list[list[Cell]]]
    stub: int
    groups_end: set[int]
    """Places after columns where a group of heads, or the stub, ends."""

    def rows(self) -> list[list[Cell]]:
        return self.head + [row for block in self.blocks for row in block]

    def truth(self) -> list[list[TrueCell]]:
        return [[cell.truth() for cell in row] for row in self.rows()]


def arrange(
    content: Content, grouping: str, *, blank_above: bool, turned_heads: bool
) -> Grid:
    """Lay out a table with its groups told in the given way.

    With `blank_above`, a single head beside groups of heads stands in the last row, blank cells above it.
    """
    columns = content.columns
    at_left = grouping in {LEFT, TURNED, FIRST_ROW}
    if at_left:
        columns = [
            Column(
                (plain("" if grouping == TURNED else "Type"),),
                "c" if grouping == TURNED else "l",
            ),
            *columns,
        ]
    stub = content.stub + at_left
    head = _head_rows(
        [column.heads for column in columns], blank_above=blank_above
    )
    if turned_heads:
        head = [
            [
                cell if place < 1 else replace(cell, turned=True)
                for place, cell in enumerate(row)
            ]
            for row in head
        ]
    blocks = [_block(group, grouping, len(columns)) for group in content.groups]
    return Grid(
        [column.align for column in columns],
        head,
        blocks,
        stub,
        _group_ends(columns, stub),
    )


def _block(group: Group, grouping: str, width: int) -> list[list[Cell]]:
    """Turn a group into rows of cells, its label told in the given way."""
    rows = [[Cell(phrase) for phrase in row] for row in group.rows]
    label = Cell(plain(group.label))
    if grouping == LINE:
        return [[replace(label, colspan=width, align="l")], *rows]
    if grouping in {LEFT, TURNED, FIRST_ROW}:
        span = replace(
            label,
            rowspan=len(rows),
            turned=grouping == TURNED,
            top=grouping == FIRST_ROW,
        )
        return [[span, *rows[0]], *rows[1:]]
    return rows


def _group_ends(columns: list[Column], stub: int) -> set[int]:
    first = [
        column.heads[0].text if len(column.heads) > 1 else None
        for column in columns
    ]
    ends = {
        place
        for place in range(1, len(columns))
        if first[place] != first[place - 1]
    }
    return {stub} | {end for end in ends if end > stub}


def _head_rows(
    paths: list[tuple[Phrase, ...]], *, blank_above: bool
) -> list[list[Cell]]:
    """Set heads in as many rows as the deepest has, neighbours of the same group under one cell."""
    levels = max(map(len, paths))
    rows: list[list[Cell]] = [[] for _ in range(levels)]
    place = 0
    while place < len(paths):
        path = paths[place]
        if len(path) > 1:
            width = _run(paths, place, 1)
            _add_group(rows, paths[place : place + width])
        else:
            width = 1
            _add_single(rows, path[0], blank_above=blank_above)
        place += width
    return rows


def _run(paths: list[tuple[Phrase, ...]], place: int, depth: int) -> int:
    """Count the paths from `place` on that share their first `depth` heads and go deeper."""
    width = 0
    for path in paths[place:]:
        if path[:depth] != paths[place][:depth] or len(path) <= depth:
            break
        width += 1
    return width


def _add_single(
    rows: list[list[Cell]], phrase: Phrase, *, blank_above: bool
) -> None:
    if not blank_above:
        rows[0].append(Cell(phrase, rowspan=len(rows), head=True))
        return
    for row in rows[:-1]:
        row.append(Cell(plain(""), head=True))
    rows[-1].append(Cell(phrase, head=True))


def _add_group(rows: list[list[Cell]], paths: list[tuple[Phrase, ...]]) -> None:
    """Add the heads of one group, level by level; the lowest ones reach down to the body."""
    for level, row in enumerate(rows):
        place = 0
        while place < len(paths):
            path = paths[place]
            width = 1
            if level < len(path) - 1:
                width = _run(paths, place, level + 1)
                row.append(
                    Cell(path[level], colspan=width, head=True, align="c")
                )
            elif level == len(path) - 1:
                row.append(
                    Cell(path[level], rowspan=len(rows) - level, head=True)
                )
            place += width
