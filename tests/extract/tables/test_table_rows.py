"""Lines of the body become rows: wrapped values, labels of groups, values between rows."""

from __future__ import annotations

from tests.extract.tables.drawn_table import level, line, read, shown

FOUR = 0, 120, 180, 240


def ruled(*lines, bottom):
    """A table of three rules."""
    rules = level(0, 0, 300), level(15, 0, 300), level(bottom, 0, 300)
    return shown(read(*lines, rules=rules))


def test_an_interval_goes_on_below_beside_a_text_with_a_year():
    cells = ruled(
        line(10, "Study", "Source", "Rate", "All", starts=FOUR),
        line(28, "Reef", "Adams", "0.17", "1.0", starts=FOUR),
        line(38, "", "et al. (2016)", "(0.13–", "", starts=(0, 110, 180)),
        line(48, "", "", "0.22)", starts=FOUR),
        line(66, "Bay", "Baker", "0.33", "2.0", starts=FOUR),
        line(76, "", "et al. (2019)", "(0.24–", "", starts=(0, 110, 180)),
        line(86, "", "", "0.41)", starts=FOUR),
        bottom=95,
    )
    assert [row[2] for row in cells] == [
        "#Rate",
        "0.17 (0.13– 0.22)",
        "0.33 (0.24– 0.41)",
    ]


def test_a_fraction_goes_on_below_its_stroke():
    cells = ruled(
        line(10, "Author", "Size", "Age", "Sex", starts=FOUR),
        line(28, "Shariat", "16/", "61.0", "56.2", starts=FOUR),
        line(38, "", "16", starts=FOUR),
        line(54, "Stevens", "22/", "54.2", "50.0", starts=FOUR),
        line(64, "", "22", starts=FOUR),
        bottom=75,
    )
    assert [row[1] for row in cells] == ["#Size", "16/ 16", "22/ 22"]


def test_values_half_way_between_rows_belong_to_all_rows_around_them():
    cells = ruled(
        line(10, "Kind", "Rate", "Step", "All", starts=FOUR),
        line(28, "", "10.5", "1", starts=FOUR),
        line(40, "", "11.5", "2", starts=FOUR),
        line(46, "Alloy", "", "", "971", starts=FOUR),
        line(52, "", "12.5", "3", starts=FOUR),
        line(64, "", "13.5", "4", starts=FOUR),
        bottom=75,
    )
    assert cells[1] == ["Alloy 4x1", "10.5", "1", "971 4x1"]
    assert cells[2:] == [["11.5", "2"], ["12.5", "3"], ["13.5", "4"]]


def test_two_lines_in_the_middle_of_many_rows_are_one_label():
    cells = ruled(
        line(10, "Kind", "Rate", "Step", "All", starts=FOUR),
        line(28, "", "10.5", "1", "7", starts=FOUR),
        line(40, "Alloys of", "11.5", "2", "8", starts=FOUR),
        line(52, "nickel", "12.5", "3", "9", starts=FOUR),
        line(64, "", "13.5", "4", "6", starts=FOUR),
        bottom=75,
    )
    assert cells[1][0] == "Alloys of nickel 4x1"


def test_labels_between_pairs_of_rows_are_rows_of_their_own():
    lines = [
        line(10, "Group", "Rate", "Low", "High", starts=FOUR),
        line(28, "Total", "0.6", "0.2", "0.9", starts=FOUR),
    ]
    for i, label in enumerate(("Age", "Sex", "Risk")):
        y = 40 + 36 * i
        lines += [
            line(y, label, starts=FOUR),
            line(y + 12, "one", "0.5", "0.1", "0.9", starts=FOUR),
            line(y + 24, "two", "0.7", "0.2", "0.8", starts=FOUR),
        ]
    cells = ruled(*lines, bottom=150)
    assert cells[2] == ["Age 1x4"]
    assert [row[0] for row in cells[5:8]] == ["Sex 1x4", "one", "two"]


def test_a_label_in_small_letters_does_not_go_on_with_a_short_name():
    cells = ruled(
        line(10, "Kind", "Rate", "Low", "High", starts=FOUR),
        line(28, "Others", "0.5", "0.1", "0.9", starts=FOUR),
        line(40, "the length of it", starts=FOUR),
        line(52, "small", "0.7", "0.2", "0.8", starts=FOUR),
        line(64, "large", "0.7", "0.2", "0.8", starts=FOUR),
        bottom=75,
    )
    assert [row[0] for row in cells[1:]] == [
        "Others",
        "the length of it 1x4",
        "small",
        "large",
    ]


def test_a_name_on_two_lines_leaves_the_name_above_to_its_row():
    cells = ruled(
        line(10, "Material", "Rate", "Low", "High", starts=FOUR),
        line(28, "Orange peel", "0.5", "0.1", "0.9", starts=FOUR),
        line(40, "Loofah (porous", starts=FOUR),
        line(46, "", "0.7", "0.2", "0.8", starts=FOUR),
        line(52, "framework)", starts=FOUR),
        line(64, "Green tea", "0.6", "0.3", "0.4", starts=FOUR),
        bottom=75,
    )
    assert [row[0] for row in cells[1:]] == [
        "Orange peel",
        "Loofah (porous framework)",
        "Green tea",
    ]


def test_a_line_below_a_label_is_the_rest_of_it_where_every_row_has_one():
    cells = ruled(
        line(10, "Kind", "Rate", "Low", "High", starts=FOUR),
        line(28, "All of them", "0.5", "0.1", "0.9", starts=FOUR),
        line(50, "Procedure with", "0.7", "0.2", "0.8", starts=FOUR),
        line(60, "Nerve", starts=FOUR),
        line(72, "Both sides", "0.6", "0.3", "0.4", starts=FOUR),
        bottom=82,
    )
    assert [row[0] for row in cells[1:]] == [
        "All of them",
        "Procedure with Nerve",
        "Both sides",
    ]
