"""Files written beside their place and moved in: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from pipeline.common.output_layout import part_file


def write_atomically(target: Path, content: bytes | str) -> None:
    """Write a file whole or not at all; text as UTF-8. The folder is made where it is missing.

    Raises:
        OSError: the file could not be written; what was at its place is still there.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as part:
        part.write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )


def free_path(path: Path) -> Path:
    """Give the path, or the first of `path-2`, `path-3` … where nothing is yet."""
    numbered = (path.with_name(f"{path.name}-{n}") for n in count(2))
    candidates = chain([path], numbered)
    return next(one for one in candidates if not os.path.lexists(one))


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path beside `target` that takes its place when the block ends without an error.

    Its name is always the same, so that the next run overwrites what a power cut leaves.
    """
    part = part_file(target)
    if part.is_symlink():
        part.unlink()
    try:
        yield part
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
