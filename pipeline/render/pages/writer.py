"""Rendered files onto the disk: whole or not at all, only what changed, and never over a
reader's own work.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path, PurePath, PurePosixPath
from typing import Protocol

from pipeline.common.atomic import replacing
from pipeline.errors import EditedByHand, RenderError, ScreenError, from_os
from pipeline.render.sites.base import Rendered
from pipeline.translation import gettext as _

BATCH = 1000
"""Files that are noted together: many times a usual night's; more would have to be in memory at
once.
"""


class Ledger(Protocol):
    """What we wrote before. Kept by the store; a path is `FACE:RELATIVE/PATH`.

    A file is noted before it is written, so that a stop in between never makes our own look
    edited by hand.
    """

    def wrote(self, path: str, sha256: str) -> bool:
        """Whether a file with this content was ever written by us there."""

    def note(self, files: Iterable[tuple[str, str]]) -> None:
        """Remember that these were: paths and digests."""


def write(
    rendered: Rendered,
    root: Path,
    *,
    pictures: Path,
    ledger: Ledger,
    force: bool = False,
) -> tuple[list[Path], list[ScreenError]]:
    """Write what a face rendered.

    Args:
        rendered: files and pictures of one face.
        root: folder that the face writes to; nothing is written outside of it.
        pictures: folder under which the sources of the pictures are: the output folder.
        ledger: what was written before.
        force: overwrite what was edited by hand.

    Returns:
        The paths written (unchanged files are not among them), pictures first, and an
        `EditedByHand` for each file that was left alone, or a `RenderError` for a picture that
        is missing.

    Raises:
        NotWritable, DiskFull: nothing more can be written there.
    """
    written: list[Path] = []
    refused: list[ScreenError] = []
    folders = _Folders(root, rendered.face)
    jobs = _jobs(rendered, pictures)
    while batch := list(islice(jobs, BATCH)):
        steps: list[_Step] = []
        for relative, prepare in batch:
            guard = _Guard(rendered.face, relative, ledger, force)
            with _explained(root, relative):
                try:
                    steps.append(prepare(folders.place(relative), guard))
                except RenderError as error:
                    refused.append(error)
        written += _write_noted(steps, ledger)
    return written, refused


def _write_noted(steps: Sequence[_Step], ledger: Ledger) -> list[Path]:
    """Note files, then write them; the paths of those that changed."""
    # Many at once: a store makes sure of every note, which costs more than the file.
    ledger.note([(step.key, step.sha256) for step in steps if step.sha256])
    for step in steps:
        with _explained(step.target):
            step.put(step.target)
    return [step.target for step in steps if step.put is not _nothing]


def _nothing(target: Path) -> None:
    """What is there is as it should be."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One file that may be written."""

    target: Path
    key: str
    sha256: str = ""
    """What to remember of it; empty for a picture that is there."""
    put: Callable[[Path], None] = _nothing


Prepare = Callable[[Path, "_Guard"], _Step]


def _jobs(
    rendered: Rendered, pictures: Path
) -> Iterator[tuple[PurePosixPath, Prepare]]:
    """Pictures before pages, so that no page ever shows a picture that is not there yet."""
    for target, source in rendered.pictures.items():
        yield target, _copying(pictures / source, rendered.face)
    for target, content in rendered.files.items():
        yield (
            target,
            _writing(content.encode() if isinstance(content, str) else content),
        )


def _writing(content: bytes) -> Prepare:
    def prepare(target: Path, guard: _Guard) -> _Step:
        digest = _sha256(content)
        if _is_regular_file(target) and _digest(target) == digest:
            return _Step(target, guard.key, digest)
        guard.check(target)
        return _Step(
            target,
            guard.key,
            digest,
            lambda place: replace_file(place, content),
        )

    return prepare


def _copying(source: Path, face: str) -> Prepare:
    def prepare(target: Path, guard: _Guard) -> _Step:
        there = _is_regular_file(target)
        try:
            of = source.stat()
        except FileNotFoundError as error:
            if there:
                return _Step(
                    target, guard.key
                )  # copied before; its source has made room since
            raise RenderError(
                _("The picture {source} is missing.", source=source),
                step=_("`{program} read` with its id reads the paper again."),
                face=face,
            ) from error
        if there and filecmp.cmp(source, target):
            return _Step(target, guard.key)
        guard.check(target)
        return _Step(
            target,
            guard.key,
            _digest_of(source, (of.st_size, of.st_mtime_ns)),
            partial(_copy, source, of),
        )

    return prepare


def _is_regular_file(target: Path) -> bool:
    """Tell whether a file is there, and no link or folder."""
    try:
        return stat.S_ISREG(os.lstat(target).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _copy(source: Path, of: os.stat_result, target: Path) -> None:
    """No link: what shrinks the pictures of a site would write into ours."""
    with replacing(target) as part:
        part.write_bytes(source.read_bytes())
        # With the time of its source, filecmp sees at a glance that nothing has changed.
        os.utime(part, ns=(of.st_atime_ns, of.st_mtime_ns))


@lru_cache(maxsize=4096)
def _digest_of(source: Path, _stamp: tuple[int, int]) -> str:
    """Of a picture as it was at that stamp (bytes, nanoseconds): each face copies the same ones."""
    return _digest(source)


def replace_file(target: Path, content: bytes) -> None:
    """Put a file in place of another, whole or not at all.

    Raises:
        NotWritable, DiskFull: it cannot be written; the old one is as it was.
    """
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as part, part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


class _Guard:
    """Stands before one file of one face."""

    def __init__(
        self, face: str, relative: PurePosixPath, ledger: Ledger, force: bool
    ) -> None:
        self.face, self.key, self.ledger, self.force = (
            face,
            f"{face}:{relative}",
            ledger,
            force,
        )

    def check(self, target: Path) -> None:
        """Refuse to write over what is not ours."""
        if self.force or not os.path.lexists(target):
            return
        if target.is_symlink() or not self.ledger.wrote(
            self.key, _digest(target)
        ):
            raise EditedByHand(
                _("{target} was changed since it was written.", target=target),
                path=target,
                face=self.face,
            )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest(path: Path) -> str:
    """The same of a file, a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Folders:
    """The folders under a root, made when they are needed; neither `..` nor a link leads out of
    it.
    """

    def __init__(self, root: Path, face: str) -> None:
        self.root, self.face = root, face
        self.base = root.resolve()
        self.made: set[Path] = set()

    def place(self, relative: PurePosixPath) -> Path:
        """Where a file goes."""
        target = self.root.joinpath(*relative.parts)
        folder = target.parent
        if folder in self.made and ".." not in relative.parts:
            return target
        if (
            relative.is_absolute()
            or ".." in relative.parts
            or not folder.resolve().is_relative_to(self.base)
        ):
            raise RenderError(
                _(
                    "{relative} would leave the folder {root}.",
                    relative=relative,
                    root=self.root,
                ),
                face=self.face,
            )
        folder.mkdir(parents=True, exist_ok=True)
        self.made.add(folder)
        return target


@contextmanager
def _explained(*path: PurePath) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise from_os(error, Path(*path)) from error
