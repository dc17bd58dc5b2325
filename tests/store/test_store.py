"""What was found, judged, read, reviewed and posted, and when to try again."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.errors import PaperError, UnreadablePdf
from pipeline.paper import Verdict
from pipeline.store import Store
from pipeline.store.runs import Rated
from tests.samples import NIGHT, document, paper, review

TOPIC = "Talking Head"
DAY = NIGHT.date()


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def keep(store, number, score=0.9, topic=TOPIC):
    store.papers.add([paper(number)], NIGHT)
    store.papers.judge(
        [Verdict(paper(number).id, topic, score, keep=True)], NIGHT
    )


def test_a_paper_comes_back_as_it_was(store):
    store.papers.add([paper(1), paper(1, version=2, title="New")], NIGHT)
    assert store.papers.get(paper(1).id, 1) == paper(1)
    assert store.papers.get(paper(1).id).title == "New"
    assert store.papers.get("2611.99999") is None


def test_a_version_stays_as_it_was_first_seen(store):
    store.papers.add([paper(1)], NIGHT)
    store.papers.add([paper(1, title="Changed without a new version")], NIGHT)
    assert store.papers.get(paper(1).id) == paper(1)


def test_wanted_papers_come_best_first_and_posted_ones_are_wanted_no_more(
    store,
):
    keep(store, 1, 0.6)
    keep(store, 2, 0.9)
    store.papers.judge([Verdict(paper(3).id, TOPIC, 0.1, keep=False)], NIGHT)
    assert [one.paper_id for one in store.papers.wanted(TOPIC)] == [
        paper(2).id,
        paper(1).id,
    ]
    store.posts.plan(TOPIC, DAY, [(paper(2).id, 1)])
    assert [one.paper_id for one in store.papers.wanted(TOPIC)] == [paper(1).id]


def test_judging_again_moves_only_what_is_not_posted(store):
    keep(store, 1)
    keep(store, 2)
    store.posts.plan(TOPIC, DAY, [(paper(1).id, 1)])
    store.posts.done(TOPIC, DAY)
    store.papers.judge(
        [Verdict(paper(n).id, TOPIC, 0.2, keep=False) for n in (1, 2)],
        NIGHT,
    )
    assert store.papers.candidate(paper(1).id, TOPIC).stage == "posted"
    assert store.papers.candidate(paper(2).id, TOPIC).stage == "dropped"


def test_a_post_that_was_planned_but_not_written_is_found_again(store):
    keep(store, 1)
    store.posts.plan(TOPIC, DAY, [(paper(1).id, 1)])
    assert store.posts.planned() == [(DAY, TOPIC)]
    assert [member[0] for member in store.posts.members(TOPIC, DAY)] == [
        paper(1).id
    ]
    store.posts.done(TOPIC, DAY)
    assert store.posts.planned() == []


def test_every_content_ever_written_to_a_file_is_ours(store):
    store.posts.note([("a.md", "00")])
    store.posts.note([("a.md", "01")])
    assert store.posts.wrote("a.md", "00")
    assert not store.posts.wrote("a.md", "02")
    assert not store.posts.wrote("b.md", "00")


def test_a_new_version_is_named_once(store):
    assert store.posts.update(paper(1).id, 2, TOPIC, DAY, ["title"])
    assert not store.posts.update(
        paper(1).id, 2, TOPIC, DAY + timedelta(days=1), ["title"]
    )
    assert store.posts.updates(TOPIC, DAY) == [(paper(1).id, 2, ("title",))]
    assert store.posts.all() == [(DAY, TOPIC)]


def test_a_document_and_its_outline_come_back(store):
    store.results.save_document("2611.00001", 1, document(), NIGHT)
    assert store.results.document("2611.00001", 1) == document()
    outline = store.results.outline("2611.00001", 1)
    assert outline.figures[0].caption == "Figure 1. Overview."
    assert (
        outline.figures[0].text,
        outline.sections[0].paragraphs,
        outline.footnotes,
    ) == ("", (), ())


def test_a_review_ends_the_papers_failures(store):
    store.results.fail("2611.00001", "review", PaperError("no"), NIGHT, 5)
    store.results.save_review(review(1), NIGHT)
    assert store.results.failure("2611.00001") is None
    assert store.results.review("2611.00001", "zh") == review(1)
    assert store.results.review("2611.00001", "en") is None


def test_failures_of_one_day_count_as_one_night(store):
    for hour in range(4):
        failure = store.results.fail(
            "1", "review", PaperError("no"), NIGHT - timedelta(hours=hour), 3
        )
    assert (failure.nights, failure.gave_up) == (1, False)


def test_a_passing_failure_is_tried_at_once_and_later_with_growing_distance(
    store,
):
    pauses = []
    for night in range(6):
        at = NIGHT + timedelta(days=10 * night)
        pauses.append(
            store.results.fail(
                "1", "download", PaperError("cut"), at, 7
            ).next_try
            - at
        )
    assert pauses[:3] == [timedelta(0)] * 3
    assert timedelta(0) < pauses[3] < pauses[4] < pauses[5]


def test_a_failure_of_the_paper_itself_waits_for_the_next_night(store):
    failure = store.results.fail(
        "1", "read", UnreadablePdf("no text layer"), NIGHT, 5
    )
    assert timedelta(0) < failure.next_try - NIGHT < timedelta(days=1)


def test_after_its_nights_a_paper_is_given_up_until_it_is_forgiven(store):
    for night in range(3):
        failure = store.results.fail(
            "1", "read", PaperError("no"), NIGHT + timedelta(days=night), 3
        )
    assert failure.gave_up
    store.results.forgive()
    assert store.results.failures() == []


def test_the_announcements_that_a_topic_has_seen_are_kept_by_topic(store):
    days = [NIGHT.date() - timedelta(days=step) for step in range(3)]
    store.coverage.mark(TOPIC, days)
    store.coverage.mark(TOPIC, days[:1])
    assert store.coverage.days(TOPIC) == set(days)
    assert store.coverage.days("Another") == set()
    store.coverage.forget_after(TOPIC, days[1])
    assert store.coverage.days(TOPIC) == set(days[1:])


def test_a_record_of_the_feed_is_incomplete_until_it_is_filled(store):
    bare = paper(1, comment="")
    store.papers.add([bare], NIGHT)
    store.papers.note_incomplete([bare])
    assert store.papers.incomplete() == [bare]
    store.papers.complete(paper(1))
    assert store.papers.incomplete() == []
    assert store.papers.get(bare.id) == paper(1)


def test_a_withdrawn_paper_is_wanted_no_more(store):
    keep(store, 1)
    store.papers.withdraw(paper(1).id)
    assert store.papers.wanted(TOPIC) == []


def test_ratings_keep_the_last_word(store):
    store.nights.rate(Rated("1", TOPIC, "keep", NIGHT))
    store.nights.rate(Rated("1", TOPIC, "skip", NIGHT, "Title", "Abstract."))
    assert list(store.nights.ratings()) == [
        Rated("1", TOPIC, "skip", NIGHT, "Title", "Abstract.")
    ]


def test_what_was_judged_is_listed_by_day_and_topic(store):
    keep(store, 1)
    keep(store, 2, topic="Other")
    assert [one.paper_id for one in store.papers.judged(TOPIC, DAY)] == [
        paper(1).id
    ]
    assert list(store.papers.judged(TOPIC, date(2026, 1, 1))) == []


def test_the_newest_version_of_every_judged_paper_is_listed(store):
    keep(store, 1)
    store.papers.add([replace(paper(1), version=2)], NIGHT)
    keep(store, 2)
    assert [(one.id, one.version) for one in store.papers.of(TOPIC)] == [
        (paper(1).id, 2),
        (paper(2).id, 1),
    ]


def test_a_night_and_the_page_name_the_same_posts_at_the_same_time(
    tmp_path, monkeypatch
):
    night, page = Store.open(tmp_path), Store.open(tmp_path)
    names, read = [], night.database.row

    def name_of_page():
        names.append(page.posts.file_name(TOPIC, "Talking-Head", "Talking-2"))

    beside = threading.Thread(target=name_of_page)

    def row(*query):
        found = read(*query)
        if not beside.ident:
            beside.start()
            beside.join(timeout=0.2)  # longer where it waits for the night
        return found

    monkeypatch.setattr(night.database, "row", row)
    names.append(night.posts.file_name(TOPIC, "Talking-Head", "Talking-1"))
    beside.join()
    assert names == ["Talking-Head", "Talking-Head"]
    night.close()
    page.close()
