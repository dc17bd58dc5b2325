"""The store looked over: SQLite's own check, and every row read as the program reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.common.atomic import free_path
from pipeline.errors import DiskFull, NewerStore, NotWritable, StoreError
from pipeline.paper import Document, Paper, Review
from pipeline.store.database import Database, copy_database, explain_errors
from pipeline.store.serialization import load_reasons, load_value, moment
from pipeline.translation import gettext as _

Reader = Callable[[str], object]

READERS: Mapping[str, tuple[str, Mapping[str, Reader]]] = {
    "runs": ("id", {"started": moment, "ended": moment, "report": json.loads}),
    "records": (
        "paper_id || 'v' || version",
        {
            "record": partial(load_value, Paper),
            "published": moment,
            "updated": moment,
        },
    ),
    "candidates": (
        "paper_id || ' ' || topic",
        {
            "reasons": load_reasons,
            "judged": moment,
            "post_date": date.fromisoformat,
        },
    ),
    "documents": (
        "paper_id || 'v' || version",
        {
            "document": partial(load_value, Document),
            "outline": partial(load_value, Document),
        },
    ),
    "reviews": (
        "paper_id || 'v' || version",
        {"review": partial(load_value, Review)},
    ),
    "failures": ("paper_id", {"last": moment, "next_try": moment}),
    "updates": (
        "paper_id || 'v' || version",
        {"post_date": date.fromisoformat, "changes": json.loads},
    ),
    "ratings": ("paper_id || ' ' || topic", {"at": moment}),
    "calls": ("id", {"at": moment}),
}
"""Of each table: what names a row, and how its columns are read."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A row, or a part of the file, that cannot be read."""

    table: str
    row: str
    reason: str


def find_damage(database: Database) -> Iterator[Damage]:
    """Look over the file and read every row of every table."""
    for (said,) in database.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield Damage("", "", said)
    for table, (key, readers) in READERS.items():
        columns = ", ".join(readers)
        query = f"SELECT {key}, {columns} FROM {table}"  # noqa: S608 - names of ours
        for row, *values in database.rows(query):
            for (column, read), value in zip(
                readers.items(), values, strict=True
            ):
                if value not in (None, "") and not _reads(read, value):
                    yield Damage(table, str(row), column)


def _reads(read: Reader, value: str) -> bool:
    try:
        read(value)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def restore_store(backup: Path, target: Path) -> Path | None:
    """Put a backup in the place of the store; the path at which the present one is kept.

    None where there was no store. The caller holds the lock of the output folder.

    Raises:
        StoreError: the backup is missing, or no sound store of this program.
        NotWritable, DiskFull: the folder cannot be written.
    """
    with (
        explain_errors(target),
        TemporaryDirectory(dir=target.parent, prefix=".restore-") as folder,
    ):
        copy = Path(folder) / target.name
        _copy_checked(backup, copy)
        kept = _move_away(target)
        copy.replace(target)
    return kept


def _move_away(target: Path) -> Path | None:
    """Keep a store under a free name, with what a killed run has left in its write-ahead log."""
    kept = free_path(target.with_name(f"{target.name}.before-restore"))
    is_there = target.exists()
    for suffix in ("-wal", ""):
        part = target.with_name(target.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    target.with_name(f"{target.name}-shm").unlink(missing_ok=True)
    return kept if is_there else None


def _copy_checked(backup: Path, copy: Path) -> None:
    """Copy a store, and look over the copy; the backup itself is only read."""
    try:
        copy_database(backup, copy)
        with closing(Database.open(copy, create=False)) as database:
            found = next(find_damage(database), None)
    except (NewerStore, NotWritable, DiskFull):
        raise
    except StoreError as error:
        words = _("{path} cannot be read as a store.", path=backup)
        raise _refused(backup, words) from error
    if found and not found.table:
        reason = found.reason
        words = _("{path} is damaged: {reason}.", path=backup, reason=reason)
        raise _refused(backup, words)


def _refused(backup: Path, words: str) -> StoreError:
    step = _("Nothing was changed; name another backup.")
    return StoreError(words, step=step, path=backup)
