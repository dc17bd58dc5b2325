"""A page, read once and fast, as frozen values: the only module that asks PyMuPDF what a page
holds.

A page is interpreted once, into a display list; two cheap passes over that list give the marks
(paths, bitmaps) and the text, and a third follows only where a clip cuts text away. Measured on
the corpus this takes about 0.9 of bare `get_text()` + `get_drawings()`, since no path is ever
turned into Python segments.

    Page ─ lines ─▶ Line ─ spans ─▶ Span      text that the clip lets through, hyphens and order
    as in the file
         ├ drawings ─▶ Drawing                paths, clipped, one box each; lines of tables are
         `is_rule` ├ images                             boxes of bitmaps, clipped
         ├ links ─▶ Link                      web addresses behind the text
         └ covered, off_page                  what a reader cannot see though the file holds it

All boxes are in PDF points on the unrotated page, origin top left, y downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.extract.pdf.letterspacing import close_letterspacing
from pipeline.extract.pdf.sign_fonts import (
    Signs,
    leaves_traces,
    mend_signs,
    read_signs,
    read_tex_codes,
)
from pipeline.paper import BBox

RULE_THICKNESS = 3.0
"""Points. MuPDF widens a stroked line by half its width on each side; table rules are up to 1.5
pt thick.
"""


@dataclass(frozen=True, slots=True)
class PageRules:
    """What counts as a rule, as white, and as bold or italic."""

    rule_length: float = 6.0
    """Points. Shorter thin marks are dashes, ticks and parts of letters."""
    white: int = 0xF8F8F8
    """From here on in all three channels a colour on white paper cannot be seen."""
    far_out: float = 1e6
    """Points: no page is as large (ISO 32000-1, annex C: 14,400)."""
    cover_alpha: int = 250
    """Opacity, of 255, from which a fill hides what lies under it."""
    bold: re.Pattern[str] = re.compile(
        r"(?i:bold|black|heavy|medi(?!um)|semib|demi|cmbx|cmssbx|sfbx|sfrb|-bd|\bbd\b|[-.]b$|lmroman\d+-bold)"
        r"|[a-z]T?BI?$",
    )
    italic: re.Pattern[str] = re.compile(
        r"ital|obli|slant|cmti|cmsl|cmmi|sfti|-it\b|reguital|mediital",
        re.IGNORECASE,
    )
    colour: re.Pattern[str] = re.compile(
        r"#([0-9a-f]{6}), alpha: (\d+), is-rect: (\w+)"
    )
    hyphen: re.Pattern[str] = re.compile(
        "(?<=[A-Za-z])\ufffd(?=[A-Za-z])|(?<=[a-z]{2})\ufffd(?=\\s*$)"
    )
    filled_or_stroked: int = (
        16 | 32
    )  # FZ_STEXT_FILLED, FZ_STEXT_STROKED in `char_flags`


_rules = PageRules()


ASCENT, DESCENT = 1.0, 0.35
"""Of the font size: bounds on a line's box around its baseline; mathematical fonts claim boxes
of several lines.
"""

_TEXT_BLOCK, _IMAGE_BLOCK, _VECTOR_BLOCK = 0, 1, 3


class Span(NamedTuple):
    """A run of text in one font, size and colour."""

    text: str
    bbox: BBox
    origin: tuple[float, float]
    """Where the baseline begins."""
    font: str
    size: float
    """Points."""
    color: int
    """0xRRGGBB."""
    alpha: int
    """0 (invisible) to 255."""
    flags: int
    """Of PyMuPDF: 1 superscript, 2 italic, 8 monospaced, 16 bold; better asked through the
    properties.
    """
    painted: bool
    """False in the render mode that paints nothing (3) and in clip-only text."""

    @property
    def bold(self) -> bool:
        """By the font's flag or its name: many bold fonts of TeX carry no flag."""
        return bool(self.flags & 16) or named_bold(self.font)

    @property
    def italic(self) -> bool:
        """By the font's flag or its name."""
        return bool(self.flags & 2) or _named_italic(self.font)


