"""Small copies of pictures."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from pipeline.common.thumbnails import ThumbnailSize, thumbnail


def noise(path: Path, size: tuple[int, int] = (1600, 1200)) -> Path:
    Image.frombytes(
        "RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)
    ).save(path)
    return path


@pytest.mark.parametrize("form", ["WEBP", "JPEG"])
def test_even_noise_becomes_small_enough(tmp_path: Path, form: str) -> None:
    made = thumbnail(noise(tmp_path / "x.png"), ThumbnailSize(form=form))  # type: ignore[arg-type]
    assert made is not None
    assert len(made) <= ThumbnailSize().most_bytes
    assert Image.open(io.BytesIO(made)).format == form


def test_a_small_picture_is_not_enlarged_and_nothing_becomes_black(
    tmp_path: Path,
) -> None:
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(tmp_path / "x.png")
    made = thumbnail(tmp_path / "x.png", ThumbnailSize())
    assert made is not None
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    assert picture.size == (40, 20)
    assert min(picture.getpixel((5, 5))) > 240  # type: ignore[type-var,arg-type]


def test_what_is_missing_or_no_picture_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"<html>")
    assert thumbnail(tmp_path / "x.png", ThumbnailSize()) is None
    assert thumbnail(tmp_path / "none.png", ThumbnailSize()) is None
