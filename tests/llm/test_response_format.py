"""JSON in what models send."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.reply.json_text import find_object
from pipeline.llm.response_format import (
    FORMS,
    next_form,
    response_format,
    with_schema,
    without_limits,
)
from pipeline.summarize.review.draft import schema

plain = st.text(st.characters(exclude_characters="{}`"), max_size=40)
printable = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
objects = st.dictionaries(printable, printable | st.lists(printable), min_size=1)


@given(objects, plain, plain)
def test_a_whole_object_is_found_inside_any_chat(value, before, after):
    fenced = f"{before}\n```json\n{json.dumps(value, ensure_ascii=False)}\n```\n{after}"
    assert find_object(fenced) == value


@given(objects, st.integers(min_value=0))
def test_an_object_that_breaks_off_yields_what_was_finished(value, cut):
    text = json.dumps(value)
    cut %= len(text)
    found = find_object(text[:cut], partial=True)
    assert found is None or set(found) <= set(value)


def test_of_nested_objects_that_break_off_the_outer_one_counts():
    text = '```json\n{"summary": {"text": "a", "quote": "b"}, "past": [{"text": "c", "quote": "d"}, {"text": "e'
    assert find_object(text, partial=True) == {
        "summary": {"text": "a", "quote": "b"},
        "past": [{"text": "c", "quote": "d"}, {}],
    }


@given(st.text())
def test_no_text_breaks_the_search(text):
    find_object(text)
    find_object(text, partial=True)


def test_a_flood_of_braces_is_given_up_soon():
    assert find_object("{" * 100_000) is None
    assert find_object('{"a":' * 50_000) is None


def test_bare_schemas_keep_everything_but_limits():
    text = json.dumps(without_limits(schema()))
    assert "maxLength" not in text
    assert "minItems" not in text
    assert json.loads(text)["required"] == schema()["required"]


def test_only_forms_without_a_schema_of_their_own_tell_it_in_the_first_message():
    messages = [{"role": "system", "content": "a"}, {"role": "user", "content": "b"}]
    for form in FORMS:
        sent = with_schema(form, messages, schema())
        in_request = "takeaways" in json.dumps(
            response_format(form, "review", schema())
        )
        assert ("takeaways" in sent[0]["content"]) is not in_request
        assert sent[1] == messages[1]


def test_every_form_has_a_next_one_but_the_last():
    assert [next_form(form) for form in FORMS] == [*FORMS[1:], None]
