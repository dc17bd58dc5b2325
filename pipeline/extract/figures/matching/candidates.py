"""What a caption may belong to: the content of its free zones, up to a wide gap, weighed by
what it looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.extract.figures.box_array import BoxArray, Numbers, area, distance
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.matching import bands as grouped
from pipeline.extract.figures.matching.bands import (
    Band,
    Members,
    bands_of,
    connected,
    ends_with_labels,
    gap_between,
    level_runs,
    members_of,
)
from pipeline.extract.figures.matching.likeness import likeness
from pipeline.extract.figures.matching.search_zones import (
    Side,
    inside,
    next_column_zones,
    side_zone,
    upright_zones,
)
from pipeline.extract.figures.matching.search_zones import limits as zone_limits
from pipeline.extract.figures.page_content import TEXT, Content, Pieces
from pipeline.extract.layout.body_text import Style
from pipeline.extract.pdf.page import bounding_box
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class CandidateWeights:
    """How candidates are weighed; chosen on the corpus."""

    whole: float = 0.4
    """Of all that a zone holds; a part of it has its share."""
    far: float = 150.0
    """Points of distance from the caption that cost a whole point."""
    beside: float = -0.45
    """Of a zone beside a caption: it is rare."""
    cut: float = -1.2
    """Of a box that cuts through a drawing, by how much of the box that fills."""
    impossible: float = -1.0
    """Of what is too small, or covers its own caption."""
    enough: float = 0.15
    """Below this a caption stays without a figure."""


weights = CandidateWeights()


@dataclass(frozen=True, slots=True)
class CandidatesRules:
    """What is too small for a figure, and how zones are divided."""

    least: float = 8.0
    """Points: nothing that is lower or narrower is a figure."""
    over_caption: float = 0.1
    """Of a caption's area that its figure may cover."""
    splits: int = 6
    """Divisions of a zone that are tried, the widest gaps first."""


_rules = CandidatesRules()


class FigureCandidate(NamedTuple):
    """Content that a caption may belong to."""

    side: Side
    bbox: BBox
    weight: float


def candidates(
    content: Content, captions: Sequence[Caption], i: int, style: Style
) -> list[FigureCandidate]:
    """What caption `i` of a page may belong to."""
    caption = captions[i]
    found: list[FigureCandidate] = []
    upright: tuple[Side, ...] = ("above", "below")
    for side in upright:
        for zone in upright_zones(content, captions, i, side, style):
            found.extend(_upright_offers(content, caption, side, zone, style))
    beside: tuple[Side, ...] = ("left", "right")
    for side in beside:
        zone = side_zone(content, captions, i, side)
        found.extend(_offers_beside(content, caption, side, zone))
    found = [one for one in found if not _is_beside(one, caption, found)]
    if not any(candidate.weight > weights.enough for candidate in found):
        for zone in next_column_zones(content, captions, i, style):
            found.extend(_offers_in_next_column(content, caption, zone))
    return found


def _is_beside(
    one: FigureCandidate, caption: Caption, offers: Sequence[FigureCandidate]
) -> bool:
    """Rows that are not over or under a table's caption: a part of what stands level with it."""
    x0, _, x1, _ = caption.bbox
    under = one.bbox[0] < x1 and x0 < one.bbox[2]
    if under or caption.kind != "table":
        return False
    wholes = [other.bbox for other in offers if other.side in ("left", "right")]
    return one.bbox not in wholes and any(
        bounding_box([one.bbox, whole]) == whole for whole in wholes
    )


def _in_zone(content: Content, zone: BBox) -> tuple[Pieces, Members]:
    """The page's pieces, strokes cut at a zone, and which lie in it."""
    pieces = content.pieces
    members = inside(pieces.boxes, zone).nonzero()[0]
    boxes = pieces.boxes.clipped(zone, pieces.loose)
    clipped = Pieces(
        boxes, pieces.kinds, pieces.sizes, pieces.loose, pieces.wordy
    )
    return clipped, members


