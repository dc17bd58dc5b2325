"""Documents and Reviews, one row per paper version, and what has failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.errors import ScreenError
from pipeline.paper import Document, Review
from pipeline.store.database import Database
from pipeline.store.serialization import dump_value, load_value, moment, stamp


@dataclass(frozen=True, slots=True)
class RetryPauses:
    """How long a paper that failed is left alone."""

    patient_nights: int = 3
    """Nights on which a passing failure (a cut download, a bad reply) is tried again without a
    pause.
    """
    slack: timedelta = timedelta(hours=6)
    """Taken off each pause, so that a nightly job that starts a little earlier still tries."""


retry_pauses = RetryPauses()


@dataclass(frozen=True, slots=True)
class PaperFailure:
    """Why a paper is not finished."""

    paper_id: str
    stage: str
    nights: int
    """Days on which it failed."""
    last: datetime
    reason: str
    step: str
    next_try: datetime
    gave_up: bool


class Results:
    """What reading and reviewing gave, or why they gave nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def save_document(
        self, paper_id: str, version: int, document: Document, at: datetime
    ) -> None:
        """Keep what a PDF holds, whole and as the outline that posts need."""
        self._db.write(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
            paper_id,
            version,
            dump_value(document),
            dump_value(outline(document)),
            stamp(at),
        )

    def document(self, paper_id: str, version: int) -> Document | None:
        """What the PDF of a version holds."""
        row = self._db.row(
            "SELECT document FROM documents WHERE paper_id = ? AND version = ?",
            paper_id,
            version,
        )
        return load_value(Document, row[0]) if row else None

    def outline(self, paper_id: str, version: int) -> Document | None:
        """The same without its running text."""
        row = self._db.row(
            "SELECT outline FROM documents WHERE paper_id = ? AND version = ?",
            paper_id,
            version,
        )
        return load_value(Document, row[0]) if row else None

    def has_document(self, paper_id: str, version: int) -> bool:
        """Whether a version has been read."""
        return bool(
            self._db.row(
                "SELECT 1 FROM documents WHERE paper_id = ? AND version = ?",
                paper_id,
                version,
            )
        )

    def save_review(self, review: Review, at: datetime) -> None:
        """Keep a whole review; the paper's failures are over."""
        with self._db.transaction():
            self._db.write(
                "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?)",
                review.paper_id,
                review.version,
                review.language,
                review.model,
                dump_value(review),
                stamp(at),
            )
            self.forgive(review.paper_id)

    def review(
        self,
        paper_id: str,
        language: str | None = None,
        version: int | None = None,
    ) -> Review | None:
        """Give the review of a version in a language; by default the newest of both."""
        row = self._db.row(
            "SELECT review FROM reviews WHERE paper_id = ? AND language = coalesce(?, language) "
            "AND version = coalesce(?, version) ORDER BY version DESC, written DESC LIMIT 1",
            paper_id,
            language,
            version,
        )
        return load_value(Review, row[0]) if row else None

    def has_review(
        self, paper_id: str, version: int, language: str | None = None
    ) -> bool:
        """Tell whether a version has been reviewed, in a language or in any."""
        return bool(
            self._db.row(
                "SELECT 1 FROM reviews WHERE paper_id = ? AND version = ? "
                "AND language = coalesce(?, language)",
                paper_id,
                version,
                language,
            )
        )

    def fail(
        self,
        paper_id: str,
        stage: str,
        error: ScreenError,
        at: datetime,
        attempts: int,
    ) -> PaperFailure:
        """Note a failure and when to try again.

        Several failures of one day count as one, so that running again by hand uses up no
        tries. `at` is the reader's local time; after failures on `attempts` days the paper is
        given up.
        """
        before = self.failure(paper_id)
        nights = 1
        if before:
            nights = before.nights + (
                before.last.astimezone(at.tzinfo).date() != at.date()
            )
        next_try = at + _pause(nights, error.lasting)
        failure = PaperFailure(
            paper_id,
            stage,
            nights,
            at,
            error.message,
            error.step,
            next_try,
            gave_up=nights >= attempts,
        )
        self._db.write(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            paper_id,
            stage,
            nights,
            stamp(at),
            failure.reason,
            failure.step,
            stamp(failure.next_try),
            failure.gave_up,
        )
        return failure

    def failure(self, paper_id: str) -> PaperFailure | None:
        """Why a paper is not finished, if it has failed."""
        return next(self._failures("WHERE paper_id = ?", paper_id), None)

    def failures(self) -> list[PaperFailure]:
        """All of them, those to be tried soonest first."""
        return list(self._failures("ORDER BY next_try, paper_id"))

    def forgive(self, paper_id: str | None = None) -> None:
        """Forget the failures of a paper, or of all: they are tried at once and from the first
        try on.
        """
        self._db.write(
            "DELETE FROM failures WHERE paper_id = coalesce(?, paper_id)",
            paper_id,
        )

    def _failures(self, where: str, *values: object) -> Iterator[PaperFailure]:
        columns = (
            "paper_id, stage, nights, last, reason, step, next_try, gave_up"
        )
        query = f"SELECT {columns} FROM failures {where}"  # noqa: S608 - both are ours
        return self._db.readable("failures", query, _failure, *values)


def _failure(
    paper_id: str,
    stage: str,
    nights: int,
    last: str,
    reason: str,
    step: str,
    next_try: str,
    gave_up: int,
) -> PaperFailure:
    tried, due = moment(last), moment(next_try)
    return PaperFailure(
        paper_id, stage, nights, tried, reason, step, due, bool(gave_up)
    )


def _pause(nights: int, lasting: bool) -> timedelta:
    """None for the first nights of a passing failure, then 1, 2, 4 … days."""
    free = 0 if lasting else retry_pauses.patient_nights
    if nights <= free:
        return timedelta(0)
    days = 2 ** (nights - free - 1)
    return timedelta(days=days) - retry_pauses.slack


def outline(document: Document) -> Document:
    """The document without its running text: what a post shows of it, in a hundredth of the
    memory.
    """
    return replace(
        document,
        sections=tuple(
            replace(section, paragraphs=()) for section in document.sections
        ),
        figures=tuple(replace(figure, text="") for figure in document.figures),
        footnotes=(),
    )
