"""Finds the captions of figures, tables and algorithms, whole: from where they begin down to
where they end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.caption_detection import (
    Kind,
    Start,
    choose_starts,
    find_starts,
)
from pipeline.extract.figures.caption_lines import Sheet, caption_lines
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_rows import PageRow, within
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Page, bounding_box
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of one page."""

    kind: Kind
    label: str
    """The number as printed, with the letters that belong to it: "2", "IV", "S3"."""
    text: str
    """Whole, normalised, hyphens joined."""
    bbox: BBox
    rows: tuple[int, ...]
    """Indices into the page's rows."""
    size: float
    """Font size, in points."""


def find_captions(
    pages: Sequence[Page], rows: Sequence[Sequence[PageRow]], style: Style
) -> list[list[Caption]]:
    """The captions of every page, from top to bottom. `rows` are the rows of each page."""
    words = " ".join(line.text for page in pages for line in page.lines).lower()
    starts = [
        start
        for i in range(len(pages))
        for start in find_starts(i, pages[i], rows[i], style)
    ]
    chosen = choose_starts(starts)
    found = []
    for i, page in enumerate(pages):
        mine = [start for start in chosen if start.page == i]
        sheet = Sheet(
            page, rows[i], frozenset(start.row for start in mine), style
        )
        found.append([_whole(start, sheet, words) for start in mine])
    return found


def _whole(start: Start, sheet: Sheet, words: str) -> Caption:
    """The caption that begins with a row, followed to its end."""
    lines = caption_lines(start, sheet)
    indices = {i for line in lines for i in line.rows}
    bbox = bounding_box(line.whole.bbox for line in lines)
    known = indices | sheet.taken
    scripts = {
        i
        for i, r in enumerate(sheet.rows)
        if within(r.bbox, bbox) and i not in known
    }
    return Caption(
        start.kind,
        start.label,
        _joined([line.whole.text for line in lines], words),
        bbox,
        tuple(sorted(indices | scripts)),
        start.size,
    )


def _joined(lines: Sequence[str], words: str) -> str:
    """Lines as one string. A hyphen at a line's end goes, unless the paper (`words`) writes the
    word with one.
    """
    text = ""
    for line in map(normalise, lines):
        # No word is longer than forty letters.
        broken = re.search(r"([^\W\d_]+)[-\u2010]$", text[-40:])
        if broken and line[:1].islower():
            rest = line.split(" ", 1)[0].strip(".,;:()").lower()
            kept = (
                f"{broken[1].lower()}-{rest}" in words
                and broken[1].lower() + rest not in words
            )
            text = text + line if kept else text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text
