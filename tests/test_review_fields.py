"""The table of the review's fields agrees with what is made from it."""

from dataclasses import fields

import pytest

from pipeline.paper import Review
from pipeline.render.pages.labels import labels
from pipeline.review_fields import (
    BY_KEY,
    REVIEW_FIELDS,
    fields_in,
    summary_limit,
)
from pipeline.summarize.review.draft import ITEMS, Draft, schema
from pipeline.summarize.review.reviewer import DIVISIONS


def test_every_field_is_in_the_draft_and_in_the_review():
    keys = [one.key for one in REVIEW_FIELDS]
    assert list(Draft.model_fields) == keys
    assert set(keys) <= {one.name for one in fields(Review)}


@pytest.mark.parametrize("parts", DIVISIONS)
def test_each_division_asks_for_every_field_once(parts):
    asked = [key for group in DIVISIONS[parts] for key in group]
    assert sorted(asked) == sorted(BY_KEY)


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_every_field_has_a_label(language):
    assert set(BY_KEY) <= set(labels(language))


def test_the_items_of_the_format_are_shown_in_their_order():
    shown = [
        one.item
        for group in ("summary", "methods", "conclusion", "after")
        for one in fields_in(group)
    ]
    assert shown == [
        "6(1)",
        "6(2)",
        "6(3)",
        "6(4)",
        "7",
        "8(1)",
        "8(2)",
        "8(3)",
        "8(4)",
        "9",
        "10",
    ]


@pytest.mark.parametrize(
    ("language", "limit"), [("zh", 100), ("en", 240), ("fr", 240)]
)
def test_the_line_is_as_long_as_its_language_needs(language, limit):
    assert summary_limit(language) == limit
    form = schema(ITEMS, language)
    assert (
        form["properties"]["summary"]["properties"]["text"]["maxLength"]
        == limit
    )
