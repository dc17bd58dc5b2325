"""Tables as CSV."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.table_csv import as_csv, fill_grid
from pipeline.paper import Cell

TABLE = (
    (
        Cell("Method", rowspan=2, head=True),
        Cell("FaceSet", colspan=2, head=True),
    ),
    (Cell("PSNR ↑", head=True), Cell("LMD ↓", head=True)),
    (Cell("GAN-based", colspan=3),),
    (Cell("A|B"), Cell("-2.77"), Cell("=HYPERLINK(1)")),
)


def test_no_cells_are_no_csv():
    assert as_csv(()) == ""


def test_what_spans_places_is_said_in_each_in_csv():
    rows = list(csv.reader(io.StringIO(as_csv(TABLE))))
    assert rows[0] == ["Method", "FaceSet", "FaceSet"]
    assert rows[1] == ["Method", "PSNR ↑", "LMD ↓"]
    assert rows[2] == ["GAN-based"] * 3


def test_formulas_of_a_hostile_paper_are_no_formulas_in_csv():
    rows = list(csv.reader(io.StringIO(as_csv(TABLE))))
    assert rows[3] == ["A|B", "-2.77", "'=HYPERLINK(1)"]


@given(
    st.lists(
        st.lists(
            st.builds(
                Cell, st.text(max_size=4), st.integers(1, 3), st.integers(1, 3)
            ),
            max_size=4,
        ),
        max_size=4,
    )
)
def test_any_cells_make_rows_of_one_width(cells):
    grid = fill_grid(cells)
    assert len({len(row) for row in grid}) <= 1
    rows = list(csv.reader(io.StringIO(as_csv(cells)), strict=True))
    assert len(rows) == len(cells)
