"""TopicEvidence and likeness as one score: log odds that a paper is on topic.

The weights are those of a logistic regression over graded records of two dozen topics; topics
are weighted by the root of their number of papers. bench/fit_relevance.py fits them and prints
what they score on a topic that was left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.screen.terms.phrase_evidence import (
    NOTHING,
    TopicEvidence,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

NEVER = -8.0
"""Log odds of a paper without any word of the topic: likeness alone never keeps it."""
BEST = 5
"""Papers whose mean proof shows how well the corpus knows the topic's words."""


@dataclass(frozen=True, slots=True)
class RelevanceModel:
    """Weights of the figures in the order of `evidence_figures` and `likeness_figures`."""

    start: float
    evidence: tuple[float, ...]
    likeness: tuple[float, ...] = ()
    """Empty where nothing is known of what the topic's papers have in common."""
    bound: float = 1.5
    """Likeness beyond this proves nothing more."""


CONFIGURED = RelevanceModel(
    start=-6.0,
    evidence=(0.0, 0.0, 0.0, 8.0, 0.0),
    likeness=(5.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    bound=0.8,
)
"""Phrases of a configured topic are written by someone who knows the field: they decide,
likeness only tips.
"""
CONFIGURED_ALONE = RelevanceModel(
    start=-4.0, evidence=(0.0, 0.0, 0.0, 8.0, 0.0)
)
BARE = RelevanceModel(
    start=-11.48,
    evidence=(-1.63, 1.03, 0.75, -4.51, 1.13),
    likeness=(3.8, -3.51, 11.67, 0.49, 8.9, -1.56),
)
"""Bare words are anyone's words: what the papers have in common must agree."""
BARE_ALONE = RelevanceModel(
    start=-8.32, evidence=(3.67, 2.62, 4.6, 2.92, -1.72)
)


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


def likeness_figures(likeness: Floats, proof: Floats, best: float) -> Floats:
    """Six columns: four of likeness, proof as a share of the best papers', and their proof."""
    import numpy as np

    share = np.clip(proof / max(best, 0.2), 0, 1.5)
    return np.column_stack([likeness, share, np.full(len(proof), best)])


def bound_likeness(likeness: Floats, bound: float) -> Floats:
    """Keep each column of `likeness_figures` within what proves something."""
    import numpy as np

    least, most = (
        (-0.5, -0.5, -1, -8, 0, 0),
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
    nothing = np.array([one is NOTHING for one in found], dtype=bool)
    return np.where(nothing, NEVER, odds)
