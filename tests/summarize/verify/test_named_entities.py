"""Names in Latin letters must stand in the paper in some spelling; words and short forms of the
field are known.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.named_entities import latin, unknown
from tests.summarize.papers import DOCUMENT, PAPER, document, saying

EVIDENCE = gather_evidence(
    PAPER,
    saying(
        "We use Gaussian gated recurrent units and a large language model; code is at https://github.com/lamps/night."
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "LanternNet 优于 DayDet，用 ResNet50 编码",
        "在 NightLamp 上评测，以 AI 模型和 3D framework 解码",
        "与 GRU 和 LLM 结合，属于 end-to-end 方法",
        "作者 Ada Example 来自 Harbour University",
        "采用 GPU 训练，学习率1e-4，速度29.7 FPS",
        "代码见 https://github.com/lamps/night",
        "利用 pooled features 做 encoding",
        "变量 k 与 n 为超参数",
        "服从 Gauss 分布",
        r"以\beta与\frac{a}{b}加权",
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
    assert (
        unknown(
            "Surprisingly, the brighter boats glitter. Everybody cheers.",
            EVIDENCE,
            "en",
        )
        == []
    )
    assert unknown("The boats beat YOLOv8 and Stanford.", EVIDENCE, "en") == [
        "YOLOv8",
        "Stanford",
    ]


def test_a_record_without_text_knows_its_own_names():
    assert unknown("LanternNet", gather_evidence(PAPER, DOCUMENT), "zh") == []


def test_a_short_form_may_stand_for_words_of_the_quote():
    quote = "computed within the local lamp approximation"
    assert unknown("用 LLA 近似计算", EVIDENCE, "zh", quote) == []
    assert unknown("用 LLA 近似计算", EVIDENCE, "zh") == ["LLA"]
    assert unknown("用 LDA 近似计算", EVIDENCE, "zh", quote) == ["LDA"]


def test_a_short_form_may_stand_for_a_term_that_the_paper_says_again_and_again():
    said = saying(
        "Foggy lantern matching works. Use foggy lantern matching; foggy lantern matching wins."
    )
    term = gather_evidence(
        replace(PAPER, abstract="We study foggy lantern matching."), said
    )
    assert unknown("FLM 有效", gather_evidence(PAPER, said), "zh") == ["FLM"]
    assert unknown("FLM 有效", term, "zh") == []
    assert unknown("FLM 有效", EVIDENCE, "zh") == ["FLM"]


def test_a_name_with_an_accent_is_one_word():
    assert latin("Lemai\u0302tre 度规", "zh") == ["Lemaître"]


def test_code_with_a_dot_is_no_link():
    assert latin("调用 nn.compact 函数", "zh") == ["nn.compact"]


@pytest.mark.parametrize(
    "name",
    [
        "CNN",
        "GAN",
        "FPS",
        "mAP",
        "IS",
        "PSNR",
        "SOTA",
        "transformer",
        "Transformer",
        "softmax",
        "LoRA",
        "GitHub",
        "Adam",
    ],
)
def test_a_metric_or_an_architecture_that_the_paper_never_mentions_is_told(
    name,
):
    silent = gather_evidence(
        replace(PAPER, abstract="It is shown that the map of lamps is bright."),
        document(abstract="", sections=()),
    )
    assert unknown(f"基于 {name} 的方法", silent, "zh") == [name]


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("convolutional neural networks", "CNN"),
        ("Convolutional networks", "CNNs"),
        ("the frame rate", "FPS"),
        ("24 frames/s", "FPS"),
        ("intersection-over-union", "IoU"),
        ("peak signal-to-noise ratio", "PSNR"),
        ("a variational auto-encoder", "VAE"),
        ("low-rank adaptation", "LoRA"),
        ("state-of-the-art results", "SOTA"),
    ],
)
def test_a_short_form_is_known_where_the_paper_writes_it_out(printed, short):
    assert (
        unknown(
            f"采用 {short} 的方法",
            gather_evidence(PAPER, saying(f"We use {printed} here.")),
            "zh",
        )
        == []
    )
