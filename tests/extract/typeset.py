"""Sets small papers in type, so that tests read what a press would print."""

import pymupdf

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.pdf.page_reader import read_page

WIDTH, HEIGHT, MARGIN, GUTTER = 612.0, 792.0, 54.0, 24.0
ROMAN, BOLD, ITALIC = "tiro", "tibo", "tiit"
LOREM = (
    "The reader of these lines will find that nothing of great weight is said in them and that they go on for a while "
    "so that a column of print is filled with words as it would be in a paper about the making of talking heads. "
)


class Press:
    """A paper in the making: text flows through columns and pages."""

    def __init__(self, columns=1):
        self.document = pymupdf.open()
        self.columns = columns
        self.width = (WIDTH - 2 * MARGIN - (columns - 1) * GUTTER) / columns
        self._turn()

    def _turn(self):
        self.page = self.document.new_page(width=WIDTH, height=HEIGHT)
        self.column, self.top, self.y = 0, MARGIN, MARGIN

    def _advance(self):
        self.column, self.y = self.column + 1, self.top
        if self.column == self.columns:
            self._turn()

    def turn_column(self):
        """Go on at the top of the next column."""
        self._advance()
        return self

    @property
    def x(self):
        return MARGIN + self.column * (self.width + GUTTER)

    def centre(self, *parts, size=10, font=ROMAN, gap=4):
        """One row across the page; a part (text, raise) is raised and small."""
        widths = [self._width(part, size, font) for part in parts]
        x = (WIDTH - sum(widths)) / 2
        self.y += size + gap
        for part, width in zip(parts, widths, strict=True):
            self._put(part, x, self.y, size, font)
            x += width
        self.top = self.y + 6
        return self

    def at(self, x, y, text, size=10, font=ROMAN, **style):
        """Text anywhere on the page."""
        self._print(text, x, y, size, font, **style)
        return self

    def para(self, text, size=10, font=ROMAN, gap=0, indent=12):
        """A paragraph in the column, its first row indented; text comes as one string and is
        wrapped.
        """
        self.y += gap
        rest, first = text.split(), indent
        while rest:
            row, rest = self._wrap(rest, self.width - first, size, font)
            self.row(row, size, font, indent=first)
            first = 0
        return self

    def row(self, text, size=10, font=ROMAN, indent=0.0, gap=0.0, *, lead=None):
        """One row in the column; `lead` is set in bold before it, or as (text, raised) small
        and raised.
        """
        if self.y + gap + 1.2 * size > HEIGHT - MARGIN:
            self._advance()
        self.y += 1.2 * size + gap
        x = self.x + indent
        if lead:
            self._put(lead, x, self.y, size, BOLD)
            x += self._width(lead, size, BOLD) + (
                0 if isinstance(lead, tuple) else 3
            )
        self._put(text, x, self.y, size, font)
        return self

    def heading(self, text, size=12, font=BOLD, gap=8):
        """A heading on a row of its own."""
        self.row(text, size, font, gap=gap)
        self.y += 3
        return self

    def note(self, text, mark="", size=8):
        """A footnote at the foot of the column."""
        self.at(self.x, HEIGHT - MARGIN - 2, "", size)
        if mark:
            self._put((mark, True), self.x, HEIGHT - MARGIN - 2, size, ROMAN)
        return self.at(self.x + 5, HEIGHT - MARGIN - 2, text, size)

    def lorem(self, times=3, **style):
        """Some filling."""
        return self.para(LOREM * times, **style)

    def _wrap(self, words, width, size, font):
        row = words[:1]
        while (
            len(row) < len(words)
            and pymupdf.get_text_length(
                " ".join(words[: len(row) + 1]), font, size
            )
            <= width
        ):
            row = words[: len(row) + 1]
        return " ".join(row), words[len(row) :]

    def _width(self, part, size, font):
        raised = isinstance(part, tuple)
        return pymupdf.get_text_length(
            part[0] if raised else part, font, 0.65 * size if raised else size
        )

    def _put(self, part, x, y, size, font):
        raised = isinstance(part, tuple)
        where = (x, y - 0.35 * size) if raised else (x, y)
        text = part[0] if raised else part
        self._print(text, *where, 0.65 * size if raised else size, font)

    def _print(self, text, x, y, size, font, **style):
        """With the whole font, since the built-in ones know Latin letters only."""
        self.page.insert_font(
            fontname=f"whole-{font}", fontbuffer=pymupdf.Font(font).buffer
        )
        self.page.insert_text(
            (x, y), text, fontsize=size, fontname=f"whole-{font}", **style
        )

    def pdf(self):
        return self.document.tobytes()

    def pages(self):
        return [read_page(page) for page in pymupdf.open(stream=self.pdf())]

    def layouts(self):
        """Pages on which every line is running text."""
        return [
            Layout(page, ("body",) * len(page.lines)) for page in self.pages()
        ]
