"""The free space around a caption, bounded by running text, other captions and the edge of the
text area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.page_regions import TEXT, Boxes, Content
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_rows import EDGE
from pipeline.paper import BBox

Side = Literal["above", "below", "left", "right"]

TOUCH = 2.0
"""Points by which boxes of text may run into one another."""
CROSSES = 6.0
"""Points by which content must reach over a column's edge to span more than the column."""
NEIGHBOUR = 40.0
"""Points by which captions of figures side by side may stand higher or lower."""
BAR = 8.0
"""Points: what is lower than this widens no figure."""
SPLIT_GAP = 4.0
"""Points of white at which a zone between two captions may be divided."""


def upright_zones(
    content: Content, captions: Sequence[Caption], i: int, side: Side, style: Style
) -> Iterator[BBox]:
    """The free spaces above or below a caption: as wide as what lies there, and narrower ones."""
    caption, walls = captions[i], _walls(content, captions, i)
    core = _core(caption, content, walls, style)
    wide = _widened(content, caption, walls, core, side)
    own = _bounded(content, caption, walls, core, side)
    narrow = list(_narrowed(content, captions, i, wide))
    zones = dict.fromkeys([wide, *narrow, own])
    if not any(inside(content.boxes, zone).any() for zone in zones):
        width = caption.bbox[0], caption.bbox[2]
        zones[_bounded(content, caption, walls, width, side)] = None
    yield from zones


def _widened(
    content: Content,
    caption: Caption,
    walls: Boxes,
    core: tuple[float, float],
    side: Side,
) -> BBox:
    """The free space above or below a caption, as wide as what is drawn there."""
    x0, x1 = core
    drawn = _wideners(content, caption)
    for _ in range(3):
        zone = _bounded(content, caption, walls, (x0, x1), side)
        inside = _touching(content.boxes, zone) & drawn
        if not inside.any():
            return zone
        reach = content.boxes[inside]
        low, high = float(reach[:, 0].min()), float(reach[:, 2].max())
        if low >= x0 - CROSSES and high <= x1 + CROSSES:
            return zone
        wider = min(x0, low), max(x1, high)
        after = _bounded(content, caption, walls, wider, side)
        kept = _touching(content.boxes, after) & drawn
        if kept.sum() < inside.sum() / 2:
            return zone
        x0, x1 = wider
    return zone


def _wideners(content: Content, caption: Caption) -> NDArray[np.bool_]:
    """What is drawn; for a figure without level bars, such as the rule of a running head."""
    drawn: NDArray[np.bool_] = content.kinds != TEXT
    if caption.kind == "figure":
        drawn &= content.boxes[:, 3] - content.boxes[:, 1] > BAR
    return drawn


def _walls(content: Content, captions: Sequence[Caption], i: int) -> Boxes:
    """Running text and the other captions."""
    others = [c.bbox for k, c in enumerate(captions) if k != i]
    return np.concatenate(
        [content.obstacles, np.array(others, dtype=float).reshape(-1, 4)]
    )


def _core(
    caption: Caption, content: Content, walls: Boxes, style: Style
) -> tuple[float, float]:
    """The width that surely belongs to the caption: its own, or its column's when it is short
    and stands free.
    """
    x0, _, x1, _ = caption.bbox
    column = _column(caption.bbox, style)
    left, right = column or (min(content.left, x0), max(content.right, x1))
    level = (walls[:, 1] < caption.bbox[3] - TOUCH) & (
        walls[:, 3] > caption.bbox[1] + TOUCH
    )
    before = walls[level & (walls[:, 2] <= x0 + TOUCH) & (walls[:, 2] > left), 2]
    after = walls[level & (walls[:, 0] >= x1 - TOUCH) & (walls[:, 0] < right), 0]
    left = max(left, _between(before.max(), x0)) if len(before) else left
    right = min(right, _between(x1, after.min())) if len(after) else right
    return min(left, x0), max(right, x1)


def _narrowed(
    content: Content, captions: Sequence[Caption], i: int, zone: BBox
) -> Iterator[BBox]:
    """The part of a zone between the white strips that part it from the figures of captions to
    the left and right.
    """
    x0, _, x1, _ = captions[i].bbox
    left = [
        c
        for c in captions
        if c.bbox[2] <= x0 + TOUCH and c.bbox[2] > zone[0] and _by(c.bbox, zone)
    ]
    right = [
        c
        for c in captions
        if c.bbox[0] >= x1 - TOUCH and c.bbox[0] < zone[2] and _by(c.bbox, zone)
    ]
    if not left and not right:
        return
    cuts = _strips(content.boxes[inside(content.boxes, zone)])
    low = (
        max((c for c in cuts if c < x0 + CROSSES), default=zone[0]) if left else zone[0]
    )
    high = (
        min((c for c in cuts if c > x1 - CROSSES), default=zone[2])
        if right
        else zone[2]
    )
    if (low, high) != (zone[0], zone[2]) and low < high:
        yield low, zone[1], high, zone[3]


def _by(caption: BBox, zone: BBox) -> bool:
    """A caption stands in or just beyond a zone's height."""
    return caption[1] < zone[3] + NEIGHBOUR and caption[3] > zone[1] - NEIGHBOUR


