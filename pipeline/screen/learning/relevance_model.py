"""TopicEvidence and likeness as one score: log odds that a paper is on topic.

The weights are those of a logistic regression over graded records of two dozen topics; topics
are weighted by the root of their number of papers. bench/fit_relevance.py fits them and prints
what they score on a topic that was left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.screen.terms.phrase_evidence import (
    TopicEvidence,
    no_evidence,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class RelevanceLimits:
    """How a topic is measured, and when a paper is never kept."""

    never: float = -8.0
    """Log odds of a paper without any word of the topic: likeness alone never keeps it."""
    best: int = 5
    """Papers whose mean proof shows how well the corpus knows the topic's words."""


relevance_limits = RelevanceLimits()


@dataclass(frozen=True, slots=True)
class TopicScale:
    """How the papers of a corpus speak of a topic; it moves the line for all of them."""

    best: float
    """Mean proof of the best papers."""
    titled: float
    """ln of the share of papers that name the topic in the title among those that name it at
    all. Where it is small, most papers only mention the topic.
    """


@dataclass(frozen=True, slots=True)
class RelevanceModel:
    """Weights of the figures in the order of `evidence_figures` and `likeness_figures`."""

    start: float
    evidence: tuple[float, ...]
    likeness: tuple[float, ...] = ()
    """Empty where nothing is known of what the topic's papers have in common."""
    bound: float = 1.5
    """Likeness beyond this proves nothing more."""
    neighbours: float = 0.0
    """Weight of what the nearest papers say."""


@dataclass(frozen=True, slots=True)
class RelevanceModels:
    """Models of topics; `alone` where nothing is known that a paper could be like."""

    configured: RelevanceModel = RelevanceModel(
        start=-6.0,
        evidence=(0.0, 0.0, 0.0, 8.0, 0.0),
        likeness=(5.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        bound=0.8,
    )
    """Phrases of a configured topic are written by someone who knows the field: they decide,
    likeness only tips.
    """
    configured_alone: RelevanceModel = RelevanceModel(
        start=-4.0, evidence=(0.0, 0.0, 0.0, 8.0, 0.0)
    )
    bare: RelevanceModel = RelevanceModel(
        start=-11.85,
        evidence=(0.0, 0.0, 0.0, 0.0, 0.0),
        likeness=(1.26, 6.28, 0.0, 0.0, 5.56, 2.01),
        neighbours=3.15,
    )
    """Bare words are anyone's words: what the papers have in common must agree."""
    bare_alone: RelevanceModel = RelevanceModel(
        start=-7.73, evidence=(3.41, 1.71, 3.59, 4.05, -1.03)
    )


relevance_models = RelevanceModels()


def evidence_figures(found: Sequence[TopicEvidence]) -> Floats:
    """Five columns: title, best, whole, strength, weakest."""
    import numpy as np

    rows = [
        (
            one.title,
            one.best,
            one.whole,
            one.strength,
            one.weakest,
        )
        for one in found
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), 5)


def measure_scale(found: Sequence[TopicEvidence]) -> TopicScale:
    """Measure how a corpus speaks of a topic, by the evidence of each paper."""
    proof = sorted(one.proof for one in found)
    # Cubes let the partly named count next to nothing; 1 and 2 are for topics of few papers.
    titles = 1 + sum(one.title**3 for one in found)
    named = 2 + sum(one.whole**3 for one in found)
    count = relevance_limits.best
    best = sum(proof[-count:]) / count
    return TopicScale(best, math.log(titles / named))


def likeness_figures(
    likeness: Floats, proof: Floats, scale: TopicScale
) -> Floats:
    """Six columns: four of likeness, proof as a share of the best papers', share of titles."""
    import numpy as np

    share = np.clip(proof / max(scale.best, 0.2), 0, 1.5)
    titled = np.full(len(proof), scale.titled)
    return np.column_stack([likeness, share, titled])


def bound_likeness(likeness: Floats, bound: float) -> Floats:
    """Keep each column of `likeness_figures` within what proves something."""
    import numpy as np

    least, most = (
        (-0.5, -0.5, -1, -8, 0, -4),
        (bound, bound, 1, 8, 2, 1),
    )
    return np.clip(likeness, least, most)


def log_odds(
    model: RelevanceModel,
    found: Sequence[TopicEvidence],
    likeness: Floats | None,
) -> Floats:
    """Weigh papers by a model; `likeness` are the columns of `likeness_figures`."""
    import numpy as np

    odds = model.start + evidence_figures(found) @ np.array(model.evidence)
    if likeness is not None and model.likeness:
        odds = odds + bound_likeness(likeness, model.bound) @ np.array(
            model.likeness
        )
    nothing = np.array([one is no_evidence for one in found], dtype=bool)
    return np.where(nothing, relevance_limits.never, odds)
