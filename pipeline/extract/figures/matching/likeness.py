"""How much a part of a page looks like a figure, a table or an algorithm: from 0 to about 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.extract.figures.box_array import BoxArray, area
from pipeline.extract.figures.caption_detection import Kind
from pipeline.extract.figures.page_content import GRAPHIC, RULE, TEXT, Pieces
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class LikenessWeights:
    """Weights of what is drawn and printed; chosen on the corpus."""

    text_alone: float = 0.1
    """Of a figure in which nothing is drawn."""
    drawn: float = 0.3
    """Of a figure in which something is."""
    filled: float = 0.7
    """Of how much of a figure's box the drawing fills."""
    rules: float = 0.4
    """Of two wide rules in a table."""
    cells: float = 0.4
    """Of three lines with cells in a table."""
    table: float = 0.1
    """Of a table whatever it holds."""
    picture: float = -0.3
    """Of how much of a table without rules one drawing covers."""
    pictured_table: float = 0.35
    """Of a table that is a picture, at least."""
    algorithm: float = 0.3
    """Of an algorithm whatever it holds."""
    head_rules: float = 0.5
    """Of two wide rules in an algorithm."""
    steps: float = 0.2
    """Of rows of text in an algorithm."""


weights = LikenessWeights()


@dataclass(frozen=True, slots=True)
class LikenessBounds:
    """What counts as a wide rule, as a step, and as one line."""

    table_rule: float = 0.5
    """Of the width of a table: shorter rules belong to some columns."""
    algorithm_rule: float = 0.8
    """Of the width of an algorithm."""
    steps: int = 3
    """Rows of text from which on they can be the steps of an algorithm."""
    same_line: float = 2.0
    """Points by which the middles of cells in one line differ."""


bounds = LikenessBounds()


def likeness(kind: Kind, pieces: Pieces, bbox: BBox) -> float:
    """How much pieces with a box around them look like what a caption of a kind names."""
    if kind == "table":
        return _like_table(pieces, bbox)
    return (
        _like_figure(pieces, bbox)
        if kind == "figure"
        else _like_algorithm(pieces, bbox)
    )


def _like_figure(pieces: Pieces, bbox: BBox) -> float:
    drawn = pieces.of_kind(GRAPHIC)
    if not len(drawn):
        return weights.text_alone
    x0, y0, x1, y1 = drawn.hull
    hull = (x1 - x0) * (y1 - y0)
    return weights.drawn + weights.filled * min(1.0, hull / area(bbox))


def _like_table(pieces: Pieces, bbox: BBox) -> float:
    wide = _wide_rules(pieces, bbox, bounds.table_rule)
    cells = _lines_of_cells(pieces.of_kind(TEXT))
    score = weights.rules * min(1.0, wide / 2) + weights.cells * min(
        1.0, cells / 3
    )
    drawn = pieces.of_kind(GRAPHIC)
    if len(drawn) and not wide:
        covered = float((drawn.width * drawn.height).max()) / area(bbox)
        score = max(score + weights.picture * covered, weights.pictured_table)
    return score + weights.table


def _like_algorithm(pieces: Pieces, bbox: BBox) -> float:
    wide = _wide_rules(pieces, bbox, bounds.algorithm_rule)
    steps = len(pieces.of_kind(TEXT)) >= bounds.steps
    score = weights.algorithm + weights.head_rules * min(1.0, wide / 2)
    return score + weights.steps * steps


def _wide_rules(pieces: Pieces, bbox: BBox, share: float) -> int:
    width = bbox[2] - bbox[0]
    return int((pieces.of_kind(RULE).width > share * width).sum())


def _lines_of_cells(text: BoxArray) -> int:
    """Lines of text that hold more than one piece."""
    return int((np.diff(np.sort(text.middle_y)) < bounds.same_line).sum())
