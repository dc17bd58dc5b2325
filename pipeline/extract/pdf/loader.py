"""Opens a PDF, or says in one line why it cannot be read.

MuPDF mends much by itself (a lost cross-reference table, a missing tail); what it mended is
told as a warning.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadablePdf
from pipeline.extract.pdf.page import Page
from pipeline.translation import gettext as _
from pipeline.translation import mark

if TYPE_CHECKING:
    import pymupdf


@dataclass(frozen=True, slots=True)
class LoaderRules:
    """How files that are no PDF, or a damaged one, are told."""

    head: int = 1024
    """Bytes at the start in which readers look for the header (ISO 32000-1, annex H.3.4.1)."""
    excerpt: int = 60
    """Characters of a foreign file's beginning that the message shows."""
    listed: int = 10
    """Page numbers that a warning names."""
    letter: tuple[float, float] = (612.0, 792.0)
    """Width and height in points that a page gets when its own cannot be read."""
    out_of_memory: re.Pattern[str] = re.compile(
        r"malloc|calloc|out of memory|cannot allocate|failed to map|bad_alloc",
        re.IGNORECASE,
    )


_rules = LoaderRules()


FOREIGN = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"%!PS": "PostScript",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"{": "JSON",
}
STEPS = {
    "no text layer": mark(
        "It may be a scan: run OCR over it (for example ocrmypdf) and read the result."
    ),
    "needs a password": mark("Save a copy without the password and read that."),
    "not a PDF": mark(
        "Fetch it again; an error page may have been saved under its name."
    ),
    "damaged": mark("Fetch it again."),
}


def unreadable(cause: str, detail: str = "") -> UnreadablePdf:
    """The error for one of UnreadablePdf.CAUSES, with the next step that fits it."""
    message = f"{cause}: {detail}" if detail else cause
    return UnreadablePdf(
        message, step=_(STEPS[cause]), cause=cause, detail=detail
    )


def open_pdf(source: Path | bytes) -> pymupdf.Document:
    """The opened file, with at least one page.

    Raises:
        UnreadablePdf: cause `not a PDF`, `needs a password` or `damaged`.
        OSError: the path cannot be read.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    _require_pdf(data)
    document = _open(data)
    if document.needs_pass and not document.authenticate(""):
        raise unreadable("needs a password")
    if _page_count(document) == 0:
        raise unreadable("damaged", "no page can be found")
    return document


def load_page(document: pymupdf.Document, number: int) -> pymupdf.Page:
    """Load a page by its number from 0.

    Raises:
        ValueError: the page is not there, though the file counts it; MuPDF counts again by then.
    """
    try:
        return document[number]
    except IndexError as error:
        raise ValueError(f"page {number + 1} is missing") from error


def opening_warnings(document: pymupdf.Document) -> list[str]:
    """What had to be mended to open the file; empty for a sound one."""
    return (
        ["the file is damaged and was repaired: parts may be missing"]
        if document.is_repaired
        else []
    )


def broken_warnings(numbers: Sequence[int]) -> list[str]:
    """One line for pages that MuPDF could not read, given by number."""
    return (
        [f"{page_list(numbers)} cannot be read: the file is damaged"]
        if numbers
        else []
    )


def page_list(numbers: Sequence[int]) -> str:
    """Page numbers in words: "page 3", "pages 3, 5, 6"."""
    shown = ", ".join(map(str, numbers[: _rules.listed])) + (
        " …" if len(numbers) > _rules.listed else ""
    )
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def blank_page(number: int) -> Page:
    """What stands for a page that cannot be read."""
    return Page(number, *_rules.letter, 0, (), (), (), (), (), ())


def is_out_of_memory(error: BaseException) -> bool:
    """True for Python's own error and for what C libraries say when memory ends."""
    return isinstance(error, MemoryError) or bool(
        _rules.out_of_memory.search(str(error))
    )


def is_damage(error: Exception) -> bool:
    """True for what MuPDF raises over a broken file; a fault of our own must not pass for one."""
    import pymupdf

    kinds = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, OverflowError)
    return isinstance(error, kinds) and not is_out_of_memory(error)


def _require_pdf(data: bytes) -> None:
    if b"%PDF-" in data[: _rules.head] or b"endobj" in data:
        return
    raise unreadable("not a PDF", _nature(data))


def _nature(data: bytes) -> str:
    head = data[: _rules.head].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if not head:
        return "the file is empty"
    if b"<html" in head.lower() or head[:9].lower() == b"<!doctype":
        return "it is an HTML page"
    for start, name in FOREIGN.items():
        if head.startswith(start):
            return f"it is {name}"
    shown = "".join(
        c if c.isprintable() else "\N{MIDDLE DOT}"
        for c in head[: _rules.excerpt].decode("latin-1")
    )
    return f"it begins with “{shown}”"


def _open(data: bytes) -> pymupdf.Document:
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except MemoryError:
        raise
    except Exception as error:  # MuPDF's exceptions share no narrower base
        raise unreadable("damaged", _line(error)) from error
    # MuPDF guesses the type from the content and would show a text file as one page.
    if not document.is_pdf:
        raise unreadable("damaged", "its structure cannot be read")
    return document


def _page_count(document: pymupdf.Document) -> int:
    with contextlib.suppress(RuntimeError, ValueError):
        return int(document.page_count)
    return 0


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
