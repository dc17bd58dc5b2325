"""Runs, what nights usually bring, ratings, read marks, and what screening keeps between nights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Self

from pipeline.paper import Paper
from pipeline.store.database import Database
from pipeline.store.serialization import moment, stamp


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One run as it is remembered."""

    id: int
    started: datetime
    ended: datetime | None
    report: str
    """JSON of its report; "" when the run did not end by itself."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A reader's word on a paper, with the text that it teaches by."""

    paper_id: str
    topic: str
    rating: Literal["keep", "skip"]
    at: datetime
    title: str = ""
    abstract: str = ""

    @classmethod
    def of(
        cls,
        paper: Paper,
        topic: str,
        rating: Literal["keep", "skip"],
        at: datetime,
    ) -> Self:
        """Make it of a paper that is known."""
        return cls(paper.id, topic, rating, at, paper.title, paper.abstract)


class Nights:
    """What happened when."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def start(self, at: datetime) -> int:
        """A run begins; its number."""
        return self._db.insert(
            "INSERT INTO runs (started) VALUES (?)", stamp(at)
        )

    def end(self, run: int, at: datetime, report: str) -> None:
        """A run has ended by itself."""
        self._db.write(
            "UPDATE runs SET ended = ?, report = ? WHERE id = ?",
            stamp(at),
            report,
            run,
        )

    def latest(self, count: int) -> list[StoredRun]:
        """The last runs, newest first."""
        query = "SELECT id, started, ended, report FROM runs ORDER BY id DESC LIMIT ?"
        return list(self._db.readable("runs", query, _night, count))

    def last(self, before: datetime) -> datetime | None:
        """When the last run began that ended by itself before that moment."""
        row = self._db.row(
            "SELECT max(started) FROM runs WHERE ended <= ?", stamp(before)
        )
        return moment(row[0]) if row and row[0] else None

    def haul(self, topic: str, day: date, found: int) -> None:
        """How many papers a topic's query found that were new that day."""
        self._db.write(
            "INSERT INTO hauls VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET found = found + excluded.found",
            topic,
            day.isoformat(),
            found,
        )

    def hauls(self, topic: str, last: int = 30) -> list[tuple[date, int]]:
        """The last days with their numbers of new papers, newest first."""
        rows = self._db.rows(
            "SELECT day, found FROM hauls WHERE topic = ? ORDER BY day DESC LIMIT ?",
            topic,
            last,
        )
        return [(date.fromisoformat(day), found) for day, found in rows]

    def rate(self, rated: Rated) -> None:
        """A reader's word on a paper; the last one counts."""
        values = (
            rated.paper_id,
            rated.topic,
            rated.rating,
            stamp(rated.at),
            rated.title,
            rated.abstract,
        )
        self._db.write(
            "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?)", *values
        )

    def unrate(self, paper_id: str, topic: str) -> bool:
        """Take a rating back; whether there was one."""
        query = "DELETE FROM ratings WHERE paper_id = ? AND topic = ?"
        return bool(self._db.write(query, paper_id, topic))

    def ratings(self) -> Iterator[Rated]:
        """All of them, oldest first."""
        query = "SELECT * FROM ratings ORDER BY at, 1, 2"
        return self._db.readable("ratings", query, _rated)


class Marks:
    """Read marks by paper."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def mark(self, paper_id: str, at: datetime) -> None:
        """Mark a paper as read."""
        self._db.write(
            "INSERT OR REPLACE INTO marks VALUES (?, ?)", paper_id, stamp(at)
        )

    def unmark(self, paper_id: str) -> None:
        """Take the mark back."""
        self._db.write("DELETE FROM marks WHERE paper_id = ?", paper_id)

    def read_ids(self) -> set[str]:
        """Give the ids of all papers marked as read."""
        return {
            paper_id
            for (paper_id,) in self._db.rows("SELECT paper_id FROM marks")
        }


def _night(
    number: int, started: str, ended: str | None, report: str | None
) -> StoredRun:
    if report:
        json.loads(report)  # a torn report is a damaged row
    return StoredRun(
        number, moment(started), moment(ended) if ended else None, report or ""
    )


def _rated(
    paper_id: str, topic: str, rating: Any, at: str, title: str, abstract: str
) -> Rated:
    return Rated(paper_id, topic, rating, moment(at), title, abstract)


OpinionRow = tuple[str, int, str]
"""Id of a paper, grade, reason."""


class ScreeningData:
    """Opinions by (paper, topic), and the newest background."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def opinions(self, topic: str) -> list[OpinionRow]:
        """List what a model has said for a topic; `topic` is its key, with its description."""
        return list(
            self._db.rows(
                "SELECT paper_id, grade, reason FROM opinions WHERE topic = ?",
                topic,
            )
        )

    def keep_opinions(
        self, topic: str, opinions: Iterable[OpinionRow], at: datetime
    ) -> None:
        """Keep opinions, so that nothing is asked twice."""
        self._db.write_many(
            "INSERT OR REPLACE INTO opinions VALUES (?, ?, ?, ?, ?)",
            (
                (paper_id, topic, grade, reason, stamp(at))
                for paper_id, grade, reason in opinions
            ),
        )

    def background(self) -> tuple[int, bytes] | None:
        """Give the papers that the kept statistics are of, and these; None where there are none."""
        row = self._db.row("SELECT papers, statistics FROM backgrounds")
        return (row[0], row[1]) if row else None

    def keep_background(self, papers: int, statistics: bytes) -> None:
        """Keep statistics in place of the earlier ones."""
        with self._db.transaction():
            self._db.write("DELETE FROM backgrounds")
            self._db.write(
                "INSERT INTO backgrounds VALUES (?, ?)", papers, statistics
            )
