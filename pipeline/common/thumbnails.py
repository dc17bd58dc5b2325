"""Small copies of pictures, for mails and sites."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

ImageForm = Literal["WEBP", "JPEG"]


@dataclass(frozen=True, slots=True)
class ThumbnailSize:
    """What a small copy may be."""

    width: int = 640
    """Pixels at most."""
    height: int = 480
    """Pixels at most."""
    most_bytes: int = 30_000
    """Size of the file at most."""
    form: ImageForm = "WEBP"
    """JPEG for mail: not every mail program shows WebP."""


_qualities = (80, 65, 50, 35)
"""Of compression, tried in this order until the file is small enough."""


def thumbnail(source: Path, size: ThumbnailSize) -> bytes | None:
    """Make a small copy of a picture; None where there is none or it cannot be read.

    Where no quality makes the file small enough, its sides are halved.
    """
    from PIL import Image

    try:
        with Image.open(source) as picture:
            picture.draft("RGB", (size.width, size.height))
            whole = _on_white(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return _small_enough(whole, size)


def _on_white(picture: Picture) -> Picture:
    """Give the picture in colours without transparency: ink on nothing is black on black."""
    from PIL import Image

    if picture.mode == "RGB":
        picture.load()
        return picture
    if picture.mode == "L":
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _small_enough(picture: Picture, size: ThumbnailSize) -> bytes:
    from PIL.Image import Resampling

    width, height = size.width, size.height
    while True:
        copy = picture.copy()
        copy.thumbnail((width, height), Resampling.BILINEAR, reducing_gap=1.0)
        for quality in _qualities:
            made = _packed(copy, size.form, quality)
            if len(made) <= size.most_bytes or max(copy.size) <= 64:  # noqa: PLR2004 - pixels
                return made
        width, height = width // 2, height // 2


def _packed(picture: Picture, form: ImageForm, quality: int) -> bytes:
    file = BytesIO()
    picture.save(
        file, form, quality=quality, method=2
    )  # of WebP: its fastest good one
    return file.getvalue()
