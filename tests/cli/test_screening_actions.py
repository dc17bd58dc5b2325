"""Topics and records on the command line."""

import asyncio
import json
import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipeline.config_file import load
from pipeline.paper import Topic, Verdict
from pipeline.resources import CONFIG
from pipeline.run.services.topic_judge import TopicJudge
from pipeline.store import Store
from tests.samples import paper
from tests.screening_program import RECORDS


def test_a_chinese_topic_keeps_what_its_english_name_keeps(screen):
    chinese = screen("judge", "--topic", "说话人脸生成", "--records", RECORDS)
    english = screen(
        "judge", "--topic", "talking head generation", "--records", RECORDS
    )
    assert chinese.out == english.out
    assert "talking head generation" in chinese.err


@pytest.mark.parametrize(
    ("name", "said"),
    [("Talking Heads", "Talking Head"), ("火星文嘻嘻", "Nothing is known")],
)
def test_a_name_that_is_not_understood_is_a_wrong_use(screen, name, said):
    found = screen("judge", "--topic", name, "--records", RECORDS)
    assert found.code == 2
    assert said in found.err


def test_a_proposal_is_printed_and_written_only_when_asked(screen, alone):
    shutil.copyfile(CONFIG, alone / "config.toml")
    before = (alone / "config.toml").read_text(encoding="utf-8")
    shown = screen("topics", "add", "医学图像分割")
    assert shown.out.startswith('[topics."Medical image segmentation"]\n')
    assert (alone / "config.toml").read_text(encoding="utf-8") == before
    assert screen("topics", "add", "医学图像分割", "--write").code == 0
    listed = screen("topics", "--json")
    assert "Medical image segmentation" in [one["topic"] for one in listed.json]
    again = screen("topics", "add", "medical", "image", "segmentation")
    assert again.code == 2
    assert "already" in again.err


def test_a_proposal_tells_what_it_would_keep(screen, night):
    found = screen("topics", "add", "lip reading", "--output", night)
    assert "it would keep" in found.err


def test_the_model_is_asked_only_where_there_is_one(screen):
    found = screen(
        "judge", "--topic", "Talking Head", "--records", RECORDS, "--model"
    )
    assert found.code == 2
    assert "no model" in found.err


def test_judged_rows_tell_their_reasons_as_data(screen, night):
    rows = screen("status", "--judged", "--json", "--output", night).json
    assert all(isinstance(row["reasons"], list) for row in rows)
    plain = screen("status", "--judged", "--output", night)
    assert len(plain.lines) == len(rows) + 1


def test_records_are_judged_a_line_each(screen):
    lines = screen(
        "judge", "--topic", "Talking Head", "--records", RECORDS
    ).lines
    assert [sorted(json.loads(line)) for line in lines] == [
        ["id", "keep", "score", "why"]
    ] * len(lines)


def test_a_proposal_says_that_nothing_was_screened_and_leaves_nothing_behind(
    screen, alone, monkeypatch
):
    monkeypatch.setenv("SCREEN_MODEL__PROVIDER", "openai")
    monkeypatch.setenv("SCREEN_MODEL__BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("SCREEN_MODEL__TIMEOUT", "0.1")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    found = screen("topics", "add", "lip reading", "--write")
    assert found.code == 2
    assert "`arxiv-screen init`" in found.err
    monkeypatch.setenv("SCREEN_MODEL__PROVIDER", "extractive")
    found = screen("topics", "add", "lip reading")
    assert found.code == 0
    assert "Nothing has been screened yet" in found.err
    assert list(alone.iterdir()) == []


def test_a_topic_that_is_there_is_found_by_its_abbreviation(screen):
    found = screen("topics", "add", "FER")
    assert (found.code, found.out) == (2, "")
    assert '"Facial expression recognition" is in config.toml' in found.err


class Refuser:
    """A model to which no paper is on topic."""

    data: dict[str, object]

    async def ask(self, messages, schema, **booking):
        self.data = {"papers": [{"id": paper(1).id, "grade": 0, "reason": ""}]}
        return self


def test_judging_again_does_not_take_back_what_a_model_said(screen, tmp_path):
    config, topic = load(CONFIG, environ={}), Topic("phoneme timing")
    found = paper(1, title="Timing", abstract="We learn phoneme timing.")
    dropped = Verdict(found.id, topic.name, 0.2, keep=False)
    with closing(Store.open(tmp_path)) as store:
        at = datetime(2026, 11, 1, tzinfo=UTC)
        store.papers.add([found], at)
        store.papers.judge([dropped], at)
        (alone,) = TopicJudge(config, store).judge(topic, [found], [])
        assert alone.keep
        judge = TopicJudge(config, store, Refuser())
        asyncio.run(judge.ask_model(topic, [dropped], [found]))
    again = screen("judge", "--again", "--output", tmp_path)
    assert again.err.startswith("No verdict changes")
