"""Full-text search over titles, abstracts, reviews and captions, by SQLite's FTS5.

English words are stemmed by FTS5's porter tokenizer. Chinese has no blanks between words, so each
run of characters is indexed as its overlapping pairs: 人脸生成 is found by 人脸 and by 生成.
FTS5's own trigram tokenizer finds nothing shorter than three characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.paper import Claim, Document, Paper, Review
from pipeline.review_fields import REVIEW_FIELDS
from pipeline.store.database import Database
from pipeline.store.serialization import load_value


@dataclass(frozen=True, slots=True)
class SearchIndexRules:
    """What is indexed as a word, and which papers of the index are out of date."""

    han_run: re.Pattern[str] = re.compile(
        r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
    )
    word: re.Pattern[str] = re.compile(r"\w+")
    stale: str = """
    SELECT records.paper_id, max(records.version), coalesce(max(reviews.written), '')
    FROM records LEFT JOIN reviews USING (paper_id)
    WHERE records.paper_id IN (SELECT paper_id FROM candidates WHERE stage != 'dropped')
    GROUP BY records.paper_id
    EXCEPT SELECT paper_id, version, written FROM indexed
"""
    batch: int = 500
    """Papers that are indexed in one transaction."""


_rules = SearchIndexRules()


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What found papers must be besides."""

    topic: str = ""
    since: date | None = None
    """Of submission, this day included."""
    until: date | None = None
    author: str = ""
    """Part of an author's name."""
    institution: str = ""
    """Part of the first author's institution."""
    rating: str = ""
    """"keep" or "skip"."""


