"""Ratings on the command line."""

import pytest

from tests.screening_program import some_paper


def exported(screen, night):
    return screen("rate", "--export", "--output", night).json


def test_a_rating_is_confirmed_and_can_be_taken_back(screen, night):
    paper = some_paper(night)
    said = screen("rate", paper, "keep", "--output", night)
    assert (said.code, said.out) == (0, "")
    assert f"{paper}: keep for Talking Head" in said.err
    assert [one["id"] for one in exported(screen, night)] == [paper]
    assert (
        "ratings taken back: 1"
        in screen("rate", paper, "clear", "--output", night).err
    )
    assert exported(screen, night) == []
    assert (
        "was not rated" in screen("rate", paper, "clear", "--output", night).err
    )


@pytest.mark.parametrize(
    "form", ["{}v1", "arXiv:{}", " https://arxiv.org/abs/{}v2 "]
)
def test_ids_are_taken_as_people_paste_them(screen, night, form):
    paper = some_paper(night)
    assert (
        screen("rate", form.format(paper), "skip", "--output", night).code == 0
    )
    assert [one["id"] for one in exported(screen, night)] == [paper]


@pytest.mark.parametrize(
    ("topic", "said"),
    [("Talking Heads", "Did you mean"), ("Bridges", "There is no topic")],
)
def test_a_topic_that_nobody_knows_is_refused(screen, night, topic, said):
    found = screen(
        "rate", some_paper(night), "keep", "--topic", topic, "--output", night
    )
    assert found.code == 2
    assert said in found.err
    assert exported(screen, night) == []


def test_a_list_of_references_counts_as_liked_where_it_fits(
    screen, night, alone
):
    (alone / "library.txt").write_text(
        "@article{a, title={Talking Head Generation}, abstract={We generate talking heads.},"
        " eprint={2409.03605}}\n@article{b, title={Concrete of Bridges}}\n",
        encoding="utf-8",
    )
    said = screen("rate", "--import", "library.txt", "--output", night)
    assert said.code == 0
    assert "2 papers; liked: Talking Head 1" in said.err
    assert "1 fit no topic" in said.err
    assert {(one["id"], one["rating"]) for one in exported(screen, night)} == {
        ("2409.03605", "keep")
    }


def test_without_a_library_zotero_is_not_asked(screen):
    found = screen("rate", "--zotero")
    assert found.code == 2
    assert "[zotero] library" in found.err
