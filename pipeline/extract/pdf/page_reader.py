"""Reads a page with PyMuPDF into lines, drawings, bitmaps and links.

Three other modules ask PyMuPDF what a page holds: page_words.py for the words in a
box, page_image.py for those of a page to be shown, sign_fonts.py for its fonts.

A page is interpreted once, into a display list; two cheap passes over that list
give the marks (paths, bitmaps) and the text, and more follow only where a clip
cuts text away. No path is ever turned into Python segments, and a run of text
in one style is one value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

import numpy as np

from pipeline.extract.pdf.letterspacing import close_letterspacing
from pipeline.extract.pdf.page import (
    LEVEL_COSINE,
    Drawing,
    Image,
    Line,
    Link,
    Page,
    Span,
)
from pipeline.extract.pdf.sign_fonts import (
    Signs,
    leaves_traces,
    mend_signs,
    read_signs,
    read_tex_codes,
)
from pipeline.paper import BBox

Raw = dict[str, Any]
"""A block, line or span of PyMuPDF's `extractDICT`."""
Block = tuple[float, float, float, float, str, int, int]
"""PyMuPDF's of `extractBLOCKS`: box, text, number in the order of painting, and kind."""


@dataclass(frozen=True, slots=True)
class PageReaderRules:
    """What of MuPDF's answers is trusted, and how they are told apart."""

    ascent: float = 1.0
    """Of the font size: the top of a line's box is at most so far above its baseline;
    mathematical fonts claim boxes of several lines.
    """
    descent: float = 0.35
    """The same for the bottom."""
    far_out: float = 1e6
    """Points: no page is as large (ISO 32000-1, annex C: 14,400)."""
    cover_alpha: int = 250
    """Opacity, of 255, from which a fill hides what lies under it."""
    edge: float = 1.0
    """Points by which a text may reach over what hides it."""
    text: int = 0
    image: int = 1
    vector: int = 3
    """Kinds of block."""
    colour: re.Pattern[str] = re.compile(
        r"#([0-9a-f]{6}), alpha: (\d+), is-rect: (\w+)"
    )
    hyphen: re.Pattern[str] = re.compile(
        "(?<=[A-Za-z])\ufffd(?=[A-Za-z])|(?<=[a-z]{2})\ufffd(?=\\s*$)"
    )


_rules = PageReaderRules()


def read_page(page: Any) -> Page:
    """Read a `pymupdf.Page`. A turned page is turned back in memory first, so that boxes are on
    the unrotated page.
    """
    rotation = page.rotation
    back = page.derotation_matrix
    if rotation:
        page.set_rotation(0)
    shown = page.get_displaylist(annots=0)
    blocks = _read_blocks(shown)
    texts = [block[4] for block in blocks if block[6] == _rules.text]
    signs = read_signs(page) if leaves_traces(iter(texts)) else {}
    letters = sum(map(len, "".join(texts).split()))
    lines, off_page = _read_lines(page, shown, signs, letters)
    images = [block for block in blocks if block[6] == _rules.image]
    return Page(
        number=page.number + 1,
        width=page.rect.width,
        height=page.rect.height,
        rotation=rotation,
        lines=lines,
        drawings=tuple(_drawings(blocks)),
        images=tuple(Image(image[:4], image[5]) for image in images),
        links=tuple(_links(page, back)),
        covered=tuple(_covered(blocks)),
        off_page=off_page,
        display=shown,
        signs=signs,
    )


# ---- passes over the display list


def _read_blocks(shown: Any) -> list[Block]:
    """Paths, bitmaps and texts that the clip lets through, in the order of painting."""
    import pymupdf

    marks = pymupdf.TEXT_COLLECT_VECTORS | pymupdf.TEXT_PRESERVE_IMAGES
    clipped = _text_page(shown, pymupdf.TEXT_CLIP | marks)
    with _plain_boxes():
        blocks: list[Block] = clipped.extractBLOCKS()
    return blocks


