"""Where tables stand on their pages, from the marks that a document writes while it is typeset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

POINTS_A_UNIT = 72 / 72.27 / 65536
"""PDF points in one of TeX's scaled points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its words, and its page and position in points from the bottom left."""

    words: list[str]
    page: int
    x: float
    y: float
    page_height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Pages of a table, and its box on the page (x0, y0, x1, y1 from the top left)."""

    pages: list[int]
    bbox: list[float] | None


def _length(text: str) -> float:
    return float(text.removesuffix("pt")) * 72 / 72.27


def read_marks(path: Path) -> list[Mark]:
    """Read the file of marks beside a PDF."""
    found = []
    for line in path.read_text(encoding="ascii").splitlines():
        *words, page, x, y, height = line.split()
        place = int(x) * POINTS_A_UNIT, int(y) * POINTS_A_UNIT
        found.append(Mark(words, int(page), *place, _length(height)))
    return found


def place_of(seen: list[Mark], number: int, *, turned: bool) -> Place:
    """Find a table of a document by its number from 0, in a turned float or not.

    Raises:
        LookupError: No mark is of this table.
    """
    turn = None
    pages = [mark.page for mark in seen if mark.words[0] in {"start", "end"}]
    if pages:
        return Place(list(range(pages[0], pages[-1] + 1)), None)
    for mark in seen:
        if turned and mark.words[0] == "turn":
            turn = mark
        elif mark.words[0] == "table" and int(mark.words[1]) == number:
            return Place([mark.page], _box(mark, turn))
    raise LookupError(f"no mark of table {number}")


def _box(mark: Mark, turn: Mark | None) -> list[float]:
    """Give the box of a table; in a turned float, TeX tells where things stood before the turn."""
    width, height, depth = (_length(word) for word in mark.words[2:5])
    corners = [(mark.x, mark.y - depth), (mark.x + width, mark.y + height)]
    if turn and turn.page == mark.page:
        corners = [_turned(corner, turn) for corner in corners]
    xs = sorted(x for x, _ in corners)
    ys = sorted(mark.page_height - y for _, y in corners)
    return [round(side, 1) for side in (xs[0], ys[0], xs[1], ys[1])]


def _turned(point: tuple[float, float], turn: Mark) -> tuple[float, float]:
    """Turn a point by a quarter about the place of a turn."""
    sine = float(turn.words[1])
    right, up = point[0] - turn.x, point[1] - turn.y
    return turn.x - sine * up, turn.y + sine * right
