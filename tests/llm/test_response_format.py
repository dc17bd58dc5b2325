"""The forms in which a model is asked, and what each carries."""

from __future__ import annotations

import json

from pipeline.llm.response_format import (
    FORMS,
    form_without_schema,
    next_form,
    response_format,
    with_schema,
    without_limits,
    without_system,
)
from pipeline.summarize.review.draft import schema


def test_bare_schemas_keep_everything_but_limits():
    text = json.dumps(without_limits(schema()))
    assert "maxLength" not in text
    assert "minItems" not in text
    assert json.loads(text)["required"] == schema()["required"]


def test_only_forms_without_a_schema_of_their_own_tell_it_in_the_first_message():
    messages = [
        {"role": "system", "content": "a"},
        {"role": "user", "content": "b"},
    ]
    for form in FORMS:
        sent = with_schema(form, messages, schema())
        in_request = "takeaways" in json.dumps(
            response_format(form, "review", schema())
        )
        assert ("takeaways" in sent[0]["content"]) is not in_request
        assert sent[1] == messages[1]


def test_every_form_has_a_next_one_but_the_last():
    assert [next_form(form) for form in FORMS] == [*FORMS[1:], None]


def test_a_server_that_takes_no_schema_is_asked_for_an_object_next():
    after = [form_without_schema(form) for form in FORMS]
    assert after == ["json_object", "json_object", "text", None]


def test_a_system_message_goes_before_the_user_s_where_none_is_taken():
    messages = [
        {"role": "system", "content": "a"},
        {"role": "user", "content": "b"},
        {"role": "user", "content": "c"},
    ]
    joined = [
        {"role": "user", "content": "a\n\nb"},
        {"role": "user", "content": "c"},
    ]
    assert without_system(messages) == joined
    assert without_system(messages[:1]) == [{"role": "user", "content": "a"}]
