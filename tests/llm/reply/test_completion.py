"""A chat completion is read wherever a server puts its parts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.reply.completion import (
    Completion,
    NotACompletion,
    load_completion,
    read_completion,
)
from pipeline.llm.reply.event_stream import is_event_stream, join_events

TEXT = '{"word": "yes"}'


def body(message, **more):
    return {"choices": [{"message": message, "finish_reason": "stop"}], **more}


@pytest.mark.parametrize(
    "message",
    [
        {"content": TEXT},
        {"content": [{"type": "text", "text": TEXT}]},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": TEXT}]},
        {"content": None, "reasoning_content": TEXT},
        {"content": "", "reasoning": TEXT},
        {"tool_calls": [{"function": {"name": "review", "arguments": TEXT}}]},
        {"content": None, "function_call": {"arguments": {"word": "yes"}}},
        {"content": {"word": "yes"}},
        TEXT,
    ],
)  # fmt: skip
def test_the_answer_is_found_where_it_is(message):
    assert read_completion(200, body(message)).content == TEXT


@pytest.mark.parametrize("wrapped", [lambda b: [b], lambda b: {"data": b}])
def test_a_completion_in_a_wrapper_is_found(wrapped):
    assert (
        read_completion(200, wrapped(body({"content": TEXT}))).content == TEXT
    )


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        ({"prompt_tokens": 9000, "completion_tokens": 1500}, (9000, 1500)),
        ({"prompt_tokens": 9000.0, "completion_tokens": "1500", "total_tokens": -1}, (9000, 1500)),
        ({"input_tokens": 9, "output_tokens": 2}, (9, 2)),
        ({"prompt_tokens": 10**30, "completion_tokens": -5}, (0, 0)),
        ({"prompt_tokens": float("nan"), "completion_tokens": float("inf")}, (0, 0)),
        ({"prompt_tokens": {"n": 1}, "completion_tokens": [1]}, (0, 0)),
        (None, (0, 0)),
        ("many", (0, 0)),
    ],
)  # fmt: skip
def test_counts_are_read_in_every_shape_and_nonsense_is_none(usage, counts):
    read = read_completion(200, body({"content": TEXT}, usage=usage))
    assert (read.input_tokens, read.output_tokens) == counts


def test_what_a_model_sends_is_made_storable_first():
    sent = body({"content": "half \ud83d and \x00"}, model="m\ud83d" * 500)
    read = read_completion(200, sent)
    assert read.dump().encode()
    assert "\x00" not in read.content
    assert len(read.model) <= 200


def test_thoughts_without_an_answer_are_told_from_an_answer():
    assert read_completion(
        200, body({"content": "", "reasoning": "hm"})
    ).thought_only
    details = {"completion_tokens_details": {"reasoning_tokens": 9}}
    assert read_completion(
        200, body({"content": ""}, usage=details)
    ).thought_only
    assert not read_completion(
        200, body({"content": TEXT, "reasoning": "hm"})
    ).thought_only


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (
            {"error": {"message": "upstream overloaded", "code": 502}},
            "overloaded",
        ),
        (
            {"choices": [{"error": {"code": 502, "message": "upstream"}}]},
            "upstream",
        ),
        (
            {"choices": None, "prompt_filter": "blocked"},
            "prompt_filter: blocked",
        ),
        ("<html>Sign in</html>", "Sign in"),
        ([], ""),
        (None, ""),
    ],
)
def test_what_is_no_completion_says_what_it_is(sent, words):
    with pytest.raises(NotACompletion) as raised:
        read_completion(200, sent)
    assert words in raised.value.error.words


def test_a_completion_is_kept_and_read_again():
    kept = Completion("a", "", "stop", "m", 1, 2, 3)
    assert load_completion(kept.dump()) == kept


@pytest.mark.parametrize("damaged", ["", "[]", "{", "3", '{"content": 1}'])
def test_a_damaged_reply_is_as_none(damaged):
    assert load_completion(damaged) is None


def test_of_an_older_version_a_reply_is_read():
    old = {
        "content": "a",
        "refusal": "",
        "finish": "stop",
        "model": "m",
        "new": 1,
    }
    assert load_completion(json.dumps(old)) == Completion("a", "", "stop", "m")


def piece(delta, **more):
    return (
        "data: " + json.dumps({"choices": [{"delta": delta, **more}]}) + "\n\n"
    )


def test_the_pieces_of_a_stream_are_joined():
    stream = (
        ": keep-alive\n\n"
        + piece({"role": "assistant", "content": ""})
        + piece({"reasoning_content": "hm"})
        + piece({"content": '{"word": '})
        + "data: not JSON\n\n"
        + piece({"content": '"yes"}'}, finish_reason="stop")
        + 'data: {"choices": [], "model": "m", "usage": {"prompt_tokens": 7}}\n\n'
        + "data: [DONE]\n\n"
    )
    assert is_event_stream(stream)
    read = read_completion(200, join_events(stream))
    assert (read.content, read.finish, read.model) == (TEXT, "stop", "m")
    assert read.input_tokens == 7


def test_an_error_in_a_stream_is_told():
    stream = 'event: error\ndata: {"error": {"message": "overloaded"}}\n\n'
    with pytest.raises(NotACompletion, match="overloaded"):
        read_completion(200, join_events(stream))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["choices", "message", "content", "usage", "text", "tool_calls", "function", "error", "delta"]
    ), inner),
)  # fmt: skip


@given(json_values)
def test_whatever_comes_is_a_completion_or_is_none(sent):
    try:
        read = read_completion(200, sent)
    except NotACompletion:
        return
    assert read.dump().encode()


@given(st.text(), st.lists(json_values, max_size=3))
def test_no_stream_breaks_the_joining(noise, events):
    stream = (
        "data: " + noise + "".join(f"data: {json.dumps(e)}\n" for e in events)
    )
    assert isinstance(join_events(stream), dict)
