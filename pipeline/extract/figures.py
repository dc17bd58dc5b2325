"""Gives every caption its figure, table or algorithm: the boxes of content beside it that belong together.

For each caption the free zones above, below and beside it are found: they reach to the nearest running text, to other
captions and to the edge of the text area. What lies in a zone, read away from the caption up to a wide gap, is a
candidate. Candidates are weighed by what they look like, how near they are and where the paper's other captions stand; of
all combinations on a page the best without overlap is taken. (Anchoring on captions and bounding by text follows
Clark and Divvala, PDFFigures 2.0, JCDL 2016; the zones, splits and weights here are our own.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.captions import Caption
from pipeline.extract.content import GRAPHIC, RULE, TEXT, Boxes, Content
from pipeline.extract.prose import EDGE, Style
from pipeline.paper import BBox

Side = Literal["above", "below", "left", "right"]

TOUCH = 2.0
"""Points by which boxes of text may run into one another."""
SHORT = 0.6
"""Of its column's width: a shorter caption says nothing of how wide its figure is."""
CROSSES = 6.0
"""Points by which content must reach over a column's edge to span more than the column."""
GRAPHIC_GAP, TEXT_GAP = 45.0, 20.0
"""Points: the widest white between parts of one figure, where the next part is drawn and where it is text alone."""
NOTE_GAP = 9.0
"""Points between a table's last rule and the notes that belong to it."""
PROSE_SMALLER = 1.3
"""Points by which words in the font of the running text may be smaller and still be none of a drawing's labels."""
SPLIT_GAP = 4.0
"""Points of white at which a zone between two captions may be divided."""
SPLITS = 6
"""Divisions of a zone that are tried, the widest gaps first."""
NEIGHBOUR = 40.0
"""Points by which captions of figures side by side may stand higher or lower."""
LEAST = 8.0
"""Points: nothing that is lower or narrower is a figure."""
FAR = 150.0
"""Points of distance from the caption that cost a whole point of weight."""
HABIT = 0.35
"""Weight of standing on the side where the paper's other captions of the kind stand."""
BESIDE = 0.45
"""Weight that a zone beside a caption loses: it is rare."""
WIDE_RULE = 0.5
"""Of the width of a table: shorter rules belong to some of its columns."""
ENOUGH = 0.15
"""Weight below which a caption stays without a figure."""


class Candidate(NamedTuple):
    """Content that a caption may belong to."""

    side: Side
    bbox: BBox
    members: NDArray[np.intp]
    """Indices into `Content.boxes`."""
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A caption and the box of what it describes."""

    caption: Caption
    bbox: BBox
    side: Side


def find_figures(contents: Sequence[Content], captions: Sequence[Sequence[Caption]], style: Style) -> list[list[Found]]:
    """What each page's captions describe, in their order; captions of nothing are left out."""
    offers = [
        [candidates(content, mine, i, style) for i in range(len(mine))]
        for content, mine in zip(contents, captions, strict=True)
    ]
    habits = _habits(captions, offers)
    found = []
    for mine, offered in zip(captions, offers, strict=True):
        chosen = choose(mine, offered, habits)
        found.append([Found(c, o.bbox, o.side) for c, o in zip(mine, chosen, strict=True) if o is not None])
    return found


# ---- zones ---------------------------------------------------------------------------------------------------


def candidates(content: Content, captions: Sequence[Caption], i: int, style: Style) -> list[Candidate]:
    """What caption `i` of a page may belong to."""
    found = []
    for side in ("above", "below"):
        zone = _zone(content, captions, i, side, style)
        found.extend(_offers(content, captions[i], side, zone, style))
        for narrow in _narrowed(content, captions, i, zone):
            found.extend(_offers(content, captions[i], side, narrow, style))
    if not any(candidate.weight > 2 * ENOUGH for candidate in found):
        for side in ("left", "right"):
            zone = _side_zone(content, captions, i, side)
            found.extend(_offers(content, captions[i], side, zone, style))
    return found


def _zone(content: Content, captions: Sequence[Caption], i: int, side: Side, style: Style) -> BBox:
    """The free space above or below a caption."""
    caption = captions[i]
    walls = _walls(content, captions, i)
    x0, x1 = _core(caption, content, walls, style)
    for _ in range(3):
        zone = _bounded(content, caption, walls, x0, x1, side)
        inside = _touching(content.boxes, zone) & (content.kinds != TEXT)
        if not inside.any():
            return zone
        reach = content.boxes[inside]
        low, high = float(reach[:, 0].min()), float(reach[:, 2].max())
        if low >= x0 - CROSSES and high <= x1 + CROSSES:
            return zone
        wider = min(x0, low), max(x1, high)
        after = _bounded(content, caption, walls, *wider, side)
        kept = _touching(content.boxes, after) & (content.kinds != TEXT)
        if kept.sum() < inside.sum() / 2:
            return zone
        x0, x1 = wider
    return zone


