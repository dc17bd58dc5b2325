"""Gives every caption its figure, table or algorithm: the boxes of content beside it that
belong together.

For each caption the free zones above, below and beside it are found (zones.py). What lies in a
zone, read away from the caption up to a wide gap, is a candidate (candidates.py), weighed by
what it looks like, how near it is and where the paper's other captions stand; of all
combinations on a page the best without overlap is taken. (Anchoring on captions and bounding by
text follows Clark and Divvala, PDFFigures 2.0, JCDL 2016; zones, splits and weights are our
own.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.candidates import ENOUGH, Candidate, area, candidates
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.page_regions import Content
from pipeline.extract.figures.search_zones import TOUCH, Side
from pipeline.extract.layout.body_text import Style
from pipeline.paper import BBox

HABIT = 0.35
"""Weight of standing on the side where the paper's other captions of the kind stand."""
BEAM = 64
"""Combinations that are followed at once; pages hold up to ten captions with a dozen candidates
each.
"""
Habits = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Found:
    """A caption and the box of what it describes."""

    caption: Caption
    bbox: BBox


def find_figures(
    contents: Sequence[Content], captions: Sequence[Sequence[Caption]], style: Style
) -> list[list[Found]]:
    """What each page's captions describe, in their order; captions of nothing are left out."""
    offers = [
        [candidates(content, mine, i, style) for i in range(len(mine))]
        for content, mine in zip(contents, captions, strict=True)
    ]
    habits = _habits(captions, offers)
    found = []
    for mine, offered in zip(captions, offers, strict=True):
        chosen = choose(mine, offered, habits)
        found.append(
            [
                Found(c, o.bbox)
                for c, o in zip(mine, chosen, strict=True)
                if o is not None
            ]
        )
    return found


def _habits(
    captions: Sequence[Sequence[Caption]], offers: Sequence[Sequence[list[Candidate]]]
) -> Habits:
    """How often the captions of a kind have their figure on a side, where only one side offers
    anything.
    """
    sides: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for mine, offered in zip(captions, offers, strict=True):
        for caption, options in zip(mine, offered, strict=True):
            best = _best_of_sides(options)
            if len(best) == 1 or (
                len(best) > 1 and best[0].weight > best[1].weight + HABIT
            ):
                sides[caption.kind, best[0].side] += 1
                totals[caption.kind] += 1
    return {key: count / (totals[key[0]] + 1) for key, count in sides.items()}


def _best_of_sides(options: list[Candidate]) -> list[Candidate]:
    best: dict[Side, Candidate] = {}
    for option in options:
        if option.weight > ENOUGH and (
            option.side not in best or option.weight > best[option.side].weight
        ):
            best[option.side] = option
    return sorted(best.values(), key=lambda option: -option.weight)


def choose(
    captions: Sequence[Caption], offers: Sequence[list[Candidate]], habits: Habits
) -> list[Candidate | None]:
    """The best combination of candidates that do not overlap: a beam over the captions of a
    page.
    """
    beams: list[tuple[float, list[Candidate | None]]] = [(0.0, [])]
    for caption, options in zip(captions, offers, strict=True):
        grown = [(score, [*taken, None]) for score, taken in beams]
        for option in options:
            gain = option.weight + HABIT * habits.get((caption.kind, option.side), 0.0)
            if option.weight < ENOUGH:
                continue
            grown += [
                (score + gain, [*taken, option])
                for score, taken in beams
                if not any(
                    other is not None and _clash(option, other) for other in taken
                )
            ]
        beams = sorted(grown, key=lambda beam: -beam[0])[:BEAM]
    return beams[0][1]


def _clash(a: Candidate, b: Candidate) -> bool:
    """Two candidates claim the same ground."""
    width = min(a.bbox[2], b.bbox[2]) - max(a.bbox[0], b.bbox[0])
    height = min(a.bbox[3], b.bbox[3]) - max(a.bbox[1], b.bbox[1])
    if width <= TOUCH or height <= TOUCH:
        return False
    return width * height > 0.05 * min(area(a.bbox), area(b.bbox))
