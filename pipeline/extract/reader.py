"""Reads a PDF into a Document: the order in which the parts of this package work.

open ─▶ pages ─▶ without hidden text ─▶ margins, captions, floats ─▶ layouts ─▶ sections ─▶
facts ─▶ pictures
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy.ma  # noqa: F401  np.unique would load it in the middle of the first paper
import pymupdf  # noqa: F401  loaded with this module, so that its import is not counted as reading

from pipeline.extract.figures.caption_detection import begins_table
from pipeline.extract.figures.floats import read_floats
from pipeline.extract.figures.overview_figure import find_overview_figure
from pipeline.extract.metadata.document_type import kind_warnings, require_text
from pipeline.extract.metadata.metadata import read_facts
from pipeline.extract.pdf.hidden_text import speaking_texts, strip_hidden
from pipeline.extract.pdf.loader import (
    blank_page,
    broken_warnings,
    is_damage,
    is_out_of_memory,
    load_page,
    open_pdf,
    opening_warnings,
    unreadable,
)
from pipeline.extract.pdf.page import Page
from pipeline.extract.pdf.page_reader import read_page
from pipeline.extract.pdf.rasterize import (
    Pixels,
    encode,
    names,
    rasterize_figure,
)
from pipeline.extract.sections.sections import read_sections
from pipeline.extract.worker.protocol import Reading, process_limits
from pipeline.garbage_collection import collector_paused
from pipeline.paper import Document, Figure, HiddenText


@collector_paused()
def read_pdf(
    source: Path | bytes,
    *,
    draw: bool = False,
    title: str = "",
    encoders: int = process_limits.encoders,
    clock: Callable[[], float] = time.perf_counter,
) -> Reading:
    """Read a PDF in this process; with `draw`, draw its figures too.

    `title` is the paper's title where it is known, from its record; the document then has it as
    its own. `encoders` are threads beside this one that encode pictures; 0 for a process that has but
    one core to itself. `Document.seconds` is the time of reading by `clock`, without the
    pictures.

    Raises:
        UnreadablePdf: no text layer, needs a password, not a PDF, damaged.
        OSError: the path cannot be read.
    """
    started = clock()
    opened = open_pdf(source)
    pages, hidden, warnings = _pages(opened)
    document = _document(
        pages,
        (*opening_warnings(opened), *warnings),
        record=title,
        own=(opened.metadata or {}).get("title") or "",
    )
    document = replace(document, hidden=hidden, seconds=clock() - started)
    if not draw:
        return Reading(document)
    figures, pictures = _drawn(encoders, opened, pages, document.figures)
    return Reading(replace(document, figures=figures), pictures)


def _pages(opened: Any) -> tuple[list[Page], tuple[HiddenText, ...], list[str]]:
    """The pages as a reader sees them, what was hidden on them, and what to warn of."""
    pages: list[Page] = []
    hidden: list[HiddenText] = []
    broken: list[int] = []
    before = False
    for number in range(opened.page_count):
        try:
            page, found = strip_hidden(read_page(load_page(opened, number)))
        except Exception as error:  # one broken page does not cost the others
            if not is_damage(error):
                raise
            page, found = blank_page(number + 1), ()
            broken.append(number + 1)
        begun = any(begins_table(line.text) for line in page.lines)
        if not (begun or before):
            page = replace(page, display=None)
        before = begun
        pages.append(page)
        hidden.extend(found)
    if len(broken) == len(pages):
        raise unreadable("damaged", "no page can be read")
    require_text(pages)
    return pages, speaking_texts(hidden), broken_warnings(broken)


def _document(
    pages: Sequence[Page], warnings: Sequence[str], *, record: str, own: str
) -> Document:
    figures, traits, layouts = read_floats(pages)
    text = read_sections(layouts)
    facts = read_facts(layouts, text, record=record, own=own)
    document = Document(
        pages=len(pages),
        title=facts.title,
        abstract=text.abstract,
        language=facts.language,
        authors=facts.authors,
        affiliations=facts.affiliations,
        first_affiliation=facts.first_affiliation,
        code_urls=facts.code_urls,
        project_urls=facts.project_urls,
        sections=text.sections,
        figures=tuple(figures),
        framework=find_overview_figure(
            figures, traits, len(pages), text.sections
        ),
        front=facts.front,
        footnotes=text.footnotes,
    )
    return replace(
        document, warnings=(*kind_warnings(pages, document), *warnings)
    )


def _drawn(
    encoders: int, opened: Any, pages: Sequence[Page], figures: Sequence[Figure]
) -> tuple[tuple[Figure, ...], dict[str, bytes]]:
    """The figures with the names of their pictures, and the pictures; one that cannot be drawn
    is left out.
    """
    encoded = _encoded(encoders, _rendered(opened, pages, figures))
    files = [
        name + suffix if suffix else ""
        for name, (suffix, _) in zip(names(figures), encoded, strict=True)
    ]
    pictures = {
        file: picture
        for file, (_, picture) in zip(files, encoded, strict=True)
        if file
    }
    return tuple(
        replace(figure, file=file)
        for figure, file in zip(figures, files, strict=True)
    ), pictures


def _encoded(
    encoders: int, rendered: Iterator[Pixels | None]
) -> list[tuple[str, bytes]]:
    """Suffix and bytes of each picture: MuPDF draws in this thread, one at a time, while others
    are encoded.
    """
    if not encoders:
        return [_encode(pixels) for pixels in rendered]
    with ThreadPoolExecutor(encoders) as pool:
        pictures: list[Future[tuple[str, bytes]]] = []
        for pixels in rendered:
            pictures.append(pool.submit(_encode, pixels))
            if len(pictures) > encoders:
                # Pixels take megabytes: few pictures wait for an encoder.
                pictures[-encoders - 1].result()
        return [picture.result() for picture in pictures]


def _encode(pixels: Pixels | None) -> tuple[str, bytes]:
    return encode(pixels) if pixels else ("", b"")


def _rendered(
    opened: Any, pages: Sequence[Page], figures: Sequence[Figure]
) -> Iterator[Pixels | None]:
    for number, group in groupby(figures, key=lambda figure: figure.page):
        page = pages[number - 1]
        shown = cache(
            partial(_display, opened, page)
        )  # made once for all figures of the page
        for figure in group:
            try:
                yield rasterize_figure(shown(), figure, page)
            except (
                Exception
            ) as error:  # one broken bitmap does not cost the other pictures
                if is_out_of_memory(error):
                    raise
                yield None


def _display(opened: Any, page: Page) -> Any:
    """The page's display list, as reading has left it or anew."""
    return page.display or opened[page.number - 1].get_displaylist(annots=0)
