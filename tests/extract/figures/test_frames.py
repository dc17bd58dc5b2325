"""A frame around a figure with its caption bounds the figure and is no part of it."""

import pytest

from tests.extract.leaf import Leaf, near


def framed(draw):
    leaf = Leaf().prose(60, 200)
    draw(leaf)
    leaf.photo(150, 240, 450, 380).text(
        80, 410, "Figure 1: A picture in a frame."
    )
    return leaf.prose(460, 700)


def four_lines(leaf):
    leaf.rule(62, 550, 220, 0.3).rule(62, 550, 430, 0.3)
    leaf.page.draw_line((57, 225), (57, 425), width=0.3)
    leaf.page.draw_line((555, 225), (555, 425), width=0.3)


@pytest.mark.parametrize(
    "draw", [lambda leaf: leaf.box(57, 220, 555, 430), four_lines]
)
def test_the_frame_around_a_figure_and_its_caption_is_left_out(draw):
    figure = framed(draw).figures()["figure 1"]
    assert near(figure.bbox, (150, 240, 450, 380))
    assert figure.text == ""


def test_a_filled_ground_under_figure_and_caption_is_left_out():
    leaf = framed(lambda leaf: leaf.box(57, 220, 555, 430, fill=(0.9, 0.9, 1)))
    assert near(leaf.figures()["figure 1"].bbox, (150, 240, 450, 380))


def test_a_frame_holds_a_table_with_its_caption():
    leaf = Leaf().prose(60, 200).box(150, 220, 450, 350, fill=(1, 0.9, 0.9))
    leaf.cells(160, 235, rows=7).rule(156, 444, 320)
    leaf.text(160, 340, "Table 1: Numbers in a frame").prose(380, 700)
    table = leaf.figures()["table 1"]
    assert near(table.bbox, (156, 228, 444, 320), slack=4)
    assert len(table.cells) == 7


def test_a_frame_around_the_figure_alone_belongs_to_it():
    leaf = (
        Leaf().prose(60, 200).box(100, 230, 500, 390).photo(150, 240, 450, 380)
    )
    leaf.text(100, 410, "Figure 1: A picture in a frame.").prose(460, 700)
    assert near(leaf.figures()["figure 1"].bbox, (100, 230, 500, 390))


def test_text_in_a_box_with_rounded_corners_is_no_running_text():
    leaf = Leaf().prose(60, 200)
    leaf.page.draw_rect((54, 220, 558, 330), color=(0, 0, 0), radius=0.1)
    leaf.prose(230, 320, (64, 548), size=9).text(
        80, 350, "Figure 1: What the model is told."
    )
    leaf.prose(380, 700)
    assert near(leaf.figures()["figure 1"].bbox, (54, 220, 558, 330))
