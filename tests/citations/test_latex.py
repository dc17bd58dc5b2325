"""What arXiv records hold becomes TeX that prints the same and does nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations import latex


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (r"Schr\"odinger", "Schrödinger"),
        (r"Erd\H{o}s and G\'{\i}slason", "Erdős and Gíslason"),
        (r"\v{C}ech, \c{c}a, {\'e}t{\'e}", "Čech, ça, été"),
        (r"Stra{\ss}e, {\O}re, \o re, \L{}ukasz", "Straße, Øre, øre, Łukasz"),
        (r"$\hat{x}$ and $\'e$", r"$\hat{x}$ and $\'e$"),
        ("Zoë", "Zoë"),
        (r"\omega \tau", r"\omega \tau"),
    ],
)
def test_accents_become_characters(text, result):
    assert latex.unicode(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("50% of R&D #1 a_b", r"50\% of R\&D \#1 a\_b"),
        (
            "a{b}c\\d~e^f",
            r"a\textbraceleft{}b\textbraceright{}c\textbackslash{}d\textasciitilde{}e\textasciicircum{}f",
        ),
        ("costs $5 and $6", r"costs {$5 and $}6"),
        ("only $5", r"only \$5"),
        (r"$\mathcal{L}_{1}$ loss", r"{$\mathcal{L}_{1}$} loss"),
        (
            r"$\input{x}$",
            r"\$\textbackslash{}input\textbraceleft{}x\textbraceright{}\$",
        ),
        ("a\nb\x00", "a b"),
    ],
)
def test_text_is_escaped_and_sound_formulas_stay(text, result):
    assert latex.escape_latex(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "Talking Heads from NeRF: A 3D View",
            "Talking Heads from {NeRF}: A {3D} View",
        ),
        (
            "GPT-4 and X-ray for Audio-Driven Heads",
            "{GPT-4} and {X-ray} for Audio-Driven Heads",
        ),
        (
            "Heads with neural fields in Gaussian spaces",
            "Heads with neural fields in {Gaussian} spaces",
        ),
        ("Is This a Title? (BERT)", "Is This a Title? ({BERT})"),
        ("50% of R&D", r"50\% of {R\&D}"),
        ("$L_2$ norms", "{$L_2$} norms"),
        ("", ""),
    ],
)
def test_titles_keep_the_capitals_that_matter(text, result):
    assert latex.title(text) == result


def balanced(text):
    level = 0
    for mark in text:
        level += (mark == "{") - (mark == "}")
        if level < 0:
            return False
    return level == 0


marks = st.text(
    st.sampled_from("ab C{}$\\%&#_^~\"'-1")
    | st.characters(exclude_categories=("Cs",)),
    max_size=60,
)


@given(marks)
def test_whatever_the_text_braces_are_balanced(text):
    assert balanced(latex.escape_latex(text))
    assert balanced(latex.title(text))
    assert balanced(latex.verbatim(text))


@given(marks)
def test_no_special_character_is_left_outside_of_formulas(text):
    plain = latex.escape_latex(text.replace("$", ""))
    for mark in "%&#_":
        assert plain.count(mark) == plain.count("\\" + mark)
