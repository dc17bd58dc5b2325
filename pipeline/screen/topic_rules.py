"""What a topic's words, and the papers that they prove, say of any paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.common.tfidf import Rows
from pipeline.screen.learning import relevance_model
from pipeline.screen.learning.relevance_model import (
    RelevanceModel,
    likeness_figures,
    log_odds,
    measure_scale,
    relevance_limits,
    relevance_models,
)
from pipeline.screen.terms.corpus import Corpus
from pipeline.screen.terms.nearest_papers import (
    Neighbourhood,
    neighbour_limits,
)
from pipeline.screen.terms.phrase_evidence import TopicEvidence
from pipeline.screen.terms.relevance_feedback import (
    choose_seeds,
    learn_direction,
    measure_likeness,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Papers by the rules, a row each."""

    evidence: Sequence[TopicEvidence]
    likeness: Floats | None
    """The columns of `likeness_figures`; None where nothing is known of likeness."""
    odds: Floats

    def alike(self, place: int) -> float:
        """Likeness of one paper to those of the topic: 1 as usual among them."""
        return (
            float(self.likeness[place, 0]) if self.likeness is not None else 0.0
        )


class TopicRules:
    """Weighs papers by words, by likeness to proven papers and by what is said around them.

    Args:
        corpus: the papers that show what is usual.
        evidence: what the topic's words say of each of them.
        proof: how far each is proven on topic, by its words or by the reader.
        configured: whether someone wrote phrases for the topic.
    """

    def __init__(
        self,
        corpus: Corpus,
        evidence: Sequence[TopicEvidence],
        proof: Floats,
        *,
        configured: bool,
    ) -> None:
        seeds = choose_seeds(proof)
        self._scale = measure_scale(evidence)
        self._direction = learn_direction(corpus, seeds) if seeds else None
        self._around = Neighbourhood(corpus, proof)
        self._model = _choose_model(configured, bool(seeds))

    def weigh(
        self,
        corpus: Corpus,
        evidence: Sequence[TopicEvidence],
        *,
        own: bool,
    ) -> Weighed:
        """Weigh papers; `own`: they are those of the corpus that was learned from."""
        figures = None
        if self._direction:
            likeness = measure_likeness(self._direction, corpus, own=own)
            figures = likeness_figures(
                likeness, proof_of(evidence), self._scale
            )
        odds = log_odds(self._model, evidence, figures)
        odds = odds + self._neighbours(corpus.rows, odds, own=own)
        return Weighed(evidence, figures, odds)

    def figures(self, corpus: Corpus, weighed: Weighed) -> Floats:
        """What the relevance model weighs, a row for each paper of the corpus."""
        import numpy as np

        parts = [relevance_model.evidence_figures(weighed.evidence)]
        if weighed.likeness is not None:
            bound = self._model.bound
            likeness = relevance_model.bound_likeness(weighed.likeness, bound)
            rows = corpus.rows
            around = self._around.measure(rows, range(len(rows)), own=True)
            parts += [likeness, around]
        return np.column_stack(parts)

    def _neighbours(self, rows: Rows, odds: Floats, *, own: bool) -> Floats:
        """Log odds for what the nearest papers say, of papers that it may bring to the line."""
        weight = self._model.neighbours
        if not weight or not self._direction:
            return 0.0 * odds
        # Of papers without any word of the topic nothing is asked, nor of those too far away.
        near = (odds > relevance_limits.never) & (
            odds + weight * neighbour_limits.most >= 0
        )
        places = near.nonzero()[0]
        return weight * self._around.measure(rows, places, own=own)


def proof_of(evidence: Iterable[TopicEvidence]) -> Floats:
    """How far the words of each paper prove it."""
    import numpy as np

    return np.array([one.proof for one in evidence], dtype=np.float32)


def _choose_model(configured: bool, likeness: bool) -> RelevanceModel:
    models = relevance_models
    if configured:
        return models.configured if likeness else models.configured_alone
    return models.bare if likeness else models.bare_alone
