"""A cell on its way: its place in the grid and the lines of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class PlacedCell:
    """Rows `top` to `bottom` and columns `first` to `last`, all from 0 and inclusive."""

    top: int
    bottom: int
    first: int
    last: int
    parts: list[str]
    """Its text, line by line."""
    head: bool = False
    between: bool = False
    """Printed between two rows: it covers both."""

    def places(self) -> Iterator[tuple[int, int]]:
        """The places of the grid that it covers."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.first, self.last + 1):
                yield row, column
