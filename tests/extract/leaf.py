"""Single pages with floats on them, made point by point, for tests of figures, captions and
margins.
"""

from functools import cache
from itertools import accumulate, cycle

import pymupdf

from pipeline.extract.figures.floats import read_floats
from pipeline.extract.pdf.page_reader import read_page

WORDS = (
    "nothing of great weight is said in these lines and yet they go on for a while so that a column of print is filled "
    "with words as it would be in a paper about the making of talking heads from speech and a single portrait "
)
FONT = pymupdf.Font("tiro")
WHOLE = (54, 558)
LEFT, RIGHT = (54, 294), (318, 558)


@cache
def justified(width, size, count):
    """Lines of words with their x, every line as wide as the others."""
    words, lines = cycle(WORDS.split()), []
    lengths = {word: FONT.text_length(word, size) for word in WORDS.split()}
    word = next(words)
    for _ in range(count):
        line = []
        while (
            sum(lengths[w] for w in line) + lengths[word] + len(line) * size / 4
            <= width
        ):
            line.append(word)
            word = next(words)
        gap = (width - sum(lengths[w] for w in line)) / (len(line) - 1)
        starts = accumulate((lengths[w] + gap for w in line[:-1]), initial=0)
        lines.append(list(zip(starts, line, strict=True)))
    return lines


class Leaf:
    """One page of a paper."""

    def __init__(self, document=None, width=612, height=792):
        self.document = document or pymupdf.open()
        self.page = self.document.new_page(width=width, height=height)

    def next(self):
        """Another page of the same paper."""
        return Leaf(self.document)

    def prose(self, y0, y1, column=WHOLE, size=10):
        """Justified running text that fills a column from y0 to y1."""
        shape = self.page.new_shape()
        count = int((y1 - y0) // (1.2 * size))
        for number, line in enumerate(
            justified(column[1] - column[0], size, count)
        ):
            for x, word in line:
                shape.insert_text(
                    (column[0] + x, y0 + (number + 0.9) * 1.2 * size),
                    word,
                    fontsize=size,
                    fontname="tiro",
                )
        shape.commit()
        return self

    def text(self, x, y, text, size=9, font="tiro", **style):
        """One line of text."""
        self.page.insert_text(
            (x, y), text, fontsize=size, fontname=font, **style
        )
        return self

    def lines(self, x, y, *texts, size=9, font="tiro"):
        """Lines of one paragraph, the first with its baseline at y."""
        for number, text in enumerate(texts):
            self.text(x, y + number * 1.2 * size, text, size, font)
        return self

    def plot(self, x0, y0, x1, y1, join=1):
        """A drawing without a bitmap: axes and a curve, their corners round, or sharp with
        join=0.
        """
        shape = self.page.new_shape()
        shape.draw_line((x0, y0), (x0, y1))
        shape.draw_line((x0, y1), (x1, y1))
        shape.draw_bezier((x0, y1), (x0 + 20, y0), (x1 - 20, y1), (x1, y0))
        shape.finish(color=(0, 0, 0.8), width=1, lineJoin=join)
        shape.commit()
        return self

    def photo(self, x0, y0, x1, y1):
        """A bitmap."""
        pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 30))
        for x in range(40):
            for y in range(30):
                pixels.set_pixel(x, y, (6 * x, 8 * y, (x * y) % 256))
        self.page.insert_image(
            pymupdf.Rect(x0, y0, x1, y1), pixmap=pixels, keep_proportion=False
        )
        return self

    def rule(self, x0, x1, y, width=0.8):
        """A level line."""
        self.page.draw_line((x0, y), (x1, y), width=width)
        return self

    def box(self, x0, y0, x1, y1, fill=None):
        """A frame."""
        self.page.draw_rect(
            pymupdf.Rect(x0, y0, x1, y1), color=(0, 0, 0), fill=fill, width=0.7
        )
        return self

    def cells(self, x0, y0, *, rows=5, columns=4, step=60, leading=12, size=9):
        """Rows of numbers; the first baseline is at y0."""
        for row in range(rows):
            for column in range(columns):
                self.text(
                    x0 + column * step,
                    y0 + row * leading,
                    f"{row}{column}.{row * 7 % 10}",
                    size,
                )
        return self

    def pages(self):
        """The pages as a stored file gives them back."""
        with pymupdf.open("pdf", self.document.tobytes()) as stored:
            return [read_page(page) for page in stored]

    def floats(self):
        """What is found on all pages of the paper."""
        return read_floats(self.pages()).figures

    def layouts(self):
        """The roles of the lines of all pages."""
        return read_floats(self.pages()).layouts

    def figures(self):
        """Figures by kind and label, as "figure 2"."""
        return {f"{one.kind} {one.label}": one for one in self.floats()}


def near(box, expected, slack=4):
    """Boxes agree within some points: glyphs and strokes are wider than what is asked for."""
    return all(abs(a - b) <= slack for a, b in zip(box, expected, strict=True))
