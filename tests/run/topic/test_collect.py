"""Which days are asked for, what becomes of new versions, and the sources in their order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.errors import UsageError
from pipeline.run.topic.announcement_gaps import gap_limits
from pipeline.screen.announcements import DAY
from tests.arxiv_loopback import Answer
from tests.run.place import OTHER, TOPIC
from tests.samples import NIGHT, paper


def dated(number, moment, version=1, **changes):
    values = {
        "published": moment,
        "updated": moment,
        "title": f"Talking Head Study of Kind {number}",
    }
    return paper(number, version, **values | changes)


def covered(place):
    store = place.store()
    try:
        return store.coverage.days(TOPIC)
    finally:
        store.close()


def posted(report):
    return report["topics"][0]["posted"]


def test_a_first_run_looks_back_as_far_as_the_configuration_says(place):
    place.arxiv.put(dated(1, NIGHT - timedelta(days=2)))
    place.arxiv.put(dated(2, NIGHT - timedelta(days=4)))
    _, report = place.run()
    assert posted(report) == 1
    assert covered(place) == {date(2026, 11, day) for day in (17, 18, 19)}, (
        "the search lags, so that the newest announcement is asked for again"
    )


def test_a_paper_that_the_search_shows_days_after_its_submission_is_not_missed(
    place,
):
    place.keys["arxiv.days"] = 9
    place.run()
    place.nights(4)
    place.arxiv.put(dated(1, NIGHT - gap_limits.lag + timedelta(hours=100)))
    _, report = place.run()
    assert posted(report) == 1


def test_ten_nights_off_are_covered_by_one_run(place):
    place.run()
    place.nights(10)
    for day in range(10):
        place.arxiv.put(dated(day + 1, NIGHT + timedelta(days=day, hours=1)))
    _, report = place.run()
    assert posted(report) == 10
    assert covered(place) == {date(2026, 11, day) for day in range(17, 30)}


def test_since_refills_a_window_and_leaves_what_is_covered(place):
    place.run()
    place.arxiv.put(dated(1, datetime(2026, 3, 5, 12, tzinfo=UTC)))
    before = covered(place)
    _, report = place.run(since="2026-03-01", until="2026-03-31")
    assert posted(report) == 1
    assert covered(place) == before
    _, report = place.run(since="2026-03-01")
    assert posted(report) == 0
    assert min(covered(place)) < date(2026, 3, 2)


def test_a_window_that_ends_before_it_begins_is_wrong_usage(place):
    with pytest.raises(UsageError):
        place.run(since="2026-11-10", until="2026-11-01")
    with pytest.raises(UsageError):
        place.run(since="2026-12-24")


def test_a_night_whose_pages_end_in_the_middle_does_not_count_as_covered(place):
    place.keys["arxiv.page_size"] = 2
    place.arxiv.add(1, 2, 3, 4)
    place.arxiv.fault = lambda request: (
        Answer(503) if int(request.query.get("start", 0)) else None
    )
    code, _ = place.run()
    assert code == 3
    assert covered(place) == {date(2026, 11, 17)}
    place.arxiv.fault = lambda request: None
    _, report = place.run()
    assert posted(report) == 4


def updated(number, version=2, **changes):
    moment = NIGHT - timedelta(hours=6, minutes=number)
    return dated(
        number, moment, version, updated=NIGHT + timedelta(days=1), **changes
    )


def new_version(place, **changes):
    """A paper is posted, and two nights later a new version of it is there."""
    place.arxiv.add(1)
    place.run()
    first = place.posts()
    place.nights(2)
    place.arxiv.put(updated(1, **changes))
    place.arxiv.server.requests.clear()
    code, report = place.run()
    assert code == 0
    assert {
        path: text for path, text in place.posts().items() if path in first
    } == first
    return report


def test_a_new_version_of_a_posted_paper_is_one_line(place):
    report = new_version(place, comment="accepted somewhere")
    assert (posted(report), report["topics"][0]["updates"]) == (0, 1)
    assert "accepted somewhere" in place.text()
    assert place.arxiv.asked("pdf") == []
    before = place.posts()
    _, report = place.run()
    assert (report["topics"][0]["updates"], place.posts()) == (0, before)


def test_new_versions_may_be_silent(place):
    place.keys["screen.versions"] = "silent"
    report = new_version(place)
    assert (
        posted(report),
        report["topics"][0]["updates"],
        len(place.posts()),
    ) == (
        0,
        0,
        1,
    )


def test_new_versions_may_be_reviewed_again_and_the_old_post_stays(place):
    from pipeline.cli.publishing_actions import render_again

    place.keys["screen.versions"] = "review"
    report = new_version(place)
    assert posted(report) == 1
    assert place.arxiv.asked("pdf") == [f"/pdf/{paper(1).id}v2"]
    assert len(place.posts()) == 2
    before = place.posts()
    for path in before:
        (place.out / path).unlink()
    render_again(place.config(), "", force=False)
    assert place.posts() == before


def test_a_posted_paper_that_is_withdrawn_is_named_and_the_post_stays(place):
    report = new_version(
        place, comment="This paper has been withdrawn by the authors"
    )
    assert report["topics"][0]["updates"] == 1
    assert "withdrawn" in place.text()


def test_a_withdrawn_paper_is_not_read(place):
    place.arxiv.add(1)
    place.arxiv.put(
        replace(
            place.arxiv.records.pop(paper(1).id),
            comment="withdrawn by the authors",
        )
    )
    code, report = place.run()
    assert (code, report["topics"][0]["kept"], place.arxiv.asked("pdf")) == (
        0,
        0,
        [],
    )


def test_a_pending_paper_that_is_withdrawn_waits_no_longer(place):
    place.arxiv.add(1, pdf=None)
    assert place.run()[0] == 1
    place.nights(1)
    one = place.arxiv.records[paper(1).id]
    place.arxiv.put(
        replace(
            one,
            version=2,
            comment="This paper has been withdrawn",
            updated=place.now,
        ),
        pdf=None,
    )
    code, report = place.run()
    assert (code, report["topics"][0]["pending"]) == (0, [])


def test_when_the_search_is_throttled_the_same_papers_come_by_the_other_way(
    place,
):
    place.arxiv.add(1, 2, 3)
    place.arxiv.put(
        replace(
            paper(8), title="A Talking Head of Others", categories=("math.GT",)
        )
    )
    place.run()
    posts = {path.name: text for path, text in place.posts().items()}
    place.keys |= {
        "arxiv.sources": ["api", "oai"],
        "output.dir": str(place.folder / "other"),
    }
    place.arxiv.fault = lambda request: (
        Answer(429) if "api" in request.path else None
    )
    code, report = place.run()
    assert code == 0
    assert posted(report) == 3
    assert "search API" in place.said.err
    assert {
        path.name: path.read_bytes()
        for path in (place.folder / "other").rglob("*.md")
    } == posts


FRIDAY = date(2026, 11, 20)
"""The day of NIGHT, and of the feed that is there then."""


@pytest.fixture
def announced(place):
    """A place whose arXiv has a feed, and the API as well."""
    place.keys["arxiv.sources"] = ["feed", "api", "oai"]
    return place


def announce(place, *numbers, day=FRIDAY, kind="new", **changes):
    """Announce papers that were submitted the day before; the API has them with comments."""
    found = []
    for number in numbers:
        moment = datetime.combine(day, datetime.min.time(), UTC) - timedelta(
            hours=9
        )
        one = dated(number, moment + timedelta(minutes=number), **changes)
        place.arxiv.put(one)
        found.append((one, kind))
    place.arxiv.announce(day, *found)
    return [one for one, _ in found]


def down(place, *kinds):
    """Let these services ask to be left alone."""
    place.arxiv.fault = lambda request: (
        Answer(429) if request.path.split("/")[1] in kinds else None
    )


def test_a_night_costs_one_request_for_the_announcement_and_one_for_the_comments(
    announced,
):
    announce(announced, 1, day=FRIDAY - timedelta(days=1))
    announced.now -= timedelta(days=1)
    announced.run()
    announced.arxiv.server.requests.clear()
    announced.nights(1)
    announce(announced, 2, 3)
    code, report = announced.run()
    assert (code, posted(report)) == (0, 2)
    listings = [
        one.path.split("/")[1]
        for one in announced.arxiv.server.requests
        if not one.path.startswith("/pdf")
    ]
    assert listings == ["atom", "api"]
    assert "id_list" in announced.arxiv.server.requests[1].query


def test_what_is_announced_is_posted_though_the_api_and_oai_are_down(announced):
    announced.run()
    announced.nights(3)
    monday = FRIDAY + timedelta(days=3)
    announce(announced, 1, 2, day=monday, comment="Accepted by CVPR 2027")
    down(announced, "api", "oai")
    code, report = announced.run()
    assert (code, posted(report)) == (3, 2), (
        "Saturday and Sunday are still missing"
    )
    assert "CVPR" not in announced.text()
    announced.arxiv.fault = lambda request: None
    announced.nights(1)
    announced.arxiv.announce(monday + timedelta(days=1))
    code, report = announced.run()
    assert (code, posted(report)) == (0, 0)
    assert "CVPR" in announced.text()
    assert len(announced.posts()) == 1


def test_a_cross_list_is_a_candidate_and_a_replacement_is_none(announced):
    papers = announce(announced, 1, 2, 3)
    kinds = ("cross", "replace", "replace-cross")
    announced.arxiv.announce(FRIDAY, *zip(papers, kinds, strict=True))
    for one in papers[1:]:
        del announced.arxiv.records[one.id]
    code, report = announced.run()
    assert (code, posted(report)) == (0, 1)


def test_a_replacement_in_the_feed_is_an_update_of_a_posted_paper(announced):
    (one,) = announce(announced, 1)
    announced.run()
    announced.nights(3)
    newer = replace(
        one, version=2, abstract="We changed it.", comment="v2 is better"
    )
    announced.arxiv.put(
        replace(newer, updated=announced.now - timedelta(hours=20))
    )
    announced.arxiv.announce(FRIDAY + timedelta(days=3), (newer, "replace"))
    code, report = announced.run()
    assert (code, posted(report), report["topics"][0]["updates"]) == (0, 0, 1)
    assert "v2 is better" in announced.text()


def test_a_feed_that_has_not_changed_is_not_read_again(announced):
    announce(announced, 1)
    announced.run()
    announced.arxiv.server.requests.clear()
    code, report = announced.run()
    assert (code, posted(report)) == (0, 0)
    assert announced.arxiv.server.requests[0].headers["If-None-Match"]


def test_a_new_topic_reads_the_feed_that_the_others_know(announced):
    announce(announced, 1)
    announced.run()
    announced.keys[f"topics.{OTHER}"] = {
        "phrases": ["talking head"],
        "categories": ["cs.CV"],
    }
    code, report = announced.run()
    assert (code, [topic["posted"] for topic in report["topics"]]) == (
        0,
        [0, 1],
    )


def test_a_missed_night_is_filled_by_the_api_and_nothing_comes_twice(announced):
    announce(announced, 1)
    announced.run()
    announce(announced, 2, day=FRIDAY + timedelta(days=1))
    announced.nights(2)
    announce(announced, 3, day=FRIDAY + timedelta(days=2))
    code, report = announced.run()
    assert (code, posted(report)) == (0, 2)
    assert covered(announced) >= {
        FRIDAY + timedelta(days=step) for step in range(3)
    }


def test_a_feed_of_the_day_before_leaves_today_missing(announced):
    announce(announced, 1, day=FRIDAY - timedelta(days=1))
    code, _ = announced.run()
    assert code == 0
    assert FRIDAY not in covered(announced)
    announced.arxiv.server.requests.clear()
    announce(announced, 2, day=FRIDAY)
    _, report = announced.run()
    assert posted(report) == 1


def test_by_oai_no_revised_paper_is_taken_for_a_new_one(announced):
    down(announced, "atom", "api")
    announce(announced, 1)
    old = dated(2, datetime(2024, 3, 1, tzinfo=UTC), 3, updated=NIGHT - DAY)
    announced.arxiv.put(old)
    code, report = announced.run()
    assert (code, posted(report)) == (0, 1)
    store = announced.store()
    (candidate,) = store.papers.judged()
    found = store.papers.get(candidate.paper_id)
    assert found == announced.arxiv.records[paper(1).id]
    store.close()


def test_without_any_source_the_days_stay_missing_and_the_next_run_has_them(
    announced,
):
    announce(announced, 1)
    down(announced, "atom", "api", "oai")
    code, report = announced.run()
    assert code == 3
    assert "next run" in report["troubles"][0]["step"]
    announced.arxiv.fault = lambda request: None
    announced.nights(2)
    announced.arxiv.announce(FRIDAY + timedelta(days=2))
    code, report = announced.run()
    assert (code, posted(report)) == (0, 1)


def test_a_topic_without_categories_takes_all_of_computer_science(announced):
    announced.keys[f"topics.{TOPIC}"] = {"phrases": ["talking head"]}
    announce(announced, 1, categories=("cs.NI",))
    announced.run()
    assert announced.arxiv.server.requests[0].path == "/atom/cs+eess"
    assert "Kind 1" in announced.text()


def test_a_feed_that_is_built_anew_on_the_same_day_shows_its_new_papers(
    announced,
):
    announce(announced, 1)
    announced.run()
    announce(announced, 1, 2)
    code, report = announced.run()
    assert (code, posted(report)) == (0, 1)
