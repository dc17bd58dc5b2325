"""`doctor` asks one real question, in the form that reviews are asked in."""

from __future__ import annotations

import pytest

from pipeline.errors import ModelDown, ModelRejected, ReviewIncomplete
from pipeline.llm.ping import check_endpoint
from tests.llm.endpoint import (
    Answer,
    FakeEndpoint,
    completion,
    endpoint_at,
    refusal_of,
)

BLUE = completion('{"colour": "blue"}')


def test_a_model_that_writes_json_is_well():
    with FakeEndpoint([BLUE]) as server:
        told = check_endpoint(endpoint_at(server.url, name=""))
    assert 'model "served-model" writes JSON (json_schema)' in told
    assert len(server.requests) == 1


def test_the_form_that_the_server_takes_is_found():
    def answer(request):
        refused = "response_format" in request
        return refusal_of(400, "no response_format here") if refused else BLUE

    with FakeEndpoint(answer) as server:
        assert "writes JSON (text)" in check_endpoint(endpoint_at(server.url))


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (Answer(404, "404 page not found"), ModelRejected, "most end in /v1"),
        (
            refusal_of(401, "Incorrect API key"),
            ModelRejected,
            "refuses the key",
        ),
        (
            refusal_of(404, "The model does not exist"),
            ModelRejected,
            "does not know",
        ),
        (Answer(body="<html>Sign in</html>"), ModelDown, "a web page"),
        (refusal_of(503, "busy"), ModelDown, "503 busy"),
        (completion("It is blue."), ReviewIncomplete, "no JSON"),
    ],
)
def test_what_is_wrong_is_told_after_one_call(answer, kind, words):
    with FakeEndpoint([answer]) as server, pytest.raises(kind) as raised:
        check_endpoint(endpoint_at(server.url))
    assert words in raised.value.advice
    assert len(server.requests) == 1


def test_a_server_that_does_not_answer_is_told():
    with FakeEndpoint([BLUE]) as server:
        url = server.url
    with pytest.raises(ModelDown, match="connection"):
        check_endpoint(endpoint_at(url))


def test_a_name_that_is_not_in_the_list_of_a_working_server_is_mentioned():
    with FakeEndpoint([BLUE]) as server:
        told = check_endpoint(endpoint_at(server.url, name="tiny"))
    assert "does not have that name" in told
