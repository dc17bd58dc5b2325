"""Texts as weighted terms, and what the papers of a topic have in common.

Weights are tf-idf with sublinear counts. The direction of a topic is Rocchio's: the mean of
papers that the words already prove, less the mean of all (J. J. Rocchio, "Relevance feedback in
information retrieval", 1971). It lets the records themselves show which words go together,
without a model and without ratings.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from pipeline.screen.terms.phrases import STOP_WORDS
from pipeline.screen.terms.tokenizer import Place, Sentence

Vector = dict[str, float]

TITLE_COUNT = 3
"""A word of the title counts as often as this many in the abstract."""
RARE = 3
"""Terms of fewer papers say nothing about a topic."""
COMMON = 0.5
"""Terms of more than this share of the papers neither."""
DIRECTION = 400
"""Terms kept of a direction; more change no verdict."""


def counts(sentences: Sequence[Sentence]) -> Counter[str]:
    """Words and pairs of neighbours with how often they stand in title and abstract."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.place is Place.COMMENT:
            continue
        words = [
            word
            for word, raw in zip(sentence.stems, sentence.raw, strict=True)
            if len(word) > 1 and raw.lower() not in STOP_WORDS
        ]
        step = TITLE_COUNT if sentence.place is Place.TITLE else 1
        for term in words:
            found[term] += step
        for first, second in pairwise(words):
            found[f"{first} {second}"] += step
    return found


class Statistics:
    """In how many papers each term stands."""

    def __init__(self, papers: Iterable[Iterable[str]]) -> None:
        self.size = 0
        self._papers: Counter[str] = Counter()
        for terms in papers:
            self.size += 1
            self._papers.update(set(terms))
        self._papers = Counter(
            {term: number for term, number in self._papers.items() if number >= RARE}
        )

    def rarity(self, term: str) -> float:
        """ln((n + 1) / (papers with it + 1))."""
        return math.log((self.size + 1) / (self._papers[term] + 1))

    def vector(self, found: Mapping[str, int]) -> Vector:
        """Unit vector of the terms that are neither rare nor common."""
        most = max(COMMON * self.size, RARE)
        weights = {
            term: (1 + math.log(count)) * (1 + self.rarity(term))
            for term, count in found.items()
            if RARE <= self._papers[term] <= most
        }
        return _unit(weights)


class Direction:
    """Where the papers of a topic lie among all."""

    def __init__(
        self, seeds: Sequence[tuple[Vector, float]], everything: Vector
    ) -> None:
        self._everything = everything
        self._sum: Vector = {}
        self._weight = sum(weight for _, weight in seeds)
        for vector, weight in seeds:
            for term, value in vector.items():
                self._sum[term] = self._sum.get(term, 0.0) + weight * value
        self._terms = self._toward(self._sum, self._weight)
        self._usual = (
            median(self._without(vector, weight) for vector, weight in seeds) or 1.0
        )

    def likeness(self, vector: Vector) -> float:
        """1 for a paper that lies as near as the seeds usually do, 0 for one that shares
        nothing.
        """
        return dot(vector, self._terms) / self._usual

    def own_likeness(self, vector: Vector, weight: float) -> float:
        """Likeness of a seed to the others: no paper proves itself."""
        return self._without(vector, weight) / self._usual

    def _without(self, vector: Vector, weight: float) -> float:
        rest = self._weight - weight
        if rest <= 0:
            return 0.0
        others = {
            term: self._sum.get(term, 0.0) - weight * value
            for term, value in vector.items()
        }
        raw = {
            term: max(0.0, value / rest - self._everything.get(term, 0.0))
            for term, value in others.items()
        }
        return dot(vector, raw) / self._length

    def _toward(self, total: Vector, weight: float) -> Vector:
        away = {
            term: value / weight - self._everything.get(term, 0.0)
            for term, value in total.items()
        }
        best = sorted(away, key=lambda term: (-away[term], term))[:DIRECTION]
        kept = {term: away[term] for term in best if away[term] > 0}
        self._length = math.sqrt(sum(value**2 for value in kept.values())) or 1.0
        return {term: value / self._length for term, value in kept.items()}


def mean(vectors: Sequence[Vector]) -> Vector:
    """The average of vectors."""
    total: Vector = {}
    for vector in vectors:
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + value / len(vectors)
    return total


def dot(first: Vector, second: Vector) -> float:
    """Inner product."""
    short, long = sorted((first, second), key=len)
    return sum(value * long[term] for term, value in short.items() if term in long)


def _unit(weights: Vector) -> Vector:
    length = math.sqrt(sum(value**2 for value in weights.values()))
    return {term: value / length for term, value in weights.items()} if length else {}