def _read_lines(
    page: Any, shown: Any, signs: Signs, letters: int
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines that the clip lets through, and the texts off the page.

    Blocks part lines at every path, so that lines come from a pass without
    them. `letters` are those of the blocks: with as many nothing is clipped.
    """
    import pymupdf

    text = _unbounded(_text_page(shown))
    with _plain_boxes():
        lines = _text_lines(text, shown, signs)
    if sum(map(_letters, lines)) == letters:
        return lines, ()
    clipped = _text_page(shown, pymupdf.TEXT_CLIP)
    off_page = tuple(_off_page(page, text))
    return _text_lines(clipped, shown, signs), off_page


def _text_page(shown: Any, flags: int = 0) -> Any:
    """The text of a display list as it is printed.

    What a PDF claims its glyphs to say is no reader's text: LaTeX source behind
    formulas, or a message to the model.
    """
    import pymupdf

    printed = flags | pymupdf.TEXT_IGNORE_ACTUALTEXT
    return pymupdf.TextPage(shown.get_textpage(flags=printed))


@contextmanager
def _plain_boxes() -> Iterator[None]:
    """Boxes of letters as MuPDF gives them: PyMuPDF mends each by itself, which takes half as
    long again as all else. Only the heights differ.
    """
    import pymupdf

    pymupdf.TOOLS.unset_quad_corrections(True)
    try:
        yield
    finally:
        pymupdf.TOOLS.unset_quad_corrections(False)


def _unbounded(text: Any) -> Any:
    """A text page that gives its text wherever it stands; PyMuPDF leaves out what lies off its
    media box.
    """
    box = text.this.m_internal.mediabox
    box.x0 = box.y0 = -_rules.far_out
    box.x1 = box.y1 = _rules.far_out
    return text


def _off_page(page: Any, unbounded: Any) -> Iterator[str]:
    """The words off the page, each line of them as one text."""
    width, height = page.rect.width, page.rect.height
    lines: dict[tuple[int, int], list[str]] = {}
    for x0, y0, x1, y1, word, block, line, _ in unbounded.extractWORDS():
        if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
            lines.setdefault((block, line), []).append(word)
    return (" ".join(words) for words in lines.values())


# ---- lines and spans


def _text_lines(text: Any, shown: Any, signs: Signs) -> tuple[Line, ...]:
    blocks: list[Raw] = text.extractDICT()["blocks"]
    if signs:
        mend_signs(blocks, _coded(shown), signs)
    return tuple(_lines(blocks))


def _coded(shown: Any) -> list[Raw]:
    """The text of a display list with codes for letters that are not known."""
    import pymupdf

    coded = _text_page(shown, pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE)
    blocks: list[Raw] = coded.extractDICT()["blocks"]
    return blocks


def _lines(blocks: list[Raw]) -> Iterator[Line]:
    for block in blocks:
        for raw in block.get("lines", ()):
            text = _line_text(raw["spans"])
            if text:
                yield _line(raw, text, block["number"])


def _line_text(raws: list[Raw]) -> str:
    text = "".join([raw["text"] for raw in raws])
    if not text.isprintable():
        for raw in raws:
            raw["text"] = read_tex_codes(raw["text"])
        text = "".join([raw["text"] for raw in raws])
    if " " in text[1:3]:
        text = close_letterspacing(text)
    if "\ufffd" in text:
        text = "".join([_hyphenated(raw["text"]) for raw in raws])
    return " ".join(text.split())


def _hyphenated(text: str) -> str:
    """A letter without meaning behind another one, in its font, is a hyphen: Typst's say no
    character.
    """
    return _rules.hyphen.sub("-", text)


def _letters(line: Line) -> int:
    return len(line.text) - line.text.count(" ")


def _line(raw: Raw, text: str, block: int) -> Line:
    raws = raw["spans"]
    longest = max(raws, key=_length)
    x0, y0, x1, y1 = raw["bbox"]
    direction = raw["dir"]
    baseline = y1
    if direction[0] > LEVEL_COSINE:
        baseline = longest["origin"][1]
        y0, y1 = _height(raws)
    elif abs(direction[1]) > LEVEL_COSINE:
        x0, x1 = _width(raws)
    return Line(
        _spans(raws),
        (x0, y0, x1, y1),
        text,
        direction,
        block,
        baseline,
        longest["size"],
        longest["font"],
    )


_span_fields = itemgetter(*Span._fields)
# Papers hold hundreds of spans a page: `Span._make` counts the fields of each.
_as_span: Callable[[tuple[Any, ...]], Span] = partial(tuple.__new__, Span)


def _spans(raws: list[Raw]) -> tuple[Span, ...]:
    """The spans of a line, each with the blank after it.

    PyMuPDF 1.28 makes a span of each wide blank that MuPDF puts between words.
    """
    words = raws[:1]
    for raw in raws[1:]:
        if raw["text"] == " ":
            words[-1]["text"] += " "
        else:
            words.append(raw)
    return tuple(map(_as_span, map(_span_fields, words)))


def _length(raw: Raw) -> int:
    return len(raw["text"])


def _height(raws: list[Raw]) -> tuple[float, float]:
    """The top and bottom of level text, within bounds around its baselines."""
    # Words of one line stand alike; what stands alike is looked at once.
    alike = {
        (raw["origin"][1], raw["size"], raw["bbox"][1], raw["bbox"][3])
        for raw in raws
    }
    top = highest = math.inf
    bottom = lowest = -math.inf
    for base, size, low, high in alike:
        start, end = _extent(base, size, low, high)
        top, bottom = min(top, start), max(bottom, end)
        highest = min(highest, base - _rules.ascent * size)
        lowest = max(lowest, base + _rules.descent * size)
    return max(top, highest), min(bottom, lowest)


def _width(raws: list[Raw]) -> tuple[float, float]:
    """The left and right of text that runs up or down."""
    alike = {
        (raw["origin"][0], raw["size"], raw["bbox"][0], raw["bbox"][2])
        for raw in raws
    }
    return _ends([_extent(*place) for place in alike])


def _ends(extents: list[tuple[float, float]]) -> tuple[float, float]:
    lows, highs = zip(*extents, strict=True)
    return min(lows), max(highs)


def _extent(
    base: float, size: float, low: float, high: float
) -> tuple[float, float]:
    """Where letters begin and end across their line, their size apart at least.

    Many fonts claim less; PyMuPDF would mend the box of each letter.
    """
    claimed = high - low
    if not 0 < claimed < size:
        return low, high
    wider = size / claimed
    return base - (base - low) * wider, base + (high - base) * wider


# ---- marks


def _drawings(blocks: list[Block]) -> Iterator[Drawing]:
    for x0, y0, x1, y1, text, order, kind in blocks:
        if kind != _rules.vector:
            continue
        filled, color, alpha, rectangle = _paint(text)
        if alpha:
            box = (x0, y0, x1, y1)
            yield Drawing(box, filled, color, alpha, rectangle, order)


@lru_cache(maxsize=4096)
def _paint(text: str) -> tuple[bool, int, int, bool]:
    """MuPDF's own words for a path: "<vector filled, color: #a5ce3a, alpha: 255, is-rect: true,
    …>".
    """
    found = _rules.colour.search(text)
    if not found:
        return False, 0, 255, False
    color, alpha = int(found[1], 16), int(found[2])
    return "filled" in text, color, alpha, found[3] == "true"


def _links(page: Any, back: Any) -> Iterator[Link]:
    """Through MuPDF's own list: `Page.get_links` looks the annotations up again for every link.

    The list keeps the boxes of the turned page; `back` turns them as the text was turned.
    """
    import pymupdf
    from pymupdf import mupdf

    links = mupdf.fz_load_links(page.this)
    link = links.m_internal
    while link:
        if link.uri and not link.uri.startswith("#"):
            box = link.rect
            turned = pymupdf.Rect(box.x0, box.y0, box.x1, box.y1) * back
            yield Link(link.uri, tuple(turned))
        link = link.next


def _covered(blocks: list[Block]) -> Iterator[BBox]:
    """The boxes of texts over which something opaque was painted later."""
    covers = [block for block in blocks if _hides(block)]
    if not covers:
        return
    orders = np.array([cover[5] for cover in covers])
    boxes = np.array([cover[:4] for cover in covers])
    x0, y0, x1, y1 = (boxes + _rules.edge * np.array([-1, -1, 1, 1])).T
    for block in blocks:
        if block[6] != _rules.text:
            continue
        left, top, right, bottom = block[:4]
        later = orders > block[5]
        across = (x0 <= left) & (right <= x1)
        down = (y0 <= top) & (bottom <= y1)
        if (later & across & down).any():
            yield block[:4]


def _hides(block: Block) -> bool:
    if block[6] == _rules.image:
        return True
    if block[6] != _rules.vector:
        return False
    filled, _, alpha, rectangle = _paint(block[4])
    return filled and rectangle and alpha >= _rules.cover_alpha
