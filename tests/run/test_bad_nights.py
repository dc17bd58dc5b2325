"""What is down, full, wrong or missing: one line, the right exit code, nothing lost, and a
later run that completes.
"""

import json
import os
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest

from pipeline.cli import main
from pipeline.errors import ConfigError, DiskFull, NotWritable, UsageError
from pipeline.run import entry
from pipeline.run.services.reviewers import ExtractiveReviewer
from pipeline.store.database import Database
from tests.arxiv_loopback import Answer
from tests.llm.endpoint import FakeEndpoint, completion, refusal_of
from tests.run.place import TOPIC
from tests.samples import paper


@pytest.fixture
def with_model(place, monkeypatch):
    """A night whose reviews are asked of an endpoint that gives these answers."""
    monkeypatch.setenv("LOCAL_KEY", "a-key-of-a-test")
    place.hasten(monkeypatch)
    place.arxiv.add(*range(1, 7))

    def run(answers):
        with FakeEndpoint(answers) as endpoint:
            place.keys["model.provider"] = "custom"
            place.keys["model.base_url"] = endpoint.url
            place.keys["model.name"] = "tiny"
            place.keys["model.key_env"] = "LOCAL_KEY"
            code, report = place.run()
        return code, report, endpoint.requests

    return run


def test_a_configuration_that_is_broken_by_an_edit_is_told_to_whom_it_names(
    place, monkeypatch, capsys
):
    place.file.write_text(
        '[notify]\nurls = ["json://localhost"]\n[arxiv]\nintervall = 3\n'
    )
    monkeypatch.setattr(sys, "argv", ["screen", "--config", str(place.file)])
    with pytest.raises(SystemExit) as end:
        main.main()
    assert end.value.code == 2
    assert "intervall" in place.digests[-1].troubles[0].what


@pytest.mark.parametrize(
    ("name", "error"),
    [("faces_of", ConfigError("no such face")), ("only_run", TypeError("bug"))],
)
def test_whatever_ends_a_run_is_told(place, monkeypatch, name, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(entry, name, fail)
    with pytest.raises(type(error)):
        place.run()
    assert place.digests[-1].trouble


@contextmanager
def moved(place, days):
    """The machine's clock is wrong by that many days."""
    right = place.now
    place.nights(days)
    yield
    place.now = right


def completes(place):
    """The next run reads nothing again and posts everything."""
    place.keys["model.provider"] = "extractive"
    place.arxiv.fault = lambda request: None
    place.arxiv.server.requests.clear()
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 6)
    assert place.arxiv.asked("pdf") == []


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (
            refusal_of(401, "Incorrect API key provided", "invalid_api_key"),
            "refuses the key",
        ),
        (
            refusal_of(
                404, "The model `tiny` does not exist", "model_not_found"
            ),
            "does not know the model",
        ),
        (refusal_of(500, "The server had an error"), "500"),
    ],
)
def test_a_model_that_cannot_be_used_is_exit_3_in_one_line_and_costs_no_paper_a_try(
    place, with_model, answer, word
):
    code, report, _ = with_model([answer])
    assert code == 3
    assert [word in trouble["what"] for trouble in report["troubles"]] == [True]
    assert len(report["topics"][0]["pending"]) == 6
    assert {one["tries"] for one in report["topics"][0]["pending"]} == {0}
    assert "a-key-of-a-test" not in place.said.err + place.said.out
    completes(place)


@pytest.mark.parametrize("status", [400, 422, 500])
def test_an_endpoint_that_repeats_the_prompt_in_its_errors_does_not_bring_it_into_the_log(
    place, with_model, status
):
    asked = []

    def repeat(request):
        asked.append(" ".join(request["messages"][-1]["content"].split()))
        return refusal_of(
            status,
            f"Invalid input: {request['messages'][-1]['content'][-150:]!r} is not allowed",
        )

    with_model(repeat)
    log = (place.out / "screen.log").read_text()
    assert "Invalid input" in log
    assert not [
        text
        for text in asked
        for at in range(len(text) - 150, len(text) - 30)
        if text[at : at + 30] in log
    ]