def _walls(content: Content, captions: Sequence[Caption], i: int) -> Boxes:
    """Running text and the other captions."""
    others = [c.bbox for k, c in enumerate(captions) if k != i]
    return np.concatenate([content.obstacles, np.array(others, dtype=float).reshape(-1, 4)])


def _core(caption: Caption, content: Content, walls: Boxes, style: Style) -> tuple[float, float]:
    """The width that surely belongs to the caption: its own, or its column's when it is short and stands free."""
    x0, _, x1, _ = caption.bbox
    column = _column(caption.bbox, style)
    left, right = column or (min(content.left, x0), max(content.right, x1))
    level = (walls[:, 1] < caption.bbox[3] - TOUCH) & (walls[:, 3] > caption.bbox[1] + TOUCH)
    before = walls[level & (walls[:, 2] <= x0 + TOUCH), 2]
    after = walls[level & (walls[:, 0] >= x1 - TOUCH), 0]
    left = max(left, _between(before.max(), x0)) if len(before) else left
    right = min(right, _between(x1, after.min())) if len(after) else right
    return min(left, x0), max(right, x1)


def _narrowed(content: Content, captions: Sequence[Caption], i: int, zone: BBox) -> Iterator[BBox]:
    """The part of a zone between the white strips that part it from the figures of captions to the left and right."""
    x0, _, x1, _ = captions[i].bbox
    left = [c for c in captions if c.bbox[2] <= x0 + TOUCH and c.bbox[2] > zone[0] and _by(c.bbox, zone)]
    right = [c for c in captions if c.bbox[0] >= x1 - TOUCH and c.bbox[0] < zone[2] and _by(c.bbox, zone)]
    if not left and not right:
        return
    cuts = _strips(content.boxes[_inside(content.boxes, zone)])
    low = max((c for c in cuts if c < x0 + CROSSES), default=zone[0]) if left else zone[0]
    high = min((c for c in cuts if c > x1 - CROSSES), default=zone[2]) if right else zone[2]
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
    holding = [c for c in style.columns if c[0] - 2 * EDGE <= bbox[0] and bbox[2] <= c[1] + 2 * EDGE]
    return min(holding, key=lambda c: c[1] - c[0], default=None)


def _bounded(content: Content, caption: Caption, walls: Boxes, x0: float, x1: float, side: Side) -> BBox:
    """From the caption to the nearest wall that lies across x0 to x1."""
    across = walls[(np.minimum(walls[:, 2], x1) - np.maximum(walls[:, 0], x0)) > TOUCH]
    top, bottom = caption.bbox[1], caption.bbox[3]
    if side == "above":
        stops = across[across[:, 3] <= top + TOUCH, 3]
        return x0, float(stops.max()) if len(stops) else content.top, x1, top
    stops = across[across[:, 1] >= bottom - TOUCH, 1]
    return x0, bottom, x1, float(stops.min()) if len(stops) else content.bottom


def _side_zone(content: Content, captions: Sequence[Caption], i: int, side: Side) -> BBox:
    """The free space left or right of a caption, as high as the caption first, then up and down to the text."""
    x0, y0, x1, y1 = captions[i].bbox
    walls = _walls(content, captions, i)
    level = walls[(walls[:, 1] < y1) & (walls[:, 3] > y0)]
    if side == "left":
        stops = level[level[:, 2] <= x0 + TOUCH, 2]
        low, high = float(stops.max()) if len(stops) else content.left - CROSSES, x0
    else:
        stops = level[level[:, 0] >= x1 - TOUCH, 0]
        low, high = x1, float(stops.min()) if len(stops) else content.right + CROSSES
    across = walls[(np.minimum(walls[:, 2], high) - np.maximum(walls[:, 0], low)) > TOUCH]
    tops, bottoms = across[across[:, 3] <= y0 + TOUCH, 3], across[across[:, 1] >= y1 - TOUCH, 1]
    top = float(tops.max()) if len(tops) else content.top
    return low, top, high, float(bottoms.min()) if len(bottoms) else content.bottom


