"""Rows come in the order in which a paper is read."""

from pipeline.extract.layout.columns import find_columns
from pipeline.extract.layout.reading_order import read_rows
from pipeline.extract.layout.text_geometry import PageLines
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
    assert [int(text.split()[2]) for text in texts(press)[1:]] == list(
        range(1, 31)
    )


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
    press.at(MARGIN, 300, "The method of Ana").at(
        MARGIN + 75, 296.5, "2", size=6.5
    ).at(MARGIN + 300, 300, "is new")
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
    bodies = [
        list(layout.body) for layout in Press(columns=2).lorem(30).layouts()
    ]
    pages = [PageLines(1e12, body) for body in bodies]
    assert len(find_columns(pages)) == len(bodies)


def test_labels_that_another_program_put_on_the_text_are_dropped():
    press = Press()
    for number in range(1, 31):
        press.row(f"Row number {number} of the text of this small paper")
        press.at(MARGIN + 400, press.y, str(number % 9), size=9, font="hebo")
    assert all(text.endswith("paper") for text in texts(press))


def set_block(press, x, top, name, count, size=10):
    for row in range(count):
        press.at(
            x,
            top + 1.2 * size * row,
            f"words of the {name} row {row} here",
            size,
        )


def blocks(press):
    """Names of the blocks of `set_block` in the order in which they are read."""
    names = (
        text[13:].split(" row")[0]
        for text in texts(press)
        if "words of" in text
    )
    return list(dict.fromkeys(names))


def test_an_abstract_with_article_info_beside_it_is_read_whole_before_the_columns():
    press = Press(columns=2)
    press.at(
        MARGIN, 80, "A title of a paper that is set across the page", size=18
    )
    set_block(press, MARGIN, 120, "info", 8, size=8)
    for row in range(10):
        words = "words of the abstract row, set wider than a column of the text below is"
        press.at(MARGIN + 170, 120 + 12 * row, words)
    set_block(press, MARGIN, 300, "left column of the text", 20)
    set_block(
        press, MARGIN + press.width + 24, 300, "right column of the text", 20
    )
    order = [
        "abstract",
        "info",
        "left column of the text",
        "right column of the text",
    ]
    assert [name.removesuffix(", set wider") for name in blocks(press)] == order


def test_short_keywords_under_article_info_are_no_part_of_the_abstract_beside_them():
    press = Press(columns=2)
    press.at(
        MARGIN, 80, "A title of a paper that is set across the page", size=18
    )
    press.at(MARGIN, 110, "a r t i c l e").at(MARGIN + 58, 110, "i n f o")
    press.at(MARGIN + 170, 110, "a b s t r a c t")
    press.at(MARGIN, 132, "Received in revised form 12 May")
    for row in range(6):
        press.at(MARGIN, 144 + 12 * row, "Heads")
    for row in range(12):
        words = "words of the abstract row, set wider than a column of the text below is"
        press.at(MARGIN + 170, 132 + 12 * row, words)
    set_block(press, MARGIN, 300, "left column of the text", 20)
    set_block(
        press, MARGIN + press.width + 24, 300, "right column of the text", 20
    )
    rows = texts(press)
    assert rows[: rows.index("abstract")][-1] == "Heads"
    assert blocks(press)[-2:] == [
        "left column of the text",
        "right column of the text",
    ]


def test_three_columns_are_read_one_after_the_other():
    press = Press(columns=3)
    for number, name in enumerate(("first", "second", "third")):
        set_block(
            press, MARGIN + number * (press.width + 24), 80, name, 30, size=9
        )
    assert blocks(press) == ["first", "second", "third"]


def test_notes_in_the_margin_are_no_text_of_the_line_beside_them():
    press = Press()
    for row in range(30):
        words = "words of the text row, a line that fills the column beside the margin"
        press.at(200, 100 + 12 * row, words)
    for row, note in enumerate(
        ("Received: May 1", "Accepted: May 2", "Editor: A. Li")
    ):
        press.at(MARGIN, 112 + 24 * row, note, size=7)
    rows = read_rows(press.layouts())
    assert [row.text for row in rows if row.margin] == [
        "Received: May 1",
        "Accepted: May 2",
        "Editor: A. Li",
    ]
    assert all(row.text.startswith("words") for row in rows if not row.margin)


def test_references_below_both_columns_are_read_after_both():
    press = Press(columns=2)
    right = MARGIN + press.width + 24
    set_block(press, MARGIN, 80, "left text", 20)
    set_block(press, right, 80, "right text", 20)
    press.at(MARGIN, 370, "REFERENCES", size=12, font="tibo")
    set_block(press, MARGIN, 390, "left entries", 15, size=8)
    set_block(press, right, 390, "right entries", 15, size=8)
    order = ["left text", "right text", "left entries", "right entries"]
    assert blocks(press) == order
