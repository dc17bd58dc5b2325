"""Names of topics as people give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.paper import Topic
from pipeline.screen.terms.thesaurus import load_thesaurus
from pipeline.screen.topics.chinese_names import Translation, translate_chinese
from pipeline.screen.topics.understanding import (
    find_near_miss,
    understand_topic,
)

CONFIGURED = {
    "Talking Head": Topic("Talking Head", phrases=("talking head",)),
    "Diffusion Models": Topic("Diffusion Models", phrases=("diffusion model",)),
    "Facial Expression Recognition": Topic(
        "Facial Expression Recognition", phrases=("FER",)
    ),
}


def resolve(name):
    for known, topic in CONFIGURED.items():
        if known.casefold() == name.casefold():
            return topic
    return Topic(name, configured=False)


def understand(name):
    return understand_topic(name, resolve, CONFIGURED)


def test_a_configured_topic_is_itself_and_other_words_are_a_bare_topic():
    assert understand("talking head").topic is CONFIGURED["Talking Head"]
    assert understand("object pose estimation").topic == Topic(
        "object pose estimation", configured=False
    )


@pytest.mark.parametrize(
    "name",
    ["Difusion Models", "Talking Heads", "Talking Hed", "Diffusion Model"],
)
def test_a_near_miss_of_a_configured_topic_is_asked_about(name):
    with pytest.raises(UsageError) as caught:
        understand(name)
    assert "Did you mean" in caught.value.step


@pytest.mark.parametrize(
    "name", ["Talking Face", "3D Diffusion Models", "Walking Bread"]
)
def test_another_topic_is_no_near_miss(name):
    assert find_near_miss(name, CONFIGURED) == ""


def test_a_dimension_is_not_misspelt():
    assert find_near_miss("2D detection", ["3D detection"]) == ""


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("视觉语言导航", "vision-language navigation"),
        ("3D高斯泼溅", "3D Gaussian splatting"),
        ("说话人脸生成", "talking head generation"),
        ("伴随语音手势", "co-speech gesture generation"),
        ("潜在扩散", "latent diffusion model"),
        ("医学图像分割", "medical image segmentation"),
        ("换脸/深度伪造检测", "face swapping / deepfake detection"),
        ("基于扩散模型的视频生成", "diffusion-based video generation"),
        (
            "三维目标检测与占用预测",
            "3D object detection and occupancy prediction",
        ),
    ],
)
def test_a_chinese_name_is_the_topic_of_its_english_name(name, english):
    found = understand(name)
    assert found.topic == Topic(english, configured=False)
    assert english in found.note


def test_an_and_that_joins_nothing_is_no_word_of_a_chinese_name():
    assert translate_chinese("与").english == ""
    assert translate_chinese("与图像编辑").english == "image editing"


def test_a_chinese_name_without_its_last_word_is_the_term_without_its_own():
    assert translate_chinese("说话人头").english == "talking head"
    assert understand("说话人头").topic is CONFIGURED["Talking Head"]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("手语", "sign language"),
        ("手语数据集", "sign language dataset"),
        ("网络流量", "network traffic"),
        ("自然语言", "natural language"),
        ("大模型幻觉", "large language model hallucination"),
        ("仿真到现实迁移", "sim-to-real transfer"),
        ("文本转语音", "text-to-speech"),
        ("异常值检测", "anomaly detection"),
    ],
)
def test_what_several_longer_names_begin_with_is_understood(name, english):
    assert translate_chinese(name) == Translation(english)


@given(st.sampled_from(sorted(load_thesaurus().by_chinese)))
def test_a_name_of_the_thesaurus_means_what_is_written_there(name):
    terms = load_thesaurus().by_chinese[name]
    topics = [term.en for term in terms if not term.is_word]
    if topics:
        assert translate_chinese(name).english == " / ".join(topics)


def test_a_chinese_name_of_a_configured_topic_is_that_topic():
    name = "Facial Expression Recognition"
    assert understand("人脸表情识别").topic is CONFIGURED[name]


@pytest.mark.parametrize("name", ["火星文嘻嘻", "qwrtzp", "Zxcvb Mnbvc"])
def test_a_name_of_which_nothing_is_known_is_an_error_with_a_next_step(name):
    with pytest.raises(UsageError) as caught:
        understand(name)
    assert caught.value.step


def test_a_misspelt_term_is_named_rightly():
    with pytest.raises(UsageError) as caught:
        understand("imbge restorbtion")
    assert "image restoration" in caught.value.step


def test_words_in_quotes_are_taken_as_they_stand():
    for quoted in ('"qwrtzp"', '"Talking Heads"'):
        assert understand(quoted).topic.name == quoted


@given(st.text(alphabet="三维高斯人脸生成的abc /、", max_size=12))
def test_any_chinese_name_is_read(name):
    translate_chinese(name)


COMMON = {
    "目标检测": "object detection",
    "语义分割": "semantic segmentation",
    "实例分割": "instance segmentation",
    "图像超分辨率": "image super-resolution",
    "单目深度估计": "monocular depth estimation",
    "行人重识别": "person re-identification",
    "神经辐射场": "neural radiance field",
    "三维目标检测": "3D object detection",
    "视频生成": "video generation",
    "图像生成": "image generation",
    "异常检测": "anomaly detection",
    "动作识别": "action recognition",
    "大语言模型": "large language model",
    "机器翻译": "machine translation",
    "检索增强生成": "retrieval-augmented generation",
    "文本摘要": "text summarization",
    "命名实体识别": "named entity recognition",
    "情感分析": "sentiment analysis",
    "代码生成": "code generation",
    "问答系统": "question answering",
    "机器人操作": "robot manipulation",
    "强化学习": "reinforcement learning",
    "联邦学习": "federated learning",
    "知识蒸馏": "knowledge distillation",
    "图神经网络": "graph neural network",
    "时间序列预测": "time series forecasting",
    "对比学习": "contrastive learning",
    "语音识别": "speech recognition",
    "语音合成": "speech synthesis",
    "说话人识别": "speaker recognition",
}


@pytest.mark.parametrize(("name", "english"), COMMON.items())
def test_the_most_common_topics_are_understood_in_chinese(name, english):
    assert understand(name).topic == Topic(english, configured=False)