def _inside(boxes: Boxes, zone: BBox) -> NDArray[np.bool_]:
    """Boxes whose middle lies in a zone."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return (x >= zone[0] - TOUCH) & (x <= zone[2] + TOUCH) & (y >= zone[1]) & (y <= zone[3])


def _touching(boxes: Boxes, zone: BBox) -> NDArray[np.bool_]:
    """Boxes that lie in a zone's height with half of their width, or over half of its own."""
    y, width = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 2] - boxes[:, 0]
    across = np.minimum(boxes[:, 2], zone[2]) - np.maximum(boxes[:, 0], zone[0])
    half = across > np.minimum(width, zone[2] - zone[0]) / 2
    return half & (across > TOUCH) & (y >= zone[1]) & (y <= zone[3])


# ---- candidates ----------------------------------------------------------------------------------------------


def _offers(content: Content, caption: Caption, side: Side, zone: BBox, style: Style) -> Iterator[Candidate]:
    """The zone's content up to a wide gap, and its nearer parts, should another caption claim the rest."""
    members = np.flatnonzero(_inside(content.boxes, zone))
    members = _connected(content, members, caption, side, style)
    if not len(members):
        return
    yield _candidate(content, members, caption, side, 1.0, style)
    if side in ("above", "below"):
        for part in _parts(content, members, side):
            share = _height(content.boxes[part]) / _height(content.boxes[members])
            yield _candidate(content, part, caption, side, share, style)


def _height(boxes: Boxes) -> float:
    return float(boxes[:, 3].max() - boxes[:, 1].min())


def _connected(
    content: Content, members: NDArray[np.intp], caption: Caption, side: Side, style: Style
) -> NDArray[np.intp]:
    """Members from the caption outwards, up to the first gap too wide to be within one figure."""
    if side in ("left", "right") or not len(members):
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


