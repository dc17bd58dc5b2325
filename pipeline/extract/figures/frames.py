"""Finds the boxes drawn around things: around text, around running text, around a figure with
its caption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from pipeline.extract.figures.box_array import BoxArray, height, width
from pipeline.extract.figures.captions import Caption
from pipeline.extract.layout.page_rows import PageRow
from pipeline.extract.pdf.page import RULE_THICKNESS, Drawing, Page
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class FrameLimits:
    """What counts as a frame; lengths in points."""

    width: float = 60.0
    """Narrower rectangles are marks behind words."""
    height: float = 14.0
    """Lower rectangles are marks behind words."""
    rounded: float = 100.0
    """Narrower shapes that are no rectangles are parts of drawings."""
    marked: float = 0.6
    """Share of the rows of a paper in drawn boxes from which the boxes are marks of a tool."""
    corner: float = 9.0
    """Distance at which the sides of a frame meet, or what rounds its corner lies."""
    room: float = 30.0
    """What a frame around a figure with its caption is higher than the caption at least."""
    corner_sides: int = 2
    """Sides of the frame that meet in a corner."""
    sides: int = 12
    """Upright lines left and right of a caption that are tried, the nearest first."""
    page: float = 0.85
    """Of the page's height: a higher frame surrounds the page."""


limits = FrameLimits()


def frames_of(drawings: Sequence[Drawing]) -> BoxArray:
    """Rectangles large enough to stand around text, and larger boxes with rounded corners."""
    return BoxArray.of(d.bbox for d in drawings if _may_frame(d))


def _may_frame(drawing: Drawing) -> bool:
    x0, y0, x1, y1 = drawing.bbox
    if drawing.rectangle:
        return x1 - x0 >= limits.width and y1 - y0 >= limits.height
    return x1 - x0 >= limits.rounded and y1 - y0 >= limits.room


def framed_rows(rows: Sequence[PageRow], frames: BoxArray) -> set[int]:
    """Rows whose middle lies in a frame."""
    if not len(frames) or not rows:
        return set()
    each = BoxArray.of(row.bbox for row in rows)[:, None]
    level = (each.middle_y >= frames.y0) & (each.middle_y <= frames.y1)
    inside = level & (each.middle_x >= frames.x0) & (each.middle_x <= frames.x1)
    return set(np.flatnonzero(inside.any(axis=1)).tolist())


def marked_up(
    rows: Sequence[Sequence[PageRow]], drawings: Sequence[Sequence[Drawing]]
) -> bool:
    """True where boxes are drawn around the running text itself, by a reader or a layout tool."""
    total = sum(map(len, rows))
    inside = sum(
        len(framed_rows(some, frames_of(drawn)))
        for some, drawn in zip(rows, drawings, strict=True)
    )
    return inside > limits.marked * max(1, total)


def without_marks(
    drawings: Sequence[Drawing], rows: Sequence[PageRow], prose: set[int]
) -> list[Drawing]:
    """Drawings that do not surround running text."""
    text = BoxArray.of(rows[i].bbox for i in prose)
    x, y = text.middle_x, text.middle_y

    def surrounds(box: BBox) -> bool:
        across = (x > box[0]) & (x < box[2])
        return bool((across & (y > box[1]) & (y < box[3])).any())

    return [d for d in drawings if not surrounds(d.bbox)]


def caption_frames(
    page: Page, drawings: Sequence[Drawing], captions: Sequence[Caption]
) -> list[BBox]:
    """Frames that hold a figure or table together with its caption, as some publishers draw them.

    Such a frame bounds where the figure can lie and is no part of it.
    """
    held = [c.bbox for c in captions if c.kind in {"figure", "table"}]
    if not held:
        return []
    figures = [caption.bbox for caption in captions if caption.kind == "figure"]
    rules = [d.bbox for d in drawings if d.is_rule]
    frames = [d.bbox for d in drawings if d.rectangle]
    for caption in figures:
        frames.extend(_ruled_frames(caption, rules))
    low = [
        box
        for box in dict.fromkeys(frames)
        if height(box) <= limits.page * page.height
    ]
    return [frame for frame in low if any(_holds(frame, box) for box in held)]


def _holds(frame: BBox, caption: BBox) -> bool:
    """The caption lies in the frame, with room for a figure above or below it."""
    x0, y0, x1, y1 = frame
    across = x0 < caption[0] and caption[2] < x1
    inside = across and y0 < caption[1] and caption[3] < y1
    return inside and height(frame) - height(caption) >= limits.room


def _ruled_frames(caption: BBox, rules: Sequence[BBox]) -> Iterator[BBox]:
    """Frames of four single lines around a caption; their corners may be open or rounded."""
    x0, y0, x1, y1 = caption
    upright = [box for box in rules if box[1] < y0 and box[3] > y1]
    level = [box for box in rules if width(box) >= limits.width]
    left = sorted((box for box in upright if box[2] <= x0), reverse=True)
    right = sorted(box for box in upright if box[0] >= x1)
    for one, other in product(left[: limits.sides], right[: limits.sides]):
        if _is_near(one[1::2], other[1::2]):
            top, bottom = min(one[1], other[1]), max(one[3], other[3])
            yield from _closed((one[0], top, other[2], bottom), level)


def _closed(frame: BBox, level: Sequence[BBox]) -> Iterator[BBox]:
    """The frame with the lines that close it above and below, where there are such lines."""
    along = [box for box in level if _is_near(box[0::2], frame[0::2])]
    tops = [box[1] for box in along if abs(box[1] - frame[1]) <= limits.corner]
    bottoms = [
        box[3] for box in along if abs(box[1] - frame[3]) <= limits.corner
    ]
    if tops and bottoms:
        yield frame[0], min(frame[1], *tops), frame[2], max(frame[3], *bottoms)


def _is_near(a: Sequence[float], b: Sequence[float]) -> bool:
    return all(abs(x - y) <= limits.corner for x, y in zip(a, b, strict=True))


def without_frames(
    drawings: Sequence[Drawing], frames: Sequence[BBox]
) -> list[Drawing]:
    """Drawings that are no side, corner or ground of a frame."""
    return [
        d
        for d in drawings
        if not any(_is_part(d.bbox, frame) for frame in frames)
    ]


def _is_part(box: BBox, frame: BBox) -> bool:
    """Along one side of the frame, in one of its corners, or as large as it."""
    near = [
        abs(a - b) <= limits.corner for a, b in zip(box, frame, strict=True)
    ]
    sides = sum(near)
    thin = min(width(box), height(box)) <= RULE_THICKNESS
    small = max(width(box), height(box)) <= limits.corner
    in_corner = small and sides >= limits.corner_sides
    return all(near) or in_corner or (thin and sides > limits.corner_sides)
