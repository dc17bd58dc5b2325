"""Text that the file holds and a reader cannot see: taken off the page, and told.

White or tiny letters, letters off the page, under a picture or in an invisible render mode are
how papers try to talk to the model. White on a dark ground is no such thing, and the invisible
letters over a scanned page are its text layer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pipeline.extract.pdf.page import Line, Page, Span, is_white
from pipeline.paper import BBox, HiddenText


@dataclass(frozen=True, slots=True)
class HiddenTextRules:
    """What a reader cannot see: too small, too faint, painted over."""

    tiny: float = 1.5
    """Points. The smallest labels in drawings of the corpus have 2; instructions to models are set
    in 1 or less.
    """
    faint: int = 12
    """Opacity, of 255, up to which letters cannot be seen."""
    contrast: int = 16
    """Steps, of 255, in the strongest channel, below which letters cannot be told from their ground."""
    opaque: int = 128
    """Opacity, of 255, from which a fill counts as the ground."""
    thin: float = 3.0
    """Points; what is lower is a rule or a mark, and no ground for letters."""
    scan_area: float = 0.5
    """Of the page that bitmaps cover on a scanned page."""
    scan_invisible: float = 0.8
    """Of the letters that are invisible on a scanned page with a text layer."""
    speaking: int = 3
    """Words from which on hidden text is worth telling; less are stray labels and spaces."""


_rules = HiddenTextRules()


# Zero-width, direction and tag characters (Unicode 16, chapters 23.2, 23.3, 23.9): they print
# nothing.
UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]+"
)


def strip_hidden(page: Page) -> tuple[Page, tuple[HiddenText, ...]]:
    """The page as a reader sees it, and what was hidden on it."""
    grounds = _Grounds(page)
    reasons = [_reasons(page, line, grounds) for line in page.lines]
    if is_ocr_layer(page):
        reasons = [
            tuple("" if how == "invisible" else how for how in line)
            for line in reasons
        ]
    if not any(map(any, reasons)) and not page.off_page:
        return page, ()
    lines = (
        _visible(line, how) if any(how) else line
        for line, how in zip(page.lines, reasons, strict=True)
    )
    found = tuple(_collect(page, reasons))
    return replace(page, lines=tuple(line for line in lines if line)), found


def is_ocr_layer(page: Page) -> bool:
    """True for a scanned page: a picture of it, and the letters over it invisible."""
    if picture_share(page) < _rules.scan_area:
        return False
    letters = sum(len(line.text) for line in page.lines)
    unseen = sum(
        len(line.text)
        for line in page.lines
        if not any(span.painted for span in line.spans)
    )
    return bool(letters) and unseen >= _rules.scan_invisible * letters


def picture_share(page: Page) -> float:
    """Share of the page under its largest bitmap, 0 to 1."""
    area = max(
        (
            (x1 - x0) * (y1 - y0)
            for x0, y0, x1, y1 in (image.bbox for image in page.images)
        ),
        default=0.0,
    )
    return min(1.0, area / max(1.0, page.width * page.height))


def speaking_texts(found: Sequence[HiddenText]) -> tuple[HiddenText, ...]:
    """Join what is hidden on one page in one way, and keep what says something."""
    texts: dict[tuple[int, str], list[str]] = {}
    for item in found:
        texts.setdefault((item.page, item.how), []).append(item.text)
    joined = (
        HiddenText(page, how, _readable(" ".join(parts)))
        for (page, how), parts in texts.items()
    )
    return tuple(item for item in joined if _speaks(item.text))


def _readable(text: str) -> str:
    """A hostile text in printable characters on one line."""
    return "".join(_printable(sign) for sign in " ".join(text.split()))


def _printable(character: str) -> str:
    tag = ord(character) - 0xE0000
    if 0x20 <= tag < 0x7F:  # noqa: PLR2004  tag characters mirror ASCII
        return chr(tag)
    if unicodedata.category(character)[0] not in "CZ" or character == " ":
        return character
    return "\N{MIDDLE DOT}"


def _speaks(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    # Scripts without spaces say much in one "word".
    return len(words) >= _rules.speaking or any(
        len(word) >= 8 and not word.isascii()  # noqa: PLR2004
        for word in words
    )


def _reasons(page: Page, line: Line, grounds: _Grounds) -> tuple[str, ...]:
    """For each span why it cannot be seen, or ""."""
    if page.covered and any(_within(line.bbox, box) for box in page.covered):
        return ("covered",) * len(line.spans)
    for span in line.spans:
        if (
            span.color
            or span.size < _rules.tiny
            or span.alpha <= _rules.faint
            or not span.painted
        ):
            return tuple(_reason(span, grounds) for span in line.spans)
    return ()  # so for nearly every line


def _reason(span: Span, grounds: _Grounds) -> str:
    if not span.text.strip():
        return ""
    if not span.painted or span.alpha <= _rules.faint:
        return "invisible"
    if span.size < _rules.tiny:
        return "tiny"
    color = span.color
    if color and grounds.swallow(color, span.bbox):
        return "white" if is_white(color) else "in the colour of its ground"
    return ""


class _Grounds:
    """What is painted on a page for letters to stand on; looked through once, since figures
    hold thousands of paths.
    """

    def __init__(self, page: Page) -> None:
        fills = [
            drawing
            for drawing in page.drawings
            if drawing.filled and drawing.alpha >= _rules.opaque
        ]
        self._fills = [
            drawing
            for drawing in fills
            if drawing.bbox[3] - drawing.bbox[1] >= _rules.thin
        ]
        self._boxes = np.array(
            [drawing.bbox for drawing in self._fills], dtype=float
        ).reshape(-1, 4)
        self._images = page.images
        self._colors = {0xFFFFFF} | {drawing.color for drawing in self._fills}

    def swallow(self, color: int, box: BBox) -> bool:
        """True when letters in a box have the colour of what is behind them."""
        alike = any(_same(color, ground) for ground in self._colors)
        return alike and _same(color, self._behind(box))

    def _behind(self, box: BBox) -> int | None:
        """Colour of what was painted last behind the middle of a box; None where no one colour
        is sure.
        """
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        boxes = self._boxes
        holding = (
            (boxes[:, 0] <= x)
            & (x <= boxes[:, 2])
            & (boxes[:, 1] <= y)
            & (y <= boxes[:, 3])
        )
        below = [self._fills[i] for i in np.flatnonzero(holding)]
        last = max(below, key=lambda drawing: drawing.order, default=None)
        order = last.order if last else -1
        pictured = any(
            image.order > order and _holds(image.bbox, x, y)
            for image in self._images
        )
        if pictured or (last and not last.rectangle):
            return None
        return last.color if last else 0xFFFFFF


@lru_cache(maxsize=4096)
def _same(color: int, ground: int | None) -> bool:
    if ground is None:
        return False
    return (
        max(
            abs((color >> shift & 0xFF) - (ground >> shift & 0xFF))
            for shift in (16, 8, 0)
        )
        < _rules.contrast
    )


def _holds(box: BBox, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _within(inner: BBox, outer: BBox) -> bool:
    return _holds(outer, (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2)


def _visible(line: Line, reasons: tuple[str, ...]) -> Line | None:
    """The line without its hidden spans; None when nothing is left."""
    spans = tuple(
        span for span, how in zip(line.spans, reasons, strict=True) if not how
    )
    seen = line.with_spans(spans)
    return seen if seen.text else None


def _collect(
    page: Page, reasons: Sequence[tuple[str, ...]]
) -> Iterator[HiddenText]:
    for line, why in zip(page.lines, reasons, strict=True):
        for how in dict.fromkeys(filter(None, why)):
            text = "".join(
                span.text
                for span, reason in zip(line.spans, why, strict=True)
                if reason == how
            )
            yield HiddenText(page.number, how, text.strip())
    for text in page.off_page:
        yield HiddenText(page.number, "off the page", text)
