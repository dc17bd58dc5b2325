"""A page to read before the first paper, so that no paper pays for what is only done once.

Loading fonts, compiling code paths in NumPy and warming Python's own specialisation take as
long as a few pages. The page has what most papers have: two columns, a caption, a drawing, a
table's rules, a list of references.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """Measures in points and words of the page."""

    width: int = 612
    height: int = 792
    margin: int = 54
    gutter: int = 24
    leading: int = 12
    sentence: str = "Nothing of weight is said in this line of text."
    headings: tuple[tuple[int, str], ...] = (
        (1, "1 Introduction"),
        (20, "2 Method"),
        (30, "References"),
    )
    """Row of a column and words."""
    fonts: tuple[str, ...] = ("tiro", "tibo", "tiit", "helv", "cour")
    """PyMuPDF's names of those that lines of text are set in."""


_page = RehearsalPage()


def rehearse() -> None:
    """Read a page of our own making from open to Document, and forget it."""
    from pipeline.extract.reader import read_pdf

    read_pdf(_sheet())


def _column() -> Iterator[tuple[int, str, list[str]]]:
    """The first row of each piece of a column, its font and its lines."""
    others = {
        7 * number: (font, _page.sentence)
        for number, font in enumerate(_page.fonts)
    }
    others |= {row: ("tibo", heading) for row, heading in _page.headings}
    yield (
        0,
        "tiro",
        ["" if row in others else _page.sentence for row in range(39)],
    )
    for row, (font, text) in others.items():
        yield row, font, [text]


def _sheet() -> bytes:
    import pymupdf

    with pymupdf.open() as document:
        page = document.new_page(width=_page.width, height=_page.height)
        for x in (_page.margin, _page.width // 2 + _page.gutter // 2):
            for row, font, texts in _column():
                place = x, _page.height / 3 + row * _page.leading
                page.insert_text(place, texts, fontsize=10, fontname=font)
        page.insert_text(
            (_page.margin, _page.margin),
            "A page to rehearse",
            fontsize=16,
            fontname="tibo",
        )
        page.draw_circle(
            (_page.width / 2, _page.height / 6),
            _page.margin / 2,
            fill=(0.2, 0.4, 0.8),
        )
        page.draw_line(
            (_page.margin, _page.height / 4 - _page.leading),
            (_page.width - _page.margin, _page.height / 4 - _page.leading),
        )
        page.insert_text(
            (_page.margin, _page.height / 4),
            "Figure 1: Overview of a page.",
            fontsize=9,
            fontname="tiro",
        )
        return bytes(document.tobytes())
