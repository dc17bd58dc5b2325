"""Long captions in two parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.clean import clean_line
from pipeline.render.markup.caption_folding import (
    display_width,
    fold,
    fold_widths,
)


def test_a_caption_of_two_lines_stays_whole() -> None:
    assert fold("Figure 1. Results.") == ("Figure 1. Results.", "")


def test_a_long_caption_is_cut_behind_a_sentence() -> None:
    first = "Figure 2. Overview of the model with its three parts, from left to right. "
    begin, rest = fold(first + "The rest is a long story about arrows. " * 6)
    assert begin.endswith((".", "right."))
    assert rest.startswith("The rest")


def test_a_formula_is_never_cut() -> None:
    begin, _ = fold("word " * 30 + "$" + "a + " * 40 + "b$ end")
    assert begin.count("$") % 2 == 0


def test_chinese_is_cut_behind_its_full_stop() -> None:
    begin, rest = fold(
        "图二展示整体流程，包括编码与解码两个部分以及若干连接。" * 8
    )
    assert begin.endswith("。")
    assert rest.startswith("图二")


@given(st.text(alphabet="ab $.。图\\{}", max_size=600))
def test_nothing_is_lost_and_what_is_shown_is_short(text: str) -> None:
    begin, rest = fold(text)
    assert (begin + rest).replace(" ", "") == clean_line(text).replace(" ", "")
    assert (
        not rest
        or display_width(begin) <= fold_widths.shown + fold_widths.slack
    )
