"""Tables as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from pipeline.paper import Cell

Cells = Sequence[Sequence[Cell]]
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\.?\d)")
"""What a spreadsheet would run where a cell begins with it (OWASP, CSV injection); signed numbers
are none.
"""


def fill_grid(cells: Cells) -> list[list[Cell | None]]:
    """The cell at every place of the grid, once for each place that it covers."""
    taken: dict[tuple[int, int], Cell] = {}
    for row, some in enumerate(cells):
        column = 0
        for cell in some:
            while (row, column) in taken:
                column += 1
            for place in _covered(row, column, cell):
                taken.setdefault(place, cell)
            column += cell.colspan
    width = max((column + 1 for _, column in taken), default=0)
    return [
        [taken.get((row, column)) for column in range(width)]
        for row in range(len(cells))
    ]


def _covered(row: int, column: int, cell: Cell) -> Iterator[tuple[int, int]]:
    for y in range(row, row + cell.rowspan):
        for x in range(column, column + cell.colspan):
            yield y, x


def as_csv(cells: Cells) -> str:
    """CSV by RFC 4180 with a line for each row; what spans several places is said in each."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in fill_grid(cells):
        writer.writerow(
            [_without_formula(cell.text) if cell else "" for cell in row]
        )
    return out.getvalue()


def _without_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
