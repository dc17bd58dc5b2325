"""A table as rows of cells for a prompt; of a long one, the rows of the paper's own method first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.paper import Figure
from pipeline.summarize.verify.tables.table_grid import grid_of


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much of a table is sent; each token is paid for."""

    rows: int = 24
    characters: int = 1_600
    own: str = r"(?i:ours?|proposed|full model|this (?:work|paper))"
    """Labels of rows of the paper's own method."""
    labels: int = 3
    """Cells at the beginning of a row among which its label is looked for."""


limits = TableLimits()


def table_excerpt(figure: Figure, own: str) -> str:
    """Write a table as rows of cells parted by " | ", heads merged, groups on each row.

    Args:
        figure: the table.
        own: the name of the paper's own method, "" for none.
    """
    grid = grid_of(figure)
    if grid is None:
        return " ".join(figure.text.split())[: limits.characters]
    rows = [[" ".join(cell.split()) for cell in line] for line in grid.lines]
    kept = _choose(rows, own)
    kept |= {at for one in kept for at in grid.heads_above(one)}
    lines = [" | ".join(row) for row in rows]
    text = "\n".join(lines[place] for place in sorted(kept))
    left = len(lines) - len(kept)
    return f"{text}\n({left} rows left out)" if left else text


def _choose(rows: Sequence[Sequence[str]], own: str) -> set[int]:
    """Places of the rows that fit: the heads, the method's own, then the others in order."""
    names = f"{limits.own}|{re.escape(own)}" if own else limits.own
    named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")

    def rank(place: int) -> tuple[bool, int]:
        labels = rows[place][: limits.labels]
        ours = place == 0 or any(map(named.search, labels))
        return not ours, place

    kept: set[int] = set()
    used = 0
    for place in sorted(range(len(rows)), key=rank)[: limits.rows]:
        used += sum(len(cell) + 3 for cell in rows[place])
        if used > limits.characters and kept:
            break
        kept.add(place)
    return kept
