"""What a reader has marked as read."""

from __future__ import annotations

from datetime import datetime

from pipeline.store.database import Database
from pipeline.store.serialization import stamp


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