@dataclass(slots=True, eq=False)
class Line:
    """Spans on one baseline, close together; the cells of a table row are lines of their own.

    Nobody changes one; frozen values take five times as long to make, and there are thousands.
    """

    raw: list[dict[str, Any]]
    """PyMuPDF's spans; ask `spans` instead."""
    bbox: BBox
    text: str
    """Of all spans, spaces collapsed, stripped; ligatures split, accents as in the file."""
    direction: tuple[float, float]
    """Unit vector of writing: (1, 0) is level, (0, -1) reads upwards."""
    block: int
    """Number of MuPDF's text block; lines of one paragraph mostly share it. A hint, no more."""
    baseline: float
    """y of the baseline of level text; of other text, the bottom of the box."""
    size: float
    """Font size of its longest span, in points."""
    font: str
    """Font of its longest span."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Made when asked for, since most lines never are: papers hold hundreds of spans a page."""
        return tuple(_span(span) for span in self.raw)

    @property
    def level(self) -> bool:
        """Written from left to right along the page's width."""
        return self.direction[0] > LEVEL_COSINE

    @property
    def bold(self) -> bool:
        """Most of its letters are bold."""
        return _share(self, "bold") > 0.5  # noqa: PLR2004 - a majority

    @property
    def italic(self) -> bool:
        """Most of its letters are italic."""
        return _share(self, "italic") > 0.5  # noqa: PLR2004 - a majority


LEVEL_COSINE = 0.99
"""Cosine of eight degrees: scans and drawn text are a little askew."""


@dataclass(slots=True, eq=False)
class Drawing:
    """The box of a path that is painted. Strokes are widened by MuPDF by half the line width on
    each side. Nobody changes one, as with Line.
    """

    bbox: BBox
    filled: bool
    """False: stroked."""
    color: int
    """0xRRGGBB."""
    alpha: int
    rectangle: bool
    """An axis-aligned rectangle or straight line."""
    order: int
    """Position in the order of painting; comparable with that of images."""

    @property
    def is_rule(self) -> bool:
        """A thin level or upright line, long enough to be the rule of a table."""
        x0, y0, x1, y1 = self.bbox
        return (
            min(x1 - x0, y1 - y0) <= RULE_THICKNESS
            and max(x1 - x0, y1 - y0) >= _rules.rule_length
        )

    @property
    def white(self) -> bool:
        """Cannot be seen on white paper."""
        return is_white(self.color)


class Image(NamedTuple):
    """A bitmap, a mask or a smooth shade, clipped to what shows."""

    bbox: BBox
    order: int


class Link(NamedTuple):
    """A link annotation that leads to the web."""

    uri: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds, in the order of the file."""

    number: int
    """1-based."""
    width: float
    height: float
    rotation: int
    """Degrees clockwise by which a viewer turns the page; the boxes here are before turning."""
    lines: tuple[Line, ...]
    drawings: tuple[Drawing, ...]
    """Every path that paints, white ones included."""
    images: tuple[Image, ...]
    links: tuple[Link, ...]
    covered: tuple[BBox, ...]
    """Boxes of text over which a bitmap or an opaque fill was painted later."""
    off_page: tuple[str, ...]
    """Texts that stand outside of the page."""
    display: Any = None
    """MuPDF's display list, for a closer look at parts of the page; None once let go of."""
    signs: Signs = field(default_factory=dict)
    """What letters show in fonts that do not say so."""


