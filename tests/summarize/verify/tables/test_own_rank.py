"""Where a paper's own method is not the best of its main table; silence where that is not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.paper import Cell, Figure, TableLag
from pipeline.summarize.verify.tables.own_rank import lags_of, own_name
from tests.summarize.papers import document


def table(rows, caption="Table 1. Results on NightLamp.", label="1"):
    head, *body = rows
    cells = (
        tuple(Cell(text, head=True) for text in head),
        *(
            (Cell(first), *(Cell(text) for text in rest))
            for first, *rest in body
        ),
    )
    return Figure("table", label, 3, (0, 0, 9, 9), caption, cells=cells)


ROWS = [
    ["Method", "PSNR↑", "LPIPS↓", "FPS"],
    ["DayDet [3]", "29.1", "0.20", "90"],
    ["DuskNet (2021)", "30.2", "0.08", "80"],
    ["LanternNet", "31.5", "0.10", "30"],
]


def lags(*tables):
    return lags_of(document(figures=tables), "LanternNet")


def test_a_column_in_which_another_method_is_better_is_found():
    assert lags(table(ROWS)) == (
        TableLag("1", 3, "LPIPS", "0.10", "0.08", "DuskNet"),
    )


def test_ours_is_the_methods_own_row():
    rows = [*ROWS[:-1], ["Ours", *ROWS[-1][1:]]]
    assert lags(table(rows))[0].own == "0.10"


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS[:-1], ["LanternNet", "28.0", "0.30", "30"]],
        [*ROWS[:-1], ["LanternNet", "31.5", "10.0", "30"]],
        [*ROWS[:-1], ["GlowNet", "31.5", "0.10", "30"]],
        [["Method", "A", "B", "C"], *ROWS[1:]],
        [*ROWS, ["LanternNet-S", "31.0", "0.12", "60"], ["LanternNet", "1", "2", "3"]],
        [*ROWS[:2], ROWS[3]],
    ],
    ids=[
        "best in no column",
        "a value of another size",
        "no row of its own",
        "directions unknown",
        "a row twice",
        "one other method",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_told(rows):
    assert lags(table(rows)) == ()


@pytest.mark.parametrize(
    "caption",
    ["Table 1. Ablation of the parts.", "表 1. 消融实验。"],
)
def test_a_comparison_with_itself_is_none(caption):
    assert lags(table(ROWS, caption)) == ()


def test_bounds_and_differences_are_no_methods():
    rows = [*ROWS, ["Ground truth", "99", "0.01", ""], ["Oracle", "40", "0.02", ""]]  # fmt: skip
    assert lags(table(rows))[0].method == "DuskNet"


def test_the_caption_tells_the_direction_of_columns_that_are_data_sets():
    rows = [
        ["", "Day", "Night", "#Params"],
        ["DayDet", "81.0", "70.1", "10"],
        ["DuskNet", "82.0", "71.0", "20"],
        ["LanternNet", "81.5", "75.2", "30"],
    ]
    found = lags(table(rows, "Table 1. Accuracy on NightLamp."))
    assert [(one.column, one.best) for one in found] == [("Day", "82.0")]


def test_the_second_table_is_looked_at_where_the_first_has_none():
    best = [*ROWS[:-1], ["LanternNet", "31.5", "0.01", "30"]]
    second = replace(table(ROWS), label="2")
    assert [one.table for one in lags(table(best), second)] == ["2"]


def test_a_table_whose_cells_are_unknown_is_passed_over():
    unread = Figure("table", "1", 3, (0, 0, 9, 9), "Table 1.", text="a\tb")
    assert lags(unread) == ()


def test_the_name_of_a_method_is_what_stands_before_the_colon():
    assert own_name("PyNeRF: Pyramidal Neural Radiance Fields") == "PyNeRF"
    assert own_name("A Study of Lamps") == ""
