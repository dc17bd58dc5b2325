"""Texts that a reader takes for the same are the same once folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.text import (
    fold_letters,
    fold_text,
    fold_words,
    strip_accents,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdős", "ERDOS"),
        ("ﬁgure", "figure"),
        ("Ångström", "angstrom"),
        ("２４", "24"),
    ],
)
def test_case_accents_and_compatibility_forms_make_no_difference(one, other):
    assert fold_text(one) == fold_text(other)


def test_hyphens_and_punctuation_are_spaces_between_words_and_nothing_between_letters():
    assert fold_words("Lip-Sync: (real time)") == "lip sync real time"
    assert fold_letters("Lip-Sync: (real time)") == "lipsyncrealtime"


def test_chinese_stays():
    assert fold_words("说话人脸，生成") == "说话人脸 生成"


@given(st.text())
def test_stripping_accents_is_idempotent(text):
    assert strip_accents(strip_accents(text)) == strip_accents(text)