def read_page(page: Any) -> Page:
    """Read a `pymupdf.Page`. A turned page is turned back in memory first, so that boxes are on
    the unrotated page.
    """
    import pymupdf

    rotation = page.rotation
    back = page.derotation_matrix
    if rotation:
        page.set_rotation(0)
    shown = page.get_displaylist(annots=0)
    marks = pymupdf.TEXT_COLLECT_VECTORS | pymupdf.TEXT_PRESERVE_IMAGES
    # What a PDF claims its glyphs to say is no reader's text: LaTeX source behind formulas, or
    # a message to the model.
    printed = pymupdf.TEXT_IGNORE_ACTUALTEXT
    with _plain_boxes():
        blocks = pymupdf.TextPage(
            shown.get_textpage(flags=printed | pymupdf.TEXT_CLIP | marks)
        ).extractBLOCKS()
    text = _unbounded(pymupdf.TextPage(shown.get_textpage(flags=printed)))
    traced = leaves_traces(b[4] for b in blocks if b[6] == _TEXT_BLOCK)
    signs = read_signs(page) if traced else {}
    lines = _text_lines(text, shown, signs)
    off_page: tuple[str, ...] = ()
    if sum(map(_letters, lines)) != _clipped_letters(blocks):
        off_page = tuple(_off_page(page, text))
        clipped = shown.get_textpage(flags=printed | pymupdf.TEXT_CLIP)
        lines = _text_lines(pymupdf.TextPage(clipped), shown, signs)
    return Page(
        number=page.number + 1,
        width=page.rect.width,
        height=page.rect.height,
        rotation=rotation,
        lines=lines,
        drawings=tuple(_drawings(blocks)),
        images=tuple(
            Image(block[:4], block[5])
            for block in blocks
            if block[6] == _IMAGE_BLOCK
        ),
        links=tuple(_links(page, back)),
        covered=tuple(_covered(blocks)),
        off_page=off_page,
        display=shown,
        signs=signs,
    )


def is_white(color: int) -> bool:
    """True when a colour (0xRRGGBB) cannot be told from white paper."""
    return (
        color >> 16 >= _rules.white >> 16
        and color >> 8 & 0xFF >= _rules.white >> 8 & 0xFF
        and color & 0xFF >= _rules.white & 0xFF
    )


@contextmanager
def _plain_boxes() -> Iterator[None]:
    """Boxes of letters as MuPDF gives them: PyMuPDF mends each by itself, which takes longer
    than all else. Only the heights differ.
    """
    import pymupdf

    pymupdf.TOOLS.unset_quad_corrections(True)
    try:
        yield
    finally:
        pymupdf.TOOLS.unset_quad_corrections(False)


def _letters(line: Line) -> int:
    return len(line.text) - line.text.count(" ")


def _clipped_letters(blocks: list[tuple[Any, ...]]) -> int:
    texts = [block[4] for block in blocks if block[6] == _TEXT_BLOCK]
    return sum(map(len, "".join(texts).split()))


def _text_lines(text: Any, shown: Any, signs: Signs) -> tuple[Line, ...]:
    blocks = text.extractDICT()["blocks"]
    if signs:
        mend_signs(blocks, _coded(shown), signs)
    return tuple(_lines(blocks))


def _coded(shown: Any) -> list[dict[str, Any]]:
    """The text of a display list with codes for letters that are not known."""
    import pymupdf

    coded = shown.get_textpage(
        flags=pymupdf.TEXT_IGNORE_ACTUALTEXT
        | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    )
    blocks: list[dict[str, Any]] = pymupdf.TextPage(coded).extractDICT()[
        "blocks"
    ]
    return blocks


def _lines(blocks: list[dict[str, Any]]) -> Iterator[Line]:
    for block in blocks:
        for raw in block.get("lines", ()):
            spans = raw["spans"]
            text = _joined(spans)
            if not text.isprintable():
                for span in spans:
                    span["text"] = read_tex_codes(span["text"])
                text = _joined(spans)
            if " " in text[1:3]:
                text = close_letterspacing(text)
            if "\ufffd" in text:
                text = "".join(_hyphenated(span["text"]) for span in spans)
            text = " ".join(text.split())
            if text:
                yield _line(raw, spans, text, block["number"])


