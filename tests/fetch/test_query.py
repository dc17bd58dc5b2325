"""Topics become categories, and categories questions that arXiv understands."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.search import compiled
from pipeline.errors import ConfigError
from pipeline.fetch.query import (
    Window,
    archive_of,
    classes_of,
    is_arxiv_category,
    is_listed_in,
    join_categories,
    listing_query,
    topic_categories,
)
from pipeline.paper import Topic

OCTOBER = Window(
    datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
)
CATEGORIES = (
    "cs.CV",
    "cs.LG",
    "cs.HC",
    "eess.AS",
    "hep-th",
    "math-ph",
    "stat.ML",
)
ARCHIVES = ("cs", "eess", "hep-th", "stat")


def test_everything_in_the_categories_is_asked_for_and_no_word_narrows_it():
    assert listing_query(("cs.CV", "hep-th"), OCTOBER) == (
        "(cat:cs.CV OR cat:hep-th) AND submittedDate:[202610010000 TO 202610312359]"
    )


def test_new_versions_are_asked_for_by_their_own_date():
    window = Window(OCTOBER.since, OCTOBER.until, by="updated")
    assert "lastUpdatedDate:[202610010000" in listing_query(("cs.CV",), window)


def test_a_window_holds_both_of_its_ends_to_the_minute():
    assert OCTOBER.since in OCTOBER
    assert OCTOBER.until + timedelta(seconds=59) in OCTOBER
    assert OCTOBER.until + timedelta(minutes=1) not in OCTOBER


def test_times_of_a_zone_become_minutes_of_utc():
    shanghai = timezone(timedelta(hours=8))
    window = Window(datetime(2026, 10, 1, tzinfo=shanghai), OCTOBER.until)
    assert "[202609301600 TO" in str(window)


def test_a_whole_archive_may_be_named_in_two_ways():
    for name in ("cs", "cs.*"):
        (archive,) = topic_categories(Topic("x", categories=(name,)))
        assert archive == "cs"
    assert listing_query(("cs",)) == "(cat:cs OR cat:cs.*)"


def test_a_topic_without_categories_has_those_of_computer_science():
    assert topic_categories(Topic("x")) == ("cs", "eess")


@pytest.mark.parametrize("bad", ["cs.CV OR all:x", "", "cs.", "CV!", "cs.CV)"])
def test_a_category_that_is_none_is_an_error_of_the_configuration(bad):
    with pytest.raises(ConfigError, match="not an arXiv category"):
        topic_categories(Topic("x", categories=(bad,)))


def test_topics_are_joined_and_a_class_beside_its_archive_is_left_out():
    topics = [
        Topic("a", categories=("cs.CV", "hep-th")),
        Topic("b", categories=("eess.AS", "eess", "cs.CV")),
    ]
    assert join_categories(topics) == ("cs.CV", "eess", "hep-th")


def test_the_categories_of_arxiv_are_known():
    assert all(map(is_arxiv_category, (*CATEGORIES, *ARCHIVES)))
    assert not any(map(is_arxiv_category, ("cs.XX", "xx", "xx.AA", "cs.", "")))
    assert len(classes_of("cs")) == 40
    assert classes_of("hep-th") == ("hep-th",)


some_categories = st.lists(
    st.sampled_from((*CATEGORIES, *ARCHIVES)), min_size=1
)


@given(some_categories, st.sampled_from(CATEGORIES))
def test_the_question_and_the_predicate_mean_the_same(wanted, category):
    record = {"categories": [category], "published": "2026-10-05T00:00:00Z"}
    asked = compiled(listing_query(wanted, OCTOBER))(record)
    assert asked is is_listed_in([category], wanted)
    assert is_listed_in([category], wanted) is (
        category in wanted or archive_of(category) in wanted
    )
