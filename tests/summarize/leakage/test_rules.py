"""What must not be published is recognised by its cause, and sentences about papers are left
alone.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.leakage import classifier
from pipeline.summarize.leakage.lint import find_leftovers
from pipeline.summarize.leakage.rules import (
    find_leak,
    leak_odds,
    patterned,
    plain_markdown,
    trace,
)

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
    "(2–3 sentences, each followed by a verbatim quote)",
    "Here are three takeaways for a pre-screener:",
    "The paper introduces a lamp for boats [quote needed].",
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
    "高纬地区的观测仍有待补充，作者计划增设两座浮标。",
    "模型根据给定的文本提示输出分割掩码。",
    "标注者按照统一的模板填写每段视频的情绪标签。",
    "我们先对手机信令轨迹作密度聚类，再推断出行目的。",
    "仅供参考用途的公开气象站数据精度有限，作者做了校正。",
    "As an AI system is deployed in a ward, the trust of nurses first falls.",
    "The model is told to answer only from the retrieved passages.",
    "The word count of a summary correlates only weakly with its quality.",
    "Here the viscosity is held at 0.3 and the flow rate is swept.",
]


@pytest.mark.parametrize("line", LEAKS)
def test_a_leftover_is_found_and_its_reason_given(line):
    assert find_leak(line)


@pytest.mark.parametrize("line", FINE)
def test_a_sentence_about_a_paper_is_left_alone(line):
    assert find_leak(line) is None


@pytest.mark.parametrize(
    "frame", ["- {}", "<li>{}</li>", "**{}**", "    * {}", "> {}", "<p>{}</p>"]
)
def test_markup_hides_nothing(frame):
    assert find_leak(frame.format("好的，以下是总结：")) == find_leak(
        "好的，以下是总结："
    )
    assert find_leak(frame.format(FINE[0])) is None


def test_full_width_signs_and_gaps_read_as_plain_ones():
    assert (
        plain_markdown("** 链接 **：论 文（如果可用），`None`。")
        == "链接:论文(如果可用),none."
    )


def test_lint_names_the_lines():
    found = find_leftovers(
        "# 2026-11-20\n\n好的，以下是总结：\n\n本文提出一种方法。\n3. Affiliation: xxx\n"
    )
    assert [each.line for each in found] == [3, 6]
    assert all(each.reason for each in found)


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_text_is_looked_at_without_an_error(text):
    assert find_leak(text) is None or find_leak(text)
    assert (
        plain_markdown(plain_markdown(text)) == plain_markdown(text)
        or "&" in text
        or "<" in text
    )


LINES = (
    Path(__file__).resolve().parents[3].parent
    / "shared"
    / "replies"
    / "lines.jsonl"
)


@pytest.mark.skipif(not LINES.exists(), reason="the shared lines are not here")
def test_real_lines_are_told_apart():
    rows = [
        json.loads(line)
        for line in LINES.read_text(encoding="utf-8").splitlines()
    ]
    bad = [row["text"] for row in rows if row["label"] != "ok"]
    fine = [row["text"] for row in rows if row["label"] == "ok"]
    assert sum(find_leak(text) is not None for text in bad) >= 0.97 * len(bad)
    assert sum(find_leak(text) is not None for text in fine) <= 0.01 * len(fine)


HELD_OUT = Path(__file__).with_name("lines.jsonl")
"""A tenth of the lines of each writer, by the checksum of the text, and half of those of
writer 11: the weights were not trained on them.
"""


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_lines_that_were_never_trained_on_are_told_apart():
    """Several writers invented them to be hard: 90 in 100 are found, 2.6 in 100 fine ones are
    blamed.
    """
    rows = read(HELD_OUT)
    bad = [row["text"] for row in rows if row["label"] != "ok"]
    fine = [row["text"] for row in rows if row["label"] == "ok"]
    assert len(bad) > 150 < len(fine)
    assert sum(find_leak(text) is not None for text in bad) >= 0.87 * len(bad)
    assert sum(find_leak(text) is not None for text in fine) <= 0.03 * len(fine)


def test_what_is_held_out_is_nowhere_in_training():
    trained_on = Path(__file__).resolve().parents[3] / "bench" / "leak_lines"
    known = {
        row["text"] for path in trained_on.glob("*.jsonl") for row in read(path)
    }
    assert len(known) > 2_000
    assert not known & {row["text"] for row in read(HELD_OUT)}


@pytest.mark.parametrize(
    "line",
    [
        "数据没有读全，后面的内容只好先跳过，等全文到手再写。",
        "My best guess is that the authors are at a European university.",
        "Let me think about which of these points belongs under workload.",
        "接下来还需要我继续整理实验部分吗？",
        "该方法把误差降到 2.1%（这里按要求写一句话）。",
        "本文提出一种新方法。</s>",
        "(1) 背景：____；(2) 方法：____。",
        "学习率为 XX，批大小为 XX。",
    ],
)
def test_wordings_that_no_known_line_has_are_found(line):
    assert find_leak(line)


@pytest.mark.parametrize(
    "line",
    [
        "海森堡 XXX 链在有限温度下的自旋输运长期存在争议。",
        "作者比较了“您”与“你”的使用对付费转化的影响。",
        "序列以 <bos> 开始，以 <eos> 结束。",
        "1. Title: Do You Know What I Know?",
        "![图 1](https://pics.blog/figure-1.png)",
        "[ChatPaperFree](https://chat.paper)",
        "我们的方法在两个数据集上均优于现有方法，自我监督与我国的数据都有帮助。",
        "Please see our project page at https://ours.github.io for videos.",
        "Type I errors are controlled at 5%.",
    ],
)
def test_words_under_study_titles_links_and_names_are_no_leftovers(line):
    assert find_leak(line) is None


def test_a_pattern_that_hits_in_the_midst_of_a_plain_sentence_is_overruled():
    line = "作者用插补网络把深度图中的空洞填入估计值，误差比双线性插值低 12.4%，并在三个数据集上做了消融实验。"
    assert patterned(plain_markdown(line))
    assert find_leak(line) is None


def test_the_clause_that_reads_worst_is_told():
    score, words = classifier.judge(
        "该方法在两个数据集上优于基线. 还需要我继续整理实验部分吗?"
    )
    assert words.startswith("还需要我")
    assert (
        score
        == classifier.judge(
            "该方法在两个数据集上优于基线. 还需要我继续整理实验部分吗?"
        )[0]
    )


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_score_and_its_words(text):
    score, words = classifier.judge(text)
    assert score <= 0 or math.isfinite(score)
    assert len(words) <= len(text)


def test_a_line_without_end_is_looked_at_piece_by_piece():
    assert find_leak(
        "本文提出一种方法，并在两个数据集上验证了它的有效性。" * 400
        + "希望对您有帮助！"
    )


def test_words_in_quotation_marks_are_somebody_elses():
    assert find_leak("研究统计了模型说“抱歉，我无法回答”的比例。") is None
    assert find_leak("“好的，以下是总结”")


def test_the_words_that_give_a_line_away_are_told():
    assert trace("本文提出新方法，供您参考").words == "供您"
    assert trace("本文提出新方法") is None


@pytest.mark.parametrize(
    "statement",
    [
        "与以往工作不同，这里不再依赖关键点，而是直接利用音频，原文给出的数值为100。",
        "已有研究多关注口型，对头部姿态讨论不多，原文给出的数值为19。",
    ],
)
def test_a_short_plain_statement_of_a_review_is_no_leftover(statement):
    assert trace(statement, leak_odds.stated) is None
