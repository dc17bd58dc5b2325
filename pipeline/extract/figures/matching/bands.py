"""Content in level bands with white between them, and what tells that a figure ends at one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.figures.caption_detection import Kind
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.page_content import GRAPHIC, RULE, TEXT, Pieces
from pipeline.extract.layout.body_text import Style

Members = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class BandLimits:
    """Where the parts of one figure end; points, or of the font size where it says so."""

    white: float = 0.5
    """Between two bands, at least."""
    graphic_gap: float = 45.0
    """The widest white within a figure before a part that is drawn."""
    text_gap: float = 20.0
    """The widest white within a figure before a part that is text alone."""
    note_gap: float = 9.0
    """Between a table's last rule and the notes that belong to it."""
    smaller: float = 1.3
    """By which words in the text's font may be smaller and still be no labels of a drawing."""
    same_size: float = 0.3
    """By which rows as large as the text may be smaller."""
    label_gap: float = 1.2
    """Of the font size: between pictures and the labels over or under them."""
    foreign_gap: float = 0.5
    """Of the font size: between a drawing and what is not part of it."""
    level: float = 2.0
    """By which labels in one row may stand higher or lower."""
    full: float = 0.95
    """Of the width: longer rules close a table."""


limits = BandLimits()


class Band(NamedTuple):
    """Pieces that overlap in height."""

    members: Members
    """Indices into the content's pieces."""
    pieces: Pieces
    top: float
    bottom: float


def bands_of(pieces: Pieces, members: Members) -> list[Band]:
    """Members grouped into bands with white between them, from top to bottom."""
    if not len(members):
        return []
    boxes = pieces.boxes
    order = members[np.argsort(boxes.y0[members], kind="stable")]
    ends = np.maximum.accumulate(boxes.y1[order])
    cuts = (boxes.y0[order[1:]] > ends[:-1] + limits.white).nonzero()[0] + 1
    return [_band(pieces, group) for group in np.split(order, cuts)]


def _band(pieces: Pieces, members: Members) -> Band:
    own = pieces[members]
    return Band(
        members, own, float(own.boxes.y0.min()), float(own.boxes.y1.max())
    )


def members_of(bands: Sequence[Band]) -> Members:
    """The indices of all pieces in bands."""
    return np.concatenate([band.members for band in bands])


def gap_between(a: Band, b: Band) -> float:
    """White between two bands, whichever is the upper one."""
    return max(b.top - a.bottom, a.top - b.bottom)


# ---- where a figure ends


def connected(
    bands: Sequence[Band], pieces: Pieces, kind: Kind, style: Style
) -> list[Band]:
    """Bands from the caption outwards, up to the first gap too wide to be within one figure."""
    kept = list(bands[:1])
    for band in bands[1:]:
        if _is_parted(kept, band, pieces, kind, style):
            break
        kept.append(band)
    return (
        _trimmed(kept, style)
        if kind == "figure" and _has_graphics(kept)
        else kept
    )


def _is_parted(
    kept: Sequence[Band], band: Band, pieces: Pieces, kind: Kind, style: Style
) -> bool:
    """The next band is too far from what is kept."""
    gap = gap_between(kept[-1], band)
    if (
        kind != "figure"
        and gap > limits.note_gap
        and _is_closed(kept, pieces, kind)
    ):
        return True
    if not band.pieces.is_text:
        return gap > limits.graphic_gap
    if (
        kind == "figure"
        and _has_graphics(kept)
        and _is_as_large_as_text(band, style)
    ):
        return gap > style.size
    return gap > limits.text_gap


def _is_closed(kept: Sequence[Band], pieces: Pieces, kind: Kind) -> bool:
    """What is kept ends with a rule over its whole width, and holds another one before."""
    last = kept[-1].pieces
    if len(kept) < 3 or not last.has(RULE) or last.has(TEXT):  # noqa: PLR2004 - rule, rows, rule
        return False
    every = pieces[members_of(kept)]
    left, _, right, _ = every.boxes.hull
    rules = every.of_kind(RULE)
    full = limits.full * (right - left)
    heights = {round(float(y)) for y in rules.y0[rules.width > full]}
    needed = 3 if kind == "table" else 2
    return len(heights) >= needed and bool(last.boxes.width.max() > full)


def _has_graphics(bands: Sequence[Band]) -> bool:
    return any(band.pieces.has(GRAPHIC) for band in bands)


def _is_as_large_as_text(band: Band, style: Style) -> bool:
    return bool(band.pieces.sizes.max() >= style.size - limits.same_size)


def _trimmed(kept: list[Band], style: Style) -> list[Band]:
    """Without rows as large as the text at the far end: equations, headings, authors' names."""
    while (
        len(kept) > 1 and kept[-1].pieces.is_text and _is_foreign(kept, style)
    ):
        kept = kept[:-1]
    return kept


def _is_foreign(kept: Sequence[Band], style: Style) -> bool:
    """The last band is as large as the running text and no row of labels."""
    if ends_with_labels(kept):
        return False
    last = kept[-1].pieces
    size = float(last.sizes.max())
    smaller = limits.smaller if last.wordy.all() else limits.same_size
    gap = gap_between(kept[-2], kept[-1])
    return size > style.size - smaller and gap > limits.foreign_gap * size


def ends_with_labels(bands: Sequence[Band]) -> bool:
    """The last band is pieces in a row, near and within the width of what is drawn before it."""
    before, last = bands[-2], bands[-1].pieces
    gap, size = gap_between(before, bands[-1]), float(last.sizes.max())
    if not before.pieces.has(GRAPHIC) or gap > limits.label_gap * size:
        return False
    if len(last) < 2 or not last.is_text or last.wordy.any():  # noqa: PLR2004 - one is no row
        return False
    left = min(float(band.pieces.boxes.x0.min()) for band in bands[:-1])
    right = max(float(band.pieces.boxes.x1.max()) for band in bands[:-1])
    level = float(np.ptp(last.boxes.y1)) <= limits.level
    return level and bool(
        last.boxes.x0.min() >= left and last.boxes.x1.max() <= right
    )


# ---- beside a caption


def level_runs(
    bands: Sequence[Band], caption: Caption, widest_gaps: Sequence[float]
) -> Iterator[Members]:
    """Bands level with a caption, with those above and below them up to gaps of some widths."""
    _, top, _, bottom = caption.bbox
    level = [
        k
        for k, band in enumerate(bands)
        if band.top < bottom and band.bottom > top
    ]
    if not level:
        return
    runs = dict.fromkeys(
        _grown(bands, level[0], level[-1], gap) for gap in widest_gaps
    )
    for first, last in runs:
        yield members_of(bands[first : last + 1])


def _grown(
    bands: Sequence[Band], first: int, last: int, widest: float
) -> tuple[int, int]:
    """A run of bands, longer by those that no wider gap parts from it."""
    while first > 0 and gap_between(bands[first - 1], bands[first]) <= widest:
        first -= 1
    while (
        last + 1 < len(bands)
        and gap_between(bands[last], bands[last + 1]) <= widest
    ):
        last += 1
    return first, last
