"""Whole runs over servers on loopback: from arXiv to the posts, and what is left when something
fails.
"""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.arxiv_loopback import Answer
from tests.run.place import OTHER, TOPIC
from tests.samples import paper

VAGUE = "We animate a talking head from speech. The talking head works."


def test_every_kept_paper_is_posted_with_its_parts_and_pictures(place):
    place.arxiv.add(1, 2, 3)
    place.arxiv.put(
        replace(paper(9), title="Counting Sheep", abstract="We count sheep.")
    )
    code, report = place.run()
    assert code == 0
    assert [
        (topic["found"], topic["kept"], topic["posted"])
        for topic in report["topics"]
    ] == [(4, 3, 3)]
    assert all(
        f"Talking Head Study of Kind {number}" in place.text()
        for number in (1, 2, 3)
    )
    assert "Sheep" not in place.text()
    assert [
        path
        for path in place.files()
        if path.suffix == ".png" and "pictures" not in path.parts
    ]


def test_a_second_run_finds_nothing_sends_nothing_and_leaves_every_byte(place):
    place.arxiv.add(1, 2)
    place.run()
    before = place.files()
    place.arxiv.server.requests.clear()
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 0)
    assert place.arxiv.asked("pdf") == []
    assert place.files() == before


def test_a_second_run_tells_what_the_post_of_the_day_holds_already(place):
    place.arxiv.add(1, 2)
    place.run()
    _, report = place.run()
    assert (report["topics"][0]["posted"], report["topics"][0]["standing"]) == (
        0,
        2,
    )
    assert "0, 2 before" in place.said.err
    assert "no paper on this topic" not in place.said.err


def test_a_paper_of_two_topics_is_fetched_once_and_stands_in_both_posts(place):
    place.keys[f"topics.{OTHER}"] = {
        "phrases": ["talking head", "lip motion"],
        "categories": ["cs.CV"],
    }
    place.arxiv.add(1)
    _, report = place.run()
    assert [topic["posted"] for topic in report["topics"]] == [1, 1]
    assert len(place.arxiv.asked("pdf")) == 1
    assert len(place.posts()) == 2


def test_beyond_the_nightly_cap_papers_are_named_and_not_read(place):
    place.keys["screen.limit"] = 2
    place.arxiv.add(1, 2, 3, 4)
    code, report = place.run()
    assert code == 0
    assert (report["topics"][0]["posted"], report["topics"][0]["asides"]) == (
        2,
        2,
    )
    assert len(place.arxiv.asked("pdf")) == 2
    assert all(
        f"Talking Head Study of Kind {number}" in place.text()
        for number in (1, 2, 3, 4)
    )


def test_a_limit_keeps_the_best_and_leaves_the_others_to_the_next_run(place):
    place.arxiv.add(1, 2)
    place.arxiv.put(replace(paper(3), title="Portrait Study", abstract=VAGUE))
    _, report = place.run(limit=2)
    assert report["topics"][0]["posted"] == 2
    assert "Portrait Study" not in place.text()
    _, report = place.run()
    assert (report["topics"][0]["kept"], report["topics"][0]["posted"]) == (
        0,
        1,
    )
    assert "Portrait Study" in place.text()


def test_a_run_that_died_before_its_files_were_written_is_finished_by_the_next(
    place,
):
    place.arxiv.add(1, 2)
    place.run()
    whole = place.files()
    for path in place.posts():
        (place.out / path).unlink()
    store = place.store()
    store.database.write("UPDATE candidates SET stage = 'posting'")
    store.close()
    place.nights(1)
    code, report = place.run()
    assert code == 0
    assert place.files() == whole
    assert place.store().posts.planned() == []
    assert (report["topics"][0]["posted"], len(report["topics"][0]["top"])) == (
        2,
        2,
    ), "nobody was told of them yet"


def test_a_paper_that_fails_waits_with_its_reason_and_the_others_are_posted(
    place,
):
    place.arxiv.add(1)
    place.arxiv.add(2, pdf=None)
    code, report = place.run()
    assert code == 1
    assert [
        (one["paper_id"], one["reason"])
        for one in report["topics"][0]["pending"]
    ] == [(paper(2).id, "arXiv has no PDF of it.")]
    place.arxiv.add(2)
    place.nights(2)
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 1)


def test_a_paper_that_never_works_is_given_up_and_listed_until_it_is_retried(
    place,
):
    place.keys["run.attempts"] = 2
    place.arxiv.add(1, pdf=None)
    for _ in range(2):
        place.run()
        place.nights(3)
    place.arxiv.server.requests.clear()
    code, report = place.run()
    assert place.arxiv.asked("pdf") == []
    assert code == 1
    assert report["topics"][0]["pending"][0]["next_try"] is None
    place.arxiv.add(1)
    code, report = place.run(fetch=False, forgive=True)
    assert (code, report["topics"][0]["posted"]) == (0, 1)


