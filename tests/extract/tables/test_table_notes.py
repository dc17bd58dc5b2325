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


def test_notes_that_no_rule_parts_from_the_rows_are_none():
    long = line(72, "A are patients of the first group, treated with both")
    short = line(84, "P: t-test")
    rules = (*WIDE[:2], level(90, 0, 320))
    assert shown(read(*ROWS, long, short, rules=rules)) == CELLS


def test_notes_in_a_ruled_grid_over_two_of_its_columns_are_no_rows():
    rules = [level(y, 0, 320) for y in (0, 15, 30, 42, 60)]
    long = line(72, "As mean and error of it")
    short = line(84, "P: t-test")
    cells = read(*ROWS, long, short, rules=[*rules, level(90, 0, 320)])
    assert shown(cells) == CELLS


def test_a_rule_that_has_only_notes_below_it_ends_the_table():
    note = spread(70, "Note: as mean±SD or n (%), else as stated.")
    cells = read(*ROWS, note, rules=[level(60, 0, 320)])
    assert shown(cells) == CELLS


def test_a_line_that_says_the_table_goes_on_is_no_row():
    for text in ("Continued", "Table 2. (continued)", "Table IV Cont’d"):
        cells = read(*ROWS, line(55, text), rules=WIDE)
        assert shown(cells) == CELLS


def test_heads_above_the_first_rule_that_span_columns_are_kept():
    starts = range(0, 420, 60)
    wide = level(15, 0, 420), level(52, 0, 420), level(66, 0, 420)
    sets = line(
        -6,
        "",
        *(f"{name}OnTheWholeSet" for name in ("XSum", "News", "Book")),
        starts=(0, 60, 180, 300),
    )
    heads = line(10, "", *["GPT", "OPT"] * 3, starts=starts)
    rows = [
        line(25 + 12 * n, f"m{n}", *["0.86"] * 6, starts=starts)
        for n in range(3)
    ]
    last = line(61, "Diff", *["0.10"] * 6, starts=starts)
    cells = shown(read(sets, heads, *rows, last, rules=wide))
    assert any("XSumOnTheWholeSet" in cell for cell in cells[0])
    assert ["m1", *["0.86"] * 6] in cells


def test_a_body_that_no_rule_closes_is_kept():
    starts = (0, 100, 160, 220, 280)
    heads = (
        line(
            10,
            "No. of",
            "IEMOCAPDataSet",
            "MELDDataSetToo",
            starts=(0, 110, 230),
        ),
        line(
            22,
            "layers",
            "AccuracyAndF1All",
            "AccuracyAndF1All",
            starts=(0, 110, 230),
        ),
        line(
            34, "used", "InPercentOfAll", "InPercentOfAll", starts=(0, 110, 230)
        ),
    )
    rows = [
        line(50 + 12 * n, f"{n}", *["67.22"] * 4, starts=starts)
        for n in range(3)
    ]
    rules = level(0, 0, 340), level(40, 0, 340)
    cells = shown(read(*heads, *rows, rules=rules))
    assert ["1", *["67.22"] * 4] in cells


def test_a_last_row_with_a_wide_space_in_its_name_is_kept():
    row = line(49, "7", "TTIC", "ECP", "10.22", starts=(0, 100, 128, 220))
    rows = [
        line(10, "Rank", "Team of all", "Error", starts=(0, 100, 220)),
        line(25, "1", "GoogLeNet", "6.66", starts=(0, 100, 220)),
        line(37, "2", "DeeperVision", "9.50", starts=(0, 100, 220)),
    ]
    cells = read(*rows, row, rules=WIDE)
    assert [cell.text for cell in cells[-1]] == ["7", "TTIC ECP", "10.22"]
