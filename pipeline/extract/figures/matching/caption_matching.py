"""Gives every caption its figure, table or algorithm: the boxes of content beside it that
belong together.

For each caption the free zones around it are found (search_zones). What lies in a zone, read
away from the caption up to a wide gap, is a candidate (candidates), weighed by what it looks
like (likeness), how near it is and where the paper's other captions stand; of all combinations
on a page the best without overlap is taken. (Anchoring on captions and bounding by text follows
Clark and Divvala, PDFFigures 2.0, JCDL 2016; zones, splits and weights are our own.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.figures.box_array import area
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.matching.candidates import (
    FigureCandidate,
    candidates,
    weights,
)
from pipeline.extract.figures.matching.search_zones import Side
from pipeline.extract.figures.matching.search_zones import limits as zone_limits
from pipeline.extract.figures.page_content import Content
from pipeline.extract.layout.body_text import Style
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class CaptionMatchingRules:
    """What speaks for a match of caption and figure, and how many are tried."""

    habit: float = 0.35
    """Weight of standing on the side where the paper's other captions of the kind stand."""
    beam: int = 64
    """Combinations that are followed at once; pages hold up to ten captions."""
    clash: float = 0.05
    """Of the smaller of two boxes: what they may share."""


_rules = CaptionMatchingRules()


Habits = Mapping[tuple[str, str], float]
Taken = list[FigureCandidate | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A caption and the box of what it describes."""

    caption: Caption
    bbox: BBox


def find_figures(
    contents: Sequence[Content],
    captions: Sequence[Sequence[Caption]],
    style: Style,
) -> list[list[Found]]:
    """What each page's captions describe, in their order; captions of nothing are left out."""
    offers = [
        [candidates(content, own, i, style) for i in range(len(own))]
        for content, own in zip(contents, captions, strict=True)
    ]
    habits = _habits(captions, offers)
    pages = zip(captions, offers, strict=True)
    return [_found(own, choose(own, offered, habits)) for own, offered in pages]


def _found(captions: Sequence[Caption], chosen: Taken) -> list[Found]:
    pairs = zip(captions, chosen, strict=True)
    return [
        Found(caption, one.bbox) for caption, one in pairs if one is not None
    ]


def _habits(
    captions: Sequence[Sequence[Caption]],
    offers: Sequence[Sequence[list[FigureCandidate]]],
) -> Habits:
    """How often captions of a kind have their figure on a side, where one side offers most."""
    sides: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for own, offered in zip(captions, offers, strict=True):
        for caption, options in zip(own, offered, strict=True):
            side = _clear_side(options)
            if side is not None:
                sides[caption.kind, side] += 1
                totals[caption.kind] += 1
    return {key: count / (totals[key[0]] + 1) for key, count in sides.items()}


def _clear_side(options: Sequence[FigureCandidate]) -> Side | None:
    """The side that alone offers anything, or much more than the others."""
    best: dict[Side, float] = {}
    for option in options:
        if option.weight > weights.enough:
            best[option.side] = max(option.weight, best.get(option.side, 0.0))
    if not best:
        return None
    side = max(best, key=lambda one: best[one])
    others = [weight for one, weight in best.items() if one != side]
    return (
        side
        if best[side] > max(others, default=-_rules.habit) + _rules.habit
        else None
    )


def choose(
    captions: Sequence[Caption],
    offers: Sequence[list[FigureCandidate]],
    habits: Habits,
) -> Taken:
    """The best combination of candidates that do not overlap: a beam over a page's captions."""
    beams: list[tuple[float, Taken]] = [(0.0, [])]
    for caption, options in zip(captions, offers, strict=True):
        grown = [(score, [*taken, None]) for score, taken in beams]
        for option in options:
            if option.weight < weights.enough:
                continue
            gain = option.weight + _rules.habit * habits.get(
                (caption.kind, option.side), 0.0
            )
            free = [beam for beam in beams if not _clashes(option, beam[1])]
            grown += [(score + gain, [*taken, option]) for score, taken in free]
        beams = sorted(grown, key=lambda beam: -beam[0])[: _rules.beam]
    return beams[0][1]


def _clashes(option: FigureCandidate, taken: Taken) -> bool:
    return any(
        other is not None and _is_clash(option.bbox, other.bbox)
        for other in taken
    )


def _is_clash(a: BBox, b: BBox) -> bool:
    """Two boxes claim the same ground."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if min(width, height) <= zone_limits.touch:
        return False
    return width * height > _rules.clash * min(area(a), area(b))
