"""A page as values.

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
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.extract.pdf.sign_fonts import Signs
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
    filled_or_stroked: int = 16 | 32
    """FZ_STEXT_FILLED, FZ_STEXT_STROKED in `char_flags`."""
    white: int = 0xF8F8F8
    """From here on in all three channels a colour on white paper cannot be seen."""
    bold: re.Pattern[str] = re.compile(
        r"(?i:bold|black|heavy|medi(?!um)|semib|demi|cmbx|cmssbx|sfbx|sfrb|-bd|\bbd\b|[-.]b$|lmroman\d+-bold)"
        r"|[a-z]T?BI?$",
    )
    italic: re.Pattern[str] = re.compile(
        r"ital|obli|slant|cmti|cmsl|cmmi|sfti|-it\b|reguital|mediital",
        re.IGNORECASE,
    )


_rules = PageRules()


class Span(NamedTuple):
    """A run of text in one font, size and colour, often a single word; the fields are PyMuPDF's."""

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
    char_flags: int
    """Of MuPDF: 16 filled, 32 stroked."""

    @property
    def painted(self) -> bool:
        """False in the render mode that paints nothing (3) and in clip-only text."""
        return bool(self.char_flags & _rules.filled_or_stroked)

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

    spans: tuple[Span, ...]
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

    def with_spans(self, spans: tuple[Span, ...]) -> Line:
        """The line with some of its spans: their text, as wide as their letters.

        Height, baseline and style stay those of the whole line.
        """
        text = " ".join("".join(span.text for span in spans).split())
        worded = [span.bbox for span in spans if span.text.strip()]
        left, _, right, _ = bounding_box(worded or [self.bbox])
        box = (left, self.bbox[1], right, self.bbox[3])
        return replace(self, spans=spans, text=text, bbox=box)

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


def bounding_box(boxes: Iterable[BBox]) -> BBox:
    """The box around boxes, one at least."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def is_white(color: int) -> bool:
    """True when a colour (0xRRGGBB) cannot be told from white paper."""
    return (
        color >> 16 >= _rules.white >> 16
        and color >> 8 & 0xFF >= _rules.white >> 8 & 0xFF
        and color & 0xFF >= _rules.white & 0xFF
    )


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
