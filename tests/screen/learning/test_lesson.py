"""What ratings teach: changes around the rules, no more than the ratings show."""

import numpy as np
import pytest

from pipeline.common.tfidf import Rows
from pipeline.screen.learning.lesson import (
    Choice,
    learn_lesson,
    lesson_limits,
    no_lesson,
    prove_by_ratings,
)
from pipeline.screen.learning.relevance_model import relevance_limits


def rows_of(*papers: dict[int, float]) -> Rows:
    terms = [term for paper in papers for term in paper]
    weights = [weight for paper in papers for weight in paper.values()]
    starts = np.cumsum([0, *map(len, papers)])
    return Rows(starts, np.array(terms), np.array(weights))


def test_a_word_of_what_is_skipped_speaks_against_a_paper():
    rated = rows_of({0: 0.6, 1: 0.8}, {0: 0.6, 2: 0.8}, {0: 0.6, 2: 0.8})
    lesson = learn_lesson({}, ["keep", "skip", "skip"], np.zeros(3), rated, 4)
    fresh = rows_of({1: 1.0}, {2: 1.0}, {3: 1.0})
    odds = np.zeros(3)
    good, bad, strange = lesson.changes(odds, odds, fresh)
    assert good > 0.5
    assert bad < -0.5
    assert bad < strange < good


def test_ratings_that_the_rules_foresaw_change_nothing():
    rated = rows_of({0: 1.0}, {1: 1.0})
    sure = np.array([6.0, -6.0])
    lesson = learn_lesson({}, ["keep", "skip"], sure, rated, 2)
    changes = lesson.changes(np.zeros(2), np.zeros(2), rated)
    assert changes == pytest.approx([0.0, 0.0])


def test_choices_of_one_kind_leave_the_line_where_it_is():
    rated = rows_of({0: 1.0}, {0: 1.0})
    assert learn_lesson({}, ["keep"] * 2, np.zeros(2), rated, 2).line == 0
    both = learn_lesson(
        {},
        ["skip", "skip", "keep"],
        np.zeros(3),
        rows_of({0: 1.0}, {0: 1.0}, {1: 1.0}),
        2,
    )
    assert both.line < 0


def test_choices_of_one_kind_move_less_than_choices_of_both():
    odds, fresh = np.zeros(2), rows_of({0: 1.0})
    rated = rows_of({0: 1.0}, {1: 1.0})
    (alone,) = learn_lesson({}, ["keep", "keep"], odds, rated, 2).changes(
        odds[:1], odds[:1], fresh
    )
    (among,) = learn_lesson({}, ["keep", "skip"], odds, rated, 2).changes(
        odds[:1], odds[:1], fresh
    )
    assert 0 < alone < among / 2


def test_a_paper_without_any_word_of_the_topic_stays_dropped():
    rated = rows_of(*[{0: 1.0}] * 50, {1: 1.0})
    choices: list[Choice] = ["keep"] * 50
    odds = np.array([relevance_limits.never])
    lesson = learn_lesson({}, [*choices, "skip"], np.full(51, -8.0), rated, 2)
    (change,) = lesson.changes(odds, odds, rows_of({0: 1.0}))
    assert change > 0, "it stands higher in the list"
    assert relevance_limits.never + change < 0


def test_no_change_is_more_than_the_most():
    rated = rows_of(*[{0: 1.0}] * 50, {1: 1.0})
    choices: list[Choice] = ["keep"] * 50
    lesson = learn_lesson({}, [*choices, "skip"], np.full(51, -8.0), rated, 2)
    odds = np.zeros(1)
    (change,) = lesson.changes(odds, odds + 5, rows_of({0: 1.0}))
    assert change == lesson_limits.most


def test_without_texts_nothing_is_learned():
    lesson = learn_lesson({"2611.00001": "keep"}, [], np.zeros(0), rows_of(), 3)
    odds = np.array([1.0])
    assert lesson.rated == {"2611.00001": "keep"}
    assert lesson.changes(odds, odds, rows_of({0: 1.0})) == [0.0]
    assert no_lesson.changes(odds, odds, rows_of({0: 1.0})) == [0.0]


def test_what_was_kept_is_proof_and_what_was_skipped_is_none():
    proof = np.array([0.2, 0.9, 0.5, 1.2])
    found = prove_by_ratings(proof, [0, 1, 3], ["keep", "skip", "keep"])
    assert found == pytest.approx([1.0, 0.0, 0.5, 1.2])
    assert proof[0] == pytest.approx(0.2), "what was given is left as it was"