def test_a_cut_download_is_pending_and_leaves_no_piece(place):
    place.arxiv.add(1)
    place.arxiv.fault = lambda request: (
        Answer(body=b"%PDF-1.7 half", cut=9) if "pdf" in request.path else None
    )
    code, _ = place.run()
    assert code == 1
    assert list((place.out / "pdfs").iterdir()) == []
    place.arxiv.fault = lambda request: None
    assert place.run()[0] == 0


def test_an_arxiv_that_is_down_for_days_is_exit_3_and_the_next_run_begins_where_the_first_one_wanted_to(
    place,
):
    place.arxiv.add(1)
    place.arxiv.fault = lambda request: Answer(503)
    code, report = place.run()
    assert code == 3
    assert len(report["troubles"]) == 1
    place.nights(4)
    place.arxiv.fault = lambda request: None
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (0, 1)


def test_what_is_pending_is_finished_even_when_the_search_is_down(
    place, monkeypatch
):
    place.hasten(monkeypatch)
    place.arxiv.add(1)
    place.arxiv.fault = lambda request: (
        Answer(500) if "pdf" in request.path else None
    )
    place.run()
    place.arxiv.fault = lambda request: (
        Answer(500) if "api" in request.path else None
    )
    code, report = place.run()
    assert (code, report["topics"][0]["posted"]) == (3, 1)


def test_a_dry_run_leaves_no_trace(place):
    place.arxiv.add(1)
    code, report = place.run(dry_run=True)
    assert code == 0
    assert report["topics"][0]["kept"] == 1
    assert not place.out.exists()
    place.run()
    before = place.files()
    store = place.store()
    runs = store.nights.latest(10)
    place.nights(1)
    place.run(dry_run=True)
    assert place.files() == before
    assert store.nights.latest(10) == runs


@pytest.mark.parametrize(
    "faces", [["hexo"], ["hexo", "vuepress", "markdown", "feed", "index"]]
)
def test_rendering_again_changes_no_byte(place, faces):
    from pipeline.cli.publishing_actions import render_again

    place.keys["output.faces"] = faces
    place.arxiv.add(1, 2)
    place.run()
    before = place.files()
    place.nights(3)
    assert render_again(place.config(), "", force=False) == 0
    assert place.files() == before


def test_the_window_of_a_run_is_what_the_report_says(place):
    _, report = place.run(since="2026-11-10", until="2026-11-12")
    assert (report["topics"][0]["since"], report["topics"][0]["until"]) == (
        "2026-11-10",
        "2026-11-12",
    )


def test_posts_outlive_the_pdfs_and_pictures_that_they_were_made_of(place):
    from pipeline.cli.publishing_actions import render_again
    from pipeline.run.single_paper import single

    place.keys["run.keep"] = 0
    place.arxiv.add(1)
    place.run()
    before = place.files()
    assert not [path for path in before if path.parts[0] in ("pdfs", "papers")]
    assert render_again(place.config(), "", force=False) == 0
    assert place.files() == before
    found = single(paper(1).id, place.config())
    assert any(found.pictures.iterdir())


def test_a_pending_paper_whose_pictures_have_gone_is_read_again(place):
    place.arxiv.add(1)
    place.run()
    store = place.store()
    store.database.write(
        "UPDATE candidates SET stage = 'kept', post_date = NULL"
    )
    store.close()
    whole = place.files()
    for path in whole:
        (place.out / path).unlink()
    shutil.rmtree(place.out / "papers")
    assert place.run()[0] == 0
    assert place.files() == whole


def test_a_run_that_posts_what_was_pending_is_not_called_silent(place):
    place.arxiv.add(1)
    place.arxiv.pdfs.clear()
    place.run()
    place.arxiv.add(1)
    _, report = place.run(forgive=True)
    assert (report["topics"][0]["posted"], report["topics"][0]["silence"]) == (
        1,
        "",
    )


def test_a_suspicious_silence_is_printed_once(place):
    place.arxiv.add(1)
    place.run()
    store = place.store()
    for day in range(1, 10):
        store.nights.haul(TOPIC, place.now.date() - timedelta(days=day), 6)
    store.close()
    place.nights(5)  # from a Friday to a Wednesday, after an announcement
    _, report = place.run()
    assert report["troubles"]
    assert place.said.err.count(report["topics"][0]["silence"]) == 1
