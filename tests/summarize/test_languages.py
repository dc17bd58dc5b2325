"""A statement is in the language of the review; names and terms in Latin letters do not count against it."""

from __future__ import annotations

import pytest

from pipeline.summarize.languages import has_own, speaks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("在 UCF101 和 MSR-VTT 数据集上的 FVD 与 IS 优于基线", "zh"),
        ("该方法用 multi-head self-attention 建模长程依赖", "zh"),
        ("The method beats all baselines on three data sets.", "en"),
        ("本手法は夜間の写真から灯籠を検出する", "ja"),
        ("La méthode dépasse les autres.", "fr"),
    ],
)
def test_a_statement_in_its_language_passes(text, language):
    assert speaks(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The method beats all baselines on three data sets.", "zh"),
        ("作者说 we propose a method that beats all of the other baselines by far", "zh"),
        ("该方法优于所有基线", "en"),
        ("", "zh"),
        ("12.5%", "en"),
    ],
)
def test_a_statement_in_another_does_not(text, language):
    assert not speaks(text, language)


def test_a_title_may_be_mostly_a_name():
    assert has_own("GPT-4 技术报告", "zh")
    assert not has_own("GPT-4 Technical Report", "zh")
    assert has_own("GPT-4 Technical Report", "en")