def test_an_unexpected_error_is_told_by_its_place_and_not_by_its_words(
    place, monkeypatch
):
    """Its words may be those of the paper."""
    place.arxiv.add(1)
    monkeypatch.setattr(ExtractiveReviewer, "review", broken_review)
    code, report = place.run()
    reason = report["topics"][0]["pending"][0]["reason"]
    assert code == 1
    assert "ValueError" in reason
    assert "test_bad_nights.py" in reason
    assert "Confidential" not in reason + (place.out / "screen.log").read_text()


async def broken_review(self, paper, document):
    raise ValueError(f"Confidential words of {paper.title}")


def test_a_spent_budget_sends_nothing_and_leaves_the_papers_pending(
    place, with_model
):
    place.keys |= {
        "model.budget_per_run": 0.01,
        "model.price": {"input": 1000.0, "output": 1000.0},
    }
    code, report, requests = with_model([completion("{}")])
    assert (code, requests) == (1, [])
    assert all(
        "budget" in one["reason"] for one in report["topics"][0]["pending"]
    )
    completes(place)


def test_replies_that_are_no_reviews_leave_the_papers_pending_and_nothing_is_posted(
    place, with_model
):
    code, report, _ = with_model([completion("I would rather not.")])
    assert code == 1
    assert place.posts() == {}
    assert len(report["topics"][0]["pending"]) == 6
    completes(place)


def test_without_a_network_the_run_says_so(place):
    place.arxiv.add(*range(1, 7))
    address = place.keys["arxiv.api"]
    place.keys["arxiv.api"] = "http://127.0.0.1:9/api/query"
    code, report = place.run()
    assert code == 3
    assert len(report["troubles"]) == 1
    place.keys["arxiv.api"] = address
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 6)


def test_pdfs_that_cannot_be_had_are_exit_3_when_their_host_is_down(place):
    place.arxiv.add(1, 2)
    place.arxiv.fault = lambda request: (
        Answer(429) if "pdf" in request.path else None
    )
    code, report = place.run()
    assert code == 3
    assert {one["tries"] for one in report["topics"][0]["pending"]} == {0}
    place.arxiv.fault = lambda request: None
    assert place.run()[0] == 0


def test_an_output_folder_that_is_a_file_is_said_to_be_so(place):
    place.out.write_text("mine")
    with pytest.raises(NotWritable, match="out"):
        place.run()
    assert place.out.read_text() == "mine"
    assert [one.troubles[0].what for one in place.digests]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_an_output_folder_that_cannot_be_written_is_said_to_be_so(place):
    place.out.mkdir(mode=0o500)
    with pytest.raises(NotWritable, match="out"):
        place.run()
    place.out.chmod(0o700)
    assert place.run()[0] == 0


def test_a_full_disk_ends_the_run_in_one_line_and_the_next_one_goes_on(
    place, monkeypatch
):
    place.arxiv.add(1, 2, 3)
    prepare = Database._prepare

    def small(database):
        prepare(database)
        database.row("PRAGMA max_page_count = 40")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_prepare", small)
        with pytest.raises(DiskFull, match="No space is left"):
            place.run()
    assert place.posts() == {}
    assert [one.troubles[0].what[:8] for one in place.digests] == ["No space"]
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 3)


