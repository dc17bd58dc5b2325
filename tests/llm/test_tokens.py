"""The estimate of tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.tokens import Calibration, estimate_tokens

ENGLISH = (
    "We present a method that drives a portrait from speech, and we evaluate it on three public data sets. "
    * 20
)
CHINESE = (
    "本文提出一种由语音驱动人像的方法，并在三个公开数据集上进行了评测。" * 20
)


def test_english_counts_a_token_for_four_to_five_characters():
    assert len(ENGLISH) / 5 < estimate_tokens(ENGLISH) < len(ENGLISH) / 3.5


def test_chinese_counts_about_a_token_for_a_character():
    assert 0.9 * len(CHINESE) < estimate_tokens(CHINESE) < 1.3 * len(CHINESE)


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(one, other):
    assert (
        estimate_tokens(one + other)
        >= max(estimate_tokens(one), estimate_tokens(other)) - 1
    )


def test_before_anything_is_reported_estimates_stand():
    assert Calibration().factor == 1.0


def test_the_highest_reported_ratio_counts():
    calibration = Calibration()
    for reported in (80, 90, 70):
        calibration.learn(100, reported)
    assert 0.9 < calibration.factor < 1.0


def test_a_count_that_cannot_be_is_ignored():
    calibration = Calibration()
    calibration.learn(100, 3)
    calibration.learn(100, 9000)
    assert calibration.factor == 1.0
