"""Counts what is drawn in a figure: labels, numbers, boxes, arrows, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.figures.box_array import BoxArray
from pipeline.extract.layout.page_rows import all_within
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


@dataclass(frozen=True, slots=True)
class TraitPatterns:
    """Kinds of text in a figure."""

    word: re.Pattern[str]
    """A label."""
    numbers: re.Pattern[str]
    """Numbers as at axes."""


patterns = TraitPatterns(
    word=re.compile(r"[^\W\d_]{3}|[\u3040-\ud7af]{2}"),
    numbers=re.compile(
        r"[-−–+]?[\d.,]+(?:[eE][-−+]?\d+)?\s?[%kKM]?(?:\s+[-−–+]?[\d.,]+[%kKM]?)*"
    ),
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
    lines = all_within(page.lines, bbox)
    labels = [line for line in lines if patterns.word.search(line.text)]
    drawings = all_within(page.drawings, bbox)
    pictures = [one.bbox for one in all_within(page.images, bbox)]
    area = _area(bbox)
    return FigureTraits(
        labels=len(labels),
        text_lines=sum(
            len(line.text.split()) >= limits.words for line in labels
        ),
        numbers=sum(
            patterns.numbers.fullmatch(line.text) is not None for line in lines
        ),
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
    drawn = BoxArray.of(d.bbox for d in drawings)
    fitting = (drawn.width >= limits.box_width) & (
        drawn.height >= limits.box_height
    )
    fitting &= drawn.width * drawn.height < limits.largest_box * area
    edges = np.round(np.stack(drawn[fitting].edges, axis=1))
    boxes = BoxArray(*np.unique(edges, axis=0).T)[:, None]
    texts = BoxArray.of(line.bbox for line in labels)
    inside = (boxes.x0 - 1 <= texts.x0) & (texts.x1 <= boxes.x1 + 1)
    inside &= (boxes.y0 - 1 <= texts.middle_y) & (
        texts.middle_y <= boxes.y1 + 1
    )
    inside &= texts.width > limits.label_share * boxes.width
    return int(inside.any(axis=1).sum())
