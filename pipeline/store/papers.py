"""arXiv records with their versions, and which topic wants which paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.paper import Paper, Reason, Verdict
from pipeline.store.database import Database
from pipeline.store.serialization import (
    dump_reasons,
    dump_value,
    load_reasons,
    load_value,
    moment,
    stamp,
)


@dataclass(frozen=True, slots=True)
class TopicCandidate:
    """A paper as one topic sees it."""

    paper_id: str
    topic: str
    stage: str
    score: float
    reasons: tuple[Reason, ...]
    judged: datetime
    post_date: date | None
    posted_version: int | None

    @property
    def verdict(self) -> Verdict:
        """What was judged."""
        return Verdict(
            self.paper_id,
            self.topic,
            self.score,
            self.stage not in ("dropped", "withdrawn"),
            self.reasons,
        )


COLUMNS = (
    "paper_id, topic, stage, score, reasons, judged, post_date, posted_version"
)


class Papers:
    """Records by (id, version); candidates by (id, topic)."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, papers: Sequence[Paper], seen: datetime) -> None:
        """Keep these records; a version that is known already stays as it was first seen."""
        self._db.write_many(
            "INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    p.id,
                    p.version,
                    dump_value(p),
                    stamp(p.published),
                    stamp(p.updated),
                    stamp(seen),
                )
                for p in papers
            ),
        )

    def note_incomplete(self, papers: Iterable[Paper]) -> None:
        """Note that these records lack comment and time: the feed does not tell them."""
        self._db.write_many(
            "INSERT OR IGNORE INTO incomplete VALUES (?, ?)",
            [(paper.id, paper.version) for paper in papers],
        )

    def incomplete(self) -> list[Paper]:
        """Give the records that are still to be completed."""
        rows = self._db.rows(
            "SELECT record FROM incomplete JOIN records USING (paper_id, version) "
            "ORDER BY paper_id, version"
        )
        return [load_value(Paper, text) for (text,) in rows]

    def complete(self, paper: Paper) -> None:
        """Put a whole record in the place of an incomplete one."""
        with self._db.transaction():
            self._db.write(
                "UPDATE records SET record = ?, published = ?, updated = ? "
                "WHERE paper_id = ? AND version = ?",
                dump_value(paper),
                stamp(paper.published),
                stamp(paper.updated),
                paper.id,
                paper.version,
            )
            self.forget_incomplete(paper)

    def forget_incomplete(self, paper: Paper) -> None:
        """Ask no more for what a record lacks: arXiv does not know this version any more."""
        self._db.write(
            "DELETE FROM incomplete WHERE paper_id = ? AND version = ?",
            paper.id,
            paper.version,
        )

    def get(self, paper_id: str, version: int | None = None) -> Paper | None:
        """A version of a paper, the newest one by default."""
        row = self._db.row(
            "SELECT record FROM records WHERE paper_id = ? AND version = coalesce(?, version) "
            "ORDER BY version DESC LIMIT 1",
            paper_id,
            version,
        )
        return load_value(Paper, row[0]) if row else None

    def recent(self, limit: int) -> list[Paper]:
        """The newest records of all topics, at most `limit`: what screening may compare with."""
        query = "SELECT record FROM records ORDER BY published DESC, paper_id LIMIT ?"
        return list(self._db.readable("records", query, _paper, limit))

    def newest(self) -> datetime | None:
        """When the newest paper was submitted: what arXiv's clock has shown."""
        row = self._db.row("SELECT max(published) FROM records")
        return moment(row[0]) if row and row[0] else None

    def judge(self, verdicts: Iterable[Verdict], at: datetime) -> None:
        """Write verdicts. A paper that has been posted keeps its stage."""
        self._db.write_many(
            "INSERT INTO candidates (paper_id, topic, stage, score, reasons, judged) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (paper_id, topic) DO UPDATE SET score = excluded.score, reasons = excluded.reasons, "
            "judged = excluded.judged, "
            "stage = CASE WHEN stage IN ('dropped', 'kept') THEN excluded.stage ELSE stage END",
            (
                (
                    v.paper_id,
                    v.topic,
                    "kept" if v.keep else "dropped",
                    v.score,
                    dump_reasons(v.reasons),
                    stamp(at),
                )
                for v in verdicts
            ),
        )

    def withdraw(self, paper_id: str) -> None:
        """The authors withdrew it: it is wanted by no topic any more."""
        self._db.write(
            "UPDATE candidates SET stage = 'withdrawn', reasons = ? WHERE paper_id = ? AND stage IN ('kept', 'dropped')",
            dump_reasons([Reason("withdrawn", weight=-1.0)]),
            paper_id,
        )

    def reopen(self, paper_id: str) -> None:
        """A new version is to be read and posted as if the paper were new; the old one keeps
        its place.
        """
        with self._db.transaction():
            self._db.write(
                "INSERT OR REPLACE INTO shown SELECT paper_id, topic, post_date, posted_version, score, reasons "
                "FROM candidates WHERE paper_id = ? AND stage = 'posted'",
                paper_id,
            )
            self._db.write(
                "UPDATE candidates SET stage = 'kept', post_date = NULL WHERE paper_id = ? AND stage = 'posted'",
                paper_id,
            )

    def candidate(self, paper_id: str, topic: str) -> TopicCandidate | None:
        """How a topic sees a paper."""
        found = self._select(
            "WHERE paper_id = ? AND topic = ?", paper_id, topic
        )
        return next(found, None)

    def wanted(self, topic: str) -> list[TopicCandidate]:
        """Kept and not posted yet, best first."""
        return list(
            self._select(
                "WHERE topic = ? AND stage = 'kept' ORDER BY score DESC, paper_id",
                topic,
            )
        )

    def seen_by(self, paper_id: str) -> list[TopicCandidate]:
        """Give how each topic that has not dropped a paper sees it, the best first."""
        return list(
            self._select(
                "WHERE paper_id = ? AND stage != 'dropped' ORDER BY score DESC, topic",
                paper_id,
            )
        )

    def versions(self, paper_id: str) -> list[Paper]:
        """Give every known version of a paper, oldest first."""
        query = "SELECT record FROM records WHERE paper_id = ? ORDER BY version"
        return list(self._db.readable("records", query, _paper, paper_id))

    def judged_since(
        self, day: date
    ) -> Iterator[tuple[TopicCandidate, Paper, str]]:
        """Give what was judged of the papers submitted since a day, with their institution."""
        columns = ", ".join(
            f"candidates.{name}" for name in COLUMNS.split(", ")
        )
        query = (
            f"SELECT {columns}, record, json_extract(outline, '$.first_affiliation') "  # noqa: S608
            "FROM candidates JOIN records USING (paper_id) "
            "LEFT JOIN documents USING (paper_id, version) "
            # So that the dates are looked up first, and not each paper ever judged.
            "WHERE paper_id IN (SELECT paper_id FROM records WHERE published >= ?) "
            "AND published >= ? GROUP BY candidates.paper_id, topic "
            "HAVING version = max(version)"
        )
        since = day.isoformat()
        return self._db.readable(
            "candidates", query, _judged_paper, since, since
        )

    def topics_of(self, paper_id: str) -> list[str]:
        """The topics that have judged a paper."""
        return [
            name
            for (name,) in self._db.rows(
                "SELECT topic FROM candidates WHERE paper_id = ? ORDER BY 1",
                paper_id,
            )
        ]

    def wanting(self, paper_id: str) -> list[TopicCandidate]:
        """The topics that want a paper they have not shown yet."""
        return list(
            self._select(
                "WHERE paper_id = ? AND stage = 'kept' ORDER BY topic", paper_id
            )
        )

    def judged(
        self, topic: str | None = None, day: date | None = None
    ) -> Iterator[TopicCandidate]:
        """Everything judged, kept and dropped, newest day first and best first."""
        return self._select(
            "WHERE topic = coalesce(?, topic) AND substr(judged, 1, 10) = coalesce(?, substr(judged, 1, 10)) "
            "ORDER BY substr(judged, 1, 10) DESC, topic, score DESC, paper_id",
            topic,
            day.isoformat() if day else None,
        )

    def of(self, topic: str) -> list[Paper]:
        """The newest version of every paper judged for a topic."""
        query = (
            "SELECT record FROM candidates JOIN records USING (paper_id) WHERE topic = ? "
            "GROUP BY paper_id HAVING version = max(version) ORDER BY paper_id"
        )
        return list(self._db.readable("records", query, _paper, topic))

    def posted(self, paper_id: str) -> list[TopicCandidate]:
        """The topics that have shown a paper."""
        return list(
            self._select(
                "WHERE paper_id = ? AND stage = 'posted' ORDER BY topic",
                paper_id,
            )
        )

    def has_posted(self, topic: str) -> bool:
        """Whether a topic has shown any paper."""
        return bool(
            self._db.row(
                "SELECT 1 FROM candidates WHERE topic = ? AND stage = 'posted' LIMIT 1",
                topic,
            )
        )

    def topics(self) -> list[str]:
        """Every topic that anything was judged for."""
        return [
            name
            for (name,) in self._db.rows(
                "SELECT DISTINCT topic FROM candidates ORDER BY topic"
            )
        ]

    def _select(self, where: str, *values: object) -> Iterator[TopicCandidate]:
        query = f"SELECT {COLUMNS} FROM candidates {where}"  # noqa: S608 - `where` is ours
        return self._db.readable("candidates", query, _candidate, *values)


def _judged_paper(*row: Any) -> tuple[TopicCandidate, Paper, str]:
    *candidate, record, institution = row
    return _candidate(*candidate), load_value(Paper, record), institution or ""


def _paper(record: str) -> Paper:
    return load_value(Paper, record)


def _candidate(
    paper_id: str,
    topic: str,
    stage: str,
    score: float,
    reasons: str,
    judged: str,
    post_date: str | None,
    version: int | None,
) -> TopicCandidate:
    return TopicCandidate(
        paper_id,
        topic,
        stage,
        score,
        load_reasons(reasons),
        moment(judged),
        date.fromisoformat(post_date) if post_date else None,
        version,
    )
