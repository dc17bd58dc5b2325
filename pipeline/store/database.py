"""The SQLite file: opening, transactions, migrations, backups."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pipeline.common.atomic import free_path, replacing
from pipeline.errors import (
    DiskFull,
    NewerStore,
    NotWritable,
    StoreError,
    from_os,
)
from pipeline.store.migrations import MIGRATIONS
from pipeline.translation import gettext as _

Made = TypeVar("Made")

LOCK_WAIT = 10.0
"""Seconds to wait for another connection, such as `arxiv-screen status` while a run is at work."""


class Database:
    """One connection. Errors of SQLite come out as errors of this program."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.damaged: Counter[str] = Counter()
        """Rows of each table that could not be read since the file was opened."""

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Database:
        """Open the file and bring its tables up to date.

        Raises:
            NewerStore, NotWritable, DiskFull: see `pipeline.errors`.
            StoreError: the file is missing, empty, or of another program.
        """
        if not create:
            need_database(path)
        with explain_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _create(path)
            elif not path.stat().st_size:
                raise _not_ours(path, _("{path} is empty.", path=path))
            connection = _connect(path)
        database = cls(connection, path)
        try:
            database._prepare()
        except BaseException:
            connection.close()
            raise
        return database

    def _prepare(self) -> None:
        with explain_errors(self.path):
            self._connection.execute("PRAGMA journal_mode = WAL")
            # FULL, so that what was marked done is still done after a power cut.
            self._connection.execute("PRAGMA synchronous = FULL")
            at = self._connection.execute("PRAGMA user_version").fetchone()[0]
            known = self._connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'candidates'"
            ).fetchone()
        if at > len(MIGRATIONS):
            raise NewerStore(
                _(
                    "{path} was written by a newer version of {program} (format {at}).",
                    path=self.path,
                    at=at,
                ),
                path=self.path,
            )
        if not known:
            raise _not_ours(
                self.path,
                _("{path} is of another program.", path=self.path),
            )
        if at == len(MIGRATIONS):
            return
        kept = self.path.with_name(f"{self.path.name}.format-{at}.bak")
        self.back_up(free_path(kept))
        for number, script in enumerate(MIGRATIONS[at:], start=at + 1):
            with explain_errors(self.path), self.transaction():
                _migrate(self._connection, number, script)

    def back_up(self, target: Path) -> None:
        """Copy the whole store to a file, whole or not at all, while others may write.

        Raises:
            NotWritable, DiskFull: the file cannot be written.
        """
        with explain_errors(target), replacing(target) as part:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")

    def readable(
        self, table: str, query: str, make: Callable[..., Made], *values: Any
    ) -> Iterator[Made]:
        """Make a value of each row of a query; rows that cannot be read are counted and left."""
        for row in self.rows(query, *values):
            try:
                made = make(*row)
            except (ValueError, TypeError, KeyError):
                self.damaged[table] += 1
                continue
            yield made

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another transaction it is a part of that one."""
        if self._connection.in_transaction:
            yield
            return
        with explain_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with explain_errors(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def write(self, statement: str, *values: Any) -> int:
        """Run one statement; the number of rows it changed."""
        with explain_errors(self.path):
            return self._connection.execute(statement, values).rowcount

    def insert(self, statement: str, *values: Any) -> int:
        """Run one INSERT; the row's id."""
        with explain_errors(self.path):
            return self._connection.execute(statement, values).lastrowid or 0

    def write_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row, in one transaction."""
        with explain_errors(self.path), self.transaction():
            self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        with explain_errors(self.path):
            yield from self._connection.execute(query, values)

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with explain_errors(self.path):
            return self._connection.execute(query, values).fetchone()  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        path, timeout=LOCK_WAIT, isolation_level=None, check_same_thread=False
    )


def _create(path: Path) -> None:
    """Make a new store beside its place and move it in, so that no empty file is ever left."""
    with replacing(path) as part:
        part.unlink(missing_ok=True)
        with closing(_connect(part)) as connection:
            for number, script in enumerate(MIGRATIONS, start=1):
                _migrate(connection, number, script)


def _migrate(connection: sqlite3.Connection, number: int, script: str) -> None:
    """Take the step to a format; the caller holds the transaction."""
    for statement in filter(str.strip, script.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {number}")


def _not_ours(path: Path, words: str) -> StoreError:
    return StoreError(
        words,
        step=_(
            "`{program} restore FILE` puts a backup there; to begin anew, move "
            "it away."
        ),
        path=path,
    )


def need_database(path: Path) -> None:
    """Make sure that a run has been here.

    Raises:
        StoreError: there is no file.
    """
    if not path.is_file():
        raise StoreError(
            _("Nothing has been screened yet in {parent}.", parent=path.parent),
            step=_("Run `{program}` first."),
        )


def copy_database(source: Path, target: Path) -> None:
    """Copy a database of SQLite, of which only what is committed; the source is only read.

    Raises:
        StoreError: the source is no database, or the target cannot be written.
    """
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        explain_errors(source),
        closing(sqlite3.connect(address, uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)


@contextmanager
def explain_errors(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors in the words of this program."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
        raise _translate(error, path) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            _(
                "{path} is not a database of {program}: {error}.",
                path=path,
                error=error,
            ),
            step=_("Move it away, or name another folder."),
            path=path,
        ) from error
    except OSError as error:
        raise from_os(error, path) from error


def _translate(error: sqlite3.Error, path: Path) -> StoreError:
    text = str(error)
    if "full" in text:
        return DiskFull(_("No space is left for {path}.", path=path), path=path)
    if "locked" in text:
        return StoreError(
            _("{path} is in use by another program.", path=path),
            step=_("Wait for it, then run again."),
            path=path,
        )
    if "readonly" in text or "unable to open" in text:
        return NotWritable(_("{path} cannot be written.", path=path), path=path)
    return StoreError(f"{path}: {text}.", path=path)
