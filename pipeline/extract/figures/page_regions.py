"""What of a page may belong to a figure or table, as arrays of boxes: all but running text,
captions and margins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.figures.captions import Caption
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_furniture import Margins
from pipeline.extract.layout.page_rows import EDGE, Row, boxes_of, within, wordy
from pipeline.extract.pdf.page import RULE_THICKNESS, Drawing, Page
from pipeline.paper import BBox

Boxes = NDArray[np.float64]

GRAPHIC, RULE, TEXT = 0, 1, 2
"""Kinds of content. RULE is a thin level line; TEXT is a row."""

FAINT = 12
"""Opacity, of 255, below which nothing is seen."""
WHOLE_PAGE = 0.85
"""Of the page's width and height: what reaches further in both is a background."""
RUNNER_RULE, RUNNER_RULE_WIDTH = 12.0, 0.5
"""Points between a running head and the rule that parts it from the text; of the page's width,
how long it is.
"""
FOOTNOTE_RULE = 0.55
"""Of the column's width: the rule above footnotes is shorter."""
FOOTNOTE_GAP = 16.0
"""Points from that rule to the first footnote's baseline."""

UNDERLINE = 3.0
"""Points between a baseline and the line that underlines it."""
WORDS = 3
"""Spaces from which a row in the text's font counts as words of it."""
UNDER_CAPTION = 8.0
"""Points between an algorithm's caption and the rule below it."""


@dataclass(frozen=True, slots=True)
class Content:
    """Boxes that figures and tables are made of, and those that bound them."""

    boxes: Boxes
    kinds: NDArray[np.int8]
    sizes: NDArray[np.float64]
    """For TEXT its font size, else 0."""
    loose: NDArray[np.bool_]
    """Stroked curves and polygons: MuPDF widens their boxes by line width times mitre limit, up
    to 20 points.
    """
    wordy: NDArray[np.bool_]
    """TEXT that has several words in the font of the running text."""
    obstacles: Boxes
    """Rows of running text and headings."""
    top: float
    bottom: float
    left: float
    right: float
    """Where the page's text area ends."""
    frames: tuple[BBox, ...] = ()
    """Drawn around a figure with its caption: they bound the figure and are no part of it."""


def visible(page: Page, margins: Margins) -> list[Drawing]:
    """Drawings a reader sees, without backgrounds and the rules of running heads."""
    return [
        d
        for d in page.drawings
        if not d.white
        and d.alpha >= FAINT
        and not (d.bbox[2] < d.bbox[0] or d.bbox[3] < d.bbox[1])
        and not _whole_page(d.bbox, page)
        and not _beyond_text(d, page, margins)
    ]


def _beyond_text(d: Drawing, page: Page, margins: Margins) -> bool:
    """In the running head or foot, or the long rule between it and the text."""
    _, y0, _, y1 = d.bbox
    long = d.is_rule and d.bbox[2] - d.bbox[0] > RUNNER_RULE_WIDTH * page.width
    gap = RUNNER_RULE if long else 0.0
    return bool(margins.top and y1 < margins.top + gap) or (
        margins.bottom < page.height and y0 > margins.bottom - gap
    )


def _clipped_away(box: BBox) -> bool:
    """The clip left nothing of it: the edges of its box are in the wrong order."""
    return box[2] <= box[0] or box[3] <= box[1]


def _whole_page(box: BBox, page: Page) -> bool:
    return (
        box[2] - box[0] > WHOLE_PAGE * page.width
        and box[3] - box[1] > WHOLE_PAGE * page.height
    )


def footnotes_of(
    rows: Sequence[Row], drawings: Sequence[Drawing], style: Style
) -> tuple[set[int], set[Drawing]]:
    """Rows of footnotes, and the short rules above them."""
    found: set[int] = set()
    rules: set[Drawing] = set()
    for d in drawings:
        column = next((c for c in style.columns if abs(c[0] - d.bbox[0]) <= EDGE), None)
        if not column or not _footnote_rule(d, column, drawings):
            continue
        under = [
            i
            for i, r in enumerate(rows)
            if r.bbox[0] < column[1]
            and r.bbox[2] > column[0]
            and r.baseline > d.bbox[3]
        ]
        under.sort(key=lambda i: rows[i].baseline)
        if under and _notes(rows, under, d, style):
            found.update(under)
            rules.add(d)
    return found, rules


def _footnote_rule(
    rule: Drawing, column: tuple[float, float], drawings: Sequence[Drawing]
) -> bool:
    """Level, shorter than its column, with nothing drawn below it in the column nor level with
    it.
    """
    x0, y0, x1, y1 = rule.bbox
    if (
        not rule.is_rule
        or y1 - y0 > RULE_THICKNESS
        or x1 - x0 > FOOTNOTE_RULE * (column[1] - column[0])
    ):
        return False
    return not any(
        d is not rule
        and d.bbox[3] > y0 - RULE_THICKNESS
        and d.bbox[0] < column[1]
        and d.bbox[2] > column[0]
        and d.is_rule
        for d in drawings
    )


def ruled_rows(
    rows: Sequence[Row], drawings: Sequence[Drawing], captions: Sequence[Caption]
) -> set[int]:
    """Rows of algorithms: between the rule under an algorithm's caption and the next one as
    wide.
    """
    found: set[int] = set()
    rules = sorted(
        (
            d.bbox
            for d in drawings
            if d.is_rule and d.bbox[3] - d.bbox[1] <= RULE_THICKNESS
        ),
        key=lambda b: b[1],
    )
    for caption in captions:
        x0, _, x1, y1 = caption.bbox
        own = [
            b
            for b in rules
            if caption.kind == "algorithm"
            and b[1] >= y1 - EDGE
            and b[0] <= x0 + EDGE
            and b[2] >= x1 - EDGE
        ]
        if not own or own[0][1] > y1 + UNDER_CAPTION:
            continue
        ends = [
            b
            for b in own[1:]
            if abs(b[0] - own[0][0]) <= EDGE and abs(b[2] - own[0][2]) <= EDGE
        ]
        if ends:
            box = (own[0][0] - EDGE, own[0][1], own[0][2] + EDGE, ends[0][3])
            found.update(i for i, r in enumerate(rows) if within(r.bbox, box))
    return found


