"""Definitions of abbreviations in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.screen.terms.abbreviation_definitions import (
    learn_abbreviations,
    read_definitions,
)


@pytest.mark.parametrize(
    ("text", "short", "stems"),
    [
        ("We study vision-and-language navigation (VLN).", "VLN", ("vision", "languag", "navig")),
        ("Large language models (LLMs) help.", "LLM", ("larg", "languag", "model")),
        ("the frame error rate (FER) of codes", "FER", ("frame", "error", "rate")),
        ("neural radiance fields (NeRF), and", "NeRF", ("neural", "radianc", "field")),
    ],
)  # fmt: skip
def test_the_words_before_the_bracket_are_the_long_form(text, short, stems):
    assert list(read_definitions(text)) == [(short, stems)]


@pytest.mark.parametrize(
    "text",
    [
        "on ImageNet (2012)",
        "see below (Section 3)",
        "a gain (5 dB)",
        "it is fast (XYZ)",
    ],
)
def test_other_brackets_define_nothing(text):
    assert list(read_definitions(text)) == []


def test_each_paper_counts_once():
    texts = [
        "novel view synthesis (NVS). Novel view synthesis (NVS)",
        "novel view synthesis (NVS)",
    ]
    learned = learn_abbreviations(texts)
    assert learned.means("NVS") == {("novel", "view", "synthes"): 2}
    assert learned.of(("novel", "view", "synthes")) == ("NVS",)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    list(read_definitions(text))
    list(read_definitions(f"{text} (ABC) {text}"))
