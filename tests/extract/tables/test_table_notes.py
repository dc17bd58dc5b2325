"""Notes below and between the rules of a table are no rows of it."""

from __future__ import annotations

from tests.extract.tables.drawn_table import level, line, read, shown

WIDE = level(0, 0, 320), level(15, 0, 320), level(60, 0, 320)
ROWS = (
    line(10, "Stage", "A", "B", "P"),
    line(25, "pT0", "10", "20", "0.77"),
    line(37, "pT1", "11", "21", "0.12"),
    line(49, "pT2", "12", "22", "0.05"),
)
CELLS = [
    ["#Stage", "#A", "#B", "#P"],
    ["pT0", "10", "20", "0.77"],
    ["pT1", "11", "21", "0.12"],
    ["pT2", "12", "22", "0.05"],
]


def spread(y, text):
    """A line of justified text: as wide as the table, with wide spaces."""
    words = text.split()
    step = 320 / len(words)
    starts = [step * i for i in range(len(words))]
    return line(y, *words, starts=starts)


def test_justified_notes_below_the_last_rule_are_no_row():
    note = spread(70, "Note: as mean±SD or n (%), else as stated.")
    assert shown(read(*ROWS, note, rules=WIDE)) == CELLS


def test_a_row_of_totals_below_the_last_rule_is_kept():
    totals = line(70, "All", "33", "63", "0.94")
    cells = shown(read(*ROWS, totals, rules=WIDE))
    assert cells == [*CELLS, ["All", "33", "63", "0.94"]]


def test_notes_between_the_last_two_rules_are_no_rows():
    long = line(72, "A are patients of the first group, treated with both")
    short = line(84, "P: t-test")
    rules = (*WIDE, level(90, 0, 320))
    assert shown(read(*ROWS, long, short, rules=rules)) == CELLS


def test_a_rule_that_has_only_notes_below_it_ends_the_table():
    note = spread(70, "Note: as mean±SD or n (%), else as stated.")
    cells = read(*ROWS, note, rules=[level(60, 0, 320)])
    assert shown(cells) == CELLS


def test_a_line_that_says_the_table_goes_on_is_no_row():
    for text in ("Continued", "Table 2. (continued)", "Table IV Cont’d"):
        cells = read(*ROWS, line(55, text), rules=WIDE)
        assert shown(cells) == CELLS