class SearchIndex:
    """The index of one store; `refresh` brings it up to date."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def refresh(self) -> int:
        """Index what was added or reviewed since the last time; the number of papers."""
        stale = list(self._db.rows(_rules.stale))
        for start in range(0, len(stale), _rules.batch):
            with self._db.transaction():
                for paper_id, version, written in stale[
                    start : start + _rules.batch
                ]:
                    self._index(paper_id, version, written)
        return len(stale)

    def find(
        self,
        words: str,
        only: SearchFilter | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[str]:
        """Give the ids of papers that hold all the words, best first; without words all, newest first.

        Words in quotes stand in that order. Nothing in `words` is FTS5's query language.
        """
        query = fts_query(words)
        where, values = _conditions(only or SearchFilter())
        if not query:
            return (
                []
                if words.strip()
                else self._newest(where, values, limit, offset)
            )
        rows = self._db.rows(
            "SELECT paper_id FROM indexed JOIN ("  # noqa: S608 - the conditions are ours
            f"SELECT rowid AS found, rank AS place FROM search WHERE search MATCH ? {where} "
            "ORDER BY rank LIMIT ? OFFSET ?) ON indexed.id = found ORDER BY place",
            query,
            *values,
            limit,
            offset,
        )
        return [paper_id for (paper_id,) in rows]

    def _newest(
        self, where: str, values: list[str], limit: int, offset: int
    ) -> list[str]:
        """Give all that pass the filter, the newest first."""
        rows = self._db.rows(
            f"SELECT paper_id FROM indexed WHERE 1 {where.replace('rowid', 'id')} "  # noqa: S608
            "ORDER BY submitted DESC, paper_id DESC LIMIT ? OFFSET ?",
            *values,
            limit,
            offset,
        )
        return [paper_id for (paper_id,) in rows]

    def _index(self, paper_id: str, version: int, written: str) -> None:
        record = self._db.row(
            "SELECT record, published FROM records WHERE paper_id = ? AND version = ?",
            paper_id,
            version,
        )
        if record is None:
            return
        paper, submitted = load_value(Paper, record[0]), record[1][:10]
        self._db.write(
            "INSERT INTO indexed (paper_id, version, written, submitted) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (paper_id) DO UPDATE SET version = excluded.version, "
            "written = excluded.written",
            paper_id,
            version,
            written,
            submitted,
        )
        place = self._db.row(
            "SELECT id FROM indexed WHERE paper_id = ?", paper_id
        )
        self._db.write(
            "INSERT OR REPLACE INTO search (rowid, title, abstract, review, captions) "
            "VALUES (?, ?, ?, ?, ?)",
            place[0] if place else None,
            index_text(paper.title),
            index_text(paper.abstract),
            index_text(" ".join(self._review_texts(paper_id))),
            index_text(" ".join(self._captions(paper_id))),
        )

    def _review_texts(self, paper_id: str) -> Iterator[str]:
        query = "SELECT review FROM reviews WHERE paper_id = ?"
        for review in self._db.readable("reviews", query, _review, paper_id):
            yield review.title
            yield review.affiliation
            yield from review.keywords
            yield from _statements(review)

    def _captions(self, paper_id: str) -> Iterator[str]:
        query = "SELECT outline FROM documents WHERE paper_id = ? ORDER BY version DESC LIMIT 1"
        for document in self._db.readable(
            "documents", query, _document, paper_id
        ):
            yield from (figure.caption for figure in document.figures)


def _conditions(only: SearchFilter) -> tuple[str, list[str]]:
    """The filter as SQL over the rows of the index, with its values."""
    wanted: list[str] = []
    values: list[str] = []
    if only.topic:
        wanted.append(
            "paper_id IN (SELECT paper_id FROM candidates "
            "WHERE topic = ? AND stage != 'dropped')"
        )
        values.append(only.topic)
    if only.since:
        wanted.append("submitted >= ?")
        values.append(only.since.isoformat())
    if only.until:
        wanted.append("submitted <= ?")
        values.append(only.until.isoformat())
    if only.author:
        wanted.append(
            "paper_id IN (SELECT paper_id FROM records "
            "WHERE json_extract(record, '$.authors') LIKE ? ESCAPE '!')"
        )
        values.append(_containing(only.author))
    if only.institution:
        wanted.append(
            "paper_id IN (SELECT paper_id FROM documents "
            "WHERE json_extract(outline, '$.first_affiliation') LIKE ? ESCAPE '!')"
        )
        values.append(_containing(only.institution))
    if only.rating:
        wanted.append(
            "paper_id IN (SELECT paper_id FROM ratings WHERE rating = ?)"
        )
        values.append(only.rating)
    if not wanted:
        return "", []
    return (
        f"AND rowid IN (SELECT id FROM indexed WHERE {' AND '.join(wanted)})",  # noqa: S608
        values,
    )


def _containing(text: str) -> str:
    """A pattern of LIKE that holds the text as it stands."""
    escaped = re.sub("[!%_]", lambda sign: f"!{sign[0]}", text)
    return f"%{escaped}%"


def index_text(text: str) -> str:
    """Write runs of Chinese as overlapping pairs and the last character: 人脸生 as 人脸 脸生 生."""
    return _rules.han_run.sub(
        lambda run: f" {' '.join([*_pairs(run[0]), run[0][-1]])} ", text
    )


def fts_query(words: str) -> str:
    """Turn what a reader types into a query of FTS5: all words, phrases in quotes."""
    quoted = re.findall(r'"([^"]*)"', words)
    loose = _rules.word.findall(re.sub(r'"[^"]*"', " ", words))
    return " AND ".join(filter(None, map(_phrase, [*quoted, *loose])))


def _phrase(text: str) -> str:
    """A phrase of FTS5 in quotes; one Chinese character is the beginning of a pair."""
    spaced = _rules.han_run.sub(
        lambda run: f" {' '.join(_pairs(run[0]))} ", text
    )
    parts = " ".join(_rules.word.findall(spaced))
    if not parts:
        return ""
    single = len(parts) == 1 and _rules.han_run.fullmatch(parts)
    return f'"{parts}"*' if single else f'"{parts}"'


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _statements(review: Review) -> Iterator[str]:
    for field in REVIEW_FIELDS:
        value = getattr(review, field.key, ())
        claims = (value,) if isinstance(value, Claim) else value
        yield from (claim.text for claim in claims if isinstance(claim, Claim))


def _review(text: str) -> Review:
    return load_value(Review, text)


def _document(text: str) -> Document:
    return load_value(Document, text)
