"""A page to read before the first paper, so that no paper pays for what is only done once.

Loading fonts, compiling code paths in NumPy and warming Python's own specialisation take as
long as a few pages. The page has what most papers have: two columns, a caption, a drawing, a
table's rules, a list of references.
"""

from __future__ import annotations

from itertools import count

WIDTH, HEIGHT, MARGIN, GUTTER, LEADING = 612, 792, 54, 24, 12
SENTENCE = "Nothing of weight is said in this line of text."
HEADINGS = {0: "1 Introduction", 20: "2 Method", 60: "References"}
FONTS = ("tiro", "tibo", "tiit", "helv", "cour")


def rehearse() -> None:
    """Read a page of our own making from open to Document, and forget it."""
    from pipeline.extract.reader import read_pdf

    read_pdf(_sheet())


def _sheet() -> bytes:
    import pymupdf

    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        rows = count()
        for x in (MARGIN, WIDTH // 2 + GUTTER // 2):
            for y in range(HEIGHT // 3, HEIGHT - MARGIN, LEADING):
                row = next(rows)
                heading = HEADINGS.get(row)
                font = (
                    "tibo"
                    if heading
                    else FONTS[row % len(FONTS)]
                    if row % 7 == 0
                    else "tiro"
                )
                page.insert_text(
                    (x, y), heading or SENTENCE, fontsize=10, fontname=font
                )
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
