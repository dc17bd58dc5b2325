"""What the reader kept and skipped, as data the reader owns; and what a ranking learns from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.common.arxiv_id import ArxivId
from pipeline.errors import UsageError
from pipeline.paper import Paper
from pipeline.screen.learning.lesson import Choice
from pipeline.translation import gettext as _

TITLE_ID = "title-"
"""Begins the id of a paper that is known by its title only."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One choice of the reader. Title and abstract go with it, so that it teaches wherever it
    is imported.
    """

    id: str
    topic: str
    rating: Choice
    at: datetime
    title: str = ""
    abstract: str = ""

    def as_paper(self) -> Paper:
        """What is known of the paper itself."""
        return Paper(
            self.id,
            1,
            self.title,
            self.abstract,
            (),
            (),
            self.at,
            self.at,
        )


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings of all topics, oldest first; of two for one paper and topic the newer counts."""

    entries: tuple[Rating, ...] = ()

    def about(self, topic: str) -> dict[str, Rating]:
        """Rating of each paper for a topic. One without a topic is for all of them."""
        mine = (
            entry
            for entry in self.entries
            if entry.topic.casefold() in ("", topic.casefold())
        )
        return {
            entry.id: entry
            for entry in sorted(mine, key=lambda entry: entry.at)
        }


no_ratings = Ratings()


def make_rating(
    paper: Paper, topic: str, choice: Choice, at: datetime
) -> Rating:
    """A choice of the reader with the text it was made on."""
    return Rating(paper.id, topic, choice, at, paper.title, paper.abstract)


def dump_ratings(ratings: Ratings) -> str:
    """Ratings as JSON lines."""
    return "".join(
        json.dumps(_record(entry), ensure_ascii=False) + "\n"
        for entry in ratings.entries
    )


def load_ratings(text: str, source: str = "the ratings") -> Ratings:
    """Ratings from JSON lines, each with id, rating (keep or skip) and, if known, topic, at,
    title, abstract.

    Raises:
        UsageError: a line is no JSON object, has no arXiv id, or another rating; `line` is its
            number.
    """
    lines = [
        (number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    return Ratings(
        tuple(_entry(line, number, source) for number, line in lines)
    )


def merge_ratings(first: Ratings, second: Ratings) -> Ratings:
    """Both together, each choice once."""
    return Ratings(
        tuple(
            sorted(
                dict.fromkeys([*first.entries, *second.entries]),
                key=lambda entry: entry.at,
            )
        )
    )


def _record(entry: Rating) -> dict[str, str]:
    record = {
        "id": entry.id,
        "topic": entry.topic,
        "rating": entry.rating,
        "at": entry.at.isoformat(),
    }
    return record | {
        name: text
        for name, text in (
            ("title", entry.title),
            ("abstract", entry.abstract),
        )
        if text
    }


def _entry(line: str, number: int, source: str) -> Rating:
    try:
        record = json.loads(line)
        choice = _choice(record)
        texts = {
            name: str(record.get(name) or "")
            for name in ("topic", "title", "abstract")
        }
        return Rating(
            id=_rated_id(str(record["id"])),
            rating=choice,
            at=_moment(record.get("at")),
            **texts,
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        UsageError,
    ) as error:
        raise UsageError(
            _(
                "Line {number} of {source} is no rating: {error}.",
                number=number,
                source=source,
                error=error,
            ),
            step=_(
                'Each line is {{"id": "2409.03605", "topic": "…", "rating": "keep" '
                'or "skip"}}.'
            ),
            line=number,
        ) from error


def _rated_id(text: str) -> str:
    """An arXiv id in any form; or the id of a paper of a library that is not on arXiv."""
    return text if text.startswith(TITLE_ID) else ArxivId.parse(text).id


def _choice(record: Mapping[str, Any]) -> Choice:
    match record["rating"]:
        case "keep":
            return "keep"
        case "skip":
            return "skip"
        case other:
            raise ValueError(f'"{other}" is neither keep nor skip')


def _moment(value: object) -> datetime:
    """An ISO 8601 time; the epoch when there is none, so that any dated rating is newer."""
    moment = (
        datetime.fromisoformat(str(value))
        if value
        else datetime.fromtimestamp(0, UTC)
    )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
