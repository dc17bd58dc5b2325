"""Draws the pictures of figures, at twice the size they have in print.

Each is encoded as WebP and, unless it is a photograph, as PNG; the smaller is kept.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.paper import Figure

if TYPE_CHECKING:
    from PIL.Image import Image

ZOOM = 2.0
"""Pixels a point: twice the size in print at 72 dots an inch."""
WIDEST = 1600
"""Pixels."""
MARGIN = 2.0
"""Points around the box, so that no line at its edge is cut."""
PAPER = 250
"""Brightness, of 255, from which a pixel is blank paper: the picture is cut to what is darker."""
QUALITY = 82
"""Of WebP for photographs: above 80 its artefacts do not show at this size."""


def draw(document: Any, figure: Figure, rotation: int) -> tuple[str, bytes]:
    """Suffix and bytes of a figure's picture.

    `document` is the `pymupdf.Document`, its pages turned back as read_page leaves them; `rotation` is the page's own.
    """
    import pymupdf

    x0, y0, x1, y1 = figure.bbox
    page = document[figure.page - 1]
    clip = pymupdf.Rect(x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, y1 + MARGIN) & page.rect
    shown_width = clip.height if rotation in (90, 270) else clip.width
    zoom = min(ZOOM, WIDEST / max(1.0, shown_width))
    pixels = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom).prerotate(rotation), clip=clip, alpha=False, annots=False
    )
    return encode(pixels.width, pixels.height, pixels.samples)


def encode(width: int, height: int, samples: bytes) -> tuple[str, bytes]:
    """PNG or WebP of RGB samples, cut to the ink, whichever is smaller."""
    from PIL import Image

    image = _cut(Image.frombytes("RGB", (width, height), samples))
    colours = image.getcolors(256)
    if colours is not None:
        drawn = _saved(image.convert("P", palette=Image.Palette.ADAPTIVE, colors=len(colours)), "PNG", optimize=False)
        return ".png", drawn
    photo = _saved(image, "WEBP", quality=QUALITY, method=0)
    drawn = _saved(image, "PNG", compress_level=1)
    return (".png", drawn) if len(drawn) <= len(photo) else (".webp", photo)


def _cut(image: Image) -> Image:
    """Without the blank paper around the ink."""
    box = image.convert("L").point(lambda value: 255 if value < PAPER else 0).getbbox()
    return image.crop(box) if box else image


def _saved(image: Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def names(figures: Sequence[Figure]) -> list[str]:
    """File names without suffix: "figure-2", "table-IV"; portable, and unique within a paper."""
    found: list[str] = []
    for figure in figures:
        label = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in figure.label).strip("-")
        name = f"{figure.kind}-{label or 'x'}"
        while name.lower() in map(str.lower, found):
            name += "-b"
        found.append(name)
    return found
