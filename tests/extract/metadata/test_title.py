"""The title of a paper is found below mastheads, and taken from its record where there is one."""

import pytest

from pipeline.extract.metadata.metadata import read_facts
from pipeline.extract.sections.sections import read_sections
from tests.extract.typeset import BOLD, ITALIC, Press


def title(press, **known):
    press.heading("Abstract").lorem().heading("1 Introduction").lorem()
    layouts = press.layouts()
    return read_facts(layouts, read_sections(layouts), **known).title


def front(press):
    press.centre("Heads That Talk in", size=14, font=BOLD, gap=20)
    press.centre("Rooms without Sound", size=14, font=BOLD)
    return press.centre("Ana Author, Ben Baker and Cleo Cook", size=11, gap=20)


@pytest.mark.parametrize(
    "masthead",
    ["Journal of Talking Heads", "PROCEEDINGS, ASSOCIATION OF TALKING HEADS"],
)
def test_a_masthead_is_no_title_though_it_is_larger(masthead):
    press = Press().centre(masthead, size=20)
    assert title(front(press)) == "Heads That Talk in Rooms without Sound"


def test_a_journal_that_is_cited_with_its_year_is_no_title():
    press = (
        Press()
        .centre("Cranium", size=24)
        .centre("Cranium 2024, 7, 26-31", size=8)
    )
    assert title(front(press)) == "Heads That Talk in Rooms without Sound"


@pytest.mark.parametrize(
    "kind", ["Research Article", "REVIEW", "Short Communication"]
)
def test_the_kind_of_an_article_is_no_part_of_its_title(kind):
    press = Press().centre(kind, size=14, font=ITALIC)
    assert title(front(press)) == "Heads That Talk in Rooms without Sound"


def test_a_title_in_letters_no_larger_than_the_names_is_told_by_its_weight():
    press = Press().centre("Acta Capitum 12(3): 131-137", size=11)
    press.centre("HEADS THAT TALK IN ROOMS WITHOUT SOUND", size=10, gap=14)
    press.centre("Ana Author1 and Ben Baker2", size=10, font=BOLD, gap=6)
    assert title(press) == "HEADS THAT TALK IN ROOMS WITHOUT SOUND"


def test_a_title_of_the_metadata_is_taken_where_it_is_printed():
    press = front(Press().centre("Heads Weekly Digest of Talking", size=20))
    printed = title(press, own="Heads that talk in rooms without sound")
    assert printed == "Heads That Talk in Rooms without Sound"


def test_a_title_of_the_metadata_that_is_nowhere_printed_is_not_taken():
    other = title(front(Press()), own="Microsoft Word - final version 3")
    assert other == "Heads That Talk in Rooms without Sound"


def test_the_title_of_the_record_decides():
    record = "Heads that talk in rooms without sound"
    assert title(front(Press()), record=record) == record
