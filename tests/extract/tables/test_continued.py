"""Tables that go on over pages are one; what only looks like a part of them is none."""

from __future__ import annotations

import pytest

from pipeline.extract.figures.floats import read_floats
from tests.extract.typeset import BOLD, LOREM, Press

LEFT, RIGHT = 54.0, 558.0
STARTS = 54, 180, 306, 432


class TablePress(Press):
    """Sets rows and rules of a table as wide as the page."""

    def cells(self, *texts, y):
        for text, x in zip(texts, STARTS, strict=False):
            self.at(x, y, text, 9)
        return self

    def rows(self, first, count, top):
        """`count` rows of values, numbered from `first`."""
        for i in range(first, first + count):
            y = top + 13 * (i - first)
            self.cells(f"name {i}", f"{i}.5", f"{i}.25", f"{i}.125", y=y)
        return self

    def rule(self, y, right=RIGHT):
        self.page.draw_line((LEFT, y), (right, y), width=0.7)
        return self

    def begin(self, caption="Table 1. All of the values."):
        """A table down to the foot of a page that begins with text."""
        self.lorem(14)
        self.at(LEFT, 560, "Table 1.", 10, font=BOLD)
        self.at(LEFT + 50, 560, caption.removeprefix("Table 1. "), 10)
        self.rule(570).cells("Name", "First", "Second", "Third", y=581)
        return self.rule(586).rows(1, 11, 598)

    def turn(self):
        self._turn()
        return self

    def text_at(self, y, times=8):
        """Running text from `y` down."""
        self.y = y
        return self.para(LOREM * times)


@pytest.fixture
def press():
    return TablePress()


def first_cells(press):
    figures = read_floats(press.pages()).figures
    table = next(f for f in figures if f.kind == "table" and f.label == "1")
    return [[cell.text for cell in row] for row in table.cells]


def names(press):
    return [row[0] for row in first_cells(press)[1:]]


def numbered(last):
    return [f"name {i}" for i in range(1, last + 1)]


def test_a_table_goes_on_below_a_rule_like_its_own(press):
    press.begin().turn()
    press.at(LEFT, 60, "Table 1. All of the values. (Continued)", 10)
    press.rule(70).cells("Name", "First", "Second", "Third", y=81)
    press.rule(86).rows(12, 6, 98).rule(170).text_at(200)
    assert names(press) == numbered(17)


def test_a_table_goes_on_in_rows_that_stand_in_its_columns(press):
    press.begin().turn()
    press.rows(12, 8, 70).rule(168).text_at(200)
    assert names(press) == numbered(19)


def test_another_table_on_top_of_the_next_page_is_no_part(press):
    press.begin().rule(735).turn()
    press.at(LEFT, 60, "Table 2.", 10, font=BOLD)
    press.at(LEFT + 50, 60, "Other values.", 10)
    press.rule(70).cells("Name", "First", "Second", "Third", y=81)
    press.rule(86).rows(12, 6, 98).rule(170).text_at(200)
    assert names(press) == numbered(11)


def test_a_rule_below_running_text_ends_no_part(press):
    press.begin().rule(735).turn()
    press.rule(58).text_at(70, times=30).rule(740)
    assert names(press) == numbered(11)


def test_a_label_covers_its_rows_on_the_next_page_too(press):
    press.lorem(14).at(LEFT, 560, "Table 1.", 10, font=BOLD)
    press.rule(570).cells("Kind", "Name", "First", "Second", y=581).rule(586)
    press.cells("Large", "name 0", "1", "2", y=598)
    for i in range(1, 10):
        press.cells("", f"name {i}", f"{i}.5", f"{i}.25", y=598 + 13 * i)
    press.rule(720).turn()
    press.at(LEFT, 60, "Table 1. (Continued)", 10)
    press.rule(70).cells("Kind", "Name", "First", "Second", y=81).rule(86)
    for i in range(10, 14):
        press.cells("", f"name {i}", f"{i}.5", f"{i}.25", y=98 + 13 * (i - 10))
    press.cells("Small", "name 14", "3", "4", y=150).rule(158).text_at(200)
    figures = read_floats(press.pages()).figures
    rows = next(f for f in figures if f.kind == "table").cells
    labels = [row[0] for row in rows if len(row) == len(rows[0])]
    assert [(cell.text, cell.rowspan) for cell in labels] == [
        ("Kind", 1),
        ("Large", 14),
        ("Small", 1),
    ]
