"""The model's opinion, asked for sparingly and believed carefully."""

import re

import pytest

from pipeline.common.reason_text import describe_reasons
from pipeline.paper import Reason, Topic, Verdict
from pipeline.screen.llm_screening import BATCH, REASON, consult, uncertain

TOPIC = Topic("Talking Head", phrases=("talking head",), description="Faces that talk.")


class Model:
    """Answers from a function of the ids it is asked about; remembers the calls."""

    def __init__(self, answer):
        self.answer = answer
        self.calls = []

    async def __call__(self, messages, schema):
        ids = re.findall(r"^id: (\S+)$", messages[-1]["content"], re.MULTILINE)
        self.calls.append(ids)
        return self.answer(ids, len(self.calls))


def say(ids, on_topic=True, reason="it is"):
    return {
        "papers": [{"id": one, "on_topic": on_topic, "reason": reason} for one in ids]
    }


@pytest.fixture
def case(paper):
    def make(*scores):
        papers = [paper(f"Paper {number}") for number in range(len(scores))]
        verdicts = [
            Verdict(
                one.id,
                "Talking Head",
                score,
                score >= 0.5,
                (Reason("abstract", "lip sync"),),
            )
            for one, score in zip(papers, scores, strict=True)
        ]
        return papers, verdicts

    return make


async def test_only_the_uncertain_are_asked_about_twenty_a_call(case):
    papers, verdicts = case(0.01, 0.99, *[0.5] * 45)
    model = Model(lambda ids, _: say(ids))
    await consult(TOPIC, verdicts, papers, model)
    assert [len(ids) for ids in model.calls] == [BATCH, BATCH, 5]
    assert papers[0].id not in model.calls[0]


async def test_the_answer_decides_and_its_reason_is_kept(case):
    papers, verdicts = case(0.4, 0.6)
    model = Model(
        lambda ids, _: {
            "papers": [
                *say(ids[:1])["papers"],
                *say(ids[1:], False, "speech\nonly\x1b[0m" + "x" * 300)["papers"],
            ]
        }
    )
    first, second = await consult(TOPIC, verdicts, papers, model)
    assert (first.keep, second.keep) == (True, False)
    assert describe_reasons(first.reasons) == "lip sync; model: it is"
    assert describe_reasons(second.reasons).startswith(
        "lip sync; −model: speech only[0mx"
    )
    assert len(describe_reasons(second.reasons)) < REASON + 30
    assert 0 <= second.score < 0.5 <= first.score <= 1


async def test_missing_papers_are_asked_about_once_more_then_left_to_the_rules(case):
    papers, verdicts = case(0.4, 0.6, 0.55)
    model = Model(lambda ids, call: say(ids[:1]))
    judged = await consult(TOPIC, verdicts, papers, model)
    assert [len(ids) for ids in model.calls] == [3, 2]
    assert judged[2] == verdicts[2]


@pytest.mark.parametrize(
    "answer",
    [{}, {"papers": None}, {"papers": ["x", 3]}, {"papers": [{"id": "9999.99999", "on_topic": True, "reason": ""}]},
     {"papers": [{"id": ["a"], "on_topic": "yes"}]}],
)  # fmt: skip
async def test_invented_and_broken_answers_change_nothing(case, answer):
    papers, verdicts = case(0.4, 0.6)
    assert (
        await consult(TOPIC, verdicts, papers, Model(lambda ids, call: answer))
        == verdicts
    )


async def test_nothing_uncertain_no_call(case):
    papers, verdicts = case(0.01, 0.99)
    model = Model(lambda ids, _: say(ids))
    assert await consult(TOPIC, verdicts, papers, model) == verdicts
    assert model.calls == []


def test_the_band_moves_with_the_threshold(case):
    _, verdicts = case(0.7, 0.85)
    assert [verdict.score for verdict in uncertain(verdicts, 0.5)] == [0.7]
    assert [verdict.score for verdict in uncertain(verdicts, 0.7)] == [0.7, 0.85]
