"""Counts what is drawn in a figure: labels, numbers, boxes, arrows, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.layout.page_rows import within
from pipeline.extract.pdf.page import Drawing, Line, Page
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class TraitLimits:
    """Sizes of what is counted, in points unless another unit is named."""

    box_width: float = 15.0
    """Of a box around a label, at least."""
    box_height: float = 8.0
    """Of a box around a label, at least."""
    largest_box: float = 0.4
    """Of the figure's area: larger boxes are frames and grounds."""
    label_share: float = 0.2
    """Of a box's width that its label takes at least."""
    arrow: tuple[float, float] = (2.0, 12.0)
    """Width and height of the head of an arrow: at least, at most."""
    words: int = 5
    """Words of a line from which on it is text and no label."""


limits = TraitLimits()

_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\ud7af]{2}")
_NUMBERS = re.compile(
    r"[-−–+]?[\d.,]+(?:[eE][-−+]?\d+)?\s?[%kKM]?(?:\s+[-−–+]?[\d.,]+[%kKM]?)*"
)


@dataclass(frozen=True, slots=True)
class FigureTraits:
    """What a figure is made of; all zero where it is one bitmap."""

    labels: int = 0
    """Lines that hold a word."""
    text_lines: int = 0
    """Of those, lines long enough to be text."""
    numbers: int = 0
    """Lines of numbers alone, as at the axes of plots."""
    boxes: int = 0
    """Drawn boxes with a label in them."""
    arrows: int = 0
    """Small filled shapes, as the heads of arrows are."""
    pictures: int = 0
    """Bitmaps."""
    picture_share: float = 0.0
    """Of the figure's area that bitmaps cover."""


def traits_of(page: Page, bbox: BBox) -> FigureTraits:
    """Count what stands in a box of a page."""
    lines = [line for line in page.lines if within(line.bbox, bbox)]
    labels = [line for line in lines if _WORD.search(line.text)]
    drawings = [d for d in page.drawings if within(d.bbox, bbox)]
    pictures = [one.bbox for one in page.images if within(one.bbox, bbox)]
    area = _area(bbox)
    return FigureTraits(
        labels=len(labels),
        text_lines=sum(len(line.text.split()) >= limits.words for line in labels),
        numbers=sum(_NUMBERS.fullmatch(line.text) is not None for line in lines),
        boxes=_labelled_boxes(drawings, labels, area),
        arrows=sum(map(_is_arrow_head, drawings)),
        pictures=len(pictures),
        picture_share=sum(map(_area, pictures)) / area if area else 0.0,
    )


def _area(box: BBox) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _is_arrow_head(drawing: Drawing) -> bool:
    x0, y0, x1, y1 = drawing.bbox
    least, most = limits.arrow
    small = least <= min(x1 - x0, y1 - y0) and max(x1 - x0, y1 - y0) <= most
    return small and drawing.filled and not drawing.rectangle


def _labelled_boxes(
    drawings: Sequence[Drawing], labels: Sequence[Line], area: float
) -> int:
    """Boxes with a label in them; what is drawn twice at a place counts once."""
    boxes = _array([d.bbox for d in drawings])
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    fitting = (width >= limits.box_width) & (height >= limits.box_height)
    fitting &= width * height < limits.largest_box * area
    boxes = np.unique(np.round(boxes[fitting]), axis=0)
    texts = _array([line.bbox for line in labels])
    middle = (texts[:, 1] + texts[:, 3]) / 2
    inside = (boxes[:, :1] - 1 <= texts[:, 0]) & (texts[:, 2] <= boxes[:, 2:3] + 1)
    inside &= (boxes[:, 1:2] - 1 <= middle) & (middle <= boxes[:, 3:] + 1)
    inside &= texts[:, 2] - texts[:, 0] > limits.label_share * (
        boxes[:, 2:3] - boxes[:, :1]
    )
    return int(inside.any(axis=1).sum())


def _array(boxes: Sequence[BBox]) -> NDArray[np.float64]:
    return np.array(boxes, dtype=float).reshape(-1, 4)
