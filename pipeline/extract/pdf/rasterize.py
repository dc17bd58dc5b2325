"""Draws the pictures of figures, at twice the size they have in print, as PNG or WebP,
whichever is smaller.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.extract.pdf.page import Page
from pipeline.paper import Figure

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class RasterizeRules:
    """How large and in which form pictures are drawn."""

    zoom: float = 2.0
    """Pixels a point: twice the size in print at 72 dots an inch."""
    margin: float = 2.0
    """Points around the box, so that no line at its edge is cut."""
    widest: int = 1600
    """Pixels."""
    paper: int = 250
    """Brightness, of 255, from which a pixel is blank paper: the picture is cut to what is darker."""
    palette: int = 256
    """Colours up to which a picture is a drawing: as PNG it is small and keeps every pixel."""
    compression: int = 4
    """Of PNG, 1 to 9: takes half the time of the usual 6 and 2.5 % more bytes."""
    quality: int = 82
    """Of WebP for photographs: above 80 its artefacts do not show at this size."""
    strips: int = 10
    """A tenth of a photograph tells its size as PNG well enough."""
    far_larger: float = 1.5
    """Times the WebP: when a tenth tells so much of the PNG, the rest of it is left."""


_rules = RasterizeRules()


class Pixels(NamedTuple):
    """An RGB picture as it comes from MuPDF."""

    width: int
    height: int
    samples: bytes


def rasterize_figure(shown: Any, figure: Figure, page: Page) -> Pixels:
    """A figure's pixels, the way up in which a viewer shows the page.

    `shown` is the page as a `pymupdf.DisplayList` without annotations, turned back as
    `read_page` leaves it.
    """
    import pymupdf

    x0, y0, x1, y1 = figure.bbox
    margin = _rules.margin
    wide = pymupdf.Rect(x0 - margin, y0 - margin, x1 + margin, y1 + margin)
    clip = wide & (0, 0, page.width, page.height)
    shown_width = clip.height if page.rotation in (90, 270) else clip.width
    zoom = min(_rules.zoom, _rules.widest / max(1.0, shown_width))
    matrix = pymupdf.Matrix(zoom, zoom).prerotate(page.rotation)
    pixels = shown.get_pixmap(
        matrix=matrix, clip=clip, colorspace=pymupdf.csRGB, alpha=0
    )
    return Pixels(pixels.width, pixels.height, pixels.samples)


def encode(pixels: Pixels) -> tuple[str, bytes]:
    """Suffix and bytes: PNG or WebP cut to the ink, whichever is smaller."""
    from PIL import Image

    image = _cut(Image.frombytes("RGB", pixels[:2], pixels.samples))
    if (few := _with_palette(image)) is not None:
        return ".png", _saved(few, "PNG", compress_level=_rules.compression)
    photo = _saved(image, "WEBP", quality=_rules.quality, method=0)
    if _guess(image) > _rules.far_larger * len(photo):
        return ".webp", photo
    drawn = _saved(image, "PNG", compress_level=_rules.compression)
    return (".png", drawn) if len(drawn) <= len(photo) else (".webp", photo)


def _with_palette(image: Image) -> Image | None:
    """The same pixels with a palette, when there are few enough colours."""
    import numpy as np
    from PIL import Image as Images

    counted = image.getcolors(_rules.palette)
    if counted is None:
        return None
    colours = np.array(sorted(colour for _, colour in counted))
    red, green, blue = colours.T
    # A table of all colours is looked up faster than a palette is sought.
    place = np.zeros(1 << 24, dtype=np.uint8)
    place[red | green << 8 | blue << 16] = np.arange(len(colours))
    packed = np.frombuffer(image.convert("RGBX").tobytes(), dtype="<u4")
    places = place[packed & 0xFFFFFF]
    few = Images.frombytes("P", image.size, places.tobytes())
    few.putpalette(colours.astype(np.uint8).tobytes())
    return few


def _guess(image: Image) -> int:
    """Bytes of the whole as PNG, judged by a strip across its middle."""
    strips = _rules.strips
    top = image.height * (strips // 2) // strips
    bottom = top + max(1, image.height // strips)
    strip = image.crop((0, top, image.width, bottom))
    return len(_saved(strip, "PNG", compress_level=1)) * strips


def _cut(image: Image) -> Image:
    """Without the blank paper around the ink."""
    box = (
        image.convert("L")
        .point(lambda value: 255 if value < _rules.paper else 0)
        .getbbox()
    )
    return image.crop(box) if box else image


def _saved(image: Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def names(figures: Sequence[Figure]) -> list[str]:
    """File names without suffix: "figure-2", "table-IV"; portable, and unique within a paper."""
    found: list[str] = []
    for figure in figures:
        label = "".join(
            letter if letter.isascii() and letter.isalnum() else "-"
            for letter in figure.label
        ).strip("-")
        name = f"{figure.kind}-{label or 'x'}"
        while name.lower() in map(str.lower, found):
            name += "-b"
        found.append(name)
    return found
