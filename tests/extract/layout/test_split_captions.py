"""Captions side by side that the file holds as one line of text."""

from pipeline.extract.layout.split_captions import parted
from tests.extract.leaf import Leaf


def parts(text):
    page = Leaf().text(54, 300, text).pages()[0]
    return [line.text for line in parted(page).lines]


def test_captions_side_by_side_in_one_line_of_text_are_taken_apart():
    gap = " " * 30
    assert parts(f"Fig. 1. A cat{gap}Fig. 2. A dog{gap}Fig. 3. A cow") == [
        "Fig. 1. A cat",
        "Fig. 2. A dog",
        "Fig. 3. A cow",
    ]


def test_each_stands_where_its_letters_are():
    gap = " " * 40
    page = parted(
        Leaf().text(54, 300, f"Fig. 1. A cat{gap}Fig. 2. A dog").pages()[0]
    )
    whole = (
        Leaf()
        .text(54, 300, f"Fig. 1. A cat{gap}")
        .text(54, 400, "Fig. 1. A cat")
        .pages()[0]
        .lines
    )
    assert abs(page.lines[0].bbox[2] - whole[1].bbox[2]) < 6
    assert page.lines[1].bbox[0] > page.lines[0].bbox[2] + 60


def test_a_wide_gap_alone_parts_no_caption_and_no_sentence():
    gap = " " * 12
    for text in (
        f"Fig. 1. A cat{gap}and a dog",
        f"as is seen in{gap}Fig. 2. The dog",
        "Fig. 1. A cat and Fig. 2. A dog",
    ):
        assert parts(text) == [" ".join(text.split())]


def test_each_caption_finds_its_own_figure():
    leaf = (
        Leaf().prose(40, 120).photo(60, 150, 260, 280).photo(340, 150, 540, 280)
    )
    leaf.text(
        90,
        300,
        "Fig. 1. A cat in the sun" + " " * 72 + "Fig. 2. A dog in the rain",
    ).prose(330, 700)
    figures = leaf.figures()
    assert figures["figure 1"].bbox[2] < 300 < figures["figure 2"].bbox[0]
    assert figures["figure 1"].caption == "Fig. 1. A cat in the sun"
