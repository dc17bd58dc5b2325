"""Which announcements of arXiv each topic has seen whole."""

from __future__ import annotations

from collections.abc import Iterable
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

    def mark(self, topic: str, days: Iterable[date]) -> None:
        """Note that a topic has seen these days whole."""
        self._db.write_many(
            "INSERT OR IGNORE INTO announcements VALUES (?, ?)",
            [(topic, day.isoformat()) for day in days],
        )

    def forget_after(self, topic: str, day: date) -> None:
        """Forget the days after this one: the clock that noted them was ahead."""
        self._db.write(
            "DELETE FROM announcements WHERE topic = ? AND day > ?",
            topic,
            day.isoformat(),
        )
