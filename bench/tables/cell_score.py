"""How many numeric cells of a table are read with their text, column heads and row labels."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.extract.tables.table_csv import Cells, fill_grid
from pipeline.paper import Cell

NUMBER = re.compile(r"[-+<>≤≥~=±(/]*\d")
DASHES = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
Fact = tuple[str, str, str]
Row = Sequence[Cell | None]


def cells_from(rows: Sequence[Sequence[dict[str, Any]]]) -> Cells:
    """Cells of a truth as the readers give them."""
    return [[Cell(**cell) for cell in row] for row in rows]


def score(truth: Cells, found: Cells, stub: int) -> tuple[int, int]:
    """Numeric cells that are right, and how many there are; `stub` columns name the rows."""
    wanted, got = Counter(facts(truth, stub)), Counter(facts(found, stub))
    return (wanted & got).total(), wanted.total()


def facts(cells: Cells, stub: int) -> Iterator[Fact]:
    """Each numeric cell of the body: its text, its heads, the labels of its row."""
    grid = fill_grid(cells)
    for number, row in enumerate(grid):
        for column in range(stub, len(row)):
            cell = row[column]
            if cell is None or cell.head or not NUMBER.match(plain(cell.text)):
                continue
            if cell in row[stub:column] and cell is row[column - 1]:
                continue
            labels = [_group(grid, number), *_texts(row[:stub])]
            yield (
                plain(cell.text),
                "".join(_heads(grid, number, column)),
                "".join(labels),
            )


def plain(text: str) -> str:
    """Text without spaces, stars and the differences of dashes."""
    folded = unicodedata.normalize("NFKC", text).translate(DASHES)
    return re.sub(r"[\s*∗⋆]", "", folded)


def _texts(row: Row) -> list[str]:
    return [plain(cell.text) for cell in dict.fromkeys(row) if cell]


def _heads(grid: Sequence[Row], number: int, column: int) -> list[str]:
    """The heads over a cell from top to bottom: the nearest block of them above it."""
    above = [row[column] for row in grid[:number]]
    while above and not (above[-1] and above[-1].head):
        above.pop()
    block: list[Cell] = []
    while above and (head := above.pop()) and head.head:
        if not block or head is not block[-1]:
            block.append(head)
    return [plain(head.text) for head in reversed(block)]


def _group(grid: Sequence[Row], number: int) -> str:
    """The label of the nearest row above that has no other text; "" below the heads."""
    for row in reversed(grid[:number]):
        if any(cell and cell.head for cell in row):
            return ""
        texts = [text for text in _texts(row) if text]
        if (
            len(texts) == 1
            and len(row) > 1
            and not any(c and c.rowspan > 1 for c in row)
        ):
            return texts[0]
    return ""
