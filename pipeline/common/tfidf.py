"""Texts as sparse rows of tf-idf weights, on numpy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix, a row a text."""

    starts: Integers
    """Where each row begins in `terms` and `weights`; one more than there are rows."""
    terms: Integers
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> tuple[Integers, Floats]:
        """Terms of a row and their weights."""
        part = slice(self.starts[number], self.starts[number + 1])
        return self.terms[part], self.weights[part]

    def take(self, places: Sequence[int]) -> Rows:
        """Some of the rows, in that order."""
        import numpy as np

        picked = [self.row(place) for place in places]
        starts = np.cumsum([0, *(len(terms) for terms, _ in picked)]).astype(
            np.int32
        )
        empty = self.terms[:0], self.weights[:0]
        terms, weights = zip(*(picked or [empty]), strict=True)
        return Rows(starts, np.concatenate(terms), np.concatenate(weights))

    def times(self, matrix: Floats) -> Floats:
        """Multiply with a matrix or vector that has a row a term."""
        import numpy as np

        if matrix.ndim == 1:
            owner = np.repeat(np.arange(len(self)), np.diff(self.starts))
            parts = self.weights * matrix[self.terms]
            sums = np.bincount(owner, weights=parts, minlength=len(self))
            return sums.astype(np.float32)
        rows = [
            weights @ matrix[terms]
            for terms, weights in map(self.row, range(len(self)))
        ]
        return np.asarray(rows, dtype=np.float32)

    def transposed(self, terms: int) -> Rows:
        """The same matrix with a row for each of so many terms."""
        import numpy as np

        sizes = np.diff(self.starts)
        owner = np.repeat(np.arange(len(self), dtype=np.int32), sizes)
        order = np.argsort(self.terms, kind="stable")
        counts = np.bincount(self.terms, minlength=terms)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return Rows(starts, owner[order], self.weights[order])


def tfidf_rows(counted: Sequence[Mapping[str, int]]) -> Rows:
    """Weigh the terms of texts by how rare they are among these texts."""
    import numpy as np

    frequency = Counter(term for terms in counted for term in terms)
    terms = {term: column for column, term in enumerate(frequency)}
    texts = np.array(list(frequency.values()), dtype=np.int32)
    return weigh_terms(counted, terms, rarity_of(texts, len(counted)))


def rarity_of(texts: Integers, size: int) -> Floats:
    """1 + ln((n + 1) / (texts with the term + 1)), for each term."""
    import numpy as np

    return 1 + np.log((size + 1) / (texts + 1))


def weigh_terms(
    counted: Sequence[Mapping[str, int]],
    terms: Mapping[str, int],
    weight: Floats,
) -> Rows:
    """Weigh counted terms: (1 + ln count) × the weight of the term's column, each row of length 1.

    Terms without a column are left out.
    """
    import numpy as np

    starts: list[int] = [0]
    columns: list[int] = []
    counts: list[int] = []
    for found in counted:
        known = [term for term in found if term in terms]
        columns.extend(terms[term] for term in known)
        counts.extend(found[term] for term in known)
        starts.append(len(columns))
    ids = np.array(columns, dtype=np.int32)
    weights = (1 + np.log(np.array(counts, dtype=np.float64))) * weight[ids]
    rows = Rows(
        np.array(starts, dtype=np.int32), ids, weights.astype(np.float32)
    )
    return _unit_sparse(rows)


def _unit_sparse(rows: Rows) -> Rows:
    import numpy as np

    sizes = np.diff(rows.starts)
    owner = np.repeat(np.arange(len(rows)), sizes)
    squares = np.bincount(owner, weights=rows.weights**2, minlength=len(rows))
    lengths = np.sqrt(np.maximum(squares, 1e-12))
    weights = rows.weights / lengths[owner]
    return Rows(rows.starts, rows.terms, weights.astype(np.float32))
