"""A page to read before the first paper, so that no paper pays for what is only done once.

Loading fonts, compiling code paths in NumPy and warming Python's own specialisation take as
long as a few pages. The page has what most papers have: two columns, a caption, a drawing, a
table's rules, a list of references.
"""

from __future__ import annotations

from collections.abc import Iterator

WIDTH, HEIGHT, MARGIN, GUTTER, LEADING = 612, 792, 54, 24, 12
SENTENCE = "Nothing of weight is said in this line of text."
HEADINGS = {1: "1 Introduction", 20: "2 Method", 30: "References"}
FONTS = ("tiro", "tibo", "tiit", "helv", "cour")


def rehearse() -> None:
    """Read a page of our own making from open to Document, and forget it."""
    from pipeline.extract.reader import read_pdf

    read_pdf(_sheet())


def _column() -> Iterator[tuple[int, str, list[str]]]:
    """The first row of each piece of a column, its font and its lines."""
    others = {7 * number: (font, SENTENCE) for number, font in enumerate(FONTS)}
    others |= {row: ("tibo", heading) for row, heading in HEADINGS.items()}
    yield 0, "tiro", ["" if row in others else SENTENCE for row in range(39)]
    for row, (font, text) in others.items():
        yield row, font, [text]


def _sheet() -> bytes:
    import pymupdf

    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        for x in (MARGIN, WIDTH // 2 + GUTTER // 2):
            for row, font, texts in _column():
                place = x, HEIGHT / 3 + row * LEADING
                page.insert_text(place, texts, fontsize=10, fontname=font)
        page.insert_text(
            (MARGIN, MARGIN), "A page to rehearse", fontsize=16, fontname="tibo"
        )
        page.draw_circle(
            (WIDTH / 2, HEIGHT / 6), MARGIN / 2, fill=(0.2, 0.4, 0.8)
        )
        page.draw_line(
            (MARGIN, HEIGHT / 4 - LEADING),
            (WIDTH - MARGIN, HEIGHT / 4 - LEADING),
        )
        page.insert_text(
            (MARGIN, HEIGHT / 4),
            "Figure 1: Overview of a page.",
            fontsize=9,
            fontname="tiro",
        )
        return bytes(document.tobytes())
