"""The names of folders and files below the output folder, spelt in this one place.

screen.db           the store
pdfs/               PDFs as arXiv sent them: SLUGvN.pdf
papers/SLUG-vN/     pictures of one paper version
*.part              files that are being written
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MEGABYTE = 1_000_000
"""Bytes, as the configuration counts space."""


@dataclass(frozen=True, slots=True)
class OutputNames:
    """Names in the output folder."""

    database: str = "screen.db"
    pdfs: str = "pdfs"
    """Folder of the downloaded papers."""
    pictures: str = "papers"
    """Folder of their pictures, a folder a version."""
    part: str = ".part"
    """Ends the name of a file that is still written."""


output_names = OutputNames()


def part_file(target: Path) -> Path:
    """Name the file beside `target` that is written before it takes its place."""
    return target.with_name(f".{target.name}{output_names.part}")


def pictures_folder(slug: str, version: int) -> PurePosixPath:
    """Name the folder of a paper version's pictures, relative to the output folder."""
    return PurePosixPath(output_names.pictures) / f"{slug}-v{version}"
