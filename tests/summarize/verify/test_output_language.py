"""A statement is in the language of the review; names and terms in Latin letters do not count
against it.
"""

from __future__ import annotations

import pytest

from pipeline.summarize.verify.output_language import has_own, speaks


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
        (
            "作者说 we propose a method that beats all of the other baselines by far",
            "zh",
        ),
        ("该方法优于所有基线", "en"),
        ("", "zh"),
        ("12.5%", "en"),
    ],
)
def test_a_statement_in_another_does_not(text, language):
    assert not speaks(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "HARBOR上Full model的DRP为1.18、QNR为29.89、FOG为0.175，Smith et al.分别为1.35、29.36和0.016。",
        "LampA上DRP最小、eFOG最大，优于DayGAN、UNIT和NIGHT",
        "在网络中加入lamp-aware attention module与fog decoder",
    ],
)
def test_names_and_terms_of_the_paper_do_not_count_against_a_statement(text):
    assert speaks(text, "zh", lambda word: True)


def test_an_english_sentence_of_the_papers_own_words_does():
    assert not speaks(
        "作者称 the model is better than all of the others",
        "zh",
        lambda word: True,
    )
    assert not speaks("We reach better results", "zh", lambda word: True)


def test_a_title_may_be_mostly_a_name():
    assert has_own("GPT-4 技术报告", "zh")
    assert not has_own("GPT-4 Technical Report", "zh")
    assert has_own("GPT-4 Technical Report", "en")
