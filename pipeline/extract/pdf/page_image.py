"""A page drawn with a quote marked on it, for a reader who wants to see where a paper says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.common.text import fold_letters
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class PageImageLimits:
    """How a page is drawn and a quote sought on it."""

    zoom: float = 2.0
    """Pixels a point: at 144 dots an inch a quote can be read close up."""
    widest: int = 1400
    """Pixels; a poster is drawn smaller."""
    end: int = 24
    """Letters of either end of a quote by which it is found where its middle differs."""
    stretch: float = 2.0
    """Letters between those ends, at most, as a multiple of the quote's."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, and the boxes of the quote on it."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    marks: tuple[BBox, ...]
    """In shares of width and height from the top left, 0 to 1; a box a line of the quote."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """One word of a page with its box in points and its line."""

    box: BBox
    letters: str
    """Folded to bare letters and digits."""
    line: tuple[int, int]


_limits = PageImageLimits()


def draw_page(pdf: bytes, number: int, quote: str) -> PageImage:
    """Draw a page (1-based) and find a quote on it.

    Raises:
        IndexError: the file has no such page.
    """
    import pymupdf

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        if not 1 <= number <= document.page_count:
            raise IndexError(number)
        page = document[number - 1]
        zoom = min(_limits.zoom, _limits.widest / max(1.0, page.rect.width))
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
        words = [_word(*found[:8]) for found in page.get_text("words")]
        width, height = page.rect.width, page.rect.height
        boxes = [
            tuple(pymupdf.Rect(box) * page.rotation_matrix)
            for box in quote_boxes(words, quote)
        ]
        marks = tuple(
            (x0 / width, y0 / height, x1 / width, y1 / height)
            for x0, y0, x1, y1 in boxes
        )
        return PageImage(
            pixels.tobytes("png"), pixels.width, pixels.height, marks
        )


def quote_boxes(words: Sequence[PageWord], quote: str) -> list[BBox]:
    """Give the boxes of a quote among the words of a page, a box a line; none if it is not there.

    Letters alone are compared, so that hyphens, ligatures and blanks make no difference.
    """
    starts = [0, *accumulate(len(word.letters) for word in words)]
    begin, end = _span(
        "".join(word.letters for word in words), fold_letters(quote)
    )
    marked = [
        word
        for word, start in zip(words, starts, strict=False)
        if start < end and start + len(word.letters) > begin
    ]
    return _by_line(marked)


def _span(text: str, quote: str) -> tuple[int, int]:
    """Where the letters of a quote stand in those of a page; (0, 0) where they do not."""
    if not quote:
        return 0, 0
    begin = text.find(quote)
    if begin >= 0:
        return begin, begin + len(quote)
    head, tail = quote[: _limits.end], quote[-_limits.end :]
    begin = text.find(head)
    if begin < 0:
        return 0, 0
    reach = begin + int(len(quote) * _limits.stretch)
    end = text.find(tail, begin, reach)
    return (begin, end + len(tail)) if end >= 0 else (begin, begin + len(head))


def _by_line(words: Iterable[PageWord]) -> list[BBox]:
    lines: dict[tuple[int, int], BBox] = {}
    for word in words:
        before = lines.get(word.line)
        lines[word.line] = _union(before, word.box) if before else word.box
    return list(lines.values())


def _union(one: BBox, other: BBox) -> BBox:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _word(
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    text: str,
    block: int,
    line: int,
    _: int,
) -> PageWord:
    return PageWord((x0, y0, x1, y1), fold_letters(text), (block, line))
