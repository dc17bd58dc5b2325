"""One run at a time. The system releases the lock when its holder dies, so a stale one cannot
stand in the way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.errors import Busy, NotWritable, from_os
from pipeline.translation import gettext as _

HOLDER = "screen.lock.json"
"""Beside the lock, because opening a lock file empties it."""


@contextmanager
def only_run(folder: Path, now: datetime, *, wait: bool) -> Iterator[None]:
    """Hold the lock of an output folder.

    Raises:
        Busy: another run holds it, and `wait` is False.
        NotWritable, DiskFull: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "screen.lock")
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout as error:
        raise _busy(folder) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise NotWritable(
            _("{folder} is not a folder.", folder=folder),
            step=_("Name another with --output."),
            path=folder,
        ) from error
    except OSError as error:
        raise from_os(error, folder) from error
    try:
        _write_holder(folder, now)
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _write_holder(folder: Path, now: datetime) -> None:
    try:
        (folder / HOLDER).write_text(
            json.dumps(
                {"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}
            )
        )
    except OSError as error:
        raise from_os(error, folder / HOLDER) from error


def _busy(folder: Path) -> Busy:
    try:
        holder = json.loads((folder / HOLDER).read_text())
        pid, since = int(holder["pid"]), str(holder["since"])
    except (OSError, ValueError, KeyError, TypeError):
        pid, since = 0, ""
    who = f" (process {pid}, since {since})" if pid else ""
    return Busy(
        _("Another run is at work in {folder}{who}.", folder=folder, who=who),
        step=_("Give --wait to run after it."),
        pid=pid,
        since=since,
    )