def _strips(boxes: Boxes) -> list[float]:
    """Middles of the upright white strips between boxes."""
    if not len(boxes):
        return []
    order = boxes[np.argsort(boxes[:, 0])]
    ends = np.maximum.accumulate(order[:, 2])
    gaps = np.flatnonzero(order[1:, 0] - ends[:-1] >= SPLIT_GAP)
    return [float(order[g + 1, 0] + ends[g]) / 2 for g in gaps]


def _between(a: float, b: float) -> float:
    return (float(a) + float(b)) / 2


def _column(bbox: BBox, style: Style) -> tuple[float, float] | None:
    """The narrowest column that holds a box."""
    holding = [
        c
        for c in style.columns
        if c[0] - 2 * EDGE <= bbox[0] and bbox[2] <= c[1] + 2 * EDGE
    ]
    return min(holding, key=lambda c: c[1] - c[0], default=None)


def _bounded(
    content: Content,
    caption: Caption,
    walls: Boxes,
    width: tuple[float, float],
    side: Side,
) -> BBox:
    """From the caption to the nearest wall that lies across x0 to x1."""
    x0, x1 = width
    across = walls[(np.minimum(walls[:, 2], x1) - np.maximum(walls[:, 0], x0)) > TOUCH]
    top, bottom = caption.bbox[1], caption.bbox[3]
    if side == "above":
        stops = across[across[:, 3] <= top + TOUCH, 3]
        zone = x0, float(stops.max()) if len(stops) else content.top, x1, top
    else:
        stops = across[across[:, 1] >= bottom - TOUCH, 1]
        zone = x0, bottom, x1, float(stops.min()) if len(stops) else content.bottom
    return _within_frame(zone, content, caption)


def _within_frame(zone: BBox, content: Content, caption: Caption) -> BBox:
    """The part of a zone that lies in the frame around the caption, where there is one."""
    x0, y0, x1, y1 = caption.bbox
    for left, top, right, bottom in content.frames:
        if left < x0 and top < y0 and x1 < right and y1 < bottom:
            zone = (
                max(zone[0], left),
                max(zone[1], top),
                min(zone[2], right),
                min(zone[3], bottom),
            )
    return zone


def side_zone(
    content: Content, captions: Sequence[Caption], i: int, side: Side
) -> BBox:
    """The free space left or right of a caption, as high as the caption first, then up and down
    to the text.
    """
    x0, y0, x1, y1 = captions[i].bbox
    walls = _walls(content, captions, i)
    level = walls[(walls[:, 1] < y1) & (walls[:, 3] > y0)]
    if side == "left":
        stops = level[level[:, 2] <= x0 + TOUCH, 2]
        low, high = float(stops.max()) if len(stops) else content.left - CROSSES, x0
    else:
        stops = level[level[:, 0] >= x1 - TOUCH, 0]
        low, high = x1, float(stops.min()) if len(stops) else content.right + CROSSES
    across = walls[
        (np.minimum(walls[:, 2], high) - np.maximum(walls[:, 0], low)) > TOUCH
    ]
    tops, bottoms = (
        across[across[:, 3] <= y0 + TOUCH, 3],
        across[across[:, 1] >= y1 - TOUCH, 1],
    )
    top = float(tops.max()) if len(tops) else content.top
    zone = low, top, high, float(bottoms.min()) if len(bottoms) else content.bottom
    return _within_frame(zone, content, captions[i])


def overleaf(
    content: Content, captions: Sequence[Caption], i: int, style: Style
) -> Iterator[BBox]:
    """The top of the next column, when a caption ends its column: the column broke between it
    and what it names.
    """
    x0, _, x1, bottom = captions[i].bbox
    column = _column((x0, 0, x1, 0), style)
    walls = _walls(content, captions, i)
    if column is None or _across(walls[walls[:, 1] >= bottom - TOUCH], *column).any():
        return
    following = min(
        (c for c in style.columns if c[0] >= column[1] - TOUCH), default=None
    )
    if following is None:
        return
    stops = walls[_across(walls, *following), 1]
    end = float(stops.min()) if len(stops) else content.bottom
    if end > content.top:
        yield following[0], content.top, following[1], end


def _across(boxes: Boxes, x0: float, x1: float) -> NDArray[np.bool_]:
    """Boxes that share some width with x0 to x1."""
    shared: NDArray[np.bool_] = (
        np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0) > TOUCH
    )
    return shared


def inside(boxes: Boxes, zone: BBox) -> NDArray[np.bool_]:
    """Boxes whose middle lies in a zone."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return (
        (x >= zone[0] - TOUCH)
        & (x <= zone[2] + TOUCH)
        & (y >= zone[1])
        & (y <= zone[3])
    )


def _touching(boxes: Boxes, zone: BBox) -> NDArray[np.bool_]:
    """Boxes that lie in a zone's height with half of their width, or over half of its own."""
    y, width = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 2] - boxes[:, 0]
    across = np.minimum(boxes[:, 2], zone[2]) - np.maximum(boxes[:, 0], zone[0])
    half = across > np.minimum(width, zone[2] - zone[0]) / 2
    return half & (across > TOUCH) & (y >= zone[1]) & (y <= zone[3])
