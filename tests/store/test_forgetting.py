"""Papers off topic are forgotten after some weeks, and the store stops growing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.paper import Verdict
from pipeline.run.posting.archive_trends import trends_of
from pipeline.store import Store
from pipeline.store.runs import Rated
from tests.samples import NIGHT, paper

TOPIC = "Talking Head"
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def judge(store, number, at=NIGHT, *, keep=False, topic=TOPIC, **changes):
    values = {"published": at - DAY, "updated": at - DAY, **changes}
    one = paper(number, **values)
    store.papers.add([one], at)
    store.papers.judge([Verdict(one.id, topic, 0.1, keep=keep)], at)
    return one.id


def test_what_was_dropped_long_ago_is_forgotten_with_its_record(store):
    old = judge(store, 1)
    new = judge(store, 2, NIGHT + 5 * DAY)
    assert store.forgetting.forget(NIGHT + DAY, spared=0) == 1
    assert store.papers.candidate(old, TOPIC) is None
    assert store.papers.get(old) is None
    assert store.papers.get(new) is not None
    assert store.papers.candidate(new, TOPIC) is not None


def test_what_is_kept_posted_rated_or_wanted_by_another_topic_stays(store):
    kept = judge(store, 1, keep=True)
    rated = judge(store, 2)
    store.nights.rate(Rated(rated, TOPIC, "skip", NIGHT))
    both = judge(store, 3)
    judge(store, 3, keep=True, topic="NeRF")
    store.forgetting.forget(NIGHT + DAY, spared=0)
    assert store.papers.candidate(kept, TOPIC) is not None
    assert store.papers.candidate(rated, TOPIC) is not None
    assert store.papers.candidate(both, TOPIC) is None
    assert store.papers.get(both) is not None


def test_the_newest_records_stay_as_the_background(store):
    for number in range(1, 6):
        judge(store, number, NIGHT + number * DAY)
    store.forgetting.forget(NIGHT + 30 * DAY, spared=2)
    left = {one.id for one in store.papers.recent(9)}
    assert left == {paper(4).id, paper(5).id}


def test_trends_count_what_was_forgotten(store):
    for number in range(1, 4):
        judge(store, number)
    judge(store, 4, keep=True)
    before = trends_of(store, NIGHT.date())
    store.forgetting.forget(NIGHT + DAY, spared=0)
    assert trends_of(store, NIGHT.date()) == before


def test_a_store_of_a_year_holds_weeks_of_papers_off_topic(store, tmp_path):
    sizes = []
    long = "We study something else, and say so at length. " * 30
    number = 0
    for night in range(60):
        at = NIGHT + night * DAY
        for _ in range(20):
            number += 1
            judge(store, number, at, abstract=long)
        store.forgetting.forget(at - 10 * DAY, spared=20)
        if night % 20 == 19:
            sizes.append((tmp_path / "screen.db").stat().st_size)
    assert sizes[2] < 1.1 * sizes[0]
    assert sum(1 for _ in store.papers.judged(TOPIC)) <= 20 * 11


def test_a_revised_paper_off_topic_is_forgotten_in_all_its_versions(store):
    old = judge(store, 1)
    second = replace(paper(1), version=2)
    store.papers.add([second], NIGHT + 9 * DAY)
    store.forgetting.forget(NIGHT + DAY, spared=0)
    assert store.papers.versions(old) == []
