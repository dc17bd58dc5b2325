"""What a paper says about itself: title, affiliations, the authors' own addresses, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.layout.reading_order import Row, gather
from pipeline.extract.metadata.affiliations import find_affiliations
from pipeline.extract.metadata.code_links import find_links
from pipeline.extract.metadata.language import find_language
from pipeline.extract.pdf.page import Line
from pipeline.extract.sections.sections import Text

TITLE_STEP = 0.9
"""Points by which rows of one title may differ in size."""
TITLE_LEADING = 2.0
"""Of the font size: the widest distance of two rows of a title."""
TITLE_ROWS = 6
"""Rows of a title."""

_MARKS = re.compile(r"[\s*∗†‡§¶⋆★✉♠♣♡♢]+$")


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields of Document with the same names."""

    title: str
    front: str
    language: str
    affiliations: tuple[str, ...]
    first_affiliation: str
    code_urls: tuple[str, ...]
    project_urls: tuple[str, ...]


def read_facts(layouts: Sequence[Layout], text: Text) -> Facts:
    """Facts from the front, the footnotes of page 1 and the links of a paper."""
    rows = level_rows(text.front)
    start, stop = _title_rows(rows)
    title = _title(rows[start:stop])
    affiliations = find_affiliations([row.lines for row in rows[stop:]], text.notes)
    front = "\n".join(row.text for row in rows)
    links = find_links(
        layouts, " ".join(front.split()), title, text.sections, text.footnotes
    )
    return Facts(
        title=title,
        front=front,
        language=find_language(
            paragraph.text
            for section in text.sections
            for paragraph in section.paragraphs
        ),
        affiliations=affiliations.all,
        first_affiliation=affiliations.first,
        code_urls=links.code,
        project_urls=links.project,
    )


def level_rows(front: Sequence[Row]) -> list[Row]:
    """The rows of the front from top to bottom, whatever columns they stand in."""
    found: list[Row] = []
    for page in sorted({row.page for row in front}):
        own = [row for row in front if row.page == page]
        extent = min(row.column[0] for row in own), max(row.column[1] for row in own)
        lines: list[Line] = [line for row in own for line in row.lines]
        found.extend(Row(pieces, page, extent, (page, 0)) for pieces in gather(lines))
    return found


def _title_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """Index of the first row of the title, and of the row after its last: the largest letters."""
    sizes = [row.size if _wordy(row) else 0.0 for row in rows]
    if not any(sizes):
        return 0, 0
    largest = max(sizes)
    top = bottom = sizes.index(largest)
    while bottom + 1 < len(rows) and _continues(
        rows[bottom], rows[bottom + 1], sizes[bottom + 1], largest
    ):
        bottom += 1
    while top > 0 and _continues(rows[top - 1], rows[top], sizes[top - 1], largest):
        top -= 1
    return top, min(bottom + 1, top + TITLE_ROWS)


def _continues(above: Row, below: Row, size: float, largest: float) -> bool:
    near = 0 < below.baseline - above.baseline <= TITLE_LEADING * largest
    return near and above.page == below.page and abs(size - largest) <= TITLE_STEP


def _wordy(row: Row) -> bool:
    return sum(map(str.isalpha, row.text)) > 2  # noqa: PLR2004


def _title(rows: Sequence[Row]) -> str:
    text = ""
    for row in rows:
        broken = text.endswith("-") and text[-2:-1].isalpha()
        text = text + row.text if broken else f"{text} {row.text}"
    return _MARKS.sub("", text).strip()
