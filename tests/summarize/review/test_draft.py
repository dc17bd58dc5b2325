"""What the model is asked for, and what becomes of answers that have another shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resources import PROMPTS
from pipeline.summarize.review.draft import (
    ITEMS,
    Draft,
    DraftStatement,
    Problem,
    fields_of,
    parse,
    replace,
    schema,
)
from pipeline.summarize.review.prompts import load_prompts

CAUSES = load_prompts(PROMPTS, "zh").causes


def objects(node: Any) -> list[dict[str, Any]]:
    """Every object schema inside a schema."""
    if isinstance(node, list):
        return [found for each in node for found in objects(each)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for each in node.values() for found in objects(each)]


@pytest.mark.parametrize(
    "fields",
    [
        ITEMS,
        ("summary",),
        ("keywords",),
        ("takeaways", "affiliation"),
        (*ITEMS, "abstract"),
    ],
)
def test_every_object_is_closed_and_requires_all_it_has(fields):
    form = schema(fields)
    assert set(form["properties"]) == set(fields)
    for each in objects(form):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_the_schema_holds_no_unused_definitions_and_every_one_it_names():
    form = json.dumps(schema(("takeaways",)))
    assert "Affiliation" not in form
    assert "#/$defs/Statement" in form
    assert '"Statement":' in form


def test_the_schema_costs_little():
    assert len(json.dumps(schema(), separators=(",", ":"))) < 2500


def test_a_good_answer_is_read_whole():
    value = {
        "summary": {"text": "一句话", "quote": "one line of the paper"},
        "keywords": ["a", "b", "c"],
    }
    draft, problems = parse(value, ("summary", "keywords"))
    assert problems == []
    assert draft.summary.quote == "one line of the paper"
    assert draft.keywords == ("a", "b", "c")


def test_one_bad_field_does_not_cost_the_others():
    value = {
        "summary": 3,
        "takeaways": [{"text": "x", "quote": "y"}, {"text": "x"}, 5],
        "extra": 1,
    }
    draft, problems = parse(value, ("summary", "takeaways", "title"))
    assert draft.takeaways[0] == DraftStatement(text="x", quote="y")
    assert [(p.check, p.field) for p in problems] == [
        ("schema", "summary"),
        ("schema", "takeaways.1"),
        ("schema", "takeaways.2"),
        ("schema", "title"),
    ]


def test_more_statements_than_asked_for_are_cut():
    draft, problems = parse(
        {"past": [{"text": str(n), "quote": ""} for n in range(40)]}, ("past",)
    )
    assert len(draft.past) == 3
    assert problems == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*ITEMS, "text", "quote"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)  # the machine may be busy
@given(JSON)
def test_any_json_gives_a_draft_and_its_problems(value):
    draft, problems = parse(value)
    assert isinstance(draft, Draft)
    assert isinstance(draft.model_dump(), dict)
    assert all(CAUSES[problem.cause or problem.check] for problem in problems)


def test_what_failed_is_replaced_and_what_passed_stays():
    first = Draft(
        past=(DraftStatement(text="good"), DraftStatement(text="bad")),
        title="old",
        keywords=("a",),
    )
    second = Draft(
        past=(DraftStatement(text="new"), DraftStatement(text="more")),
        title="new",
    )
    mended = replace(first, second, ["past.1", "title"])
    assert [each.text for each in mended.past] == ["good", "new"]
    assert mended.title == "new"
    assert mended.keywords == ("a",)


def test_a_mended_step_stays_in_its_place():
    first = Draft(
        methods=tuple(
            DraftStatement(text=text)
            for text in ("one", "bad", "three", "worse")
        )
    )
    second = Draft(methods=(DraftStatement(text="two"),))
    mended = replace(first, second, ["methods.1", "methods.3"])
    texts = [each.text for each in mended.methods]
    assert texts == ["one", "two", "three", ""]


def test_a_second_try_without_an_answer_leaves_the_first():
    first = Draft(title="old")
    assert replace(first, Draft(), ["title"]).title == "old"


def test_the_fields_of_problems_come_once_and_in_order():
    found = [
        Problem("quote", "results.0", "x"),
        Problem("number", "results.1", "x"),
        Problem("empty", "summary", "x"),
    ]
    assert fields_of(found) == ("summary", "results")


def test_a_text_without_end_is_not_looked_at():
    given = {
        "keywords": ["lamp", "a" * 6_000],
        "summary": {"text": "x" * 100_000, "quote": "y"},
    }
    draft, problems = parse(given, ("keywords", "summary"))
    assert draft.keywords == ("lamp", "")
    assert draft.summary.text == ""
    assert [(problem.check, problem.field) for problem in problems] == [
        ("length", "summary"),
        ("length", "keywords.1"),
    ]
