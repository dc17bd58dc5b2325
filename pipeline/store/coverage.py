"""Which announcements of arXiv each topic has seen whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.store.database import Database


class Coverage:
    """Announcements by (topic, day). A day is the date of arXiv's feed, US Eastern."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def days(self, topic: str) -> set[date]:
        """Give the days that a topic has seen whole, and the one before it began."""
        rows = self._db.rows(
            "SELECT day FROM announcements WHERE topic = ?", topic
        )
        return {date.fromisoformat(day) for (day,) in rows}

    def mark(
        self, topic: str, days: Iterable[date], *, lacks_late: bool = False
    ) -> None:
        """Note that a topic has seen these days whole; with `lacks_late` but for late papers."""
        self._db.write_many(
            "INSERT OR IGNORE INTO announcements VALUES (?, ?, ?)",
            [(topic, day.isoformat(), lacks_late) for day in days],
        )

    def lacking_late(self, topic: str, since: date) -> list[date]:
        """Give the days from one on whose late papers have not been asked for, in order."""
        rows = self._db.rows(
            "SELECT day FROM announcements WHERE topic = ? AND day >= ? AND lacks_late "
            "ORDER BY day",
            topic,
            since.isoformat(),
        )
        return [date.fromisoformat(day) for (day,) in rows]

    def found_late(self, topic: str, since: date) -> None:
        """Note that the late papers of all days from one on are known."""
        self._db.write(
            "UPDATE announcements SET lacks_late = 0 WHERE topic = ? AND day >= ?",
            topic,
            since.isoformat(),
        )

    def follow(
        self, topic: str, categories: Sequence[str], today: date
    ) -> date:
        """Note which categories a topic follows; the day since which it has followed all of them.

        That is today where one of them is new.
        """
        row = self._db.row(
            "SELECT categories, since FROM followed WHERE topic = ?", topic
        )
        before = set(row[0].split()) if row else set()
        since = today
        if row and before.issuperset(categories):
            since = date.fromisoformat(row[1])
        self._db.write(
            "INSERT OR REPLACE INTO followed VALUES (?, ?, ?)",
            topic,
            " ".join(categories),
            since.isoformat(),
        )
        return since

    def forget_after(self, topic: str, day: date) -> None:
        """Forget the days after this one: the clock that noted them was ahead."""
        self._db.write(
            "DELETE FROM announcements WHERE topic = ? AND day > ?",
            topic,
            day.isoformat(),
        )
