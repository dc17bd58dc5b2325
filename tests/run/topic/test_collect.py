"""Which days are asked for, what becomes of new versions, and the second source."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import UsageError
from pipeline.run.topic.collect import LAG
from tests.arxiv_loopback import Answer
from tests.run.place import TOPIC
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
        return store.nights.covered(TOPIC)
    finally:
        store.close()


def posted(report):
    return report["topics"][0]["posted"]


def test_a_first_run_looks_back_as_far_as_the_configuration_says(place):
    place.arxiv.put(dated(1, NIGHT - timedelta(days=2)))
    place.arxiv.put(dated(2, NIGHT - timedelta(days=4)))
    _, report = place.run()
    assert posted(report) == 1
    assert covered(place) == (NIGHT - timedelta(days=3), NIGHT)


def test_a_paper_that_the_search_shows_days_after_its_submission_is_not_missed(place):
    place.keys["arxiv.days"] = 9
    place.run()
    place.nights(4)
    place.arxiv.put(dated(1, NIGHT - LAG + timedelta(hours=100)))
    _, report = place.run()
    assert posted(report) == 1


def test_ten_nights_off_are_covered_by_one_run(place):
    place.run()
    place.nights(10)
    for day in range(10):
        place.arxiv.put(dated(day + 1, NIGHT + timedelta(days=day, hours=1)))
    _, report = place.run()
    assert posted(report) == 10
    assert covered(place) == (NIGHT - timedelta(days=3), place.now)


def test_since_refills_a_window_and_leaves_what_is_covered(place):
    place.run()
    place.arxiv.put(dated(1, datetime(2026, 3, 5, 12, tzinfo=UTC)))
    before = covered(place)
    _, report = place.run(since="2026-03-01", until="2026-03-31")
    assert posted(report) == 1
    assert covered(place) == before
    _, report = place.run(since="2026-03-01")
    assert posted(report) == 0
    assert covered(place)[0] < datetime(2026, 3, 2, tzinfo=UTC)


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
    assert covered(place) == (NIGHT - timedelta(days=3),) * 2
    place.arxiv.fault = lambda request: None
    _, report = place.run()
    assert posted(report) == 4


def updated(number, version=2, **changes):
    moment = NIGHT - timedelta(hours=6, minutes=number)
    return dated(number, moment, version, updated=NIGHT + timedelta(days=1), **changes)


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
    assert (posted(report), report["topics"][0]["updates"], len(place.posts())) == (
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
    report = new_version(place, comment="This paper has been withdrawn by the authors")
    assert report["topics"][0]["updates"] == 1
    assert "withdrawn" in place.text()


def test_a_withdrawn_paper_is_not_read(place):
    place.arxiv.add(1)
    place.arxiv.put(
        replace(
            place.arxiv.records.pop(paper(1).id), comment="withdrawn by the authors"
        )
    )
    code, report = place.run()
    assert (code, report["topics"][0]["kept"], place.arxiv.asked("pdf")) == (0, 0, [])


def test_a_pending_paper_that_is_withdrawn_waits_no_longer(place):
    place.arxiv.add(1, pdf=None)
    assert place.run()[0] == 1
    place.nights(1)
    one = place.arxiv.records[paper(1).id]
    place.arxiv.put(
        replace(
            one, version=2, comment="This paper has been withdrawn", updated=place.now
        ),
        pdf=None,
    )
    code, report = place.run()
    assert (code, report["topics"][0]["pending"]) == (0, [])


def test_when_the_search_is_throttled_the_same_papers_come_by_the_other_way(place):
    place.arxiv.add(1, 2, 3)
    place.arxiv.put(
        replace(paper(8), title="A Talking Head of Others", categories=("math.GT",))
    )
    place.run()
    posts = {path.name: text for path, text in place.posts().items()}
    place.keys |= {
        "arxiv.oai": f"{place.arxiv.server.url}/oai",
        "output.dir": str(place.folder / "other"),
    }
    place.arxiv.fault = lambda request: Answer(429) if "api" in request.path else None
    code, report = place.run()
    assert code == 0
    assert posted(report) == 3
    assert "OAI-PMH" in place.said.err
    assert {
        path.name: path.read_bytes() for path in (place.folder / "other").rglob("*.md")
    } == posts
