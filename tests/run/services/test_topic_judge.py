"""Judging with what the store keeps: opinions of a model, statistics, people followed."""

import re

import pytest

from pipeline.config_file import load
from pipeline.paper import Topic, Verdict
from pipeline.resources import CONFIG
from pipeline.run.services.topic_judge import (
    TopicJudge,
    background_of,
    judge_rules,
)
from pipeline.screen.terms.background import shipped_background
from pipeline.store import Store
from tests.samples import paper

TOPIC = Topic(
    "Talking Head", phrases=("talking head",), description="Faces that talk."
)


class Reply:
    def __init__(self, data):
        self.data = data


class Model:
    """Grades every paper it is asked about; remembers the calls."""

    def __init__(self, grade=2):
        self.grade = grade
        self.asked = []

    async def ask(self, messages, schema, **booking):
        assert booking["prompt_version"] == judge_rules.prompt
        ids = re.findall(r"^id: (\S+)$", messages[-1]["content"], re.MULTILINE)
        self.asked.append(ids)
        graded = [
            {"id": one, "grade": self.grade, "reason": "it is"} for one in ids
        ]
        return Reply({"papers": graded})


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def verdicts(*papers):
    return [Verdict(one.id, TOPIC.name, 0.4, keep=False) for one in papers]


async def test_what_a_model_has_said_is_not_asked_again(store):
    papers, config = [paper(1), paper(2)], load(CONFIG, environ={})
    first = Model()
    judged = await TopicJudge(config, store, first).ask_model(
        TOPIC, verdicts(*papers), papers
    )
    assert all(verdict.keep for verdict in judged)
    assert first.asked == [[paper(1).id, paper(2).id]]
    again = Model()
    papers.append(paper(3))
    await TopicJudge(config, store, again).ask_model(
        TOPIC, verdicts(*papers), papers
    )
    assert again.asked == [[paper(3).id]]


async def test_the_most_uncertain_are_asked_first_and_at_most_sixty(store):
    papers, config = (
        [paper(number) for number in range(70)],
        load(CONFIG, environ={}),
    )
    told = [
        Verdict(one.id, TOPIC.name, 0.1 + number / 200, keep=False)
        for number, one in enumerate(papers)
    ]
    model = Model()
    judge = TopicJudge(config, store, model)
    await judge.ask_model(TOPIC, told, papers)
    nearest = [one.id for one in reversed(papers)]
    assert model.asked == [nearest[:40], nearest[40:60]]
    await judge.ask_model(TOPIC, told, papers)
    assert model.asked[2:] == [nearest[60:]]


async def test_judging_again_without_a_model_recalls_what_it_has_said(store):
    papers, config = [paper(1), paper(2)], load(CONFIG, environ={})
    await TopicJudge(config, store, Model()).ask_model(
        TOPIC, verdicts(papers[0]), papers
    )
    again = TopicJudge(config, store)
    first, second = again.recall_opinions(TOPIC, verdicts(*papers))
    assert (first.keep, second.keep) == (True, False)
    never = load(CONFIG, environ={}, set_={"screen.model": False})
    told = verdicts(*papers)
    assert TopicJudge(never, store).recall_opinions(TOPIC, told) == told


async def test_a_changed_description_is_another_question(store):
    config, papers = load(CONFIG, environ={}), [paper(1)]
    await TopicJudge(config, store, Model()).ask_model(
        TOPIC, verdicts(*papers), papers
    )
    other = Topic(
        "Talking Head",
        phrases=("talking head",),
        description="Heads that sing.",
    )
    model = Model()
    await TopicJudge(config, store, model).ask_model(
        other, verdicts(*papers), papers
    )
    assert model.asked == [[paper(1).id]]


async def test_a_model_is_not_asked_where_the_configuration_says_so(store):
    config = load(CONFIG, environ={}, set_={"screen.model": False})
    model, papers = Model(), [paper(1)]
    told = verdicts(*papers)
    assert (
        await TopicJudge(config, store, model).ask_model(TOPIC, told, papers)
        == told
    )
    assert model.asked == []


async def test_screening_spends_at_most_a_tenth_of_the_budget(
    store, monkeypatch
):
    config, papers = load(CONFIG, environ={}), [paper(1)]
    store.ledger.run = 1
    monkeypatch.setattr(
        store.ledger,
        "cost_of",
        lambda prompt: 0.1 * config.model.budget_per_run,
    )
    model, told = Model(), verdicts(*papers)
    assert (
        await TopicJudge(config, store, model).ask_model(TOPIC, told, papers)
        == told
    )
    assert model.asked == []


def test_the_stores_own_statistics_are_used_from_enough_papers_on_and_kept(
    store,
):
    few = [paper(number) for number in range(judge_rules.enough - 1)]
    assert background_of(store, few) is shipped_background()
    enough = [
        paper(number, abstract=f"We study rare words {number % 7}.")
        for number in range(judge_rules.enough)
    ]
    built = background_of(store, enough)
    assert built.size == judge_rules.enough
    assert store.screening.background()[0] == judge_rules.enough
    more = [*enough, paper(judge_rules.enough)]
    assert background_of(store, more).size == judge_rules.enough


def test_a_topic_of_authors_keeps_their_papers(store):
    topic = Topic("Followed Authors", authors=paper(1).authors)
    (verdict,) = TopicJudge(load(CONFIG, environ={}), store).judge(
        topic, [paper(1)], []
    )
    assert verdict.keep
