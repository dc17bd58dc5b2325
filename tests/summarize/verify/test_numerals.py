"""Numbers are read however they are written."""

from __future__ import annotations

import pytest

from pipeline.summarize.verify.numerals import hanzi, near_digits, normal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("三百零五", 305),
        ("二〇二四", 2024),
        ("两千", 2000),
        ("十", 10),
    ],
)
def test_chinese_numerals_are_read(text, value):
    assert hanzi(text) == value


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("１２．５％", "12.5%"),
        ("1\u2009234\u2009567 and 1’234", "1,234,567 and 1,234"),
        ("10⁻³", "10^-3"),
        ("−5–7", "-5-7"),
        ("3、4", "3; 4"),
        ("7 \t\n 8", "7 8"),
    ],
)
def test_one_number_has_one_form(written, plain):
    assert normal(written) == plain


def test_words_near_digits_keep_the_unit_behind_them():
    kept = near_digits("We train for 11 hours on big lamps and 1 234 boats.")
    assert kept.split() == ["11", "hours", "1", "234", "boats."]
