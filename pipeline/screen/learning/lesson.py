"""What ratings teach about papers that are not rated yet.

Rated papers are examples: one that was kept proves the topic as its words would, one that was
skipped proves nothing. What is still wrong then is learned by Bayesian logistic regression on the
words of the rated papers around the log odds of the rules: a Gaussian process with a linear
kernel under Laplace's approximation (C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes
for Machine Learning", 2006, algorithm 3.1). Few ratings leave the rules as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pipeline.common.tfidf import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Integers = NDArray[np.int32]

Choice = Literal["keep", "skip"]


@dataclass(frozen=True, slots=True)
class RatingLessonLimits:
    """How far ratings move a paper; bench/rating_effect.py shows what comes of it."""

    words: float = 4.0
    """Standard deviation, in log odds, of what the words of a paper may add."""
    alone: float = 1.0
    """The same from choices of one kind, which cannot tell its words from the topic's own."""
    line: float = 0.5
    """The same of what may be added to all papers: where the threshold lies."""
    caution: float = 0.3
    """Log odds by which every change is less than learned: small ones are mostly chance."""
    most: float = 6.0
    """Log odds by which a paper moves at most: fewer than one without any word of the topic lacks."""
    rounds: int = 25
    """Newton steps; more change nothing."""


lesson_limits = RatingLessonLimits()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the ratings of one topic teach."""

    rated: Mapping[str, Choice] = field(default_factory=dict)
    terms: Floats | None = None
    """Per term how much it speaks for keeping; None where nothing can be learned."""
    line: float = 0.0
    """Log odds added to every paper."""

    def changes(self, odds: Floats, taught: Floats, rows: Rows) -> Floats:
        """Log odds that the ratings add for papers.

        Args:
            odds: by the rules alone, of each paper.
            taught: by the rules with the rated papers as examples.
            rows: tf-idf of the papers.
        """
        import numpy as np

        if self.terms is None:
            return 0.0 * odds
        change = taught - odds + rows.times(self.terms) + self.line
        size = np.abs(change) - lesson_limits.caution
        return np.sign(change) * np.clip(size, 0, lesson_limits.most)


no_lesson = Lesson()


def prove_by_ratings(
    proof: Floats, places: Sequence[int], choices: Sequence[Choice]
) -> Floats:
    """The proof of papers, where the reader's choices count as proof and as its denial."""
    proven = proof.copy()
    for place, choice in zip(places, choices, strict=True):
        proven[place] = max(proven[place], 1.0) if choice == "keep" else 0.0
    return proven


def learn_lesson(
    rated: Mapping[str, Choice],
    choices: Sequence[Choice],
    odds: Floats,
    rows: Rows,
    size: int,
) -> Lesson:
    """Learn from the rated papers whose text is known: their choices, log odds and tf-idf rows.

    Args:
        rated: every rating, also of papers whose text is not known.
        choices: of each row.
        odds: of each row, by the rules, without the paper's own rating.
        rows: tf-idf of the rated papers.
        size: number of terms.
    """
    import numpy as np

    if not len(rows) or not len(rows.terms):
        return Lesson(rated)
    wanted = np.array([choice == "keep" for choice in choices], dtype=float)
    used, table = _dense(rows)
    both = 0 < wanted.sum() < len(wanted)
    words = lesson_limits.words**2 if both else lesson_limits.alone**2
    # Choices of one kind tell nothing of where the line lies.
    line = lesson_limits.line**2 if both else 0.0
    weights = _fit(words * table @ table.T + line, odds, wanted)
    terms = np.zeros(size)
    terms[used] = words * table.T @ weights
    return Lesson(rated, terms, float(line * weights.sum()))


def _dense(rows: Rows) -> tuple[Integers, Floats]:
    """The terms that occur in some rows, and the rows with a column for each of them."""
    import numpy as np

    used, columns = np.unique(rows.terms, return_inverse=True)
    table = np.zeros((len(rows), len(used)))
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    table[owner, columns] = rows.weights
    return used, table


def _fit(kernel: Floats, odds: Floats, wanted: Floats) -> Floats:
    """Weights of the rated papers: kernel @ weights is what is added to their log odds."""
    import numpy as np

    fitted, weights = odds.astype(float), 0.0 * odds
    for _ in range(lesson_limits.rounds):
        chance = 1 / (1 + np.exp(-np.clip(fitted, -30, 30)))
        curve = np.maximum(chance * (1 - chance), 1e-6)
        root = np.sqrt(curve)
        inner = np.eye(len(odds)) + root[:, None] * kernel * root
        step = curve * (fitted - odds) + wanted - chance
        weights = step - root * np.linalg.solve(inner, root * (kernel @ step))
        fitted = odds + kernel @ weights
    return weights
