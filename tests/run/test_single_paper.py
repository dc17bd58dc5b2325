"""One paper by itself."""

import json
import shutil
from dataclasses import replace

import pytest

from pipeline.errors import ArxivDown, PaperError, UsageError
from pipeline.run.single_paper import show_review, single
from tests.arxiv_loopback import Answer
from tests.run.place import PDFS
from tests.samples import paper


def test_a_paper_is_reviewed_by_its_id_whether_a_topic_wants_it_or_not(place):
    place.arxiv.add(1, abstract="We count sheep.", pdf=2)
    found = single(paper(1).id, place.config())
    assert found.review.paper_id == paper(1).id
    assert found.paper.title == "Talking Head Study of Kind 1"
    assert found.framework.is_file()


def test_a_second_time_nothing_is_asked_of_anybody(place):
    place.arxiv.add(1)
    first = single(paper(1).id, place.config())
    place.arxiv.server.requests.clear()
    assert single(paper(1).id, place.config()) == first
    assert place.arxiv.server.requests == []


def test_the_night_takes_over_what_was_read_by_hand(place):
    place.arxiv.add(1)
    single(paper(1).id, place.config())
    _, report = place.run()
    assert report["topics"][0]["posted"] == 1
    assert len(place.arxiv.asked("pdf")) == 1


def test_a_pdf_of_ones_own_needs_no_arxiv(place, tmp_path):
    own = tmp_path / "My paper.pdf"
    shutil.copy(PDFS / "0000.00001.pdf", own)
    found = single(str(own), place.config())
    assert (found.paper.version, found.paper.abs_url) == (0, "")
    assert place.arxiv.server.requests == []


def test_the_review_is_printed_as_markdown_or_json(place, capsys):
    place.arxiv.add(1)
    show_review(paper(1).id, place.config(), "md")
    assert capsys.readouterr().out.startswith("# Talking Head Study of Kind 1")
    show_review(paper(1).id, place.config(), "json")
    assert json.loads(capsys.readouterr().out)["paper_id"] == paper(1).id


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("2611.99999", UsageError),
        ("no id", UsageError),
        ("absent.pdf", UsageError),
    ],
)
def test_what_is_no_paper_is_said_to_be_none(place, source, error):
    with pytest.raises(error):
        single(source, place.config())


def test_a_paper_that_cannot_be_had_is_said_with_its_reason(place):
    place.arxiv.add(1, pdf=None)
    with pytest.raises(PaperError, match="no PDF"):
        single(paper(1).id, place.config())


def test_an_arxiv_that_is_down_is_said_to_be_so(place):
    place.arxiv.fault = lambda request: Answer(503)
    with pytest.raises(ArxivDown):
        single(paper(1).id, place.config())


def test_a_form_that_is_not_known_is_refused_before_any_work(place):
    with pytest.raises(UsageError, match="yaml"):
        show_review(paper(1).id, place.config(), "yaml")
    assert place.arxiv.server.requests == []


def test_a_version_that_is_named_is_the_one_that_is_read(place):
    place.arxiv.add(1)
    place.run()
    two = replace(
        place.arxiv.records[paper(1).id], version=2, title="A Second Try"
    )
    place.arxiv.put(two)
    store = place.store()
    store.papers.add([two], place.now)
    store.close()
    found = single(f"{paper(1).id}v1", place.config())
    assert (found.paper.version, found.review.version) == (1, 1)
    assert single(paper(1).id, place.config()).paper.version == 2


@pytest.mark.parametrize(
    "form", ["arXiv:{}v1", "https://arxiv.org/abs/{}v1", " {} "]
)
def test_an_id_is_taken_as_people_paste_it(place, form):
    place.arxiv.add(1)
    found = single(form.format(paper(1).id), place.config())
    assert found.paper.versioned_id == f"{paper(1).id}v1"


def test_a_version_that_arxiv_does_not_have_is_said_to_be_none(place):
    place.arxiv.add(1)
    with pytest.raises(UsageError, match="v7"):
        single(f"{paper(1).id}v7", place.config())


def test_two_pdfs_of_the_same_name_are_two_papers(place, tmp_path):
    found = []
    for number in (1, 2):
        own = tmp_path / str(number) / "main.pdf"
        own.parent.mkdir()
        shutil.copy(PDFS / f"0000.0000{number}.pdf", own)
        found.append(single(str(own), place.config()))
    assert found[0].paper.id != found[1].paper.id
    assert found[0].pictures != found[1].pictures
    shutil.copy(PDFS / "0000.00001.pdf", tmp_path / "renamed.pdf")
    again = single(str(tmp_path / "renamed.pdf"), place.config())
    assert again.paper.id == found[0].paper.id
