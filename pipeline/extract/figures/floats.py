"""From pages to figures and layouts: captions, what they describe, and the role of every line."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from pipeline.extract.figures.box_array import BoxArray
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
from pipeline.extract.figures.matching.caption_matching import (
    Found,
    find_figures,
)
from pipeline.extract.figures.page_content import (
    Content,
    PageParts,
    content_of,
    visible,
)
from pipeline.extract.figures.page_regions import footnotes_of, ruled_rows
from pipeline.extract.layout.body_text import Style, prose_of, style_of
from pipeline.extract.layout.line_roles import Layout, Role
from pipeline.extract.layout.page_furniture import Margins, find_margins
from pipeline.extract.layout.page_rows import (
    PageRow,
    all_within,
    rows_of,
    within,
)
from pipeline.extract.layout.split_captions import parted
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Drawing, Line, Page
from pipeline.extract.pdf.rotation import Upright, upright
from pipeline.extract.tables.continued import (
    PlacedTable,
    TablePage,
    continuations,
)
from pipeline.extract.tables.structure import Cells, read_cells
from pipeline.paper import Figure

SAME_LINE = 0.3
"""Of the font size: by which pieces on one baseline stand higher or lower."""


class PageFloats(NamedTuple):
    """What floats in the text of a paper, and the text that is left."""

    figures: list[Figure]
    """Figures, tables and algorithms in the order of their captions."""
    traits: list[FigureTraits]
    """What each of them is made of."""
    layouts: list[Layout]
    """The layout of every page."""


class _Sheet(NamedTuple):
    """A page with its text level, and what is known of it before its figures are."""

    page: Page
    """As it lies in the file."""
    shown: Upright
    margins: Margins
    rows: list[PageRow]
    drawings: list[Drawing]


def read_floats(pages: Sequence[Page]) -> PageFloats:
    """Find figures, tables and algorithms, and the role of every line."""
    pages = [parted(page) for page in pages]
    sheets = list(map(_sheet, pages, find_margins(pages)))
    rows = [sheet.rows for sheet in sheets]
    style = style_of(rows)
    captions = find_captions(
        [sheet.shown.page for sheet in sheets], rows, style
    )
    marked = marked_up(rows, [sheet.drawings for sheet in sheets])
    pairs = list(zip(sheets, captions, strict=True))
    contents = [
        _content(sheet, own, style, marked=marked) for sheet, own in pairs
    ]
    found = find_figures(contents, captions, style)
    results = list(zip(sheets, captions, found, strict=True))
    placed = [(sheet, one) for sheet, _, some in results for one in some]
    bounded = list(map(_table_page, sheets, contents, found))
    return PageFloats(
        figures=[_figure(sheet, one, bounded) for sheet, one in placed],
        traits=[traits_of(sheet.shown.page, one.bbox) for sheet, one in placed],
        layouts=[
            Layout(sheet.page, tuple(_roles(sheet, own, some)))
            for sheet, own, some in results
        ],
    )


def _sheet(page: Page, margins: Margins) -> _Sheet:
    """The running head of a sideways page stands at the side, so only its lines count."""
    shown = upright(page)
    level = shown.page
    if shown.turn != "none":
        margins = Margins(margins.lines, 0.0, level.height)
    return _Sheet(
        page,
        shown,
        margins,
        rows_of(level, margins.lines),
        visible(level, margins),
    )


def _content(
    sheet: _Sheet, captions: Sequence[Caption], style: Style, *, marked: bool
) -> Content:
    """What figures can be made of; `marked`: boxes are drawn around the running text itself."""
    page, rows = sheet.shown.page, sheet.rows
    notes, rules = footnotes_of(rows, sheet.drawings, style)
    drawings = [drawing for drawing in sheet.drawings if drawing not in rules]
    framed = ruled_rows(rows, drawings, captions)
    frames = [] if marked else caption_frames(page, drawings, captions)
    if not marked:
        framed |= framed_rows(rows, frames_of(drawings))
        framed |= framed_rows(rows, BoxArray.of(frames))
        drawings = without_frames(drawings, frames)
    taken = {i for caption in captions for i in caption.rows}
    prose = prose_of(rows, style, framed, taken) | notes
    if marked:
        drawings = without_marks(drawings, rows, prose)
    parts = PageParts(
        page, sheet.margins, drawings, rows, captions, prose, frames
    )
    return content_of(parts, style)


def _table_page(
    sheet: _Sheet, content: Content, found: Sequence[Found]
) -> TablePage:
    """What tables that go on from another page are bounded by."""
    rules = [d.bbox for d in sheet.drawings if d.is_rule and not d.white]
    return TablePage(
        sheet.page,
        sheet.shown,
        sheet.rows,
        [rule for rule in rules if rule[2] - rule[0] >= rule[3] - rule[1]],
        list(map(_placed, found)),
        float(content.obstacles.y0.min(initial=inf)),
    )


def _placed(found: Found) -> PlacedTable:
    caption = found.caption
    label = caption.label if caption.kind == "table" else None
    return PlacedTable(label, caption.bbox, found.bbox)


def _figure(sheet: _Sheet, found: Found, pages: Sequence[TablePage]) -> Figure:
    """A figure on one of all pages; a table may go on over the next ones."""
    caption, shown = found.caption, sheet.shown
    inside = all_within(shown.page.lines, found.bbox)
    bbox = shown.back(found.bbox)
    number = sheet.page.number
    cells: Cells = ()
    if caption.kind == "table":
        further = continuations(pages[number - 1 :], _placed(found))
        cells = read_cells(sheet.page, bbox, further)
    return Figure(
        caption.kind,
        caption.label,
        number,
        bbox,
        caption.text,
        text=reading_order(inside),
        cells=cells,
    )


def reading_order(lines: Sequence[Line]) -> str:
    """Text of a box, line by line; pieces on one baseline are parted by a tab, like cells."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.bbox[0])):
        if (
            rows
            and abs(line.baseline - rows[-1][-1].baseline)
            <= SAME_LINE * line.size
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join(map(_tabbed, rows))


def _tabbed(row: list[Line]) -> str:
    row.sort(key=lambda line: line.bbox[0])
    return "\t".join(normalise(line.text) for line in row)


def _roles(
    sheet: _Sheet, captions: Sequence[Caption], found: Sequence[Found]
) -> list[Role]:
    lines = sheet.shown.page.lines
    roles: list[Role] = ["body"] * len(lines)
    for one in found:
        for i, line in enumerate(lines):
            if within(line.bbox, one.bbox):
                roles[i] = "inside"
    for caption in captions:
        for k in caption.rows:
            for i in sheet.rows[k].lines:
                roles[i] = "caption"
    for i in sheet.margins.lines:
        roles[i] = "margin"
    return roles
