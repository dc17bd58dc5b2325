"""What is no longer needed of papers judged off topic, so that the store does not grow for ever.

A night announces a thousand papers and more, and a topic keeps a few of them. The others are
needed for some weeks: so that none is judged twice, to tell late papers from known ones, and as
the background that papers are compared with. After that only their number is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.store.database import Database
from pipeline.store.serialization import stamp


@dataclass(frozen=True, slots=True)
class ForgettingQueries:
    """What of the tables nobody wants."""

    off_topic: str = """
    stage IN ('dropped', 'withdrawn') AND post_date IS NULL AND judged < ?
    AND paper_id NOT IN (SELECT paper_id FROM ratings)
    AND paper_id NOT IN (SELECT paper_id FROM records ORDER BY published DESC LIMIT ?)
"""
    """The condition on a candidate: judged before a moment, and not among the newest."""
    count: str = f"""
    INSERT INTO forgotten
    SELECT topic, substr(published, 1, 10), count(*) FROM candidates
    JOIN (SELECT paper_id, min(published) AS published FROM records GROUP BY paper_id)
    USING (paper_id) WHERE {off_topic} GROUP BY 1, 2
    ON CONFLICT DO UPDATE SET papers = papers + excluded.papers
"""  # noqa: S608 - ours
    unwanted: str = """
    SELECT paper_id FROM records WHERE seen < ?
    EXCEPT SELECT paper_id FROM candidates
    EXCEPT SELECT paper_id FROM documents
    EXCEPT SELECT paper_id FROM reviews
    EXCEPT SELECT paper_id FROM ratings
    EXCEPT SELECT paper_id FROM marks
    EXCEPT SELECT paper_id FROM (
        SELECT paper_id FROM records ORDER BY published DESC LIMIT ?)
"""
    """Papers that no table but the records knows."""
    tables: tuple[str, ...] = ("records", "incomplete", "opinions")
    """Those with rows of a paper that nobody wants."""


_queries = ForgettingQueries()


class Forgetting:
    """Deletes papers off topic and counts them."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def forget(self, before: datetime, spared: int) -> int:
        """Delete what was judged off topic before a moment; the number of verdicts.

        Rated papers stay, and the `spared` newest records.
        """
        limit = stamp(before)
        with self._db.transaction():
            self._db.write(_queries.count, limit, spared)
            forgotten = self._db.write(
                f"DELETE FROM candidates WHERE {_queries.off_topic}",  # noqa: S608
                limit,
                spared,
            )
            if forgotten:
                self._forget_papers(limit, spared)
        return forgotten

    def counts(self, since: date) -> Iterator[tuple[str, date, int]]:
        """Give how many were forgotten of those submitted since a day: topic, day, number."""
        rows = self._db.rows(
            "SELECT topic, day, papers FROM forgotten WHERE day >= ?",
            since.isoformat(),
        )
        for topic, day, papers in rows:
            yield topic, date.fromisoformat(day), papers

    def _forget_papers(self, limit: str, spared: int) -> None:
        """Delete the records that no topic has a verdict on any more."""
        found = [
            paper_id
            for (paper_id,) in self._db.rows(_queries.unwanted, limit, spared)
        ]
        for table in _queries.tables:
            self._db.write_many(
                f"DELETE FROM {table} WHERE paper_id = ?",  # noqa: S608 - ours
                [(paper_id,) for paper_id in found],
            )