def _joined(spans: list[dict[str, Any]]) -> str:
    if len(spans) == 1:
        text: str = spans[0]["text"]
        return text
    return "".join([span["text"] for span in spans])


def _hyphenated(text: str) -> str:
    """A letter without meaning behind another one, in its font, is a hyphen: Typst's say no
    character.
    """
    return _rules.hyphen.sub("-", text)


def _line(
    raw: dict[str, Any], spans: list[dict[str, Any]], text: str, block: int
) -> Line:
    x0, y0, x1, y1 = raw["bbox"]
    longest = spans[0] if len(spans) == 1 else max(spans, key=_length)
    baseline, size = y1, longest["size"]
    if raw["dir"][0] > LEVEL_COSINE:
        baseline = longest["origin"][1]
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
        if len(spans) > 1:
            placed = [(span["origin"][1], span["size"]) for span in spans]
            top = min([base - ASCENT * high for base, high in placed])
            bottom = max([base + DESCENT * high for base, high in placed])
        y0, y1 = max(y0, top), min(y1, bottom)
    return Line(
        spans,
        (x0, y0, x1, y1),
        text,
        raw["dir"],
        block,
        baseline,
        longest["size"],
        longest["font"],
    )


def _length(span: dict[str, Any]) -> int:
    return len(span["text"])


def _span(raw: dict[str, Any]) -> Span:
    return Span(
        raw["text"],
        raw["bbox"],
        raw["origin"],
        raw["font"],
        raw["size"],
        raw["color"],
        raw["alpha"],
        raw["flags"],
        bool(raw["char_flags"] & _rules.filled_or_stroked),
    )


def _drawings(blocks: list[tuple[Any, ...]]) -> Iterator[Drawing]:
    for x0, y0, x1, y1, text, order, kind in blocks:
        if kind == _VECTOR_BLOCK:
            filled, color, alpha, rectangle = _style(text)
            if alpha:
                yield Drawing(
                    (x0, y0, x1, y1), filled, color, alpha, rectangle, order
                )


@lru_cache(maxsize=4096)
def _style(text: str) -> tuple[bool, int, int, bool]:
    """MuPDF's own words for a path: "<vector filled, color: #a5ce3a, alpha: 255, is-rect: true,
    …>".
    """
    found = _rules.colour.search(text)
    if not found:
        return False, 0, 255, False
    return (
        "filled" in text,
        int(found[1], 16),
        int(found[2]),
        found[3] == "true",
    )


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


def _covered(blocks: list[tuple[Any, ...]]) -> Iterator[BBox]:
    covers = [block for block in blocks if _hides(block)]
    if not covers:
        return
    for block in blocks:
        if block[6] == _TEXT_BLOCK and any(
            cover[5] > block[5] and _inside(block, cover) for cover in covers
        ):
            yield block[:4]


def _hides(block: tuple[Any, ...]) -> bool:
    if block[6] == _IMAGE_BLOCK:
        return True
    if block[6] != _VECTOR_BLOCK:
        return False
    filled, _, alpha, rectangle = _style(block[4])
    return filled and rectangle and alpha >= _rules.cover_alpha


def _inside(inner: tuple[Any, ...], outer: tuple[Any, ...]) -> bool:
    return bool(
        outer[0] - 1 <= inner[0]
        and outer[1] - 1 <= inner[1]
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
    )


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


def _share(line: Line, style: str) -> float:
    letters = sum(len(span.text) for span in line.spans) or 1
    return (
        sum(len(span.text) for span in line.spans if getattr(span, style))
        / letters
    )


@lru_cache(maxsize=1024)
def named_bold(font: str) -> bool:
    """The name of a font says that it is bold."""
    return bool(_rules.bold.search(font))


@lru_cache(maxsize=1024)
def _named_italic(font: str) -> bool:
    return bool(_rules.italic.search(font))
