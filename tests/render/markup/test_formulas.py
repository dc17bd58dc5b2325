"""A formula is what can be typeset without harm; everything else between dollars is words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.markup.formulas import pieces


def formulas(text: str) -> list[str]:
    return [
        piece.text
        for piece in pieces(text)
        if piece.kind in ("inline", "display")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cost of $O(n^2)$ a frame", ["O(n^2)"]),
        ("$x$ and $y$", ["x", "y"]),
        ("$$\\sum_i x_i$$", ["\\sum_i x_i"]),
        ("\\(a < b\\) or \\[c\\]", ["a < b", "c"]),
        ("$\\frac{{a}}{b}$", ["\\frac{{a}}{b}"]),
        ("$ x_i $", ["x_i"]),
        ("an escaped \\$ inside $a\\$b$", ["a\\$b"]),
        ("$\\approx 3\\times$ faster", ["\\approx 3\\times"]),
    ],
)
def test_formulas_are_found(text: str, found: list[str]) -> None:
    assert formulas(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "from $5 to $10",
        "US$5M–US$7M",
        "$HOME and $PATH",
        "5 $ and 10 $ more",
        "$\\href{javascript:x}{y}$",
        "$\\require{html}\\class{a}{b}$",
        "$\\def\\a{\\a\\a}\\a$",
        "$\\unicode{x41}$",
        "$\\newcommand{\\x}{y}$",
        "$\\frac{a$ b",
        "$}{$",
        "$$",
        "$ $",
        "$a\\",
        "$" + "x" * 2000 + "$",
    ],
)
def test_prices_broken_braces_and_commands_that_reach_the_page_are_words(
    text: str,
) -> None:
    assert formulas(text) == []


@given(st.text("$\\(){}[] ab1^_", max_size=40))
def test_pieces_put_together_are_the_line_but_for_spaces_around_formulas(
    text: str,
) -> None:
    def unmarked(line: str) -> str:
        return "".join(
            character for character in line if character not in "$\\()[] "
        )

    assert unmarked("".join(piece.text for piece in pieces(text))) == unmarked(
        text
    )


def test_a_long_line_of_dollars_is_cut_in_linear_time() -> None:
    assert len(formulas("$a" * 10_000)) == 5_000
    assert formulas("\\(" * 10_000) == []
