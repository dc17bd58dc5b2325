"""What ties a statement to one that was left out goes; what belongs to it stays."""

import pytest

from pipeline.summarize.review.connectives import without_connective


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Then the codes are decoded.", "The codes are decoded."),
        ("In addition, it runs in real time.", "It runs in real time."),
        ("Second, a decoder draws the face.", "A decoder draws the face."),
        ("此外，还发布了训练数据。", "发布了训练数据。"),
        ("然后用码本量化运动。", "用码本量化运动。"),
        ("第二，用解码器重建人脸。", "用解码器重建人脸。"),
        ("最后，CNN 把特征解码成图像。", "CNN 把特征解码成图像。"),
        ("例如 Bo 等人从词典中选取嘴部区域。", "Bo 等人从词典中选取嘴部区域。"),
        ("因此，颜色更稳定。", "颜色更稳定。"),
        ("However, it needs a mask.", "It needs a mask."),
        ("（2）用解码器重建人脸。", "用解码器重建人脸。"),
    ],
)
def test_a_connective_goes(text, rest):
    assert without_connective(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Next frames are predicted from the last.",
        "Second-order gradients are computed.",
        "Thenar muscles are segmented.",
        "Finally trained models are released.",
        "同时优化两个网络。",
        "因此类方法依赖遮罩，训练很慢。",
        "Thus far unseen faces are drawn.",
        "第二阶段训练解码器。",
        "最后一层预测颜色。",
        "2.5 倍的加速来自缓存。",
        "然后呢",
    ],
)
def test_what_is_no_connective_stays(text):
    assert without_connective(text) == text
