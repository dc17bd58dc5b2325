"""Tables drawn by hand: words and rules at given places, and how their cells are shown."""

from __future__ import annotations

from pipeline.extract.pdf.page_words import Word
from pipeline.extract.tables.structure import cells_of
from pipeline.extract.tables.table_area import area_of

SIZE = 10.0


def word(text, x, y, *, size=SIZE):
    """A level word, its letters half as wide as high."""
    width = 0.5 * size * len(text)
    return Word(text, x, y - 7, x + width, y + 2, y, size, False, (1.0, 0.0))


def line(y, *texts, starts=(0, 100, 160, 220, 280)):
    """Cells of one line at the given places; None leaves a place free."""
    words = []
    for text, start in zip(texts, starts, strict=False):
        x = start
        for part in (text or "").split():
            words.append(word(part, x, y))
            x = words[-1].x1 + 3
    return words


def level(y, x0=0.0, x1=250.0):
    return (x0, y - 0.3, x1, y + 0.3)


def read(*lines, rules=()):
    return cells_of(area_of([w for some in lines for w in some], rules))


def shown(cells):
    return [
        [
            ("#" if c.head else "")
            + c.text
            + (
                f" {c.rowspan}x{c.colspan}"
                if (c.rowspan, c.colspan) != (1, 1)
                else ""
            )
            for c in row
        ]
        for row in cells
    ]
