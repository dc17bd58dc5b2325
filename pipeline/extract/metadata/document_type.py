"""Says what keeps a PDF from being read like a paper: a scan, slides, a poster, a supplement,
guidelines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.pdf.hidden_text import is_ocr_layer, picture_share
from pipeline.extract.pdf.loader import page_list, unreadable
from pipeline.extract.pdf.page import Page
from pipeline.paper import Document, Section


@dataclass(frozen=True, slots=True)
class DocumentTypeLimits:
    """What tells papers from scans, slides and posters."""

    scan_letters: int = 30
    """Letters up to which a page under a picture of it has no text layer."""
    scan_area: float = 0.5
    """Of the page that a bitmap of it covers."""
    slide_words: int = 130
    """Words of a slide at most, on average; a page of a paper has several hundred."""
    slides: int = 3
    """Slides of a talk at least."""
    poster_side: int = 1300
    """Points; A2 is the smallest usual poster, and its longer side has 1,684."""
    landscape: float = 1.2
    """Width by height of a slide at least: 4:3 is 1.33, A4 across 1.41."""
    aside: float = 0.2
    """Of the text before the references; more that is left aside is told."""
    abstract_letters: int = 4000
    """Letters of a long abstract: what is longer is more than an abstract."""


limits = DocumentTypeLimits()


@dataclass(frozen=True, slots=True)
class DocumentTypePatterns:
    """What other kinds of documents say of themselves."""

    supplement: re.Pattern[str]
    """Names of supplements."""
    guidelines: re.Pattern[str]
    """Titles of guidelines for authors."""


patterns = DocumentTypePatterns(
    supplement=re.compile(
        r"supplement(al|ary)?\b|supporting information|appendi(x|ces)\b|online resource",
        re.IGNORECASE,
    ),
    guidelines=re.compile(
        r"(author|authors'?|submission|formatting|style) (guidelines?|instructions?|guide|kit)"
        r"|(guidelines?|instructions?) (for|to) (authors|preparing|contributors"
        r"|the preparation)|paper template"
        r"|preparation of papers|how to (use|prepare)",
        re.IGNORECASE,
    ),
)


def require_text(pages: Sequence[Page]) -> None:
    """Raise UnreadablePdf with cause `no text layer` when no page has text to read."""
    if not any(page.lines for page in pages) or all(
        _is_picture(page) for page in pages
    ):
        raise unreadable("no text layer")


def kind_warnings(pages: Sequence[Page], document: Document) -> list[str]:
    """What a reader of the review should know of the document as a whole."""
    return [
        *_scan_warnings(pages),
        *_aside_warnings(document.sections),
        *(f"not a paper: {what}" for what in _other_kind(pages, document)),
    ]


def _aside_warnings(sections: Sequence[Section]) -> Iterator[str]:
    """Much of the text before the references that was taken for an appendix or the abstract."""
    kinds = [section.kind for section in sections]
    end = kinds.index("references") if "references" in kinds else len(kinds)
    letters = {"body": 0, "appendix": 0, "abstract": 0}
    for section in sections[:end]:
        letters[section.kind] += len(section.text)
    excess = max(0, letters["abstract"] - limits.abstract_letters)
    aside = letters["appendix"] + excess
    if letters["body"] and aside > limits.aside * sum(letters.values()):
        share = round(100 * aside / sum(letters.values()))
        yield f"{share} % of the text was taken for an appendix or the abstract"


def _is_picture(page: Page) -> bool:
    letters = sum(len(line.text) for line in page.lines)
    return letters <= limits.scan_letters and (
        not letters or picture_share(page) >= limits.scan_area
    )


def _scan_warnings(pages: Sequence[Page]) -> Iterator[str]:
    pictures = [
        page.number
        for page in pages
        if not page.lines and picture_share(page) >= limits.scan_area
    ]
    if pictures:
        yield f"no text layer on {page_list(pictures)}"
    scanned = [page.number for page in pages if is_ocr_layer(page)]
    if scanned:
        yield f"scanned, with recognised text, on {page_list(scanned)}: letters may be wrong"


def _other_kind(pages: Sequence[Page], document: Document) -> Iterator[str]:
    """The one kind that fits best, if any."""
    tall = max((max(page.width, page.height) for page in pages), default=0.0)
    if len(pages) <= 2 and tall >= limits.poster_side:  # noqa: PLR2004 - rarely a back
        yield "a poster"
    elif _are_slides(pages):
        yield "slides"
    elif patterns.guidelines.search(document.title):
        yield "author guidelines"
    elif _is_supplement(document):
        yield "a supplement alone"
    elif not document.abstract and not any(
        section.kind == "references" for section in document.sections
    ):
        yield "it has neither an abstract nor references"


def _are_slides(pages: Sequence[Page]) -> bool:
    wide = sum(
        page.width >= limits.landscape * page.height
        and page.rotation % 180 == 0
        for page in pages
    )
    if len(pages) < limits.slides or 2 * wide <= len(pages):
        return False
    words = sum(len(line.text.split()) for page in pages for line in page.lines)
    return words <= limits.slide_words * len(pages)


def _is_supplement(document: Document) -> bool:
    """Says so on its front, or begins with appendix A."""
    named = any(
        section.kind == "abstract" and section.title
        for section in document.sections
    )
    if named:
        return False
    if patterns.supplement.search(document.front) or patterns.supplement.search(
        document.title
    ):
        return True
    first = next(
        (
            section
            for section in document.sections
            if section.title and section.level == 1
        ),
        None,
    )
    return first is not None and _begins_appendix(first)


def _begins_appendix(section: Section) -> bool:
    return bool(
        re.match(
            r"(A|S1|S\.1|I)?[.:]?\s*(appendix|supplement)|(A|S1)[.:]?\s+[A-Z]",
            section.title,
            re.IGNORECASE,
        )
    )
