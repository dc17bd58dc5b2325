"""Tables drawn by hand, read to the cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.tables.structure import cells_of, join_lines
from pipeline.extract.tables.table_area import area_of
from tests.extract.tables.drawn_table import level, line, read, shown, word

RULES = (level(0), level(15), level(60))


def test_the_lines_above_the_first_rule_are_the_head():
    cells = read(
        line(10, "Method", "PSNR", "LMD"),
        line(25, "Ours (full)", "31.20", "2.1"),
        line(37, "Theirs", "29.07", "–"),
        line(49, "Others", "28.00", "3.4"),
        rules=RULES,
    )
    assert shown(cells) == [
        ["#Method", "#PSNR", "#LMD"],
        ["Ours (full)", "31.20", "2.1"],
        ["Theirs", "29.07", "–"],
        ["Others", "28.00", "3.4"],
    ]


def test_without_rules_the_lines_before_the_first_values_are_the_head():
    cells = read(
        line(10, "Method", "PSNR", "LMD"),
        line(25, "Ours", "31.20", "2.1"),
        line(37, "Theirs", "29.07", "1.9"),
    )
    assert [cell.head for cell in cells[0]] == [True] * 3
    assert not any(cell.head for row in cells[1:] for cell in row)


def test_a_head_spans_the_columns_over_the_rule_below_it():
    cells = read(
        [word("FaceSet", 122, 10)],
        line(25, "Method", "PSNR", "LMD"),
        line(40, "Ours", "31.20", "2.1"),
        line(52, "Theirs", "29.07", "1.9"),
        rules=(level(0), level(14, 98, 182), level(30), level(60)),
    )
    assert shown(cells)[0] == ["#", "#FaceSet 1x2"]
    assert shown(cells)[1] == ["#Method", "#PSNR", "#LMD"]


def test_intervals_and_ranges_stay_in_their_cells():
    words = []
    for i, text in enumerate(("1.3 (0.97, 1.75)", "1.6 (0.82, 2.77)")):
        y = 30 + 12 * i
        words.append(line(y, f"run {i}", text, "0.4", starts=(0, 60, 180)))
    head = line(10, "Name", "Risk", "P", starts=(0, 60, 180))
    shown_rows = shown(read(head, *words))
    assert shown_rows[1:] == [
        ["run 0", "1.3 (0.97, 1.75)", "0.4"],
        ["run 1", "1.6 (0.82, 2.77)", "0.4"],
    ]


def test_a_head_at_the_left_of_its_rule_spans_the_columns_over_it():
    cells = read(
        line(10, "", "Egger", "", "Begg"),
        line(30, "Name", "t", "P", "z", "P"),
        line(50, "GA", "1.2", "0.3", "1.0", "0.2"),
        line(62, "GG", "1.3", "0.4", "1.1", "0.1"),
        rules=[
            level(0, 0, 310),
            level(15, 100, 205),
            level(15, 220, 310),
            level(35, 0, 310),
            level(70, 0, 310),
        ],
    )
    assert [(cell.text, cell.colspan) for cell in cells[0][1:]] == [
        ("Egger", 2),
        ("Begg", 2),
    ]


def test_an_interval_that_wraps_is_one_cell():
    starts = (0, 100, 180)
    cells = read(
        line(10, "City", "Best", "Worst", starts=starts),
        line(30, "Perth", "0.17", "0.33", starts=starts),
        line(42, "", "(0.13-", "(0.24-", starts=starts),
        line(54, "", "0.22)", "0.41)", starts=starts),
        line(70, "Hobart", "0.28", "0.52", starts=starts),
        rules=(level(15), level(0), level(80)),
    )
    assert len(cells) == 3
    assert cells[1][1].text.replace(" ", "") == "0.17(0.13-0.22)"


def test_a_label_of_a_group_over_two_lines_is_one():
    cells = read(
        line(10, "Name", "Liver", "Heart"),
        line(30, "Organ weight"),
        line(42, "(mg/g)"),
        line(54, "Normal", "32.5", "4.1"),
        line(66, "Fed", "62.2", "4.4"),
        rules=(level(0), level(15), level(75)),
    )
    assert cells[1][0].text == "Organ weight (mg/g)"
    assert len(cells) == 4


def test_names_under_numbers_are_heads():
    starts = (0, 100, 140, 200, 240)
    cells = read(
        line(10, "Time", "50", None, "100", starts=starts),
        line(25, None, "P", "R", "P", "R", starts=starts),
        line(40, "note", "71", "59", "93", "78", starts=starts),
        line(55, "frame", "86", "74", "86", "64", starts=starts),
        rules=tuple(level(y, 0, 250) for y in (0, 15, 30, 45, 60)),
    )
    assert all(cell.head for row in cells[:2] for cell in row)
    assert not any(cell.head for cell in cells[2])


def test_a_label_between_rows_covers_them():
    starts = (0, 60, 130)
    cells = read(
        line(10, "Type", "Method", "PSNR", starts=starts),
        line(25, None, "Ours", "31.20", starts=starts),
        line(31, "GAN", starts=starts),
        line(37, None, "Theirs", "29.07", starts=starts),
        line(52, "Flow", "Others", "28.00", starts=starts),
        rules=(level(0), level(15), level(42), level(60)),
    )
    assert shown(cells)[1:] == [
        ["GAN 2x1", "Ours", "31.20"],
        ["Theirs", "29.07"],
        ["Flow", "Others", "28.00"],
    ]


def test_a_text_alone_across_the_table_is_the_label_of_a_group():
    cells = read(
        line(10, "Method", "PSNR", "LMD"),
        line(25, "Methods that hear audio only"),
        line(37, "Theirs", "29.07", "1.9"),
        line(49, "Others", "28.00", "3.4"),
        rules=RULES,
    )
    assert shown(cells)[1] == ["Methods that hear audio only 1x3"]


def test_wrapped_cells_are_one_row():
    starts = (0, 50, 100)
    cells = read(
        line(10, "Work", "Year", "Limitation", starts=starts),
        line(25, "Ours", "2025", "needs long", starts=starts),
        line(37, None, None, "train-", starts=starts),
        line(49, None, None, "ing", starts=starts),
        line(64, "Theirs", "2019", "slow", starts=starts),
        rules=(level(0), level(15), level(80)),
    )
    assert shown(cells)[1:] == [
        ["Ours", "2025", "needs long training"],
        ["Theirs", "2019", "slow"],
    ]


def test_values_with_their_errors_are_one_cell():
    cells = read(
        line(10, "Method", "PSNR"),
        line(25, "Ours", "31.20 ± 0.14"),
        line(37, "Theirs", "29.07 ± 0.20"),
    )
    assert [row[1].text for row in cells] == [
        "PSNR",
        "31.20 ± 0.14",
        "29.07 ± 0.20",
    ]


def test_notes_below_the_last_rule_are_no_rows():
    cells = read(
        line(10, "Method", "PSNR"),
        line(25, "Ours", "31.20"),
        line(37, "Theirs", "29.07"),
        line(75, "Trained with more data than the others were."),
        rules=RULES,
    )
    assert len(cells) == 3


def test_an_underline_is_no_rule():
    cells = read(
        line(10, "Method", "PSNR"),
        line(25, "Ours", "31.20"),
        line(37, "Theirs", "29.07"),
        rules=(level(26.5, 100, 125),),
    )
    assert [any(c.head for c in row) for row in cells] == [True, False, False]


def test_one_column_is_no_table():
    assert read(line(10, "One"), line(22, "Two"), line(34, "Three")) == ()


def test_a_word_cut_at_the_end_of_a_line_is_whole_again():
    assert join_lines(["needs train-", "ing", "↑"]) == "needs training ↑"
    assert join_lines(["↓", "Latency", "(ms)"]) == "Latency (ms) ↓"


places = st.floats(0, 300, allow_nan=False)
words_anywhere = st.lists(
    st.builds(
        word, st.text("ab1.±–↑", min_size=1, max_size=6), places, places,
        size=st.floats(0.5, 40),
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip
rules_anywhere = st.lists(
    st.builds(
        lambda a, b, c, d: (min(a, c), min(b, d), max(a, c), max(b, d)),
        *[places] * 4,
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(words_anywhere, rules_anywhere)
def test_whatever_stands_in_a_box_makes_rows_of_one_width(words, rules):
    cells = cells_of(area_of(words, rules))
    taken = {}
    for row, some in enumerate(cells):
        column = 0
        for cell in some:
            while (row, column) in taken:
                column += 1
            for y in range(row, row + cell.rowspan):
                for x in range(column, column + cell.colspan):
                    assert (y, x) not in taken
                    taken[y, x] = cell
    widths = {sum(y == row for y, _ in taken) for row in range(len(cells))}
    assert len(widths) <= 1
    assert all(y < len(cells) for y, _ in taken)


def test_heads_that_end_at_one_height_are_broken_and_span_no_neighbours():
    starts = 0, 80, 160, 240, 320
    last = ("Author", "Dose", "(weeks)", "Control", "size")
    cells = read(
        [word("Treatment", 155, 10)],
        [word("period", 162.5, 21), word("Sample", 315, 21)],
        line(32, *last, starts=starts),
        line(50, "Cui", "1.5", "12", "24", "129", starts=starts),
        line(62, "Fan", "2.5", "8", "15", "50", starts=starts),
        rules=[level(0, 0, 345), level(38, 0, 345), level(70, 0, 345)],
    )
    assert [cell.colspan for cell in cells[0]] == [1] * 5
    assert cells[0][2].text == "Treatment period (weeks)"
    assert cells[0][4].text == "Sample size"


def test_heads_over_three_columns_each_span_them_though_the_middle_one_is_below():
    starts = 0, 80, 120, 160, 220, 260, 300
    values = ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6")
    cells = read(
        [word("Set", 121, 10), word("All", 261, 10)],
        line(
            22, "Name", "one", "two", "six", "one", "two", "six", starts=starts
        ),
        line(40, "Cui", *values, starts=starts),
        line(52, "Fan", *values, starts=starts),
        rules=[level(0, 0, 320), level(28, 0, 320), level(60, 0, 320)],
    )
    assert shown(cells)[0] == ["#", "#Set 1x3", "#All 1x3"]


def test_a_line_wholly_under_one_head_of_a_ruled_grid_is_in_the_head():
    starts = 0, 120, 180, 240, 300
    cells = read(
        line(10, "Group", "", "Volume", starts=(0, 120, 206)),
        line(22, "", "0 Day", "5 Day", "7 Day", "9 Day", starts=starts),
        line(34, "Gel", "1.3", "1.4", "1.5", "1.6", starts=starts),
        line(46, "Drug", "1.9", "2.1", "2.2", "2.6", starts=starts),
        rules=[level(y, 0, 325) for y in (0, 14, 26, 38, 50)],
    )
    assert shown(cells)[:2] == [
        ["#Group 2x1", "#Volume 1x4"],
        ["#0 Day", "#5 Day", "#7 Day", "#9 Day"],
    ]


def test_a_head_spans_the_columns_between_the_bars_beside_it():
    starts = 0, 120, 180, 240, 300
    bars = [(x - 0.3, 14, x + 0.3, 50) for x in (170, 230, 290)]
    cells = read(
        line(10, "Group", "", "Off", starts=(0, 120, 215)),
        line(22, "", "0 Day", "5 Day", "7 Day", "9 Day", starts=starts),
        line(34, "Gel", "1.3", "1.4", "1.5", "1.6", starts=starts),
        line(46, "Drug", "1.9", "2.1", "2.2", "2.6", starts=starts),
        rules=[
            *(level(y, 0, 340) for y in (0, 14, 26, 38, 50)),
            *bars,
            (109.7, 0, 110.3, 50),
        ],
    )
    assert shown(cells)[0] == ["#Group 2x1", "#Off 1x4"]


def test_a_wide_space_in_a_head_does_not_move_its_words_to_the_next_column():
    starts = 0, 100, 190
    cells = read(
        [
            word("Name", 0, 10),
            word("length", 100, 10),
            word("of", 133, 10),
            word("all", 151, 10),
            word("ends", 190, 10),
        ],
        line(25, "Ours", "31.20", "2.1", starts=starts),
        line(37, "Theirs", "29.07", "1.9", starts=starts),
        line(49, "A long name", "28.00", "3.4", starts=starts),
        rules=RULES,
    )
    assert shown(cells)[0] == ["#Name", "#length of all", "#ends"]


def test_two_heads_between_the_same_bars_stay_apart():
    starts = 0, 120, 180, 240, 300
    bars = [(x - 0.3, 14, x + 0.3, 50) for x in (170, 230, 290)]
    cells = read(
        line(10, "Group", "Off", "On", starts=(0, 155, 277)),
        line(22, "", "Day A", "Day B", "Day C", "Day D", starts=starts),
        line(34, "Gel", "1.3", "1.4", "1.5", "1.6", starts=starts),
        line(46, "Drug", "1.9", "2.1", "2.2", "2.6", starts=starts),
        rules=[
            *(level(y, 0, 340) for y in (0, 14, 26, 50)),
            *bars,
            (109.7, 0, 110.3, 50),
        ],
    )
    assert shown(cells)[0] == ["#Group 2x1", "#Off 1x2", "#On 1x2"]


def test_heads_at_the_left_of_equally_many_columns_span_them():
    starts = 0, 100, 140, 180, 220
    cells = read(
        line(10, "Bacteria", "0.5", "", "0.25", starts=starts),
        line(28, "Positive", "A", "B", "A", "B", starts=starts),
        line(40, "S. aureus", "1.0", "2.0", "3.0", "4.0", starts=starts),
        line(52, "L. ivanovii", "5.0", "6.0", "7.0", "8.0", starts=starts),
        rules=[level(0), level(15), level(60)],
    )
    assert shown(cells)[0] == ["#Bacteria", "#0.5 1x2", "#0.25 1x2"]


def test_rules_between_all_rows_end_no_head():
    cells = read(
        line(10, "Sample", "Zone", "Drug"),
        line(25, "E. coli", "10.1", "18.5"),
        line(40, "S. aureus", "16.0", "25.5"),
        line(55, "S. mutans", "13.5", "20.5"),
        line(70, "C. albicans", "10.1", "18.5"),
        rules=[level(y) for y in (30, 45, 60)],
    )
    assert shown(cells)[:2] == [
        ["#Sample", "#Zone", "#Drug"],
        ["E. coli", "10.1", "18.5"],
    ]


def test_a_raised_mark_after_another_and_a_comma_is_in_its_cell():
    rows = [
        [
            *line(y, "Ours", "0.16a,", "", "0.5"),
            word("b", 133.5, y - 4, size=7),
        ]
        for y in (25, 40, 55)
    ]
    cells = read(line(10, "Name", "Rate", "", "All"), *rows, rules=RULES[:2])
    assert shown(cells)[1:] == [["Ours", "0.16a, b", "0.5"]] * 3
