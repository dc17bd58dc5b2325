"""What stands in a table is short, and ends with a word."""

import pytest

from pipeline.render.pages.templates import cell_rules, environment
from pipeline.render.sites.registry import FACES


def cell(text: str) -> str:
    made = environment(FACES["markdown"]).filters["cell"](text)
    return str(made).replace("<wbr>", "")


def test_a_long_line_is_cut_behind_a_word() -> None:
    shown = cell("seventeen letters " * 20)
    assert len(shown) <= cell_rules.longest
    assert shown.endswith(("letters…", "seventeen…"))


@pytest.mark.parametrize("text", ["汉" * 200, "a" * 200])
def test_what_has_no_words_is_cut_where_it_must_be(text: str) -> None:
    assert len(cell(text)) == cell_rules.longest


def test_a_line_that_fits_stays_whole() -> None:
    assert cell("a short line") == "a short line"
