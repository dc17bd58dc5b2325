"""Which pictures of a paper a post shows, in which order, and where their files are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from pipeline.common.output_layout import pictures_folder
from pipeline.paper import Document, Figure, Paper, slug_of
from pipeline.render.markup.filenames import portable


def folder(paper: Paper) -> str:
    """Folder name of a paper version: "2409.03605-v1", "cs-0112017-v2"."""
    return _folder(paper.id, paper.version)


@lru_cache(1024)
def _folder(paper_id: str, version: int) -> str:
    return f"{portable(slug_of(paper_id))}-v{version}"


def source(paper: Paper, figure: Figure) -> PurePosixPath:
    """Where the picture is, under the output folder."""
    return _source(paper.id, paper.version, figure.file)


@lru_cache(4096)
def _source(paper_id: str, version: int, file: str) -> PurePosixPath:
    return pictures_folder(slug_of(paper_id), version) / bare_name(file)


@lru_cache(4096)
def bare_name(file: str) -> str:
    """Give the name of a file without its folders; "" where it has none."""
    return PurePosixPath(file).name


def file_name(figure: Figure) -> str:
    """Give a portable name for the copy of a figure, the same each time."""
    return copy_name(figure.file)


@lru_cache(4096)
def copy_name(file: str) -> str:
    """Give a portable name for the copy of a file."""
    path = PurePosixPath(file)
    suffix = path.suffix.lower()
    is_plain = re.fullmatch(r"\.[a-z0-9]{1,5}", suffix)
    return portable(path.stem) + (suffix if is_plain else "")


def shown(document: Document) -> tuple[Figure | None, Sequence[Figure]]:
    """The framework figure, and the others in the order of the paper; only those that have a
    picture.
    """
    drawn = [figure for figure in document.figures if bare_name(figure.file)]
    first = next(
        (figure for figure in drawn if _is_framework(figure, document)), None
    )
    return first, [figure for figure in drawn if figure is not first]


def _is_framework(figure: Figure, document: Document) -> bool:
    return (
        figure.kind == "figure"
        and document.framework is not None
        and figure.label == document.framework
    )
