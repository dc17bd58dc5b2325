"""What screening keeps between nights: a model's opinions, and statistics of the papers seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipeline.store.database import Database
from pipeline.store.serialization import stamp

Row = tuple[str, int, str]
"""Id of a paper, grade, reason."""


class ScreeningData:
    """Opinions by (paper, topic), and the newest background."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def opinions(self, topic: str) -> list[Row]:
        """List what a model has said for a topic; `topic` is its key, with its description."""
        return list(
            self._db.rows(
                "SELECT paper_id, grade, reason FROM opinions WHERE topic = ?", topic
            )
        )

    def keep_opinions(self, topic: str, opinions: Iterable[Row], at: datetime) -> None:
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
            self._db.write("INSERT INTO backgrounds VALUES (?, ?)", papers, statistics)
