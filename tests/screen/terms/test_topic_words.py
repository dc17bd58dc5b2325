"""The name of a topic: alternatives, shared words, quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.screen.terms.topic_words import split_topic


@pytest.mark.parametrize(
    ("name", "alternatives"),
    [
        ("Face Swapping / Deepfake Detection", ["Face Swapping", "Deepfake Detection"]),
        ("Virtual Human / Avatar", ["Virtual Human", "Avatar"]),
        ("3D Object Detection and Pose Tracking", ["3D Object Detection", "Pose Tracking"]),
        ("talking head OR lip sync", ["talking head", "lip sync"]),
        ("depth and normal estimation", ["depth estimation", "normal estimation"]),
        ("object detection and tracking", ["object detection", "object tracking"]),
        ("object detection, segmentation, and tracking",
         ["object detection", "object segmentation", "object tracking"]),
        ("audio/video generation", ["audio generation", "video generation"]),
        ("speech recognition or translation", ["speech recognition", "speech translation"]),
        ("simultaneous localization and mapping", ["simultaneous localization mapping"]),
        ("vision-and-language navigation", ["vision language navigation"]),
        ("retrieval-augmented generation research", ["retrieval augmented generation"]),
        ("LLM", ["LLM"]),
    ],
)  # fmt: skip
def test_a_name_is_taken_apart_where_either_side_is_enough(name, alternatives):
    assert [" ".join(one.words) for one in split_topic(name)] == alternatives


def test_words_in_quotes_stay_together():
    (one,) = split_topic('"gaussian splatting" compression')
    assert (one.words, one.quoted) == (
        ("compression",),
        ("gaussian splatting",),
    )
    two = split_topic('"talking head, or face" OR "lip sync"')
    assert [one.quoted for one in two] == [
        ("talking head, or face",),
        ("lip sync",),
    ]


@given(st.text(max_size=60))
def test_any_text_gives_at_least_one_alternative(name):
    assert split_topic(name)
