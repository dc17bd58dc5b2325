"""Files that travel with the program: config.toml, prompts/, the demo. In a wheel they lie in
`pipeline/_shipped/`.
"""

from __future__ import annotations

import filecmp
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.common.atomic import free_path
from pipeline.errors import UsageError, from_os
from pipeline.translation import gettext as _


def _root() -> Path:
    package = Path(__file__).parent
    in_wheel = package / "_shipped"
    return in_wheel if in_wheel.is_dir() else package.parent


ROOT = _root()
"""Folder that holds config.toml and prompts/ as shipped."""

CONFIG = ROOT / "config.toml"
PROMPTS = ROOT / "prompts"


def languages(folder: Path) -> list[str]:
    """The languages that reviews can be written in: folders of prompts, the user's and those
    shipped.
    """
    return sorted(
        {
            path.parent.name
            for place in (folder, PROMPTS)
            for path in place.glob("*/review.md")
        }
    )


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was copied out."""

    path: Path
    kept: Path | None = None
    """Where what was there before is kept; None where nothing else was."""


def write_out(folder: Path, *, force: bool = False) -> list[WrittenFile]:
    """Copy config.toml and prompts/ into a folder; what another file held is kept beside it.

    Raises:
        UsageError: one of them is there already, and `force` is False. Nothing is written then.
        NotWritable, DiskFull: the folder cannot be written.
    """
    sources = [CONFIG, *sorted(PROMPTS.rglob("*.md"))]
    targets = [folder / source.relative_to(ROOT) for source in sources]
    there = next((target for target in targets if target.exists()), None)
    if there and not force:
        raise UsageError(
            _("{there} is there already.", there=there),
            step=_("Give --force to overwrite it, or name another folder."),
        )
    try:
        return [
            _write_one(source, target)
            for source, target in zip(sources, targets, strict=True)
        ]
    except OSError as error:
        raise from_os(error, folder) from error


def _write_one(source: Path, target: Path) -> WrittenFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if target.exists() and not filecmp.cmp(source, target, shallow=False):
        kept = free_path(target.with_name(f"{target.name}.before-init"))
        target.replace(kept)
    shutil.copyfile(source, target)
    return WrittenFile(target, kept)