def _upright_offers(
    content: Content, caption: Caption, side: Side, zone: BBox, style: Style
) -> Iterator[FigureCandidate]:
    """A zone's content up to a wide gap, and its nearer parts, should another caption claim the
    rest.
    """
    pieces, members = _in_zone(content, zone)
    bands = bands_of(pieces, members)
    outwards = bands[::-1] if side == "above" else bands
    kept = connected(outwards, pieces, caption.kind, style)
    if not kept:
        return
    yield _candidate(pieces, members_of(kept), caption, side, 1.0)
    height = _height(kept)
    for part in _nearer_parts(kept, caption):
        share = _height(part) / height
        yield _candidate(pieces, members_of(part), caption, side, share)


def _height(bands: Sequence[Band]) -> float:
    return max(band.bottom for band in bands) - min(band.top for band in bands)


def _nearer_parts(
    bands: Sequence[Band], caption: Caption
) -> Iterator[Sequence[Band]]:
    """The bands nearer to the caption than one of the widest gaps."""
    gaps = [
        (gap_between(a, b), k + 1) for k, (a, b) in enumerate(pairwise(bands))
    ]
    if caption.kind == "figure" and gaps and ends_with_labels(bands):
        gaps.pop()
    for gap, k in sorted(gaps, reverse=True)[: _rules.splits]:
        if gap >= zone_limits.split_gap:
            yield bands[:k]


def _offers_beside(
    content: Content, caption: Caption, side: Side, zone: BBox
) -> Iterator[FigureCandidate]:
    """What stands level with the caption, and what is near above and below that."""
    pieces, members = _in_zone(content, zone)
    gaps = (
        grouped.limits.graphic_gap,
        grouped.limits.text_gap,
        zone_limits.split_gap,
    )
    for run in level_runs(bands_of(pieces, members), caption, gaps):
        yield _candidate(pieces, run, caption, side, 1.0)


def _offers_in_next_column(
    content: Content, caption: Caption, zone: BBox
) -> Iterator[FigureCandidate]:
    """What the next column begins with, its distance free of cost: it is next in reading."""
    pieces, members = _in_zone(content, zone)
    if len(members):
        offer = _candidate(pieces, members, caption, "right", 1.0)
        free = distance(caption.bbox, offer.bbox) / weights.far
        yield offer._replace(weight=offer.weight + free)


# ---- weighing


def _candidate(
    pieces: Pieces, members: Members, caption: Caption, side: Side, share: float
) -> FigureCandidate:
    own = pieces[members]
    bbox = own.boxes.hull
    if _is_impossible(bbox, caption):
        return FigureCandidate(side, bbox, weights.impossible)
    weight = likeness(caption.kind, own, bbox) + weights.whole * share
    weight -= distance(caption.bbox, bbox) / weights.far
    weight += weights.cut * _cut(pieces, members, bbox)
    if side in ("left", "right"):
        weight += weights.beside
    return FigureCandidate(side, bbox, weight)


def _is_impossible(bbox: BBox, caption: Caption) -> bool:
    """Too small for a figure, or over its own caption."""
    x0, y0, x1, y1 = bbox
    covered = float(_shared(BoxArray.of([bbox]), caption.bbox)[0])
    small = x1 - x0 < _rules.least or y1 - y0 < _rules.least
    return small or covered > _rules.over_caption * area(caption.bbox)


def _cut(pieces: Pieces, members: Members, bbox: BBox) -> float:
    """How much of a box is covered by a drawing that goes on outside of it."""
    others = pieces.kinds != TEXT
    others[members] = False
    boxes = pieces.boxes[others]
    x0, y0, x1, y1 = bbox
    reach = zone_limits.crosses
    beyond = (boxes.x0 < x0 - reach) | (boxes.x1 > x1 + reach)
    beyond |= (boxes.y0 < y0 - reach) | (boxes.y1 > y1 + reach)
    return float(_shared(boxes[beyond], bbox).max(initial=0.0)) / area(bbox)


def _shared(boxes: BoxArray, bbox: BBox) -> Numbers:
    """Square points that each of the boxes shares with one."""
    width = boxes.shared_width(bbox[0], bbox[2]) - zone_limits.touch
    height = boxes.shared_height(bbox[1], bbox[3]) - zone_limits.touch
    return np.maximum(width, 0.0) * np.maximum(height, 0.0)
