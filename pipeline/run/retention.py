"""Space on disk: PDFs and pictures are kept up to a limit, the oldest go first. What is needed
again is made again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.common.output_layout import MEGABYTE, output_names


def prune(out: Path, limit: int) -> int:
    """Delete the PDFs and the papers' pictures that are oldest until at most `limit` MB are
    left; the bytes freed.
    """
    found = sorted(
        (
            *_pdfs(out / output_names.pdfs),
            *_pictures(out / output_names.pictures),
        )
    )
    excess = sum(size for _, size, _ in found) - limit * MEGABYTE
    freed = 0
    for _, size, path in found:
        if freed >= excess:
            break
        remove_path(path)
        freed += size
    return freed


def sweep(out: Path) -> None:
    """Delete what a run that died in the middle of a download or of a paper's pictures has left."""
    for path in (
        *(out / output_names.pdfs).glob("*.part"),
        *(out / output_names.pictures).glob(".*.part"),
    ):
        remove_path(path)


def remove_path(path: Path) -> None:
    """Delete a file or a folder, if it can be."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _pdfs(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Time (ns), bytes and place of each."""
    for path in folder.glob("*.pdf"):
        found = path.stat()
        yield found.st_mtime_ns, found.st_size, path


def _pictures(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """The same for each paper's folder; a blog may have a page beside them."""
    for path in filter(Path.is_dir, folder.glob("*-v*")):
        with os.scandir(path) as files:
            yield (
                path.stat().st_mtime_ns,
                sum(file.stat().st_size for file in files),
                path,
            )
