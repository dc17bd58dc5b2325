"""What must not be published is recognised by its cause, and sentences about papers are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.leaks import find, plain, trace
from pipeline.summarize.lint import lint

LEAKS = [
    # placeholders
    "3. Affiliation: xxx",
    "* (2) 数据处理：本文使用XXXX对XXX进行处理；",
    "论文链接：[论文地址]，代码：https://github.com/username/repo",
    "关键词：关键词1、关键词2、关键词3",
    "5. 链接：论文链接，GitHub代码链接：None",
    "1. Title: [Insert paper title here]",
    "该方法在{{dataset}}上达到最好结果。",
    "- (4)：……",
    "代码链接：待补充",
    "本研究采用（具体的方法名称）对（研究的对象或主题）进行分析。",
    "<|im_start|>assistant",
    # conditions and the form's own instructions
    "Github: None（如有代码请给出）（若有）",
    "代码地址（如果没有公开代码，则填None）",
    "Code (if available): None",
    "3. 单位：此处填写第一作者的单位",
    "作者单位：留空",
    "(3) 阐述研究方法和技术路线；",
    "- 描述数据的来源与处理过程。",
    "（请用简洁的语言概括本文的方法、结果和意义）",
    "(2) 过去的方法有哪些？它们存在什么问题？",
    "(1) 这项工作的意义是什么",
    "请使用中文回答，专有名词用英文标注。",
    "语句尽可能简洁和学术，不要有过多的重复信息。",
    "按照以下格式输出：",
    # chat
    "好的，下面我来总结这篇论文。",
    "希望这份总结对你有帮助！",
    "如果您还有其他问题，欢迎继续提问。",
    "以上就是对这篇论文的总结。",
    "Sure, here is the summary of the paper:",
    "I hope this helps! Let me know if you need anything else.",
    "回答：本文提出了一种新方法。",
    "注：以上内容由模型根据论文整理。",
    "由于篇幅限制，其余部分从略。",
    # refusals and what was not given
    "抱歉，我无法协助处理这篇论文。",
    "作为一个AI语言模型，我没有办法浏览网页。",
    "As an AI language model, I cannot access external links.",
    "由于无法访问全文，具体数值未知。",
    "更多细节需要查阅原论文。",
    "根据提供的摘要，本文提出了一种新方法。",
    "摘要中没有给出具体的性能数据。",
    "作者单位未提供。",
    "3. Affiliation: 暂无相关信息",
    "The provided text does not mention the dataset.",
]

FINE = [
    "本文提出一种基于扩散模型的方法，在两个数据集上优于以往工作。",
    "<li>论文链接：https://arxiv.org/abs/2402.00001，Github 代码链接：无</li>",
    "Github: None",
    "3. Affiliation: 清华大学",
    "(2) 创新点、性能、工作量：",
    "我们希望这项工作能推动该领域的研究。",
    "现有方法无法获取准确的深度信息，因此难以处理遮挡。",
    "工作量：文章未提供训练时间，无法准确评估其工作量。",
    "方法如下：",
    "该方法填补了这一方向的空白，并对空洞进行填充。",
    "输入扰动（如光照和纹理变化）会降低精度。",
    "组织切片（如有丝分裂图像）的标注成本高。",
    "该模型根据用户提供的条件（如深度图、边缘图等）生成图像。",
    "作者认为未知环境中的导航依赖语义知识。",
    "自我监督的预训练让模型在邀请测试中表现更好。",
    "模型能回答与图像有关的问题，并解释为什么。",
    "以上两个模块共同降低了误差，详细消融见表3。",
    "该数据集包含2407名受试者的13种表情，来自10个视角。",
    "We propose a method that fills holes and answers questions about images.",
    "The model cannot recover depth from a single image, which limits its use.",
    "Where available, depth sensors help the robot to localise itself.",
    "设计三阶段相机采样策略，保证场景范围内的三维一致性。",
    "介绍 GeoNet 的网络结构与训练目标。",
]


@pytest.mark.parametrize("line", LEAKS)
def test_a_leftover_is_found_and_its_reason_given(line):
    assert find(line)


@pytest.mark.parametrize("line", FINE)
def test_a_sentence_about_a_paper_is_left_alone(line):
    assert find(line) is None


@pytest.mark.parametrize("frame", ["- {}", "<li>{}</li>", "**{}**", "    * {}", "> {}", "<p>{}</p>"])
def test_markup_hides_nothing(frame):
    assert find(frame.format("好的，以下是总结：")) == find("好的，以下是总结：")
    assert find(frame.format(FINE[0])) is None


def test_full_width_signs_and_gaps_read_as_plain_ones():
    assert plain("** 链接 **：论 文（如果可用），`None`。") == "链接:论文(如果可用),none."


def test_lint_names_the_lines():
    found = lint("# 2026-11-20\n\n好的，以下是总结：\n\n本文提出一种方法。\n3. Affiliation: xxx\n")
    assert [each.line for each in found] == [3, 6]
    assert all(each.reason for each in found)


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_text_is_looked_at_without_an_error(text):
    assert find(text) is None or find(text)
    assert plain(plain(text)) == plain(text) or "&" in text or "<" in text


LINES = Path(__file__).resolve().parents[2].parent / "shared" / "replies" / "lines.jsonl"


@pytest.mark.skipif(not LINES.exists(), reason="the shared lines are not here")
def test_real_lines_are_told_apart():
    rows = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    bad = [row["text"] for row in rows if row["label"] != "ok"]
    fine = [row["text"] for row in rows if row["label"] == "ok"]
    assert sum(find(text) is not None for text in bad) >= 0.97 * len(bad)
    assert sum(find(text) is not None for text in fine) <= 0.01 * len(fine)


def test_invented_lines_are_told_apart():
    """Lines of both kinds made up without a look at the rules; the fine ones speak of forms, chat and refusals."""
    rows = [json.loads(line) for line in (Path(__file__).with_name("lines.jsonl")).read_text("utf-8").splitlines()]
    bad = [row["text"] for row in rows if row["label"] == "leak"]
    fine = [row["text"] for row in rows if row["label"] == "ok"]
    assert len(bad) > 200 < len(fine)
    assert sum(find(text) is not None for text in bad) >= 0.97 * len(bad)
    assert sum(find(text) is not None for text in fine) <= 0.03 * len(fine)


def test_words_in_quotation_marks_are_somebody_elses():
    assert find("研究统计了模型说“抱歉，我无法回答”的比例。") is None
    assert find("“好的，以下是总结”")


def test_the_words_that_give_a_line_away_are_told():
    assert trace("本文提出新方法，供您参考").words == "供您"
    assert trace("本文提出新方法") is None
