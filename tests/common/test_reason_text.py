"""Reasons of a verdict in the reader's language."""

from pipeline.common.reason_text import describe_reasons
from pipeline.paper import Reason

REASONS = (
    Reason("title", "talking head"),
    Reason("title", "lip sync"),
    Reason("similar", weight=0.8),
    Reason("exclude", "dance", -1.0),
    Reason("model", "speech only", -1.0),
    Reason("author", "Ada Example", 2.0),
)


def test_reasons_are_said_in_english_and_in_chinese():
    assert describe_reasons(REASONS) == (
        "title: talking head, lip sync; like others of the topic; −dance; "
        "−model: speech only; +Ada Example"
    )
    assert describe_reasons(REASONS, "zh") == (
        "标题：talking head、lip sync；与该方向论文相似；−dance；−模型：speech only；+Ada Example"
    )


def test_a_rating_is_said_in_the_words_of_the_reader():
    rated = [Reason("rated", "skip", -1.0)]
    assert describe_reasons(rated) == "your rating: skip"
    assert describe_reasons(rated, "zh") == "你的评分：跳过"


def test_without_a_reason_nothing_of_the_topic_was_found():
    assert describe_reasons(()) == "nothing of the topic"


def test_a_sentence_of_an_earlier_version_is_said_as_it_is():
    assert (
        describe_reasons([Reason("sentence", "title: avatar", 0.0)])
        == "title: avatar"
    )
