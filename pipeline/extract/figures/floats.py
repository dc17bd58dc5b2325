"""From pages to figures and layouts: captions, what they describe, and the role of every line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.extract.figures.caption_matching import Found, find_figures
from pipeline.extract.figures.captions import Caption, find_captions
from pipeline.extract.figures.figure_traits import FigureTraits, traits_of
from pipeline.extract.figures.frames import (
    caption_frames,
    framed_rows,
    frames_of,
    marked_up,
    without_frames,
    without_marks,
)
from pipeline.extract.figures.page_regions import (
    Content,
    content_of,
    footnotes_of,
    ruled_rows,
    visible,
)
from pipeline.extract.layout.body_text import Style, prose_of, style_of
from pipeline.extract.layout.line_roles import Layout, Role
from pipeline.extract.layout.page_furniture import Margins, find_margins
from pipeline.extract.layout.page_rows import Row, rows_of, within
from pipeline.extract.layout.split_captions import parted
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Drawing, Line, Page
from pipeline.extract.pdf.rotation import Upright, upright
from pipeline.extract.tables.structure import read_cells
from pipeline.paper import BBox, Figure


class Floats(NamedTuple):
    """What floats in the text of a paper, and the text that is left."""

    figures: list[Figure]
    """Figures, tables and algorithms in the order of their captions."""
    traits: list[FigureTraits]
    """What each of them is made of."""
    layouts: list[Layout]
    """The layout of every page."""


def read_floats(pages: Sequence[Page]) -> Floats:
    """Find figures, tables and algorithms, and the role of every line."""
    pages = [parted(page) for page in pages]
    margins = find_margins(pages)
    turned = [upright(page) for page in pages]
    seen = [one.page for one in turned]
    around = [
        m if one.turn == "none" else _turned(m, one.page)
        for m, one in zip(margins, turned, strict=True)
    ]
    rows = [rows_of(page, m.lines) for page, m in zip(seen, around, strict=True)]
    style = style_of(rows)
    captions = find_captions(seen, rows, style)
    drawings = [visible(page, m) for page, m in zip(seen, around, strict=True)]
    marked = marked_up(rows, drawings)
    contents = [
        _content(page, m, drawn, some, captions=own, style=style, marked=marked)
        for page, m, drawn, some, own in zip(
            seen, around, drawings, rows, captions, strict=True
        )
    ]
    found = find_figures(contents, captions, style)
    figures = [
        _figure(page, shown, one)
        for page, shown, some in zip(pages, turned, found, strict=True)
        for one in some
    ]
    roles = [
        _roles(*page) for page in zip(seen, around, rows, captions, found, strict=True)
    ]
    traits = [
        traits_of(page, one.bbox)
        for page, some in zip(seen, found, strict=True)
        for one in some
    ]
    layouts = [
        Layout(page, tuple(role)) for page, role in zip(pages, roles, strict=True)
    ]
    return Floats(figures, traits, layouts)


def _turned(margins: Margins, page: Page) -> Margins:
    """The margins of a sideways page: its running head stands at the side, so only its lines
    count.
    """
    return Margins(margins.lines, 0.0, page.height)


def _content(
    page: Page,
    margins: Margins,
    drawings: list[Drawing],
    rows: list[Row],
    *,
    captions: list[Caption],
    style: Style,
    marked: bool,
) -> Content:
    notes, rules = footnotes_of(rows, drawings, style)
    drawings = [d for d in drawings if d not in rules] if rules else drawings
    framed = ruled_rows(rows, drawings, captions)
    frames: list[BBox] = []
    if not marked:
        frames = caption_frames(page, drawings, captions)
        around = np.array(frames, dtype=float).reshape(-1, 4)
        framed |= framed_rows(rows, frames_of(drawings)) | framed_rows(rows, around)
        drawings = without_frames(drawings, frames)
    prose = prose_of(rows, style, framed, {i for c in captions for i in c.rows}) | notes
    drawings = without_marks(drawings, rows, prose) if marked else drawings
    return content_of(
        page,
        margins,
        drawings,
        rows=rows,
        prose=prose,
        captions=captions,
        style=style,
        frames=frames,
    )


def _figure(page: Page, shown: Upright, found: Found) -> Figure:
    """`shown` is the page with its text level, on which the figure was found."""
    caption = found.caption
    inside = [line for line in shown.page.lines if within(line.bbox, found.bbox)]
    bbox = shown.back(found.bbox)
    return Figure(
        caption.kind,
        caption.label,
        page.number,
        bbox,
        caption.text,
        text=reading_order(inside),
        cells=read_cells(page, bbox) if caption.kind == "table" else (),
    )


def reading_order(lines: Sequence[Line]) -> str:
    """Text of a box, line by line; pieces on one baseline are parted by a tab, as the cells of
    a table are.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.bbox[0])):
        if rows and abs(line.baseline - rows[-1][-1].baseline) <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join(
        "\t".join(
            normalise(line.text) for line in sorted(row, key=lambda line: line.bbox[0])
        )
        for row in rows
    )


def _roles(
    page: Page,
    margins: Margins,
    rows: list[Row],
    captions: list[Caption],
    found: list[Found],
) -> list[Role]:
    roles: list[Role] = ["body"] * len(page.lines)
    for one in found:
        for i, line in enumerate(page.lines):
            if within(line.bbox, one.bbox):
                roles[i] = "inside"
    for caption in captions:
        for k in caption.rows:
            for i in rows[k].lines:
                roles[i] = "caption"
    for i in margins.lines:
        roles[i] = "margin"
    return roles
