"""Which papers stand in which post, and the files written for it.

A paper goes into a post in two steps, so that a run that is killed in between neither loses nor
repeats it: `plan` gives it its post, then the files are written, then `done`. The next run
writes planned posts first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.paper import Reason
from pipeline.store.database import Database
from pipeline.store.serialization import load_reasons


class PostedPaper(NamedTuple):
    """A paper in full in a post."""

    paper_id: str
    version: int
    score: float
    reasons: tuple[Reason, ...]


FILE_NAME = "post file: "
"""Begins the keys under which file names are remembered."""


class Posts:
    """Posts by (date, topic)."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def plan(
        self,
        topic: str,
        day: date,
        versions: Sequence[tuple[str, int]],
        asides: Sequence[str] = (),
    ) -> None:
        """Give papers (id and version) their place in a post; `asides` are only named in it."""
        with self._db.transaction():
            self._db.write_many(
                "UPDATE candidates SET stage = 'posting', post_date = ?, posted_version = ? "
                "WHERE paper_id = ? AND topic = ? AND stage = 'kept'",
                (
                    (day.isoformat(), version, paper_id, topic)
                    for paper_id, version in versions
                ),
            )
            self._db.write_many(
                "UPDATE candidates SET stage = 'aside', post_date = ? "
                "WHERE paper_id = ? AND topic = ? AND stage = 'kept'",
                ((day.isoformat(), paper_id, topic) for paper_id in asides),
            )

    def planned(self) -> list[tuple[date, str]]:
        """Posts whose files may not be written yet."""
        rows = self._db.rows(
            "SELECT DISTINCT post_date, topic FROM candidates WHERE stage = 'posting' ORDER BY post_date, topic"
        )
        return [(date.fromisoformat(day), topic) for day, topic in rows]

    def unwritten(self, topic: str) -> list[PostedPaper]:
        """List papers of posts whose files may not be written yet, best first."""
        rows = self._db.rows(
            "SELECT paper_id, posted_version, score, reasons FROM candidates "
            "WHERE topic = ? AND stage = 'posting' ORDER BY score DESC, paper_id",
            topic,
        )
        return [_posted_paper(*row) for row in rows]

    def done(self, topic: str, day: date) -> None:
        """The post's files are on disk."""
        self._db.write(
            "UPDATE candidates SET stage = 'posted' WHERE stage = 'posting' AND topic = ? AND post_date = ?",
            topic,
            day.isoformat(),
        )

    def release(self, topic: str, day: date) -> None:
        """Take papers out of a post whose file could not be written: they wait for another."""
        self._db.write(
            "UPDATE candidates SET stage = 'kept', post_date = NULL, posted_version = NULL "
            "WHERE stage = 'posting' AND topic = ? AND post_date = ?",
            topic,
            day.isoformat(),
        )

    def file_name(self, topic: str, wanted: str, marked: str) -> str:
        """Give the file name of a topic's posts: `wanted` unless another topic has it.

        What was given once stays. Names that differ in case only are the same on some disks.
        """
        return self._named(topic) or self._give_name(topic, wanted, marked)

    def _named(self, topic: str) -> str:
        """Give the file name that a topic has; "" where it has none yet."""
        key = f"{FILE_NAME}{topic}"
        found = self._db.row("SELECT value FROM memory WHERE key = ?", key)
        return str(found[0]) if found else ""

    def _give_name(self, topic: str, wanted: str, marked: str) -> str:
        """Give a topic its file name, unless the triage page or a run has done so meanwhile."""
        with self._db.transaction():
            given = self._named(topic)
            if given:
                return given
            name = marked if self._is_taken(wanted) else wanted
            key = f"{FILE_NAME}{topic}"
            self._db.write("INSERT INTO memory VALUES (?, ?)", key, name)
        return name

    def _is_taken(self, wanted: str) -> bool:
        taken = self._db.rows(
            "SELECT value FROM memory WHERE substr(key, 1, ?) = ?",
            len(FILE_NAME),
            FILE_NAME,
        )
        return wanted.casefold() in {str(name).casefold() for (name,) in taken}

    def all(self, day: date | None = None) -> list[tuple[date, str]]:
        """Every post, or those of one date."""
        tables = ("candidates", "shown", "updates")
        query = " UNION ".join(
            f"SELECT post_date, topic FROM {table} WHERE post_date = coalesce(?, post_date)"  # noqa: S608 - ours
            for table in tables
        )
        only = day.isoformat() if day else None
        rows = self._db.rows(f"{query} ORDER BY 1, 2", *(only for _ in tables))
        return [(date.fromisoformat(found), topic) for found, topic in rows]

    def members(self, topic: str, day: date) -> list[PostedPaper]:
        """List the papers that a post shows in full, best first."""
        rows = self._db.rows(
            "SELECT paper_id, version, score, reasons FROM places "
            "WHERE topic = ? AND post_date = ? ORDER BY score DESC, paper_id",
            topic,
            day.isoformat(),
        )
        return [_posted_paper(*row) for row in rows]

    def asides(
        self, topic: str, day: date
    ) -> list[tuple[str, float, tuple[Reason, ...]]]:
        """List the papers that a post only names: id, score, reasons; best first."""
        rows = self._db.rows(
            "SELECT paper_id, score, reasons FROM candidates "
            "WHERE topic = ? AND post_date = ? AND stage = 'aside' "
            "ORDER BY score DESC, paper_id",
            topic,
            day.isoformat(),
        )
        return [
            (paper_id, score, load_reasons(text))
            for paper_id, score, text in rows
        ]

    def elsewhere(self, paper_id: str, day: date) -> list[str]:
        """Topics whose posts of that date hold the paper, in order of name."""
        return [
            topic
            for (topic,) in self._db.rows(
                "SELECT topic FROM places WHERE paper_id = ? AND post_date = ? ORDER BY topic",
                paper_id,
                day.isoformat(),
            )
        ]

    def with_paper(self, paper_id: str) -> list[tuple[date, str]]:
        """Give the posts that show a paper: date and topic."""
        rows = self._db.rows(
            "SELECT post_date, topic FROM places WHERE paper_id = ? ORDER BY 1, 2",
            paper_id,
        )
        return [(date.fromisoformat(day), topic) for day, topic in rows]

    def update(
        self,
        paper_id: str,
        version: int,
        topic: str,
        day: date,
        changes: Sequence[str],
    ) -> bool:
        """Name a new version in a post; False when it was named before."""
        return bool(
            self._db.write(
                "INSERT OR IGNORE INTO updates VALUES (?, ?, ?, ?, ?)",
                paper_id,
                version,
                topic,
                day.isoformat(),
                json.dumps(list(changes), ensure_ascii=False),
            )
        )

    def updates(
        self, topic: str, day: date
    ) -> list[tuple[str, int, tuple[str, ...]]]:
        """New versions named in a post: id, version, what changed."""
        rows = self._db.rows(
            "SELECT paper_id, version, changes FROM updates WHERE topic = ? AND post_date = ? "
            "ORDER BY paper_id, version",
            topic,
            day.isoformat(),
        )
        return [
            (paper_id, version, tuple(json.loads(changes)))
            for paper_id, version, changes in rows
        ]

    def note(self, files: Iterable[tuple[str, str]]) -> None:
        """Remember that files with these contents (path, SHA-256) are ours; all of them or none."""
        self._db.write_many("INSERT OR IGNORE INTO files VALUES (?, ?)", files)

    def wrote(self, path: str, sha256: str) -> bool:
        """Whether a file with this content was ever written there by us."""
        return bool(
            self._db.row(
                "SELECT 1 FROM files WHERE path = ? AND sha256 = ?",
                path,
                sha256,
            )
        )


def _posted_paper(
    paper_id: str, version: int, score: float, reasons: str
) -> PostedPaper:
    return PostedPaper(paper_id, version, score, load_reasons(reasons))
