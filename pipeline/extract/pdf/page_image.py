"""A page drawn with a quote marked on it, for a reader who wants to see where a paper says so."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pipeline.common.text import fold_letters
from pipeline.extract.pdf.page import bounding_box
from pipeline.paper import BBox

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Run = tuple[int, int]
"""Where letters begin and end in those of a page."""


@dataclass(frozen=True, slots=True)
class PageImageLimits:
    """How a page is drawn and a quote sought on it."""

    zoom: float = 2.0
    """Pixels a point: at 144 dots an inch a quote can be read close up."""
    widest: int = 1400
    """Pixels; a poster is drawn smaller."""
    run: int = 10
    """Letters that stand on a page and in a quote by more than chance."""
    short: int = 3
    """As many, between two runs that were found."""
    nearby: int = 60
    """Letters between two such runs at most."""
    gap: int = 30
    """Letters between two runs that are marked with them."""
    certain: int = 20
    """Letters of one run by which a quote is on a page: its rest may be on the next one."""
    whole: float = 0.9
    """Share of the letters of a quote from which on it is not sought on the next page."""
    share: float = 0.6
    """Share of the letters of a quote by which it is on a page without such a run."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, or two side by side, and the boxes of the quote on it."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    marks: tuple[BBox, ...]
    """In shares of width and height from the top left, 0 to 1; a box a line of the quote."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """One word of a page with its box, in shares of the page, and its line."""

    box: BBox
    letters: str
    """Folded to bare letters and digits."""
    line: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DrawnPageWords:
    """The words of a page in the order of its file."""

    words: Sequence[PageWord]

    @property
    def text(self) -> str:
        """Their letters as one string."""
        return "".join(word.letters for word in self.words)


_limits = PageImageLimits()


def draw_page(pdf: bytes, number: int, quote: str) -> PageImage:
    """Draw a page (1-based) and find a quote on it.

    A sentence that runs over a page break is on two pages: both are drawn then, side by side.
    One that begins behind the break is drawn on the next page.

    Raises:
        IndexError: the file has no such page.
    """
    import pymupdf

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        if not 1 <= number <= document.page_count:
            raise IndexError(number)
        texts = [_page_text(document[number - 1])]
        runs = find_runs(texts[0].text, fold_letters(quote))
        if number < document.page_count and not _is_whole(runs, quote):
            texts.append(_page_text(document[number]))
            runs = find_runs(
                "".join(one.text for one in texts), fold_letters(quote)
            )
        marked = _marked_pages(texts, runs)
        drawn = [_draw(document[number - 1 + at]) for at, _ in marked]
        return _side_by_side(drawn, [boxes for _, boxes in marked])


def _is_whole(runs: Iterable[Run], quote: str) -> bool:
    held = sum(end - start for start, end in runs)
    return held >= _limits.whole * len(fold_letters(quote))


def _page_text(page: Any) -> DrawnPageWords:
    """Read the words of a page, their boxes in shares of the page as it is drawn."""
    width, height = page.rect.width, page.rect.height
    words = []
    for found in page.get_text("words"):
        x0, y0, x1, y1 = _turned(found[:4], page.rotation_matrix)
        box = (x0 / width, y0 / height, x1 / width, y1 / height)
        words.append(PageWord(box, fold_letters(found[4]), found[5:7]))
    return DrawnPageWords(words)


def _turned(box: BBox, matrix: Any) -> BBox:
    import pymupdf

    x0, y0, x1, y1 = pymupdf.Rect(box) * matrix
    return x0, y0, x1, y1


def _marked_pages(
    texts: Sequence[DrawnPageWords], runs: Sequence[Run]
) -> list[tuple[int, list[BBox]]]:
    """Give the pages that hold runs with the boxes on each; the first where none does."""
    marked, start = [], 0
    for at, one in enumerate(texts):
        here = [(begin - start, end - start) for begin, end in runs]
        boxes = run_boxes(one.words, here)
        if boxes:
            marked.append((at, boxes))
        start += len(one.text)
    return marked or [(0, [])]


def _draw(page: Any) -> Picture:
    import pymupdf
    from PIL import Image

    zoom = min(_limits.zoom, _limits.widest / max(1.0, page.rect.width))
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
    size = (pixels.width, pixels.height)
    return Image.frombytes("RGB", size, pixels.samples)


def _side_by_side(
    pages: Sequence[Picture], boxes: Sequence[Sequence[BBox]]
) -> PageImage:
    """Lay pages beside one another, their boxes in shares of the whole."""
    from PIL import Image

    width = sum(page.width for page in pages)
    height = max(page.height for page in pages)
    whole = Image.new("RGB", (width, height), "white")
    marks: list[BBox] = []
    left = 0
    for page, found in zip(pages, boxes, strict=True):
        whole.paste(page, (left, 0))
        across, down = page.width / width, page.height / height
        marks += [
            (left / width + x0 * across, y0 * down, left / width + x1 * across, y1 * down)
            for x0, y0, x1, y1 in found
        ]  # fmt: skip
        left += page.width
    out = io.BytesIO()
    whole.save(out, "PNG", compress_level=3)
    return PageImage(out.getvalue(), width, height, tuple(marks))


def run_boxes(words: Sequence[PageWord], runs: Sequence[Run]) -> list[BBox]:
    """Give the boxes of the words in which runs of letters stand, a box a line."""
    starts = [0, *accumulate(len(word.letters) for word in words)]
    marked = [
        word
        for word, start in zip(words, starts, strict=False)
        if _touches(runs, start, start + len(word.letters))
    ]
    return _by_line(marked)


def _touches(runs: Iterable[Run], start: int, end: int) -> bool:
    return any(start < run[1] and end > run[0] for run in runs)


def find_runs(text: str, quote: str) -> list[Run]:
    """Give where the letters of a quote stand in those of a page, in the order of the page.

    A quote is in several runs where a figure, a footnote or another column stands in its midst,
    or where the page has letters that it has not. None where too little of it is there.
    """
    at = text.find(quote) if quote else -1
    if at >= 0:
        return [(at, at + len(quote))]
    found = _matches(text, quote)
    if not found:
        return []
    letters = sum(end - start for start, end in found)
    longest = max(end - start for start, end in found)
    is_there = longest >= _limits.certain or letters >= _limits.share * len(
        quote
    )
    return _joined(found) if is_there else []


def _matches(text: str, quote: str) -> list[Run]:
    """Find the longest common run, then those of what stands before it and after it."""
    matcher = SequenceMatcher(None, text, quote, autojunk=False)
    found: list[Run] = []
    open_parts = [(0, len(text), 0, len(quote))]
    while open_parts:
        low, high, begin, end = open_parts.pop()
        at, of, size = matcher.find_longest_match(low, high, begin, end)
        # Beside what was found, a short run is not there by chance.
        is_beside = bool(found) and high - low <= _limits.nearby
        if size < (_limits.short if is_beside else _limits.run):
            continue
        found.append((at, at + size))
        open_parts.append((low, at, begin, of))
        open_parts.append((at + size, high, of + size, end))
    return sorted(found)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs with few letters between them: signs of a formula, a mark of a footnote."""
    joined = [runs[0]]
    for start, end in runs[1:]:
        if start - joined[-1][1] <= _limits.gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _by_line(words: Iterable[PageWord]) -> list[BBox]:
    lines: dict[tuple[int, int], BBox] = {}
    for word in words:
        before = lines.get(word.line)
        lines[word.line] = (
            bounding_box([before, word.box]) if before else word.box
        )
    return list(lines.values())
