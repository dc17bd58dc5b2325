"""Sideways pages: tables and figures that are printed a quarter turn round are read as if they
stood upright.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.extract.figures.caption_detection import begins
from pipeline.extract.pdf.page import LEVEL_COSINE, Line, Page
from pipeline.paper import BBox

Turn = Literal["none", "up", "down"]
"""How the page's text runs: level, from the bottom up, or from the top down."""

MOST = 0.4
"""Of a page's letters that must run upright for the page to be sideways."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A page turned so that its text is level, and the way back."""

    page: Page
    turn: Turn

    def back(self, box: BBox) -> BBox:
        """A box of the turned page on the page as it is."""
        x0, y0, x1, y1 = box
        if self.turn == "up":
            return y0, self.page.width - x1, y1, self.page.width - x0
        if self.turn == "down":
            return self.page.height - y1, x0, self.page.height - y0, x1
        return box


def upright(page: Page) -> Upright:
    """Turn a page whose text mostly runs up or down; others come back as they are."""
    turn = _turn(page)
    if turn == "none":
        return Upright(page, turn)
    width, height = page.width, page.height

    def up(b: BBox) -> BBox:
        return height - b[3], b[0], height - b[1], b[2]

    def down(b: BBox) -> BBox:
        return b[1], width - b[2], b[3], width - b[0]

    move = up if turn == "up" else down
    return Upright(
        replace(
            page,
            width=height,
            height=width,
            lines=tuple(_line(line, move, turn, width) for line in page.lines),
            drawings=tuple(
                replace(d, bbox=move(d.bbox)) for d in page.drawings
            ),
            images=tuple(i._replace(bbox=move(i.bbox)) for i in page.images),
        ),
        turn,
    )


def _turn(page: Page) -> Turn:
    """The direction of the captions: a level one keeps the page as it is, whatever its drawings
    hold.
    """
    turned = [line for line in page.lines if _direction(line) != "none"]
    least = MOST * sum(len(line.text) for line in page.lines) if turned else 0
    letters: Counter[Turn] = Counter()
    for line in turned:
        letters[_direction(line)] += len(line.text)
    most = [turn for turn, count in letters.items() if count > least]
    if not most:
        return "none"
    captions = {_direction(line) for line in page.lines if begins(line.text)}
    return next((turn for turn in most if captions == {turn}), "none")


def _direction(line: Line) -> Turn:
    down = line.direction[1]
    if -LEVEL_COSINE <= down <= LEVEL_COSINE:
        return "none"
    return "up" if down < 0 else "down"


def _line(
    line: Line, move: Callable[[BBox], BBox], turn: Turn, width: float
) -> Line:
    x, y = line.direction
    along = (-y, x) if turn == "up" else (y, -x)
    origin = max(line.spans, key=lambda span: len(span.text)).origin[0]
    bbox = move(line.bbox)
    baseline = (
        bbox[3]
        if along[0] <= LEVEL_COSINE
        else origin
        if turn == "up"
        else width - origin
    )
    return replace(line, bbox=bbox, direction=along, baseline=baseline)
