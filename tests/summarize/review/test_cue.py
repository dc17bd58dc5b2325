"""An opinion keeps to facts of the statements that are shown, and carries their pages."""

import pytest

from pipeline.paper import Claim
from pipeline.summarize.review.cue import cue_pages, grounded_cue

CLAIMS = {
    "zh": (
        Claim("核心思想是用冻结的纹理先验约束颜色预测。", "", 3),
        Claim("消融中去掉冻结先验的损失最大，PSNR 降到 27.61。", "", 8),
        Claim("方法依赖足够准确的相机跟踪。", "", 9),
        Claim("在四个数据集的 20 段人像序列上评测。", "", 6),
        Claim("影棚级采集系统昂贵且难以部署。", "", 1),
        Claim("训练在单张显卡上进行。", "", 6),
    ),
    "en": (
        Claim("A frozen texture dictionary guides the colour.", "", 3),
        Claim("The ablation without the dictionary loses most: 27.61.", "", 8),
        Claim("Camera tracking has to be accurate.", "", 9),
        Claim("Twenty sequences of four data sets are used.", "", 6),
        Claim("Studio capture is expensive.", "", 1),
        Claim("Training takes one card.", "", 6),
    ),
}
CUES = {
    "zh": "消融说明提升来自冻结先验，值得读；依赖准确的相机跟踪。",
    "en": "Worth reading, the ablation of the dictionary is clear; it needs accurate camera tracking.",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_opinion_carries_the_pages_of_the_statements_it_rests_on(language):
    cue, claims = CUES[language], CLAIMS[language]
    assert grounded_cue(cue, claims, ()) == cue
    assert cue_pages(cue, claims) == (8, 9)


@pytest.mark.parametrize(
    ("cue", "kept"),
    [
        (
            "值得读，消融清楚；只生成 64 × 64 的嘴部，可跳过。",
            "值得读，消融清楚。",
        ),
        ("值得读。比 GPT-4 好。", "值得读。"),
        ("PSNR 降到 27.61，值得读。", "PSNR 降到 27.61，值得读。"),
    ],
)
def test_a_fact_without_a_statement_goes(cue, kept):
    assert grounded_cue(cue, CLAIMS["zh"], ()) == kept


@pytest.mark.parametrize(
    ("cue", "kept"),
    [
        ("A 99% gain. Read the ablation; skip the rest.", "Read the ablation; skip the rest."),
        ("Worth reading; only 64 pixels are made.", "Worth reading."),
        ("Better than GPT-4.", ""),
    ],
)  # fmt: skip
def test_a_fact_without_a_statement_goes_in_english(cue, kept):
    assert grounded_cue(cue, CLAIMS["en"], ()) == kept


def test_a_name_of_the_title_may_be_told():
    cue = "做 3DGS 的人值得读。"
    assert grounded_cue(cue, CLAIMS["zh"], ("3DGS avatars",)) == cue


def test_an_opinion_that_shares_no_fact_has_no_page():
    assert cue_pages("题目新，值得一看。", CLAIMS["zh"]) == ()
    assert cue_pages("Fresh topic, worth a look.", CLAIMS["en"]) == ()
    assert cue_pages("", ()) == ()