def test_a_broken_database_is_said_to_be_so_and_left_alone(place):
    place.out.mkdir()
    (place.out / "screen.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Exception, match="not a database"):
        place.run()
    assert (place.out / "screen.db").read_bytes() == b"no database" * 1000


@pytest.mark.parametrize(
    ("text", "arguments", "word"),
    [
        ("[arxiv\n", [], "not valid TOML"),
        ("[run]\nworker = 3\n", [], 'Did you mean "workers"?'),
        ("[run]\nworkers = 'many'\n", [], "run.workers"),
        ("[run]\ntimezone = 'Mars'\n", [], "Mars"),
        ("[output]\nfaces = ['wordpress']\n", [], "wordpress"),
        ("[model]\nprovider = 'openai'\n", [], "OPENAI_API_KEY"),
        ("", ["--since", "tomorrow"], "tomorrow"),
        ("", ["--since", "2999-01-01"], "2999"),
        ("", ["--since", "2026-11-10", "--until", "2026-11-01"], "--until"),
        ("", ["--topic", ""], "at least one word"),
        ("", ["--topic", "?!"], "at least one word"),
    ],
)
def test_wrong_usage_and_configuration_are_exit_2_in_one_line(
    place, monkeypatch, capsys, text, arguments, word
):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    place.file.write_text(
        text + f'\n[topics."{TOPIC}"]\nphrases = ["talking head"]\n'
    )
    monkeypatch.setattr(
        sys,
        "argv",
        [
            "screen",
            "--config",
            str(place.file),
            "--output",
            str(place.out),
            *arguments,
        ],
    )
    monkeypatch.setenv("SCREEN_ARXIV__API", place.keys["arxiv.api"])
    with pytest.raises(SystemExit) as ended:
        main.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert word in said
    assert said.count("\n") == 1
    assert place.arxiv.server.requests == []


def test_what_is_wrong_with_the_configuration_costs_no_paper_a_try(place):
    place.arxiv.add(1, 2)
    place.keys["arxiv.pdf"] = "nowhere"
    with pytest.raises(ConfigError):
        place.run()
    place.keys["arxiv.pdf"] = f"{place.arxiv.server.url}/pdf"
    store = place.store()
    assert store.results.failures() == []
    store.close()
    assert place.run()[0] == 0


def test_the_log_says_a_line_an_event_with_run_paper_stage_and_seconds(place):
    place.arxiv.add(1)
    place.arxiv.add(2, pdf=None)
    place.run()
    lines = [
        line.split()
        for line in (place.out / "screen.log").read_text().splitlines()
    ]
    assert ["r1", "review", "done", paper(1).id] in [
        line[1:5] for line in lines
    ]
    assert ["r1", "download", "failed", paper(2).id] in [
        line[1:5] for line in lines
    ]
    assert all(line[1] == "r1" for line in lines)


def test_the_log_can_be_json(place):
    from pipeline.run.entry import RunRequest, run_screening

    place.arxiv.add(1)
    run_screening(place.config(), RunRequest(), log_json=True)
    events = [
        json.loads(line)
        for line in (place.out / "screen.log").read_text().splitlines()
    ]
    assert {"run", "fetch", "screen", "download", "read", "review"} <= {
        event["stage"] for event in events
    }


def test_a_clock_that_is_behind_is_said_to_be_so_and_the_next_run_completes(
    place,
):
    place.arxiv.add(1)
    place.run()
    place.arxiv.add(2)
    with moved(place, days=-9000), pytest.raises(UsageError, match="clock"):
        place.run()
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 1)


def test_a_clock_that_was_ahead_is_said_to_have_been_so_and_nothing_is_missed(
    place,
):
    place.arxiv.add(1)
    place.run()
    with moved(place, days=1500):
        place.run()
    place.nights(1)
    place.arxiv.add(2, published=place.now - timedelta(hours=20))
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 1)
    assert [
        trouble for trouble in report["troubles"] if "clock" in trouble["what"]
    ]
    place.nights(1)
    place.arxiv.add(3, published=place.now - timedelta(hours=20))
    _, report = place.run()
    assert (report["topics"][0]["posted"], report["troubles"]) == (1, [])


def test_a_failure_noted_by_a_clock_that_was_ahead_is_tried_again_at_once(
    place,
):
    place.arxiv.put(paper(1), pdf=0)
    with moved(place, days=1500):
        place.run(since="2026-11-01")
    place.arxiv.add(1)
    code, report = place.run(since="2026-11-01")
    assert (code, report["topics"][0]["posted"]) == (0, 1)
