"""The free space around a caption, bounded by running text, other captions and the edge of the
text area.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.extract.figures.box_array import BoxArray, Mask
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.page_content import TEXT, Content
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_rows import EDGE
from pipeline.paper import BBox

Side = Literal["above", "below", "left", "right"]
Width = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ZoneLimits:
    """Points by which things may overlap or lie apart."""

    touch: float = 2.0
    """By which boxes of text may run into one another."""
    crosses: float = 6.0
    """By which content must reach over a column's edge to span more than the column."""
    neighbour: float = 40.0
    """By which captions of figures side by side may stand higher or lower."""
    bar: float = 8.0
    """What is lower than this widens no figure."""
    split_gap: float = 4.0
    """Of white at which a zone between two captions may be divided."""
    rounds: int = 3
    """How often a zone is widened."""


limits = ZoneLimits()


@dataclass(frozen=True, slots=True)
class _Place:
    """A caption with what bounds the space around it."""

    caption: Caption
    content: Content
    walls: BoxArray
    """Running text and the other captions."""


def _place(content: Content, captions: Sequence[Caption], i: int) -> _Place:
    others = BoxArray.of(one.bbox for k, one in enumerate(captions) if k != i)
    return _Place(
        captions[i], content, BoxArray.joined([content.obstacles, others])
    )


# ---- above and below


def upright_zones(
    content: Content,
    captions: Sequence[Caption],
    i: int,
    side: Side,
    style: Style,
) -> Iterator[BBox]:
    """The free spaces above or below a caption: as wide as what lies there, and narrower ones."""
    place = _place(content, captions, i)
    core = _core(place, style)
    wide = _widened(place, core, side)
    narrow = _narrowed(content, captions, i, wide)
    zones = dict.fromkeys([wide, *narrow, _bounded(place, core, side)])
    boxes = content.pieces.boxes
    if not any(inside(boxes, zone).any() for zone in zones):
        x0, _, x1, _ = place.caption.bbox
        zones[_bounded(place, (x0, x1), side)] = None
    yield from zones


def _core(place: _Place, style: Style) -> Width:
    """The width that surely belongs to the caption: its own, or its column's when it is free."""
    x0, y0, x1, y1 = place.caption.bbox
    content, walls = place.content, place.walls
    column = _column_of(x0, x1, style)
    left, right = column or (min(content.left, x0), max(content.right, x1))
    level = walls[walls.shared_height(y0, y1) > limits.touch]
    before = level.x1[(level.x1 <= x0 + limits.touch) & (level.x1 > left)]
    after = level.x0[(level.x0 >= x1 - limits.touch) & (level.x0 < right)]
    if len(before):
        left = max(left, (float(before.max()) + x0) / 2)
    if len(after):
        right = min(right, (x1 + float(after.min())) / 2)
    return min(left, x0), max(right, x1)


def _column_of(x0: float, x1: float, style: Style) -> Width | None:
    """The narrowest column that holds a width."""
    slack = 2 * EDGE
    holding = (
        one
        for one in style.columns
        if one[0] - slack <= x0 and x1 <= one[1] + slack
    )
    return min(holding, key=lambda one: one[1] - one[0], default=None)


def _bounded(place: _Place, width: Width, side: Side) -> BBox:
    """From the caption to the nearest wall that lies across a width."""
    x0, x1 = width
    _, top, _, bottom = place.caption.bbox
    across = place.walls[_across(place.walls, width)]
    if side == "above":
        stops = across.y1[across.y1 <= top + limits.touch]
        zone = x0, _last(stops, place.content.top), x1, top
    else:
        stops = across.y0[across.y0 >= bottom - limits.touch]
        zone = x0, bottom, x1, _first(stops, place.content.bottom)
    return _within_frame(zone, place)


def _across(boxes: BoxArray, width: Width) -> Mask:
    """Boxes that share some of a width."""
    return boxes.shared_width(*width) > limits.touch


def _first(values: Iterable[float], other: float) -> float:
    return float(min(values, default=other))


def _last(values: Iterable[float], other: float) -> float:
    return float(max(values, default=other))


def _within_frame(zone: BBox, place: _Place) -> BBox:
    """The part of a zone that lies in the frame around the caption, where there is one."""
    x0, y0, x1, y1 = place.caption.bbox
    for left, top, right, bottom in place.content.frames:
        if left < x0 and top < y0 and x1 < right and y1 < bottom:
            upper = max(zone[0], left), max(zone[1], top)
            zone = *upper, min(zone[2], right), min(zone[3], bottom)
    return zone


def _widened(place: _Place, core: Width, side: Side) -> BBox:
    """The free space above or below a caption, as wide as what is drawn there."""
    boxes = place.content.pieces.boxes[_wideners(place)]
    width = core
    for _ in range(limits.rounds):
        zone = _bounded(place, width, side)
        held = boxes[_touching(boxes, zone)]
        wider = _spanned(held, width)
        if wider is None:
            break
        kept = _touching(boxes, _bounded(place, wider, side))
        if kept.sum() < len(held) / 2:
            break
        width = wider
    return zone


