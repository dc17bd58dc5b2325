"""What a caption may belong to: the content of its free zones, up to a wide gap, weighed by
what it looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.page_regions import GRAPHIC, RULE, TEXT, Boxes, Content
from pipeline.extract.figures.search_zones import (
    CROSSES,
    SPLIT_GAP,
    TOUCH,
    Side,
    inside,
    overleaf,
    side_zone,
    upright_zones,
)
from pipeline.extract.layout.body_text import Style
from pipeline.paper import BBox

GRAPHIC_GAP, TEXT_GAP = 45.0, 20.0
"""Points: the widest white between parts of one figure, where the next part is drawn and where
it is text alone.
"""
NOTE_GAP = 9.0
"""Points between a table's last rule and the notes that belong to it."""
PROSE_SMALLER = 1.3
"""Points by which words in the font of the running text may be smaller and still be none of a
drawing's labels.
"""
SPLITS = 6
"""Divisions of a zone that are tried, the widest gaps first."""
LEAST = 8.0
"""Points: nothing that is lower or narrower is a figure."""
FAR = 150.0
"""Points of distance from the caption that cost a whole point of weight."""
BESIDE = 0.45
"""Weight that a zone beside a caption loses: it is rare."""
CUT = 1.2
"""Weight that a box loses where it cuts through a drawing, by how much of the box that fills."""
OVER_CAPTION = 0.1
"""Of a caption's area that its figure may cover."""
WIDE_RULE = 0.5
"""Of the width of a table: shorter rules belong to some of its columns."""
LABEL_GAP = 1.2
"""Of the font size: between pictures and the labels over or under them."""
STEPS = 3
"""Rows of text from which on they can be the steps of an algorithm."""
ENOUGH = 0.15
"""Weight below which a caption stays without a figure."""


class Candidate(NamedTuple):
    """Content that a caption may belong to."""

    side: Side
    bbox: BBox
    weight: float


def candidates(
    content: Content, captions: Sequence[Caption], i: int, style: Style
) -> list[Candidate]:
    """What caption `i` of a page may belong to."""
    caption = captions[i]
    found: list[Candidate] = []
    upright: tuple[Side, ...] = ("above", "below")
    for side in upright:
        for zone in upright_zones(content, captions, i, side, style):
            found.extend(_offers(content, caption, side, zone, style))
    beside: tuple[Side, ...] = ("left", "right")
    for side in beside:
        zone = side_zone(content, captions, i, side)
        found.extend(_offers(content, caption, side, zone, style))
    if not any(candidate.weight > ENOUGH for candidate in found):
        for zone in overleaf(content, captions, i, style):
            found.extend(_overleaf_offers(content, caption, zone))
    return found


def _overleaf_offers(
    content: Content, caption: Caption, zone: BBox
) -> Iterator[Candidate]:
    """What the next column begins with, its distance free of cost: it is next in reading."""
    members = np.flatnonzero(inside(content.boxes, zone))
    if len(members):
        clipped = replace(content, boxes=_clipped(content, zone))
        offer = _candidate(clipped, members, caption, "right", 1.0)
        yield offer._replace(
            weight=offer.weight + _distance(caption.bbox, offer.bbox) / FAR
        )


def _offers(
    content: Content, caption: Caption, side: Side, zone: BBox, style: Style
) -> Iterator[Candidate]:
    """The zone's content up to a wide gap, and its nearer parts, should another caption claim
    the rest.
    """
    members = np.flatnonzero(inside(content.boxes, zone))
    content = replace(content, boxes=_clipped(content, zone))
    if side in ("left", "right"):
        for run in _level_runs(content, members, caption):
            yield _candidate(content, run, caption, side, 1.0)
        return
    yield from _upright_offers(content, members, caption, side, style)


def _upright_offers(
    content: Content,
    members: NDArray[np.intp],
    caption: Caption,
    side: Side,
    style: Style,
) -> Iterator[Candidate]:
    members = _connected(content, members, caption, side, style)
    if len(members):
        yield _candidate(content, members, caption, side, 1.0)
        for part in _parts(content, members, caption, side):
            share = _height(content.boxes[part]) / _height(content.boxes[members])
            yield _candidate(content, part, caption, side, share)