def _bands(boxes: Boxes, members: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Members grouped into bands with white between them, from top to bottom."""
    order = members[np.argsort(boxes[members, 1], kind="stable")]
    ends = np.maximum.accumulate(boxes[order, 3])
    cuts = np.flatnonzero(boxes[order[1:], 1] > ends[:-1] + 0.5) + 1  # half a point of white
    return np.split(order, cuts)


def _gap(boxes: Boxes, a: NDArray[np.intp], b: NDArray[np.intp]) -> float:
    """White between two bands."""
    return float(max(boxes[b, 1].min() - boxes[a, 3].max(), boxes[a, 1].min() - boxes[b, 3].max()))


def _parted(
    content: Content, kept: list[NDArray[np.intp]], band: NDArray[np.intp], caption: Caption, style: Style
) -> bool:
    """The next band is too far from what is kept."""
    gap = _gap(content.boxes, kept[-1], band)
    text_only = bool((content.kinds[band] == TEXT).all())
    if caption.kind != "figure" and gap > NOTE_GAP and _closed(content, kept, caption):
        return True
    if not text_only:
        return gap > GRAPHIC_GAP
    if caption.kind == "figure" and _has_graphics(content, kept) and _body_sized(content, band, style):
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


def _trimmed(content: Content, kept: list[NDArray[np.intp]], caption: Caption, style: Style) -> list[NDArray[np.intp]]:
    """Without rows of running text's size at the far end of a drawing: equations, headings, names of authors."""
    if caption.kind != "figure" or not _has_graphics(content, kept):
        return kept
    while len(kept) > 1 and (content.kinds[kept[-1]] == TEXT).all() and _foreign(content, kept, style):
        kept = kept[:-1]
    return kept


def _foreign(content: Content, kept: list[NDArray[np.intp]], style: Style) -> bool:
    size = float(content.sizes[kept[-1]].max())
    least = style.size - (PROSE_SMALLER if content.wordy[kept[-1]].all() else 0.3)
    return size > least and _gap(content.boxes, kept[-2], kept[-1]) > 0.5 * size


def _parts(content: Content, members: NDArray[np.intp], side: Side) -> Iterator[NDArray[np.intp]]:
    """The members nearer to the caption than one of the widest gaps."""
    bands = _bands(content.boxes, members)
    if side == "above":
        bands = bands[::-1]
    gaps = [(_gap(content.boxes, a, b), k + 1) for k, (a, b) in enumerate(zip(bands, bands[1:], strict=False))]
    for gap, k in sorted(gaps, reverse=True)[:SPLITS]:
        if gap >= SPLIT_GAP:
            yield np.concatenate(bands[:k])


def _candidate(
    content: Content, members: NDArray[np.intp], caption: Caption, side: Side, share: float, style: Style
) -> Candidate:
    boxes = content.boxes[members]
    bbox = (float(boxes[:, 0].min()), float(boxes[:, 1].min()), float(boxes[:, 2].max()), float(boxes[:, 3].max()))
    looks = {"figure": _like_figure, "table": _like_table, "algorithm": _like_algorithm}[caption.kind]
    weight = looks(content, members, bbox, style) + 0.4 * share - _distance(caption.bbox, bbox) / FAR
    if side in ("left", "right"):
        weight -= BESIDE
    if bbox[3] - bbox[1] < LEAST or bbox[2] - bbox[0] < LEAST:
        weight = -1.0
    return Candidate(side, bbox, members, weight)


def _distance(a: BBox, b: BBox) -> float:
    """White between two boxes."""
    return max(0.0, a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def _like_figure(content: Content, members: NDArray[np.intp], bbox: BBox, style: Style) -> float:
    kinds = content.kinds[members]
    drawn = content.boxes[members[kinds == GRAPHIC]]
    if not len(drawn):
        return 0.1
    hull = (drawn[:, 2].max() - drawn[:, 0].min()) * (drawn[:, 3].max() - drawn[:, 1].min())
    return float(0.3 + 0.7 * min(1.0, hull / _area(bbox)))


def _area(box: BBox) -> float:
    return max(1.0, (box[2] - box[0]) * (box[3] - box[1]))


def _like_table(content: Content, members: NDArray[np.intp], bbox: BBox, style: Style) -> float:
    kinds = content.kinds[members]
    text = content.boxes[members[kinds == TEXT]]
    rules = content.boxes[members[kinds == RULE]]
    wide = (rules[:, 2] - rules[:, 0]) > WIDE_RULE * (bbox[2] - bbox[0]) if len(rules) else np.zeros(0, bool)
    score = 0.4 * min(1.0, wide.sum() / 2) + 0.4 * min(1.0, _cells(text) / 3)
    drawn = content.boxes[members[kinds == GRAPHIC]]
    if len(drawn) and not wide.any():
        covered = float(((drawn[:, 2] - drawn[:, 0]) * (drawn[:, 3] - drawn[:, 1])).max()) / _area(bbox)
        score = max(score - 0.3 * covered, 0.35)
    return float(score + 0.1)


def _cells(text: Boxes) -> int:
    """Lines of text that hold more than one piece."""
    if len(text) < 2:  # noqa: PLR2004 - one piece is no line of cells
        return 0
    middle = np.sort((text[:, 1] + text[:, 3]) / 2)
    return int((np.diff(middle) < TOUCH).sum())


def _like_algorithm(content: Content, members: NDArray[np.intp], bbox: BBox, style: Style) -> float:
    kinds = content.kinds[members]
    rules = content.boxes[members[kinds == RULE]]
    wide = int(((rules[:, 2] - rules[:, 0]) > 0.8 * (bbox[2] - bbox[0])).sum()) if len(rules) else 0
    return 0.3 + 0.5 * min(1.0, wide / 2) + 0.2 * bool((kinds == TEXT).sum() > 2)  # noqa: PLR2004


# ---- choice --------------------------------------------------------------------------------------------------

Habits = dict[tuple[str, str], float]


def _habits(captions: Sequence[Sequence[Caption]], offers: Sequence[Sequence[list[Candidate]]]) -> Habits:
    """How often the captions of a kind have their figure on a side, where only one side offers anything."""
    sides: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for mine, offered in zip(captions, offers, strict=True):
        for caption, options in zip(mine, offered, strict=True):
            best = _best_of_sides(options)
            if len(best) == 1 or (len(best) > 1 and best[0].weight > best[1].weight + HABIT):
                sides[caption.kind, best[0].side] += 1
                totals[caption.kind] += 1
    return {key: count / (totals[key[0]] + 1) for key, count in sides.items()}


def _best_of_sides(options: list[Candidate]) -> list[Candidate]:
    best: dict[Side, Candidate] = {}
    for option in options:
        if option.weight > ENOUGH and (option.side not in best or option.weight > best[option.side].weight):
            best[option.side] = option
    return sorted(best.values(), key=lambda option: -option.weight)


def choose(captions: Sequence[Caption], offers: Sequence[list[Candidate]], habits: Habits) -> list[Candidate | None]:
    """The best combination of candidates that do not overlap: a beam over the captions of a page."""
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
                if not any(other is not None and _clash(option, other) for other in taken)
            ]
        beams = sorted(grown, key=lambda beam: -beam[0])[:BEAM]
    return beams[0][1]


BEAM = 64
"""Combinations that are followed at once; pages hold up to ten captions with a dozen candidates each."""


def _clash(a: Candidate, b: Candidate) -> bool:
    """Two candidates claim the same ground."""
    width = min(a.bbox[2], b.bbox[2]) - max(a.bbox[0], b.bbox[0])
    height = min(a.bbox[3], b.bbox[3]) - max(a.bbox[1], b.bbox[1])
    if width <= TOUCH or height <= TOUCH:
        return False
    return width * height > 0.05 * min(_area(a.bbox), _area(b.bbox))