def _notes(rows: Sequence[Row], under: list[int], rule: Drawing, style: Style) -> bool:
    """All rows under a rule are smaller than the text, and the first stands close."""
    return rows[under[0]].baseline - rule.bbox[3] <= FOOTNOTE_GAP and all(
        rows[i].size < style.size - 0.4 for i in under
    )


def content_of(
    page: Page,
    margins: Margins,
    drawings: Sequence[Drawing],
    *,
    rows: Sequence[Row],
    prose: set[int],
    captions: Sequence[Caption],
    style: Style,
    frames: Sequence[BBox] = (),
) -> Content:
    """Sort what a page holds into content and obstacles."""
    taken = prose | {i for caption in captions for i in caption.rows}
    free = [r for i, r in enumerate(rows) if i not in taken]
    obstacles = boxes_of([rows[i] for i in sorted(prose)])
    marks, loose = _marks(page, drawings, free, obstacles)
    turned = _turned_text(page, margins)
    thin = (marks[:, 3] - marks[:, 1] <= RULE_THICKNESS) & (
        marks[:, 2] - marks[:, 0] >= 4 * RULE_THICKNESS
    )
    around = len(marks), len(turned)
    x0, x1 = [c[0] for c in style.columns], [c[1] for c in style.columns]
    return Content(
        boxes=np.concatenate([marks, boxes_of(free), turned]),
        kinds=np.concatenate(
            [
                np.where(thin, RULE, GRAPHIC),
                np.full(len(free), TEXT),
                np.full(len(turned), GRAPHIC),
            ]
        ).astype(np.int8),
        sizes=np.pad(np.array([r.size for r in free], dtype=float), around),
        loose=np.concatenate([loose, np.zeros(len(free) + len(turned), dtype=bool)]),
        wordy=np.pad(
            np.array([_words_of_text(r, style) for r in free], dtype=bool), around
        ),
        obstacles=obstacles,
        top=margins.top,
        bottom=margins.bottom,
        left=min(x0, default=0.0),
        right=max(x1, default=page.width),
        frames=tuple(frames),
    )


def _marks(
    page: Page, drawings: Sequence[Drawing], free: Sequence[Row], obstacles: Boxes
) -> tuple[Boxes, NDArray[np.bool_]]:
    """Boxes of drawings and bitmaps that are no part of the text, and which of them are loose."""
    strokes = np.array([not d.filled and not d.rectangle for d in drawings], dtype=bool)
    graphics = np.array([d.bbox for d in drawings], dtype=float).reshape(-1, 4)
    off_text = ~_on_text(graphics, obstacles)
    shown = [i.bbox for i in page.images if not _clipped_away(i.bbox)]
    images = [box for box in shown if not _whole_page(box, page)]
    marks = np.concatenate(
        [graphics[off_text], np.array(images, dtype=float).reshape(-1, 4)]
    )
    loose = np.pad(strokes[off_text], (0, len(images)))
    seen = ~_underlines(marks, boxes_of(free), np.array([r.baseline for r in free]))
    return marks[seen], loose[seen]


def _turned_text(page: Page, margins: Margins) -> Boxes:
    """Boxes of lines that are not level: labels of axes, cells of turned tables."""
    boxes = [
        line.bbox
        for i, line in enumerate(page.lines)
        if not line.level and i not in margins.lines
    ]
    return np.array(boxes, dtype=float).reshape(-1, 4)


def _words_of_text(r: Row, style: Style) -> bool:
    return r.font in style.fonts and r.text.count(" ") >= WORDS and wordy(r.text)


def _underlines(
    marks: Boxes, text: Boxes, baselines: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Thin marks just below words and no longer than they."""
    if not len(marks) or not len(text):
        return np.zeros(len(marks), dtype=bool)
    y = (marks[:, 1] + marks[:, 3])[:, None] / 2
    under = (
        (y >= baselines - 1)
        & (y <= baselines + UNDERLINE)
        & ((marks[:, 3] - marks[:, 1])[:, None] <= RULE_THICKNESS)
    )
    covered = (marks[:, 0][:, None] >= text[:, 0] - 1) & (
        marks[:, 2][:, None] <= text[:, 2] + 1
    )
    return np.asarray((under & covered).any(axis=1))


def _on_text(graphics: Boxes, obstacles: Boxes) -> NDArray[np.bool_]:
    """Underlines, fraction bars and highlights: low marks whose middle lies in a row of running
    text.
    """
    if not len(graphics) or not len(obstacles):
        return np.zeros(len(graphics), dtype=bool)
    x, y = (graphics[:, 0] + graphics[:, 2]) / 2, (graphics[:, 1] + graphics[:, 3]) / 2
    low = (
        graphics[:, 3] - graphics[:, 1] < 2 * (obstacles[:, 3] - obstacles[:, 1]).max()
    )
    inside = (
        (x[:, None] >= obstacles[:, 0] - 1)
        & (x[:, None] <= obstacles[:, 2] + 1)
        & (y[:, None] >= obstacles[:, 1] - 1)
        & (y[:, None] <= obstacles[:, 3] + 1)
    ).any(axis=1)
    return np.asarray(inside & low)
