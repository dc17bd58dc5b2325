"""A table becomes rows for a prompt; of a long one the paper's own rows stay."""

from pipeline.paper import Cell, Figure
from pipeline.summarize.review.table_excerpt import table_excerpt
from pipeline.summarize.verify.tables.own_rank import own_name


def table(*rows, heads=("Method", "PSNR", "LPIPS")):
    body = tuple(tuple(map(Cell, row)) for row in rows)
    head = tuple(Cell(text, head=True) for text in heads)
    return Figure(
        "table", "1", 3, (0, 0, 9, 9), "Table 1.", cells=(head, *body)
    )


def test_a_table_is_rows_of_cells():
    made = table(("NeRF", "25.1", "0.161"), ("Ours", "34.8", "0.015"))
    assert table_excerpt(made, "") == (
        "Method | PSNR | LPIPS\nNeRF | 25.1 | 0.161\nOurs | 34.8 | 0.015"
    )


def test_of_a_long_table_the_heads_and_the_paper_s_own_rows_stay():
    others = [(f"Baseline {n}", "25.1", "0.161") for n in range(60)]
    made = table(*others, ("PyNeRF", "34.8", "0.015"), ("Ours", "36.2", "0.1"))
    lines = table_excerpt(made, "PyNeRF").splitlines()
    assert lines[0] == "Method | PSNR | LPIPS"
    assert lines[1] == "Baseline 0 | 25.1 | 0.161"
    assert lines[-3:-1] == ["PyNeRF | 34.8 | 0.015", "Ours | 36.2 | 0.1"]
    assert lines[-1] == f"({63 - (len(lines) - 1)} rows left out)"


def test_own_rows_are_known_by_their_label_behind_the_metric_too():
    others = [("PSNR", f"Baseline {n}", "25.1 dB") for n in range(90)]
    made = table(*others, ("SSIM", "Ours", "0.97"), heads=("", "Method", "All"))
    assert "SSIM | Ours | 0.97" in table_excerpt(made, "")


def test_rows_that_were_not_parted_are_said_once():
    torn = Cell("0.77 29.36 29.79", colspan=2)
    body = (Cell("SSIM PSNR"), torn)
    made = table(heads=("Method", "a", "b"))
    made = Figure(
        "table", "2", 3, (0, 0, 9, 9), "Table 2.", cells=(*made.cells, body)
    )
    assert table_excerpt(made, "").count("29.36") == 1


def test_a_value_that_spans_columns_is_one_of_each():
    body = (Cell("Ours"), Cell("34.8", colspan=2))
    made = table(heads=("Method", "a", "b"))
    made = Figure(
        "table", "2", 3, (0, 0, 9, 9), "Table 2.", cells=(*made.cells, body)
    )
    assert table_excerpt(made, "").endswith("Ours | 34.8 | 34.8")


def test_the_own_method_is_named_before_the_colon_of_the_title():
    assert own_name("PyNeRF: Pyramidal Neural Radiance Fields") == "PyNeRF"
    assert own_name("Attention Is All You Need") == ""
    assert own_name("A Long Question About Faces: Answers") == ""
