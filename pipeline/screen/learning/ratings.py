"""What the reader kept and skipped, as data the reader owns; and what a ranking learns from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline.errors import UsageError
from pipeline.paper import Paper
from pipeline.screen.records import split_id
from pipeline.screen.terms.tfidf import Statistics, Vector, counts
from pipeline.screen.terms.tokenizer import Place, Sentence, plain, sentence

Choice = Literal["keep", "skip"]

STRENGTH = 6.0
"""Log odds that the ratings move a paper at most, when many agree and the paper is like them."""
PRIOR = 2.0
"""Ridge penalty: so many equal ratings weigh as much as the rules; with fewer the ranking stays
near the rules.
"""


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


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the ratings of one topic teach."""

    rated: Mapping[str, Choice] = field(default_factory=dict)
    weights: Vector = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rated)

    def shift(self, vector: Vector) -> float:
        """Log odds that the ratings add for a paper: between -STRENGTH and STRENGTH."""
        total = sum(
            value * self.weights[term]
            for term, value in vector.items()
            if term in self.weights
        )
        return STRENGTH * max(-1.0, min(1.0, total))


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
        return {entry.id: entry for entry in sorted(mine, key=lambda entry: entry.at)}

    def lesson(
        self, topic: str, statistics: Statistics, papers: Iterable[Paper] = ()
    ) -> Lesson:
        """Learn from the ratings of a topic; texts that a rating lacks are taken from the
        papers.
        """
        mine = self.about(topic)
        known = {paper.id: paper for paper in papers if paper.id in mine}
        whole = [_with_text(entry, known.get(entry.id)) for entry in mine.values()]
        return Lesson(
            {entry.id: entry.rating for entry in whole},
            _learn([one for one in whole if one.title], statistics),
        )


NO_RATINGS = Ratings()


def rate(paper: Paper, topic: str, choice: Choice, at: datetime) -> Rating:
    """A choice of the reader with the text it was made on."""
    return Rating(paper.id, topic, choice, at, paper.title, paper.abstract)


def dump(ratings: Ratings) -> str:
    """Ratings as JSON lines."""
    return "".join(
        json.dumps(_record(entry), ensure_ascii=False) + "\n"
        for entry in ratings.entries
    )


def load(text: str, source: str = "the ratings") -> Ratings:
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
    return Ratings(tuple(_entry(line, number, source) for number, line in lines))


def merge(first: Ratings, second: Ratings) -> Ratings:
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
        for name, text in (("title", entry.title), ("abstract", entry.abstract))
        if text
    }


def _entry(line: str, number: int, source: str) -> Rating:
    try:
        record = json.loads(line)
        choice = _choice(record)
        texts = {
            name: str(record.get(name) or "") for name in ("topic", "title", "abstract")
        }
        return Rating(
            id=split_id(str(record["id"]))[0],
            rating=choice,
            at=_moment(record.get("at")),
            **texts,
        )
    except (ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
        raise UsageError(
            f"Line {number} of {source} is no rating: {error}.",
            step='Each line is {"id": "2409.03605", "topic": "…", "rating": "keep" or "skip"}.',
            line=number,
        ) from error


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
        datetime.fromisoformat(str(value)) if value else datetime.fromtimestamp(0, UTC)
    )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _with_text(entry: Rating, paper: Paper | None) -> Rating:
    return (
        replace(entry, title=paper.title, abstract=paper.abstract)
        if paper and not entry.title
        else entry
    )


def _learn(entries: Sequence[Rating], statistics: Statistics) -> Vector:
    """Ridge regression of the choices on the terms of the papers, around no opinion."""
    vectors = [statistics.vector(counts(_text(entry))) for entry in entries]
    if not any(vectors):
        return {}
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import Ridge

    table = DictVectorizer()
    features = table.fit_transform(vectors)
    choices = [1.0 if entry.rating == "keep" else -1.0 for entry in entries]
    model = Ridge(alpha=PRIOR, fit_intercept=False).fit(
        features, choices, sample_weight=_balanced(choices)
    )
    return dict(
        zip(map(str, table.feature_names_), map(float, model.coef_), strict=True)
    )


def _balanced(choices: Sequence[float]) -> list[float]:
    """Weights that let the few kept or skipped say as much as the many others."""
    kinds = len(set(choices))
    return [len(choices) / (kinds * choices.count(choice)) for choice in choices]


def _text(entry: Rating) -> tuple[Sentence, Sentence]:
    return sentence(plain(entry.title), Place.TITLE), sentence(
        plain(entry.abstract), Place.BODY
    )
