"""Names in Latin letters must stand in the paper in some spelling; words and short forms of the field are known."""

from __future__ import annotations

import pytest

from pipeline.summarize.evidence import gather
from pipeline.summarize.names import latin, unknown
from tests.summarize.papers import DOCUMENT, PAPER, saying

EVIDENCE = gather(
    PAPER,
    saying(
        "We use Gaussian gated recurrent units and a large language model; code is at https://github.com/lamps/night."
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "LanternNet 优于 DayDet，用 ResNet50 编码",
        "在 NightLamp 上评测，采用 transformer 解码",
        "与 GRU 和 LLM 结合，属于 SOTA 的 end-to-end 方法",
        "作者 Ada Example 来自 Harbour University",
        "采用 GPU 训练，学习率1e-4，速度29.7 FPS",
        "代码见 https://github.com/lamps/night",
        "利用 pooled features 做 encoding",
        "变量 k 与 n 为超参数",
        "服从 Gauss 分布",
    ],
)
def test_what_the_paper_or_its_record_has_is_known(text):
    assert unknown(text, EVIDENCE, "zh") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("优于 YOLOv8", "YOLOv8"),
        ("在 ImageNet 上评测", "ImageNet"),
        ("采用 ResNet-101 编码", "ResNet-101"),
        ("作者来自 Stanford University", "Stanford"),
        ("代码见 https://github.com/lamps/day", "https://github.com/lamps/day"),
        ("基于 mixtral 微调", "mixtral"),
    ],
)
def test_a_name_that_it_does_not_have_is_told(text, name):
    assert name in unknown(text, EVIDENCE, "zh")


def test_in_english_only_names_are_looked_up():
    assert unknown("Surprisingly, the brighter boats glitter. Everybody cheers.", EVIDENCE, "en") == []
    assert unknown("The boats beat YOLOv8 and Stanford.", EVIDENCE, "en") == ["YOLOv8", "Stanford"]


def test_a_record_without_text_knows_its_own_names():
    assert unknown("LanternNet", gather(PAPER, DOCUMENT), "zh") == []


def test_a_short_form_may_stand_for_words_of_the_quote():
    quote = "computed within the local lamp approximation"
    assert unknown("用 LLA 近似计算", EVIDENCE, "zh", quote) == []
    assert unknown("用 LLA 近似计算", EVIDENCE, "zh") == ["LLA"]
    assert unknown("用 LDA 近似计算", EVIDENCE, "zh", quote) == ["LDA"]


def test_a_short_form_may_stand_for_a_term_that_the_paper_says_again_and_again():
    term = gather(
        PAPER, saying("Foggy lantern matching works. Use foggy lantern matching; foggy lantern matching wins.")
    )
    assert unknown("FLM 有效", term, "zh") == []
    assert unknown("FLM 有效", EVIDENCE, "zh") == ["FLM"]


def test_a_name_with_an_accent_is_one_word():
    assert latin("Lemai\u0302tre 度规", "zh") == ["Lemaître"]


def test_code_with_a_dot_is_no_link():
    assert latin("调用 nn.compact 函数", "zh") == ["nn.compact"]