def _spanned(held: BoxArray, width: Width) -> Width | None:
    """A width with what reaches over it, or None where nothing does."""
    if not len(held):
        return None
    low, high = float(held.x0.min()), float(held.x1.max())
    if low >= width[0] - limits.crosses and high <= width[1] + limits.crosses:
        return None
    return min(width[0], low), max(width[1], high)


def _wideners(place: _Place) -> Mask:
    """What is drawn; for a figure without level bars, such as the rule of a running head."""
    pieces = place.content.pieces
    drawn: Mask = pieces.kinds != TEXT
    if place.caption.kind == "figure":
        drawn &= pieces.boxes.height > limits.bar
    return drawn


# ---- side by side


def _narrowed(
    content: Content, captions: Sequence[Caption], i: int, zone: BBox
) -> Iterator[BBox]:
    """The part of a zone between white strips that part it from the figures of its neighbours."""
    x0, _, x1, _ = captions[i].bbox
    near = [one.bbox for one in captions if _is_by(one.bbox, zone)]
    left = any(zone[0] < box[2] <= x0 + limits.touch for box in near)
    right = any(x1 - limits.touch <= box[0] < zone[2] for box in near)
    if not left and not right:
        return
    boxes = content.pieces.boxes
    cuts = _white_strips(boxes[inside(boxes, zone)])
    before = [cut for cut in cuts if cut < x0 + limits.crosses and left]
    after = [cut for cut in cuts if cut > x1 - limits.crosses and right]
    low, high = _last(before, zone[0]), _first(after, zone[2])
    if (low, high) != (zone[0], zone[2]) and low < high:
        yield low, zone[1], high, zone[3]


def _is_by(caption: BBox, zone: BBox) -> bool:
    """A caption stands in or just beyond a zone's height."""
    reach = limits.neighbour
    return caption[1] < zone[3] + reach and caption[3] > zone[1] - reach


def _white_strips(boxes: BoxArray) -> list[float]:
    """Middles of the upright white strips between boxes."""
    if not len(boxes):
        return []
    order = boxes[np.argsort(boxes.x0)]
    ends = np.maximum.accumulate(order.x1)[:-1]
    starts = order.x0[1:]
    gaps = (starts - ends >= limits.split_gap).nonzero()[0]
    return [float(starts[gap] + ends[gap]) / 2 for gap in gaps]


def side_zone(
    content: Content, captions: Sequence[Caption], i: int, side: Side
) -> BBox:
    """The free space left or right of a caption, then up and down from there to the text."""
    place = _place(content, captions, i)
    x0, y0, x1, y1 = place.caption.bbox
    walls = place.walls
    level = walls[(walls.y0 < y1) & (walls.y1 > y0)]
    if side == "left":
        stops = level.x1[level.x1 <= x0 + limits.touch]
        width = _last(stops, content.left - limits.crosses), x0
    else:
        stops = level.x0[level.x0 >= x1 - limits.touch]
        width = x1, _first(stops, content.right + limits.crosses)
    across = walls[_across(walls, width)]
    top = _last(across.y1[across.y1 <= y0 + limits.touch], content.top)
    bottom = _first(across.y0[across.y0 >= y1 - limits.touch], content.bottom)
    return _within_frame((width[0], top, width[1], bottom), place)


# ---- the next column


def next_column_zones(
    content: Content, captions: Sequence[Caption], i: int, style: Style
) -> Iterator[BBox]:
    """The top of the next column, when a caption ends its column: the column broke between it
    and what it names.
    """
    x0, _, x1, bottom = captions[i].bbox
    walls = _place(content, captions, i).walls
    column = _column_of(x0, x1, style)
    below = walls[walls.y0 >= bottom - limits.touch]
    if column is None or _across(below, column).any():
        return
    later = [one for one in style.columns if one[0] >= column[1] - limits.touch]
    if not later:
        return
    following = min(later)
    end = _first(walls.y0[_across(walls, following)], content.bottom)
    if end > content.top:
        yield following[0], content.top, following[1], end


# ---- boxes in a zone


def inside(boxes: BoxArray, zone: BBox) -> Mask:
    """Boxes whose middle lies in a zone."""
    x0, y0, x1, y1 = zone
    across = (boxes.middle_x >= x0 - limits.touch) & (
        boxes.middle_x <= x1 + limits.touch
    )
    return across & (boxes.middle_y >= y0) & (boxes.middle_y <= y1)


def _touching(boxes: BoxArray, zone: BBox) -> Mask:
    """Boxes that lie in a zone's height with half of their width, or over half of its own."""
    x0, y0, x1, y1 = zone
    shared = boxes.shared_width(x0, x1)
    half = shared > np.minimum(boxes.width, x1 - x0) / 2
    level = (boxes.middle_y >= y0) & (boxes.middle_y <= y1)
    return half & level & (shared > limits.touch)
