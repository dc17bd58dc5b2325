"""What the papers of a topic have in common, shown by those that the words already prove.

Pseudo relevance feedback: the mean of proven papers less the mean of all (J. J. Rocchio,
"Relevance feedback in information retrieval", 1971), in tf-idf space and in the reduced space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.common.tfidf import Rows
from pipeline.screen.terms.corpus import Corpus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int32]
    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class FeedbackLimits:
    """Which papers teach, and how much is kept of what they have in common."""

    sample: int = 150
    """Papers below which shares of words mean nothing."""
    proven: float = 0.7
    """Proof, of 1, from which a paper teaches."""
    some: float = 0.35
    """The same where fewer than `few` papers are proven. Less, and a topic that no paper is about
    finds likeness among strangers.
    """
    few: int = 8
    least: int = 3
    """Papers below which nothing is learned."""
    most: int = 60
    """Papers that teach at most, the best ones."""
    share: float = 0.1
    """Share of proven papers above which nothing is learned: there is no contrast, and a topic
    of so many papers is known by its words.
    """
    terms: int = 400
    """Terms kept of a direction; more change no verdict."""


feedback_limits = FeedbackLimits()


@dataclass(frozen=True, slots=True)
class Direction:
    """Where the papers of a topic lie among all."""

    seeds: Mapping[int, float]
    """Places of the papers that teach, with their weights."""
    total: Floats
    """Their weighted sum of tf-idf rows."""
    mean: Floats
    """The mean tf-idf row of the corpus."""
    terms: Floats
    """Rocchio's direction at length 1."""
    length: float
    latent: Floats
    """Weighted sum of the seeds' places in the reduced space."""
    usual: tuple[float, float]
    """Similarity of the median seed to the others: by terms, in the reduced space."""
    spread: tuple[float, float]
    """Mean and standard deviation of the corpus' similarities in the reduced space."""


def choose_seeds(proof: Floats) -> dict[int, float]:
    """Choose the papers that teach: the proven ones; where these are few, also less proven ones."""
    order = (-proof).argsort(kind="stable")
    best = order[: feedback_limits.most]
    sure = [int(one) for one in best if proof[one] >= feedback_limits.proven]
    if len(sure) < feedback_limits.few:
        best = order[: feedback_limits.few]
        sure = [int(one) for one in best if proof[one] >= feedback_limits.some]
    seeds = {one: float(proof[one]) ** 2 for one in sure}
    enough = (
        len(proof) >= feedback_limits.sample
        and len(seeds) >= feedback_limits.least
    )
    broad = (
        proof >= feedback_limits.proven
    ).sum() > feedback_limits.share * len(proof)
    return seeds if enough and not broad else {}


def learn_direction(corpus: Corpus, seeds: Mapping[int, float]) -> Direction:
    """Learn what the seeds have in common that the others have not."""
    import numpy as np

    rows, size = corpus.rows, len(corpus.background.terms)
    weight = sum(seeds.values())
    mean = np.bincount(rows.terms, weights=rows.weights, minlength=size) / len(
        rows
    )
    total = _sum_rows(rows, seeds, size)
    away = np.maximum(total / weight - mean, 0)
    away[np.argsort(-away, kind="stable")[feedback_limits.terms :]] = 0
    length = float(np.linalg.norm(away)) or 1.0
    latent = sum(
        value * corpus.reduced[place] for place, value in seeds.items()
    )
    raw = Direction(
        seeds,
        total,
        mean,
        away / length,
        length,
        np.asarray(latent),
        (1.0, 1.0),
        (0.0, 1.0),
    )
    return _scaled(raw, corpus)


def _sum_rows(rows: Rows, seeds: Mapping[int, float], size: int) -> Floats:
    import numpy as np

    total = np.zeros(size)
    for place, value in seeds.items():
        terms, weights = rows.row(place)
        total[terms] += value * weights
    return total


def _scaled(direction: Direction, corpus: Corpus) -> Direction:
    """The direction with the scale on which its similarities are read."""
    import numpy as np

    by_terms, latent = _raw(
        direction,
        corpus.rows,
        corpus.reduced,
        own=direction.seeds,
    )
    places = list(direction.seeds)
    usual = (
        float(np.median(by_terms[places])),
        float(np.median(latent[places])),
    )
    return Direction(
        direction.seeds,
        direction.total,
        direction.mean,
        direction.terms,
        direction.length,
        direction.latent,
        (usual[0] or 1.0, usual[1] or 1.0),
        (float(latent.mean()), float(latent.std()) or 1.0),
    )


def _raw(
    direction: Direction,
    rows: Rows,
    reduced: Floats,
    own: Mapping[int, float],
) -> tuple[Floats, Floats]:
    import numpy as np

    by_terms = rows.times(direction.terms)
    latent = reduced @ _unit(direction.latent)
    for place, value in own.items():  # no paper proves itself
        by_terms[place] = _own_terms(direction, *rows.row(place), value)
        latent[place] = reduced[place] @ _unit(
            direction.latent - value * reduced[place]
        )
    return by_terms, np.asarray(latent)


def _own_terms(
    direction: Direction,
    terms: Integers,
    weights: Floats,
    value: float,
) -> float:
    import numpy as np

    rest = sum(direction.seeds.values()) - value
    if rest <= 0:
        return 0.0
    others = (direction.total[terms] - value * weights) / rest - direction.mean[
        terms
    ]
    away = np.where(direction.terms[terms] > 0, np.maximum(others, 0), 0)
    return float(weights @ away) / direction.length


def _unit(vector: Floats) -> Floats:
    import numpy as np

    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def measure_likeness(
    direction: Direction, corpus: Corpus, *, own: bool
) -> Floats:
    """Likeness of each paper to the seeds, four columns.

    By terms and in the reduced space, 1 for a paper as near as the seeds usually are; then the
    similarity in the reduced space itself, and by how many standard deviations it is above the
    mean. `own`: the corpus is the one that the seeds are from.
    """
    import numpy as np

    seeds = direction.seeds if own else {}
    by_terms, latent = _raw(direction, corpus.rows, corpus.reduced, seeds)
    mean, deviation = direction.spread
    columns = (
        by_terms / direction.usual[0],
        latent / direction.usual[1],
        latent,
        (latent - mean) / deviation,
    )
    return np.stack(columns, axis=1)
