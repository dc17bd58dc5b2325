"""Which pictures of a paper a post shows, in which order, and where their files are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.common.output_layout import pictures_folder
from pipeline.paper import Document, Figure, Paper
from pipeline.render.markup.filenames import portable

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


def folder(paper: Paper) -> str:
    """Folder name of a paper version: "2409.03605-v1", "cs-0112017-v2"."""
    return f"{portable(paper.slug)}-v{paper.version}"


def source(paper: Paper, figure: Figure) -> PurePosixPath:
    """Where the picture is, under the output folder."""
    return (
        pictures_folder(paper.slug, paper.version)
        / PurePosixPath(figure.file).name
    )


def file_name(figure: Figure) -> str:
    """Give a portable name for the copy of a figure, the same each time."""
    return copy_name(figure.file)


def copy_name(file: str) -> str:
    """Give a portable name for the copy of a file."""
    path = PurePosixPath(file)
    suffix = path.suffix.lower()
    return portable(path.stem) + (suffix if _SUFFIX.fullmatch(suffix) else "")


def shown(document: Document) -> tuple[Figure | None, Sequence[Figure]]:
    """The framework figure, and the others in the order of the paper; only those that have a
    picture.
    """
    drawn = [
        figure for figure in document.figures if PurePosixPath(figure.file).name
    ]
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
