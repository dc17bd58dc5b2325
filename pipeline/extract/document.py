"""Reads a PDF into a Document: the order in which the parts of this package work.

open ─▶ pages ─▶ without hidden text ─▶ margins, captions, floats ─▶ layouts ─▶ sections ─▶ facts ─▶ pictures
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf  # noqa: F401  loaded with this module, so that its import is not counted as reading

from pipeline.extract.draw import draw as draw_figure
from pipeline.extract.draw import names
from pipeline.extract.facts import read_facts
from pipeline.extract.floats import read_floats
from pipeline.extract.framework import framework
from pipeline.extract.hidden import hidden_warnings, strip_hidden
from pipeline.extract.opening import open_pdf, opening_warnings
from pipeline.extract.page import Page, read_page
from pipeline.extract.reading import Reading
from pipeline.extract.sections import read_sections
from pipeline.paper import Document, Figure


def read_pdf(source: Path | bytes, *, draw: bool = False, clock: Callable[[], float] = time.perf_counter) -> Reading:
    """Read a PDF in this process; with `draw`, draw its figures too.

    `Document.seconds` is the time of reading by `clock`, without the pictures.

    Raises:
        UnreadablePdf: no text layer, needs a password, not a PDF, damaged.
        OSError: the path cannot be read.
    """
    started = clock()
    opened = open_pdf(source)
    pages, hidden = _pages(opened)
    document = replace(_document(opened, pages, hidden), seconds=clock() - started)
    if not draw:
        return Reading(document)
    figures, pictures = _drawn(opened, pages, document.figures)
    return Reading(replace(document, figures=figures), pictures)


def _pages(opened: Any) -> tuple[list[Page], list[Any]]:
    pages, hidden = [], []
    for raw in opened:
        page, found = strip_hidden(read_page(raw))
        pages.append(page)
        hidden.extend(found)
    return pages, hidden


def _document(opened: Any, pages: Sequence[Page], hidden: Sequence[Any]) -> Document:
    floats, layouts = read_floats(pages)
    figures = tuple(one.figure for one in floats)
    text = read_sections(layouts)
    facts = read_facts(layouts, text)
    return Document(
        pages=len(pages),
        title=facts.title,
        abstract=text.abstract,
        language=facts.language,
        affiliations=facts.affiliations,
        first_affiliation=facts.first_affiliation,
        code_urls=facts.code_urls,
        project_urls=facts.project_urls,
        sections=text.sections,
        figures=figures,
        framework=framework(figures, len(pages)),
        front=facts.front,
        footnotes=text.footnotes,
        warnings=(*opening_warnings(opened), *hidden_warnings(hidden)),
    )


def _drawn(
    opened: Any, pages: Sequence[Page], figures: Sequence[Figure]
) -> tuple[tuple[Figure, ...], dict[str, bytes]]:
    drawn, pictures = [], {}
    for figure, name in zip(figures, names(figures), strict=True):
        suffix, picture = draw_figure(opened, figure, pages[figure.page - 1].rotation)
        pictures[name + suffix] = picture
        drawn.append(replace(figure, file=name + suffix))
    return tuple(drawn), pictures
