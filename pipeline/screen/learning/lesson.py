"""What ratings teach about papers that are not rated yet.

Two steps. Kernel ridge regression of the choices on the words of the rated papers says how much a
paper is like what is kept or skipped. From ten ratings on, a logistic regression with strong
priors fits anew how much the rules and that likeness weigh, and where the threshold lies; each
rated paper enters with the prediction of a regression without it.
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

Choice = Literal["keep", "skip"]


@dataclass(frozen=True, slots=True)
class RatingLessonLimits:
    """How far ratings move a paper."""

    strength: float = 6.0
    """Log odds at most, when many agree and the paper is like them."""
    ridge: float = 2.0
    """So many equal ratings weigh as much as the rules; with fewer the ranking stays near them."""
    enough: int = 10
    """Ratings from which weights and threshold are fitted again; both choices must occur."""
    prior: tuple[float, float, float] = (8.0, 8.0, 1.5)
    """How firmly the weight of the rules, that of the likeness, and the threshold stay."""
    slope: tuple[float, float] = (0.5, 2.0)
    """Weights of the rules between which they are fitted."""
    shift: float = 2.5
    """Log odds by which the threshold moves at most."""
    doubt: float = 0.15
    """Loss a paper below which a refit gains nothing."""
    eagerness: float = 3.0
    """Share of the loss, inverted, whose gain makes a refit count in full."""
    least_trust: float = 0.15
    rounds: int = 25
    """Newton steps; more change nothing."""


lesson_limits = RatingLessonLimits()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the ratings of one topic teach."""

    rated: Mapping[str, Choice] = field(default_factory=dict)
    terms: Floats | None = None
    """Per term how much it speaks for keeping; None where nothing can be learned."""
    rules: float = 1.0
    """Weight of the rules' log odds."""
    likeness: float = 1.0
    """Weight of the likeness to what was rated."""
    shift: float = 0.0
    """Log odds added to every paper: where the threshold lies."""

    def shifts(self, odds: Floats, rows: Rows) -> Floats:
        """Log odds that the ratings add for papers."""
        if self.terms is None:
            return 0.0 * odds
        alike = _bounded(rows.times(self.terms))
        return (self.rules - 1) * odds + self.likeness * alike + self.shift


no_lesson = Lesson()


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
        odds: of each row, by the rules alone.
        rows: tf-idf of the rated papers.
        size: number of terms.
    """
    import numpy as np

    if not len(rows) or not len(rows.terms):
        return Lesson(rated)
    dense = np.zeros((len(rows), size))
    for place in range(len(rows)):
        terms, weights = rows.row(place)
        dense[place, terms] = weights
    target = np.array([1.0 if choice == "keep" else -1.0 for choice in choices])
    kernel = dense @ dense.T
    smooth = kernel @ np.linalg.inv(
        kernel + np.diag(lesson_limits.ridge / _balanced(target))
    )
    alphas = np.linalg.solve(
        kernel + np.diag(lesson_limits.ridge / _balanced(target)),
        target,
    )
    lesson = Lesson(rated, dense.T @ alphas)
    if len(target) < lesson_limits.enough or abs(target.sum()) == len(target):
        return lesson
    left_out = _leave_one_out(smooth, target)
    return _refit(lesson, odds, _bounded(left_out), target)


def _balanced(target: Floats) -> Floats:
    """Weights that let the few kept or skipped say as much as the many others."""
    import numpy as np

    kept = target > 0
    kinds = 1 + (kept.any() and not kept.all())
    counts = np.where(kept, kept.sum(), (~kept).sum())
    return len(target) / (kinds * counts)  # type: ignore[no-any-return]


def _bounded(alike: Floats) -> Floats:
    import numpy as np

    return lesson_limits.strength * np.clip(alike, -1, 1)


def _leave_one_out(smooth: Floats, target: Floats) -> Floats:
    """Predictions of a ridge regression for each row without that row, in closed form."""
    import numpy as np

    own = np.diag(smooth)
    return (smooth @ target - own * target) / np.maximum(1 - own, 1e-6)


def _refit(
    lesson: Lesson, odds: Floats, alike: Floats, target: Floats
) -> Lesson:
    """Newton's method for a logistic regression around rules 1, likeness 1, shift 0."""
    import numpy as np

    table = np.column_stack([odds, alike, np.ones_like(odds)])
    start = np.array([1.0, 1.0, 0.0])
    firm = np.diag(lesson_limits.prior)
    weights = start.copy()
    wanted = (target + 1) / 2
    for _ in range(lesson_limits.rounds):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (wanted - chance) - firm @ (weights - start)
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + firm
        weights = weights + np.linalg.solve(curve, slope)
    trust = _trust(_loss(odds, wanted), _loss(table @ weights, wanted))
    rules = float(np.clip(weights[0], *lesson_limits.slope))
    likeness = float(np.clip(weights[1], 0, lesson_limits.slope[1]))
    shift = float(
        np.clip(
            weights[2],
            -lesson_limits.shift,
            lesson_limits.shift,
        )
    )
    return Lesson(
        lesson.rated,
        lesson.terms,
        rules=1 + trust * (rules - 1),
        likeness=trust * likeness,
        shift=trust * shift,
    )


def _loss(odds: Floats, wanted: Floats) -> float:
    """The mean logistic loss."""
    import numpy as np

    return float(np.logaddexp(0, np.where(wanted > 0, -odds, odds)).mean())


def _trust(before: float, after: float) -> float:
    """How far a refit is followed: little where the rules had the ratings right already."""
    gain = (before - after) / (before + lesson_limits.doubt)
    return min(
        max(
            lesson_limits.eagerness * gain,
            lesson_limits.least_trust,
        ),
        1.0,
    )
