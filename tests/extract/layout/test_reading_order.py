"""Rows come in the order in which a paper is read."""

from pipeline.extract.layout.columns import find_columns
from pipeline.extract.layout.reading_order import read_rows
from tests.extract.typeset import MARGIN, Press


def texts(press):
    return [row.text for row in read_rows(press.layouts())]


def numbered(press, start, count):
    for number in range(start, start + count):
        press.row(f"Row number {number} of the text of this very small paper")
    return press


def test_two_columns_are_read_one_after_the_other():
    press = numbered(numbered(Press(columns=2), 1, 20).turn_column(), 21, 20)
    assert [int(text.split()[2]) for text in texts(press)] == list(range(1, 41))


def test_what_runs_across_both_columns_parts_them():
    press = Press(columns=2).centre(
        "A title that runs across both of the columns of the page", size=18
    )
    numbered(numbered(press, 1, 15).turn_column(), 16, 15)
    assert texts(press)[0].startswith("A title")
    assert [int(text.split()[2]) for text in texts(press)[1:]] == list(range(1, 31))


def test_a_full_width_part_in_the_middle_is_read_between_the_columns_above_and_below():
    press = Press(columns=2)
    middle = "This row stands in the middle of the page and runs from its left edge nearly to its right one, as you see"
    press.at(MARGIN, 400, middle)
    for column, x in enumerate((MARGIN, MARGIN + press.width + 24)):
        for part, top in ((0, 100), (1, 450)):
            for row in range(10):
                press.at(
                    x,
                    top + 12 * row,
                    f"words of column {column} part {part} and row {row} here",
                )
    order = [
        text[16:].rsplit(" and", 1)[0] if "column" in text else "middle"
        for text in texts(press)
    ]
    assert list(dict.fromkeys(order)) == [
        "0 part 0",
        "1 part 0",
        "middle",
        "0 part 1",
        "1 part 1",
    ]


def test_pieces_of_one_row_are_joined_and_raised_letters_stay_with_it():
    press = numbered(Press(), 1, 5)
    press.at(MARGIN, 300, "The method of Ana").at(MARGIN + 75, 296.5, "2", size=6.5).at(
        MARGIN + 300, 300, "is new"
    )
    assert texts(press)[-1] == "The method of Ana2 is new"


def test_a_formula_that_runs_over_its_column_does_not_part_the_page():
    press = numbered(numbered(Press(columns=2), 1, 20).turn_column(), 21, 20)
    press.at(MARGIN, 320, "x = " + "y + " * 22).at(
        MARGIN + press.width + 24, 330, "words beside it in the other column"
    )
    order = texts(press)
    assert order.index(
        "Row number 20 of the text of this very small paper"
    ) < order.index("Row number 21 of the text of this very small paper")


def test_a_page_of_absurd_width_takes_no_more_memory_than_another():
    bodies = [list(layout.body) for layout in Press(columns=2).lorem(30).layouts()]
    assert len(find_columns([(1e12, body) for body in bodies])) == len(bodies)


def test_labels_that_another_program_put_on_the_text_are_dropped():
    press = Press()
    for number in range(1, 31):
        press.row(f"Row number {number} of the text of this small paper")
        press.at(MARGIN + 400, press.y, str(number % 9), size=9, font="hebo")
    assert all(text.endswith("paper") for text in texts(press))
