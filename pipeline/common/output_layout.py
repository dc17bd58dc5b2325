"""The names of folders and files below the output folder, spelt in this one place.

screen.db           the store
pdfs/               PDFs as arXiv sent them: SLUGvN.pdf
papers/SLUG-vN/     pictures of one paper version
*.part              files that are being written
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

DATABASE = "screen.db"
PDFS = "pdfs"
PICTURES = "papers"
_PART = ".part"
MEGABYTE = 1_000_000
"""Bytes, as the configuration counts space."""


def part_file(target: Path) -> Path:
    """Name the file beside `target` that is written before it takes its place."""
    return target.with_name(f".{target.name}{_PART}")


def pictures_folder(slug: str, version: int) -> PurePosixPath:
    """Name the folder of a paper version's pictures, relative to the output folder."""
    return PurePosixPath(PICTURES) / f"{slug}-v{version}"