def _clipped(content: Content, zone: BBox) -> Boxes:
    """The boxes, those of strokes cut at the zone: what reaches over it is MuPDF's allowance
    for corners.
    """
    low, high = np.array(zone[:2] * 2), np.array(zone[2:] * 2)
    return np.where(
        content.loose[:, None], np.clip(content.boxes, low, high), content.boxes
    )


def _height(boxes: Boxes) -> float:
    return float(boxes[:, 3].max() - boxes[:, 1].min())


def _connected(
    content: Content,
    members: NDArray[np.intp],
    caption: Caption,
    side: Side,
    style: Style,
) -> NDArray[np.intp]:
    """Members from the caption outwards, up to the first gap too wide to be within one figure."""
    if not len(members):
        return members
    bands = _bands(content.boxes, members)
    if side == "above":
        bands = bands[::-1]
    kept = [bands[0]]
    for band in bands[1:]:
        if _parted(content, kept, band, caption, style):
            break
        kept.append(band)
    return np.concatenate(_trimmed(content, kept, caption, style))


def _level_runs(
    content: Content, members: NDArray[np.intp], caption: Caption
) -> Iterator[NDArray[np.intp]]:
    """Members beside the caption with what stands above and below them up to a wide gap."""
    if not len(members):
        return
    bands = _bands(content.boxes, members)
    level = [
        k for k, band in enumerate(bands) if _is_level(content.boxes[band], caption)
    ]
    if not level:
        return
    seen: set[tuple[int, int]] = set()
    for widest in (GRAPHIC_GAP, TEXT_GAP, SPLIT_GAP):
        first, last = level[0], level[-1]
        while (
            first > 0 and _gap(content.boxes, bands[first - 1], bands[first]) <= widest
        ):
            first -= 1
        while (
            last + 1 < len(bands)
            and _gap(content.boxes, bands[last], bands[last + 1]) <= widest
        ):
            last += 1
        if (first, last) not in seen:
            seen.add((first, last))
            yield np.concatenate(bands[first : last + 1])


def _is_level(boxes: Boxes, caption: Caption) -> bool:
    """Boxes reach into the height of the caption."""
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    return top < caption.bbox[3] and bottom > caption.bbox[1]


