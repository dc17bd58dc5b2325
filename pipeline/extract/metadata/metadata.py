"""What a paper says about itself: title, affiliations, the authors' own addresses, language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.layout.reading_order import Row, gather
from pipeline.extract.metadata.affiliations import find_affiliations
from pipeline.extract.metadata.authors import find_authors
from pipeline.extract.metadata.language import find_language
from pipeline.extract.metadata.links.code_links import find_links
from pipeline.extract.metadata.title import Title, find_title
from pipeline.extract.pdf.page import Line
from pipeline.extract.sections.sections import Text

LAST_PAGES = 4
"""Pages at the end of a paper on which the details of its authors may stand."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields of Document with the same names."""

    title: str
    front: str
    language: str
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    first_affiliation: str
    code_urls: tuple[str, ...]
    project_urls: tuple[str, ...]


def read_facts(
    layouts: Sequence[Layout], text: Text, *, record: str = "", own: str = ""
) -> Facts:
    """Facts from the front, the footnotes of page 1 and the links of a paper.

    `record` is the title in the paper's record, `own` the one in the PDF's metadata.
    """
    rows = level_rows(text.front)
    found = find_title(text.front, _furniture(layouts), record=record, own=own)
    title = found.text
    below = [row.lines for row in rows if _is_below(row, found)]
    affiliations = find_affiliations(
        below, text.notes, _late_paragraphs(layouts, text)
    )
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
        authors=find_authors(below),
        affiliations=affiliations.all,
        first_affiliation=affiliations.first,
        code_urls=links.code,
        project_urls=links.project,
    )


def _late_paragraphs(layouts: Sequence[Layout], text: Text) -> Iterator[str]:
    """Titles, paragraphs and footnotes of the last pages, where some journals name the places."""
    first = len(layouts) - LAST_PAGES
    for section in text.sections:
        if section.page > first:
            yield section.title
        yield from (one.text for one in section.paragraphs if one.page > first)
    yield from (one.text for one in text.footnotes if one.page > first)


def level_rows(front: Sequence[Row]) -> list[Row]:
    """The rows of the front from top to bottom, whatever columns they stand in."""
    found: list[Row] = []
    for page in sorted({row.page for row in front}):
        own = [row for row in front if row.page == page]
        extent = (
            min(row.column[0] for row in own),
            max(row.column[1] for row in own),
        )
        lines: list[Line] = [line for row in own for line in row.lines]
        found.extend(
            Row(pieces, page, extent, (page, 0)) for pieces in gather(lines)
        )
    return found


def _furniture(layouts: Sequence[Layout]) -> list[str]:
    return [line.text for layout in layouts for line in layout.lines("margin")]


def _is_below(row: Row, title: Title) -> bool:
    if row.page != title.page:
        return row.page > title.page
    return row.lines[0].baseline > title.bottom + 1
