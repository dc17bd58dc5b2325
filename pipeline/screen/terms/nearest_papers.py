"""What the papers nearest to a paper say of a topic.

Papers on one matter stand together (N. Jardine and C. J. van Rijsbergen, "The use of hierarchic
clustering in information retrieval", 1971). A paper that names half of a topic among papers that
name all of it is more likely on topic than the same words among strangers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.common.tfidf import Rows
from pipeline.screen.terms.corpus import Corpus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class NeighbourLimits:
    """How many papers are asked, and how far their answer counts."""

    papers: int = 20
    """Nearest papers; ten and forty do nearly as well."""
    doubt: float = 0.04
    """Proof added on both sides, so that nothing against nothing is no news."""
    least: float = -1.0
    most: float = 2.5
    """Natural logarithms between which the figure is kept."""


neighbour_limits = NeighbourLimits()


class Neighbourhood:
    """How much the papers around a paper speak of one topic."""

    def __init__(self, corpus: Corpus, proof: Floats) -> None:
        self._corpus = corpus
        self._proof = proof
        self._usual = float(proof.sum()) / max(1, len(proof))
        self._usual += neighbour_limits.doubt

    def measure(
        self, rows: Rows, places: Iterable[int], *, own: bool
    ) -> Floats:
        """Say for some rows how much more their nearest papers speak of the topic than usual.

        The figure is a natural logarithm; rows that are not asked for have the least one.
        `own`: the rows are those of the corpus, and no paper is its own neighbour.
        """
        import numpy as np

        found = np.full(len(rows), neighbour_limits.least)
        for place in places:
            found[place] = self._around(rows, place, own=own)
        return found

    def _around(self, rows: Rows, place: int, *, own: bool) -> float:
        import numpy as np

        near, alike = (
            self._corpus.nearest_to(place, neighbour_limits.papers)
            if own
            else self._corpus.nearest(*rows.row(place), neighbour_limits.papers)
        )
        weights = alike**2
        total = float(weights.sum())
        mean = float(weights @ self._proof[near]) / total if total else 0.0
        figure = np.log((mean + neighbour_limits.doubt) / self._usual)
        return float(
            np.clip(figure, neighbour_limits.least, neighbour_limits.most)
        )
