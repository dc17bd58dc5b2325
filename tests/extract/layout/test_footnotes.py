"""Small print at the foot of a column is no running text."""

import pytest

from pipeline.extract.layout.footnotes import split_footnotes
from pipeline.extract.layout.reading_order import read_rows
from tests.extract.typeset import HEIGHT, MARGIN, Press


def split(press):
    text, notes = split_footnotes(read_rows(press.layouts()), 10.0)
    return [row.text for row in text], [row.text for row in notes]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("mark", ["1", "*", "†"])
def test_a_marked_note_at_the_foot_is_told_from_the_text(columns, mark):
    press = Press(columns).lorem(4)
    press.document.new_page()
    press.page = press.document[-1]
    press.y = MARGIN
    press.lorem(4)
    press.at(press.x, HEIGHT - MARGIN, mark, size=5).at(
        press.x + 4, HEIGHT - MARGIN, "An aside.", size=8
    )
    text, notes = split(press)
    assert len(notes) == 1
    assert notes[0].endswith("An aside.")
    assert not any("aside" in row for row in text)


def test_small_print_without_a_mark_is_a_note_on_the_first_page_only():
    for pages, expected in ((1, 1), (2, 0)):
        press = Press()
        for _ in range(pages - 1):
            press.document.new_page()
            press.page = press.document[-1]
        press.lorem(4).at(
            press.x,
            HEIGHT - MARGIN,
            "Manuscript received in May. Licensed to the press.",
            size=8,
        )
        assert len(split(press)[1]) == expected


@pytest.mark.parametrize("mark", ["[{}] ", "{}. ", None])
def test_a_list_of_references_in_small_print_stays_text(mark):
    press = Press(columns=2).lorem(3)
    for number in range(1, 20):
        words = "A. Author. On heads that talk, 2020."
        if mark is None:
            press.row(words, size=8, lead=(str(number), True))
        else:
            press.row(mark.format(number) + words, size=8)
    assert split(press)[1] == []


def test_references_below_addresses_in_small_print_stay_text():
    press = Press(columns=2).lorem(3)
    press.row("University of Heads.", size=8, lead=("1", True))
    press.row("References", size=8)
    for number in range(1, 9):
        press.row(f"{number}. A. Author. On heads that talk, 2020.", size=8)
    text, notes = split(press)
    assert len(notes) == 1
    assert "References" in text
