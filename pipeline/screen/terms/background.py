"""What is usual among announced papers: how common each term is, and which terms go together.

The second is latent semantic analysis (S. Deerwester et al., "Indexing by latent semantic
analysis", JASIS 1990): the strongest singular vectors of the tf-idf matrix, found by subspace
iteration (N. Halko et al., "Finding structure with randomness", SIAM Review 2011), because numpy
alone has no sparse solver.
"""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.common.tfidf import Rows, rarity_of, weigh_terms
from pipeline.screen.terms.abbreviation_definitions import (
    Abbreviations,
    learn_abbreviations,
)
from pipeline.screen.terms.paper_text import PaperText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Integers = NDArray[np.int32]

SHIPPED = Path(__file__).with_name("background.npz")
"""Statistics of 1,800 arXiv records, whose metadata is CC0; made by bench/build_background.py."""


@dataclass(frozen=True, slots=True)
class BackgroundLimits:
    """Which terms are counted, and how many dimensions they are reduced to."""

    rare: int = 3
    """Terms of fewer papers say nothing about a topic."""
    common: float = 0.5
    """Terms of more than this share of the papers neither."""
    dimensions: int = 64
    rounds: int = 4
    """Rounds of the subspace iteration; more change no verdict."""
    seed: int = 7
    """Of the random start, so that the same papers give the same vectors."""


background_limits = BackgroundLimits()


@dataclass(frozen=True, slots=True)
class Background:
    """Statistics of a collection of papers."""

    size: int
    terms: Mapping[str, int]
    """Term → its column."""
    papers: Integers
    """In how many papers each term stands."""
    projection: Floats
    """Per term its place in the reduced space."""
    abbreviations: Abbreviations

    def rarity(self, term: str) -> float:
        """ln((n + 1) / (papers with the term + 1))."""
        column = self.terms.get(term)
        papers = int(self.papers[column]) if column is not None else 0
        return math.log((self.size + 1) / (papers + 1))

    def rows(self, counted: Sequence[Mapping[str, int]]) -> Rows:
        """Weigh the terms of papers by tf-idf with sublinear counts, each row of length 1."""
        return weigh_terms(counted, self.terms, self._weights())

    def _weights(self) -> Floats:
        """What an occurrence of each term counts; 0 for those that stand nearly everywhere."""
        import numpy as np

        rarity = rarity_of(self.papers, self.size)
        return np.where(
            self.papers > background_limits.common * self.size,
            0.0,
            rarity,
        )

    def extended(self, counted: Sequence[Mapping[str, int]]) -> Background:
        """The same with more papers: their words have columns, but no place in the space."""
        import numpy as np

        frequency = Counter(term for terms in counted for term in terms)
        new = sorted(
            term
            for term, papers in frequency.items()
            if papers >= background_limits.rare and term not in self.terms
        )
        terms = {
            **self.terms,
            **{term: len(self.terms) + at for at, term in enumerate(new)},
        }
        papers = np.zeros(len(terms), dtype=np.int32)
        papers[: len(self.papers)] = self.papers
        papers += np.array([frequency[term] for term in terms], dtype=np.int32)
        more = np.zeros(
            (len(new), self.projection.shape[1]),
            dtype=np.float32,
        )
        projection = np.concatenate([self.projection, more])
        return Background(
            self.size + len(counted),
            terms,
            papers,
            projection,
            self.abbreviations,
        )

    def reduce(self, rows: Rows) -> Floats:
        """Place papers in the reduced space, each at length 1."""
        return _unit_rows(rows.times(self.projection))


def build_background(
    texts: Sequence[PaperText],
    dimensions: int = background_limits.dimensions,
) -> Background:
    """Collect the statistics of papers."""
    import numpy as np

    counted = [text.terms for text in texts]
    abbreviations = learn_abbreviations(text.paper.abstract for text in texts)
    nothing = (
        np.zeros(0, dtype=np.int32),
        np.zeros((0, 1), dtype=np.float32),
    )
    plain = Background(0, {}, *nothing, abbreviations).extended(counted)
    projection = _singular_vectors(
        plain.rows(counted), len(plain.terms), dimensions
    )
    return replace(plain, projection=projection)


def _unit_rows(matrix: Floats) -> Floats:
    import numpy as np

    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.maximum(lengths, 1e-9)  # type: ignore[no-any-return]


def _singular_vectors(rows: Rows, terms: int, dimensions: int) -> Floats:
    """The right singular vectors of the strongest dimensions, a row a term."""
    import numpy as np

    columns = rows.transposed(terms)
    size = min(dimensions, len(rows), terms)
    basis = (
        np.random.default_rng(background_limits.seed)
        .normal(size=(terms, size))
        .astype(np.float32)
    )
    for _ in range(background_limits.rounds):
        basis = np.linalg.qr(columns.times(rows.times(basis)))[0].astype(
            np.float32
        )
    small = rows.times(basis)
    _, vectors = np.linalg.eigh(small.T @ small)
    return (basis @ vectors[:, ::-1]).astype(np.float32)  # type: ignore[no-any-return]


def dump_background(background: Background) -> bytes:
    """Write a background as a compressed npz file; vectors are rounded to 8 bits a number."""
    import numpy as np

    scale = np.abs(background.projection).max(axis=1, keepdims=True) / 127
    rounded = np.round(background.projection / np.maximum(scale, 1e-9)).astype(
        np.int8
    )
    meanings = {
        short: [[list(stems), papers] for stems, papers in found.items()]
        for short, found in background.abbreviations.meanings.items()
    }
    text = {
        "size": background.size,
        "terms": list(background.terms),
        "abbreviations": meanings,
    }
    file = io.BytesIO()
    np.savez_compressed(
        file,
        text=np.frombuffer(
            json.dumps(text, ensure_ascii=False).encode(),
            dtype=np.uint8,
        ),
        papers=background.papers,
        projection=rounded,
        scale=scale.astype(np.float32),
    )
    return file.getvalue()


def load_background(data: bytes) -> Background:
    """Read what `dump_background` wrote."""
    import numpy as np

    with np.load(io.BytesIO(data)) as file:
        text = json.loads(file["text"].tobytes())
        projection = file["projection"].astype(np.float32) * file["scale"]
        papers = file["papers"]
    meanings = {
        short: Counter({tuple(stems): count for stems, count in found})
        for short, found in text["abbreviations"].items()
    }
    terms = {term: column for column, term in enumerate(text["terms"])}
    return Background(
        text["size"],
        terms,
        papers,
        projection,
        Abbreviations(meanings),
    )


@cache
def shipped_background() -> Background:
    """The background that travels with the program, for a store of few papers."""
    return load_background(SHIPPED.read_bytes())
