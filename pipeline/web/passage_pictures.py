"""Where a paper says so, as pictures: its page with the quote marked, and the quote close up."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.extract.pdf.page_image import PageImage
from pipeline.extract.worker import pool
from pipeline.paper import BBox, Paper
from pipeline.render.html.review_sections import Statement
from pipeline.run.pdf_on_demand import pdf_of

if TYPE_CHECKING:
    from PIL.Image import Image as Picture


@dataclass(frozen=True, slots=True)
class PassagePictureRules:
    """How a quote is marked and cut out."""

    kept: int = 32
    """Drawn passages that stay in memory: about 15 MB."""
    mark: tuple[int, int, int] = (255, 226, 90)
    """Yellow of a marker; the page is multiplied by it, so ink stays black."""
    lines_around: float = 2.5
    """Lines above and below a quote that its close-up shows."""
    beside: float = 0.015
    """Share of the page's width left and right of a quote that its close-up shows."""
    gap: int = 12
    """Pixels between the parts of a quote that runs over two columns."""


@dataclass(frozen=True, slots=True)
class DrawnPassage:
    """Two pictures of a quote, as PNG."""

    page: bytes
    close_up: bytes
    """Empty where the quote was not found on its page."""


_rules = PassagePictureRules()


class PassageCache:
    """Passages that were drawn; the last ones are kept in memory."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._kept: OrderedDict[tuple[str, str], DrawnPassage] = OrderedDict()
        self._lock = threading.Lock()

    def draw(self, paper: Paper, statement: Statement) -> DrawnPassage:
        """Draw the page of a statement with its quote marked, and the quote close up.

        Raises:
            ScreenError: the PDF cannot be had or drawn.
        """
        name = (paper.versioned_id, f"{statement.page} {statement.quote}")
        return self._kept.get(name) or self._draw_once(name, paper, statement)

    def _draw_once(
        self, name: tuple[str, str], paper: Paper, statement: Statement
    ) -> DrawnPassage:
        """Draw what nobody drew in the meantime: a page asks for both its pictures at once."""
        with self._lock:
            drawn = self._kept.get(name) or self._draw(paper, statement)
            self._kept[name] = drawn
            if len(self._kept) > _rules.kept:
                self._kept.popitem(last=False)
            return drawn

    def _draw(self, paper: Paper, statement: Statement) -> DrawnPassage:
        pdf = pdf_of(self._config, paper).read_bytes()
        page = statement.page or 1
        image = pool.draw_page_safely(
            pdf, page, statement.quote, timeout=20.0, memory=1000
        )
        return draw_passage(image)


def draw_passage(image: PageImage) -> DrawnPassage:
    """Mark the quote on its page, and cut it out."""
    page = mark_quote(image)
    parts = close_up_boxes(image.marks)
    return DrawnPassage(_png(page), _png(_stack(page, parts)) if parts else b"")


def mark_quote(image: PageImage) -> Picture:
    """Lay a marker's yellow over the boxes of a quote."""
    from PIL import Image, ImageChops, ImageDraw

    page = Image.open(io.BytesIO(image.png)).convert("RGB")
    layer = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(layer)
    for mark in image.marks:
        pen.rectangle(_pixels(page, mark), fill=_rules.mark)
    return ImageChops.multiply(page, layer)


def close_up_boxes(marks: Sequence[BBox]) -> list[BBox]:
    """Give the places to cut out, one for each column that a quote runs over.

    Boxes are in shares of the page, as in `PageImage`.
    """
    parts: list[list[BBox]] = []
    for mark in marks:
        if parts and _is_next_line(parts[-1][-1], mark):
            parts[-1].append(mark)
        else:
            parts.append([mark])
    boxes = [_around(part) for part in parts]
    width = max((box[2] - box[0] for box in boxes), default=0.0)
    return [
        _widened(box, width, to_left=not at) for at, box in enumerate(boxes)
    ]


def _widened(box: BBox, width: float, *, to_left: bool) -> BBox:
    """Show the column of a piece: a quote begins late in a line and ends early in one."""
    x0, y0, x1, y1 = box
    if to_left:
        return max(0.0, x1 - width), y0, x1, y1
    return x0, y0, min(1.0, x0 + width), y1


def _is_next_line(last: BBox, mark: BBox) -> bool:
    """Tell whether a line goes on below another, or beside it."""
    height = max(last[3] - last[1], mark[3] - mark[1])
    return -height <= mark[1] - last[3] <= _rules.lines_around * height


def _around(part: Sequence[BBox]) -> BBox:
    height = max(one[3] - one[1] for one in part)
    space = height * _rules.lines_around
    return (
        max(0.0, min(one[0] for one in part) - _rules.beside),
        max(0.0, min(one[1] for one in part) - space),
        min(1.0, max(one[2] for one in part) + _rules.beside),
        min(1.0, max(one[3] for one in part) + space),
    )


def _stack(page: Picture, boxes: Sequence[BBox]) -> Picture:
    """Cut places out of a page and put them one below the other."""
    from PIL import Image

    cuts = [page.crop(_pixels(page, box)) for box in boxes]
    height = sum(cut.height for cut in cuts) + _rules.gap * (len(cuts) - 1)
    stacked = Image.new("RGB", (max(cut.width for cut in cuts), height), "gray")
    top = 0
    for cut in cuts:
        stacked.paste(cut, (0, top))
        top += cut.height + _rules.gap
    return stacked


def _pixels(page: Picture, box: BBox) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = box
    return (
        round(x0 * page.width),
        round(y0 * page.height),
        round(x1 * page.width),
        round(y1 * page.height),
    )


def _png(picture: Picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()
