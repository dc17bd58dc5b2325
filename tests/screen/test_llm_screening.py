"""A model's grades: asked for sparingly, believed carefully."""

import re
from datetime import UTC, datetime

import pytest

from pipeline.common.reason_text import describe_reasons
from pipeline.paper import Reason, Topic, Verdict
from pipeline.screen.learning.ratings import Rating
from pipeline.screen.llm_screening import (
    Opinion,
    apply_opinions,
    batches,
    choose_examples,
    grade_papers,
    screening_limits,
    uncertain,
)

AT = datetime(2026, 11, 1, tzinfo=UTC)
TOPIC = Topic(
    "Talking Head", phrases=("talking head",), description="Faces that talk."
)


class Model:
    """Answers from a function of the ids it is asked about; remembers the calls."""

    def __init__(self, answer):
        self.answer = answer
        self.calls = []

    async def __call__(self, messages, schema):
        ids = re.findall(r"^id: (\S+)$", messages[-1]["content"], re.MULTILINE)
        self.calls.append(ids)
        return self.answer(ids, len(self.calls))


def say(ids, grade=2, reason="it is"):
    return {
        "papers": [{"id": one, "grade": grade, "reason": reason} for one in ids]
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


def test_the_most_uncertain_come_first_and_sure_ones_not_at_all(case):
    _, verdicts = case(0.9, 0.001, 0.5, 0.02, 0.999)
    doubtful = [verdict.score for verdict in uncertain(verdicts, 0.5)]
    assert doubtful == [0.5, 0.9, 0.02]


def test_a_rated_paper_is_not_asked_about(case):
    _, (verdict,) = case(0.5)
    rated = Verdict(
        verdict.paper_id, verdict.topic, 0.5, True, (Reason("rated", "keep"),)
    )
    assert uncertain([rated], 0.5) == []


def test_what_is_uncertain_moves_with_the_threshold(case):
    _, verdicts = case(0.5, 0.85)
    nearest = [
        uncertain(verdicts, threshold)[0].score for threshold in (0.5, 0.9)
    ]
    assert nearest == [0.5, 0.85]


def test_forty_papers_go_into_a_call(case):
    papers, _ = case(*[0.5] * 90)
    assert [len(batch) for batch in batches(papers)] == [40, 40, 10]


async def test_papers_missing_in_an_answer_are_asked_about_once_more(case):
    papers, _ = case(0.4, 0.6, 0.55)
    model = Model(lambda ids, call: say(ids[:1]))
    found = await grade_papers(TOPIC, papers, [], model)
    assert [len(ids) for ids in model.calls] == [3, 2]
    assert set(found) == {papers[0].id, papers[1].id}


@pytest.mark.parametrize(
    "answer",
    [{}, {"papers": None}, {"papers": ["x", 3]}, {"papers": [{"id": "9999.99999", "grade": 2, "reason": ""}]},
     {"papers": [{"id": ["a"], "grade": "yes"}]}, {"papers": [{"id": "2611.00000", "grade": True}]},
     {"papers": [{"id": "2611.00000", "grade": 7}]}],
)  # fmt: skip
async def test_invented_and_broken_answers_say_nothing(case, answer):
    papers, _ = case(0.4, 0.6)
    assert (
        await grade_papers(TOPIC, papers, [], Model(lambda ids, call: answer))
        == {}
    )


def test_the_grade_decides_and_its_reason_is_kept(case):
    papers, verdicts = case(0.4, 0.6, 0.7)
    opinions = {
        papers[0].id: Opinion(2, "it is"),
        papers[1].id: Opinion(0, "speech only"),
        papers[2].id: Opinion(1, "partly"),
    }
    first, second, third = apply_opinions(verdicts, opinions, 0.5)
    assert (first.keep, second.keep, third.keep) == (True, False, True)
    assert 0 <= second.score < 0.5 <= first.score <= 1
    assert third.score == 0.7
    assert describe_reasons(first.reasons) == "lip sync; model: it is"
    assert describe_reasons(second.reasons) == "lip sync; −model: speech only"


async def test_a_reason_is_one_short_printable_line(case):
    papers, _ = case(0.4)
    model = Model(lambda ids, _: say(ids, 0, "speech\nonly\x1b[0m" + "x" * 300))
    found = await grade_papers(TOPIC, papers, [], model)
    reason = found[papers[0].id].reason
    assert reason.startswith("speech only[0mx")
    assert len(reason) == screening_limits.reason


async def test_the_prompt_shows_topic_papers_and_what_the_reader_rated(case):
    papers, _ = case(0.4)
    seen = []

    async def ask(messages, schema):
        seen.extend(messages)
        return say([papers[0].id])

    rated = {
        str(n): Rating(
            str(n),
            "Talking Head",
            choice,
            AT.replace(day=n),
            f"Paper of day {n}",
        )
        for n, choice in enumerate(["keep", "skip", "keep", "keep", "keep"], 1)
    }
    await grade_papers(TOPIC, papers, choose_examples(rated), ask)
    text = seen[-1]["content"]
    assert "Faces that talk." in text
    assert "on topic (2): Paper of day 5" in text
    assert "not wanted (0): Paper of day 2" in text
    assert "Paper of day 1" not in text