def _bands(boxes: Boxes, members: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Members grouped into bands with white between them, from top to bottom."""
    order = members[np.argsort(boxes[members, 1], kind="stable")]
    ends = np.maximum.accumulate(boxes[order, 3])
    cuts = (
        np.flatnonzero(boxes[order[1:], 1] > ends[:-1] + 0.5) + 1
    )  # half a point of white
    return np.split(order, cuts)


def _gap(boxes: Boxes, a: NDArray[np.intp], b: NDArray[np.intp]) -> float:
    """White between two bands."""
    return float(
        max(
            boxes[b, 1].min() - boxes[a, 3].max(), boxes[a, 1].min() - boxes[b, 3].max()
        )
    )


def _parted(
    content: Content,
    kept: list[NDArray[np.intp]],
    band: NDArray[np.intp],
    caption: Caption,
    style: Style,
) -> bool:
    """The next band is too far from what is kept."""
    gap = _gap(content.boxes, kept[-1], band)
    text_only = bool((content.kinds[band] == TEXT).all())
    if caption.kind != "figure" and gap > NOTE_GAP and _closed(content, kept, caption):
        return True
    if not text_only:
        return gap > GRAPHIC_GAP
    if (
        caption.kind == "figure"
        and _has_graphics(content, kept)
        and _body_sized(content, band, style)
    ):
        return gap > style.size
    return gap > TEXT_GAP


def _closed(content: Content, kept: list[NDArray[np.intp]], caption: Caption) -> bool:
    """What is kept ends with a rule over its whole width, and holds another one before."""
    if len(kept) < 3:  # noqa: PLR2004 - rule, rows, rule
        return False
    last = content.kinds[kept[-1]]
    if not (last == RULE).any() or (last == TEXT).any():
        return False
    everything = np.concatenate(kept)
    boxes = content.boxes[everything]
    width = boxes[:, 2].max() - boxes[:, 0].min()
    rules = content.boxes[everything[content.kinds[everything] == RULE]]
    wide = rules[rules[:, 2] - rules[:, 0] > 0.95 * width]
    needed = 3 if caption.kind == "table" else 2
    return len({round(float(y)) for y in wide[:, 1]}) >= needed and bool(
        (content.boxes[kept[-1], 2] - content.boxes[kept[-1], 0]).max() > 0.95 * width
    )


def _has_graphics(content: Content, bands: list[NDArray[np.intp]]) -> bool:
    return any((content.kinds[band] == GRAPHIC).any() for band in bands)


def _body_sized(content: Content, band: NDArray[np.intp], style: Style) -> bool:
    return bool(content.sizes[band].max() >= style.size - 0.3)


def _trimmed(
    content: Content, kept: list[NDArray[np.intp]], caption: Caption, style: Style
) -> list[NDArray[np.intp]]:
    """Without rows of running text's size at the far end of a drawing: equations, headings,
    names of authors.
    """
    if caption.kind != "figure" or not _has_graphics(content, kept):
        return kept
    while (
        len(kept) > 1
        and (content.kinds[kept[-1]] == TEXT).all()
        and _foreign(content, kept, style)
    ):
        kept = kept[:-1]
    return kept


def _foreign(content: Content, kept: list[NDArray[np.intp]], style: Style) -> bool:
    if _are_labels(content, kept):
        return False
    size = float(content.sizes[kept[-1]].max())
    gap = _gap(content.boxes, kept[-2], kept[-1])
    least = style.size - (PROSE_SMALLER if content.wordy[kept[-1]].all() else 0.3)
    return size > least and gap > 0.5 * size


def _are_labels(content: Content, kept: list[NDArray[np.intp]]) -> bool:
    """The last band is pieces in a row, near and within the width of what is drawn before it."""
    size = float(content.sizes[kept[-1]].max())
    graphic = (content.kinds[kept[-2]] == GRAPHIC).any()
    if not graphic or _gap(content.boxes, kept[-2], kept[-1]) > LABEL_GAP * size:
        return False
    boxes, drawn = content.boxes[kept[-1]], content.boxes[np.concatenate(kept[:-1])]
    level = float(np.ptp(boxes[:, 3])) <= TOUCH
    over = (
        boxes[:, 0].min() >= drawn[:, 0].min()
        and boxes[:, 2].max() <= drawn[:, 2].max()
    )
    labels = (content.kinds[kept[-1]] == TEXT).all() and not content.wordy[
        kept[-1]
    ].any()
    return len(boxes) > 1 and level and bool(over and labels)


def _parts(
    content: Content, members: NDArray[np.intp], caption: Caption, side: Side
) -> Iterator[NDArray[np.intp]]:
    """The members nearer to the caption than one of the widest gaps."""
    bands = _bands(content.boxes, members)
    if side == "above":
        bands = bands[::-1]
    gaps = [
        (_gap(content.boxes, a, b), k + 1) for k, (a, b) in enumerate(pairwise(bands))
    ]
    if caption.kind == "figure" and len(bands) > 1 and _are_labels(content, bands):
        gaps.pop()
    for gap, k in sorted(gaps, reverse=True)[:SPLITS]:
        if gap >= SPLIT_GAP:
            yield np.concatenate(bands[:k])


def _candidate(
    content: Content,
    members: NDArray[np.intp],
    caption: Caption,
    side: Side,
    share: float,
) -> Candidate:
    boxes = content.boxes[members]
    bbox = (
        float(boxes[:, 0].min()),
        float(boxes[:, 1].min()),
        float(boxes[:, 2].max()),
        float(boxes[:, 3].max()),
    )
    looks = {
        "figure": _like_figure,
        "table": _like_table,
        "algorithm": _like_algorithm,
    }[caption.kind]
    weight = (
        looks(content, members, bbox)
        + 0.4 * share
        - _distance(caption.bbox, bbox) / FAR
    )
    if side in ("left", "right"):
        weight -= BESIDE
    weight -= CUT * _cut(content, members, bbox)
    if _overlap(bbox, caption.bbox) > OVER_CAPTION * area(caption.bbox):
        weight = -1.0
    if bbox[3] - bbox[1] < LEAST or bbox[2] - bbox[0] < LEAST:
        weight = -1.0
    return Candidate(side, bbox, weight)


def _cut(content: Content, members: NDArray[np.intp], bbox: BBox) -> float:
    """How much of a box is covered by a drawing that goes on outside of it."""
    others = content.kinds != TEXT
    others[members] = False
    boxes = content.boxes[others]
    inner = _shared(boxes, bbox)
    beyond = (boxes < np.array(bbox) - CROSSES)[:, :2].any(axis=1)
    beyond |= (boxes > np.array(bbox) + CROSSES)[:, 2:].any(axis=1)
    return float(inner[beyond].max(initial=0.0)) / area(bbox)


def _shared(boxes: Boxes, bbox: BBox) -> NDArray[np.float64]:
    """Square points that each of the boxes shares with one."""
    width = np.minimum(boxes[:, 2], bbox[2]) - np.maximum(boxes[:, 0], bbox[0])
    height = np.minimum(boxes[:, 3], bbox[3]) - np.maximum(boxes[:, 1], bbox[1])
    return np.maximum(width - TOUCH, 0.0) * np.maximum(height - TOUCH, 0.0)


def _overlap(a: BBox, b: BBox) -> float:
    """Square points that two boxes share."""
    return float(_shared(np.array([a]), b)[0])


def _distance(a: BBox, b: BBox) -> float:
    """White between two boxes."""
    return max(0.0, a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def _like_figure(content: Content, members: NDArray[np.intp], bbox: BBox) -> float:
    kinds = content.kinds[members]
    drawn = content.boxes[members[kinds == GRAPHIC]]
    if not len(drawn):
        return 0.1
    hull = (drawn[:, 2].max() - drawn[:, 0].min()) * (
        drawn[:, 3].max() - drawn[:, 1].min()
    )
    return float(0.3 + 0.7 * min(1.0, hull / area(bbox)))


def area(box: BBox) -> float:
    """Square points, at least one."""
    return max(1.0, (box[2] - box[0]) * (box[3] - box[1]))


def _like_table(content: Content, members: NDArray[np.intp], bbox: BBox) -> float:
    kinds = content.kinds[members]
    text = content.boxes[members[kinds == TEXT]]
    rules = content.boxes[members[kinds == RULE]]
    wide = (
        (rules[:, 2] - rules[:, 0]) > WIDE_RULE * (bbox[2] - bbox[0])
        if len(rules)
        else np.zeros(0, bool)
    )
    score = 0.4 * min(1.0, wide.sum() / 2) + 0.4 * min(1.0, _cells(text) / 3)
    drawn = content.boxes[members[kinds == GRAPHIC]]
    if len(drawn) and not wide.any():
        covered = float(
            ((drawn[:, 2] - drawn[:, 0]) * (drawn[:, 3] - drawn[:, 1])).max()
        ) / area(bbox)
        score = max(score - 0.3 * covered, 0.35)
    return float(score + 0.1)


def _cells(text: Boxes) -> int:
    """Lines of text that hold more than one piece."""
    if len(text) < 2:  # noqa: PLR2004 - one piece is no line of cells
        return 0
    middle = np.sort((text[:, 1] + text[:, 3]) / 2)
    return int((np.diff(middle) < TOUCH).sum())


def _like_algorithm(content: Content, members: NDArray[np.intp], bbox: BBox) -> float:
    kinds = content.kinds[members]
    rules = content.boxes[members[kinds == RULE]]
    wide = (
        int(((rules[:, 2] - rules[:, 0]) > 0.8 * (bbox[2] - bbox[0])).sum())
        if len(rules)
        else 0
    )
    steps = bool((kinds == TEXT).sum() >= STEPS)
    return 0.3 + 0.5 * min(1.0, wide / 2) + 0.2 * steps
