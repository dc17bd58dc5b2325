"""What of a page may belong to a figure or table: all but running text, captions and margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.figures.box_array import BoxArray, Mask, Numbers
from pipeline.extract.figures.captions import Caption
from pipeline.extract.figures.rule_pieces import lengthen_pieces
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_furniture import Margins
from pipeline.extract.layout.page_rows import PageRow, wordy
from pipeline.extract.pdf.page import RULE_THICKNESS, Drawing, Page
from pipeline.paper import BBox

GRAPHIC, RULE, TEXT = 0, 1, 2
"""Kinds of content. RULE is a thin level line; TEXT is a row."""


@dataclass(frozen=True, slots=True)
class ContentLimits:
    """What is seen of a page; lengths in points."""

    faint: int = 12
    """Opacity, of 255, below which nothing is seen."""
    whole_page: float = 0.85
    """Of the page's width and height: what reaches further in both is a background."""
    runner_gap: float = 12.0
    """Between a running head and the rule that parts it from the text."""
    runner_width: float = 0.5
    """Of the page's width that such a rule has at least."""
    underline: float = 3.0
    """Between a baseline and the line that underlines it."""
    words: int = 3
    """Spaces from which on a row in the text's font counts as words of it."""


limits = ContentLimits()


@dataclass(frozen=True, slots=True)
class Pieces:
    """Drawings, bitmaps and rows, each with its box and kind."""

    boxes: BoxArray
    kinds: NDArray[np.int8]
    sizes: Numbers
    """For TEXT its font size, else 0."""
    loose: Mask
    """Strokes: MuPDF widens their boxes by line width times mitre limit, up to 20 points."""
    wordy: Mask
    """TEXT that has several words in the font of the running text."""

    def __len__(self) -> int:
        return len(self.boxes)

    def __getitem__(self, which: Any) -> Pieces:
        """The pieces of a mask, or of an array of indices."""
        boxes, kinds, sizes = (
            self.boxes[which],
            self.kinds[which],
            self.sizes[which],
        )
        return Pieces(boxes, kinds, sizes, self.loose[which], self.wordy[which])

    def of_kind(self, kind: int) -> BoxArray:
        """The boxes of one kind."""
        return self.boxes[self.kinds == kind]

    def has(self, kind: int) -> bool:
        """Any is of a kind."""
        return bool((self.kinds == kind).any())

    @property
    def is_text(self) -> bool:
        """Nothing is drawn."""
        return bool((self.kinds == TEXT).all())


@dataclass(frozen=True, slots=True)
class Content:
    """What figures and tables are made of, and what bounds them."""

    pieces: Pieces
    obstacles: BoxArray
    """Rows of running text and headings."""
    top: float
    bottom: float
    left: float
    right: float
    """Where the page's text area ends."""
    frames: tuple[BBox, ...] = ()
    """Drawn around a figure with its caption: they bound the figure and are no part of it."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is known of a page before its figures are."""

    page: Page
    margins: Margins
    drawings: Sequence[Drawing]
    rows: Sequence[PageRow]
    captions: Sequence[Caption]
    prose: set[int]
    """Indices of rows of running text."""
    frames: Sequence[BBox] = ()


# ---- what a reader sees


def visible(page: Page, margins: Margins) -> list[Drawing]:
    """Drawings a reader sees, without backgrounds and the rules of running heads."""
    return [
        drawing
        for drawing in page.drawings
        if _is_seen(drawing)
        and not _covers_page(drawing.bbox, page)
        and not _is_beyond_text(drawing, page, margins)
    ]


def _is_seen(drawing: Drawing) -> bool:
    x0, y0, x1, y1 = drawing.bbox
    return (
        x0 <= x1
        and y0 <= y1
        and not drawing.white
        and drawing.alpha >= limits.faint
    )


def _is_beyond_text(drawing: Drawing, page: Page, margins: Margins) -> bool:
    """In the running head or foot, or the long rule between it and the text."""
    x0, y0, x1, y1 = drawing.bbox
    long = drawing.is_rule and x1 - x0 > limits.runner_width * page.width
    gap = limits.runner_gap if long else 0.0
    if margins.top and y1 < margins.top + gap:
        return True
    return margins.bottom < page.height and y0 > margins.bottom - gap


def _is_clipped_away(box: BBox) -> bool:
    """The clip left nothing of it: the edges of its box are in the wrong order."""
    return box[2] <= box[0] or box[3] <= box[1]


def _covers_page(box: BBox, page: Page) -> bool:
    wide = box[2] - box[0] > limits.whole_page * page.width
    return wide and box[3] - box[1] > limits.whole_page * page.height


# ---- content and obstacles


