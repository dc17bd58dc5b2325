"""What the reader kept and skipped, as data the reader owns; and what a ranking learns from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pipeline.errors import UsageError
from pipeline.screen.records import split_id
from pipeline.screen.terms import Statistics, Vector, counts
from pipeline.screen.words import Place, plain, sentence

Choice = Literal["keep", "skip"]
CHOICES: tuple[Choice, ...] = ("keep", "skip")
STRENGTH = 6.0
"""Log odds between what is surely kept and surely skipped, once many ratings agree."""
PRIOR = 4.0
"""Ridge penalty: ratings that the rules weigh against. Below it the ranking stays near the rules."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One choice of the reader. Title and abstract go with it, so that a rating teaches on another machine too."""

    id: str
    topic: str
    rating: Choice
    at: datetime | None = None
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
        """Log odds that the ratings add for a paper."""
        return STRENGTH * sum(value * self.weights[term] for term, value in vector.items() if term in self.weights)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings of all topics; the newest of a paper and topic counts."""

    entries: tuple[Rating, ...] = ()

    def lesson(self, topic: str, statistics: Statistics) -> Lesson:
        """Learn from the ratings of a topic; nothing from none."""
        mine = {entry.id: entry for entry in self.entries if entry.topic in ("", topic)}
        rated: dict[str, Choice] = {paper_id: entry.rating for paper_id, entry in mine.items()}
        texts = [entry for entry in mine.values() if entry.title]
        if not texts:
            return Lesson(rated)
        return Lesson(rated, _learn(texts, statistics))


NO_RATINGS = Ratings()


def _learn(entries: list[Rating], statistics: Statistics) -> Vector:
    """Ridge regression of the choices on the terms of the papers, around no opinion."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import Ridge

    vectors = [statistics.vector(counts(_text(entry))) for entry in entries]
    features = DictVectorizer()
    table = features.fit_transform(vectors)
    choices = [1.0 if entry.rating == "keep" else -1.0 for entry in entries]
    model = Ridge(alpha=PRIOR, fit_intercept=False, solver="sparse_cg").fit(table, choices)
    return {
        str(term): float(weight) for term, weight in zip(features.feature_names_, model.coef_, strict=True) if weight
    }


def _text(entry: Rating):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return sentence(plain(entry.title), Place.TITLE), sentence(plain(entry.abstract), Place.BODY)