def content_of(parts: PageParts, style: Style) -> Content:
    """Sort what a page holds into content and obstacles."""
    taken = parts.prose | {
        i for caption in parts.captions for i in caption.rows
    }
    free = [row for i, row in enumerate(parts.rows) if i not in taken]
    obstacles = BoxArray.of(parts.rows[i].bbox for i in sorted(parts.prose))
    pieces = [
        _marks(parts, free, obstacles),
        _texts(free, style),
        _turned_text(parts),
    ]
    return Content(
        pieces=_joined(pieces),
        obstacles=obstacles,
        top=parts.margins.top,
        bottom=parts.margins.bottom,
        left=min((x0 for x0, _ in style.columns), default=0.0),
        right=max((x1 for _, x1 in style.columns), default=parts.page.width),
        frames=tuple(parts.frames),
    )


def _joined(parts: Sequence[Pieces]) -> Pieces:
    return Pieces(
        boxes=BoxArray.joined([part.boxes for part in parts]),
        kinds=np.concatenate([part.kinds for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        loose=np.concatenate([part.loose for part in parts]),
        wordy=np.concatenate([part.wordy for part in parts]),
    )


def _texts(free: Sequence[PageRow], style: Style) -> Pieces:
    """Rows that are neither running text nor captions."""
    count = len(free)
    return Pieces(
        boxes=BoxArray.of(row.bbox for row in free),
        kinds=np.full(count, TEXT, dtype=np.int8),
        sizes=np.array([row.size for row in free], dtype=float),
        loose=np.zeros(count, dtype=bool),
        wordy=np.array(
            [_has_words_of_text(row, style) for row in free], dtype=bool
        ),
    )


def _has_words_of_text(row: PageRow, style: Style) -> bool:
    return (
        row.font in style.fonts
        and row.text.count(" ") >= limits.words
        and wordy(row.text)
    )


def _drawn(boxes: BoxArray, loose: Mask) -> Pieces:
    """Pieces that are drawn: thin level ones are rules."""
    thin = boxes.height <= RULE_THICKNESS
    rules = thin & (boxes.width >= 4 * RULE_THICKNESS)
    none = np.zeros(len(boxes), dtype=bool)
    kinds = np.where(rules, RULE, GRAPHIC).astype(np.int8)
    return Pieces(boxes, kinds, np.zeros(len(boxes)), loose, none)


def _marks(
    parts: PageParts, free: Sequence[PageRow], obstacles: BoxArray
) -> Pieces:
    """Drawings and bitmaps that are no part of the text."""
    drawings = BoxArray.of(drawing.bbox for drawing in parts.drawings)
    strokes = [
        not drawing.filled and not drawing.rectangle
        for drawing in parts.drawings
    ]
    off_text = ~_on_text(drawings, obstacles)
    shown = [
        one.bbox for one in parts.page.images if not _is_clipped_away(one.bbox)
    ]
    images = BoxArray.of(
        box for box in shown if not _covers_page(box, parts.page)
    )
    marks = BoxArray.joined([drawings[off_text], images])
    loose = np.pad(np.array(strokes, dtype=bool)[off_text], (0, len(images)))
    seen = ~_underlines(marks, free)
    return _drawn(lengthen_pieces(marks[seen]), loose[seen])


def _turned_text(parts: PageParts) -> Pieces:
    """Lines that are not level, as drawings: labels of axes, cells of turned tables."""
    skipped = parts.margins.lines
    lines = [
        line for i, line in enumerate(parts.page.lines) if i not in skipped
    ]
    boxes = BoxArray.of(line.bbox for line in lines if not line.level)
    none = np.zeros(len(boxes), dtype=bool)
    kinds = np.full(len(boxes), GRAPHIC, dtype=np.int8)
    return Pieces(boxes, kinds, np.zeros(len(boxes)), none, none)


def _underlines(marks: BoxArray, free: Sequence[PageRow]) -> Mask:
    """Thin marks just below words and no longer than they."""
    if not len(marks) or not free:
        return np.zeros(len(marks), dtype=bool)
    text = BoxArray.of(row.bbox for row in free)
    baselines = np.array([row.baseline for row in free])
    each = marks[:, None]
    below = each.middle_y >= baselines - 1
    near = each.middle_y <= baselines + limits.underline
    covered = (each.x0 >= text.x0 - 1) & (each.x1 <= text.x1 + 1)
    thin = each.height <= RULE_THICKNESS
    return np.asarray((below & near & thin & covered).any(axis=1))


def _on_text(drawings: BoxArray, obstacles: BoxArray) -> Mask:
    """Fraction bars and highlights: low marks whose middle lies in a row of running text."""
    if not len(drawings) or not len(obstacles):
        return np.zeros(len(drawings), dtype=bool)
    low = drawings.height < 2 * obstacles.height.max()
    each = drawings[:, None]
    level = (each.middle_y >= obstacles.y0 - 1) & (
        each.middle_y <= obstacles.y1 + 1
    )
    inside = (
        level
        & (each.middle_x >= obstacles.x0 - 1)
        & (each.middle_x <= obstacles.x1 + 1)
    )
    return np.asarray(inside.any(axis=1) & low)
