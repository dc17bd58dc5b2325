"""Captions in all their forms are found whole, and sentences that begin alike are not."""

from dataclasses import replace

import pytest

from pipeline.extract.figures.floats import read_floats
from tests.extract.leaf import LEFT, RIGHT, Leaf, near


def captions(leaf):
    return {(one.kind, one.label): one.caption for one in leaf.floats()}


def below_a_plot(text, **style):
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(160, 420, text, **style)
    )
    return captions(leaf.prose(450, 700))


def above_a_table(text, **style):
    leaf = (
        Leaf()
        .prose(60, 250)
        .text(160, 280, text, **style)
        .rule(160, 430, 288)
        .cells(162, 302)
        .rule(160, 430, 356)
    )
    return captions(leaf.prose(390, 700))


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Figure 1: A curve.", "figure", "1"),
        ("Fig. 2. A curve.", "figure", "2"),
        ("FIGURE 3. A curve.", "figure", "3"),
        ("Fig.4. A curve.", "figure", "4"),
        ("Figure 5 | A curve.", "figure", "5"),
        ("Figure 6 A curve, nothing more", "figure", "6"),
        ("Figure S3: A curve.", "figure", "S3"),
        ("Figure A.1: A curve.", "figure", "A.1"),
        ("Extended Data Fig. 2 | A curve.", "figure", "2"),
        ("Supplementary Figure 7. A curve.", "figure", "7"),
        ("Scheme 2: A curve.", "figure", "2"),
        ("Chart 1. A curve.", "figure", "1"),
        ("Abbildung 3: Eine Kurve.", "figure", "3"),
    ],
)
def test_names_and_numbers_of_figures(text, kind, label):
    assert below_a_plot(text) == {(kind, label): text}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Table 1: Numbers.", "1"),
        ("TABLE IV", "IV"),
        ("Tab. 3: Numbers.", "3"),
        ("Table B2. Numbers.", "B2"),
    ],
)
def test_names_and_numbers_of_tables(text, label):
    assert above_a_table(text) == {("table", label): text}


def test_a_number_torn_off_its_name_by_justification():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.text(160, 420, "Fig.", size=9).text(
        182, 420, "2 A curve, and more.", size=9
    )
    assert captions(leaf.prose(450, 700)) == {
        ("figure", "2"): "Fig. 2 A curve, and more."
    }


@pytest.mark.parametrize("font", ["tibo", "tiit", "tiro", "helv"])
def test_captions_in_bold_and_italic(font):
    assert below_a_plot("Figure 1: A curve.", font=font) == {
        ("figure", "1"): "Figure 1: A curve."
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Figure 3 shows that nothing of great weight is said in",
        "Table 2 summarizes what nobody has asked about in all of",
        "Fig. 2, which has been shown before, says nothing at all",
        "Figure 4 and Table 2 have been left out of this paper as",
        "Algorithm 1 runs for a while and stops without a word in",
    ],
)
def test_a_sentence_that_begins_like_a_caption_is_none(sentence):
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.text(54, 430, sentence, size=10).prose(434, 700)
    assert captions(leaf) == {}


def test_a_caption_of_several_lines_is_whole_and_ends_before_the_text():
    leaf = Leaf().prose(60, 250, LEFT).plot(60, 270, 290, 380)
    leaf.lines(
        54,
        400,
        "Figure 1: The first line of this caption is full and",
        "so is the second, which goes on and on and on",
    )
    leaf.lines(54, 421.6, "until it ends.").prose(440, 700, LEFT).prose(
        60, 700, RIGHT
    )
    found = captions(leaf)["figure", "1"]
    assert found.startswith("Figure 1: The first line")
    assert found.endswith("until it ends.")


def test_a_word_broken_at_the_end_of_a_line_is_whole_in_the_caption():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.lines(
        150,
        420,
        "Figure 1: The curve of a function that has no signi-",
        "ficance whatever.",
    ).prose(460, 700)
    assert captions(leaf)["figure", "1"].endswith("no significance whatever.")


def test_a_hyphen_stays_where_the_paper_writes_the_word_with_it():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.lines(
        150, 420, "Figure 1: The curve of a function that is well-", "known."
    ).prose(460, 700)
    leaf.text(54, 720, "It is a well-known function.", size=10)
    assert captions(leaf)["figure", "1"].endswith("that is well-known.")


def test_a_label_apart_from_its_text_is_one_caption():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.text(150, 420, "Fig. 3.").text(
        195, 420, "A curve of no significance."
    ).prose(460, 700)
    assert captions(leaf) == {
        ("figure", "3"): "Fig. 3. A curve of no significance."
    }


def test_of_two_rows_with_one_number_the_one_set_like_the_others_is_the_caption():
    leaf = Leaf()
    for number in (1, 2):
        leaf.prose(60, 250).plot(150, 280, 450, 400).text(
            160, 420, f"Figure {number}: A curve."
        ).prose(450, 600)
        leaf.text(54, 640, f"Figure {number}. It is shown again.", size=10)
        leaf = leaf.next()
    assert captions(leaf) == {
        ("figure", "1"): "Figure 1: A curve.",
        ("figure", "2"): "Figure 2: A curve.",
    }


def test_a_title_in_capitals_under_the_number_belongs_to_the_caption():
    leaf = (
        Leaf()
        .prose(60, 250)
        .text(280, 270, "TABLE II", size=8)
        .text(220, 280, "NUMBERS OF NO MEANING AT ALL", size=8)
    )
    leaf.rule(160, 430, 288).cells(162, 302).rule(160, 430, 356).prose(390, 700)
    assert captions(leaf) == {
        ("table", "II"): "TABLE II NUMBERS OF NO MEANING AT ALL"
    }


def test_a_row_of_the_table_is_no_part_of_its_caption():
    leaf = (
        Leaf()
        .prose(60, 250)
        .text(160, 280, "Table 1: Numbers.")
        .rule(160, 430, 284)
        .cells(162, 293)
    )
    leaf.rule(160, 430, 350).prose(390, 700)
    assert captions(leaf) == {("table", "1"): "Table 1: Numbers."}


def test_an_appendix_that_counts_anew_takes_no_caption_from_the_paper():
    leaf = (
        Leaf()
        .plot(60, 60, 290, 180)
        .text(60, 200, "Fig. 1: Speed of all.")
        .prose(230, 400)
    )
    leaf.plot(60, 420, 290, 560).text(
        60, 580, "Appendix Fig. 1: More of it."
    ).prose(610, 740)
    assert [one.caption for one in leaf.floats()] == [
        "Fig. 1: Speed of all.",
        "Appendix Fig. 1: More of it.",
    ]


def test_the_cell_of_a_table_is_no_caption_where_others_are_marked():
    leaf = Leaf().prose(60, 150).text(60, 170, "Table 1: What is drawn where.")
    for row in range(5):
        leaf.text(60, 190 + 12 * row, f"{row}.50").text(
            100, 190 + 12 * row, f"Fig. {row + 4}"
        )
    leaf.prose(260, 400).photo(150, 420, 450, 560).text(
        200, 580, "Fig. 4: A picture."
    )
    leaf.prose(600, 700)
    assert leaf.figures()["figure 4"].caption == "Fig. 4: A picture."


def test_a_number_used_twice_makes_two_figures():
    leaf = Leaf().prose(60, 200).photo(150, 220, 450, 340)
    leaf.text(200, 360, "Figure 2: The first picture.").prose(390, 700)
    other = leaf.next().prose(60, 200).photo(150, 220, 450, 340)
    other.text(200, 360, "Figure 2: Quite another one.").prose(390, 700)
    assert [(one.label, one.page) for one in leaf.floats()] == [
        ("2", 1),
        ("2", 2),
    ]


def test_listings_are_numbered_apart_from_figures():
    leaf = Leaf().prose(60, 150).photo(150, 170, 450, 290)
    leaf.text(200, 310, "Figure 1: A picture.").prose(340, 440)
    leaf.lines(
        80,
        470,
        "def head(talk):",
        "    return talk",
        "print(head(1))",
        font="cour",
    )
    leaf.text(200, 520, "Listing 1: A few lines of code.").prose(550, 700)
    found = leaf.figures()
    assert found["figure 1"].caption == "Figure 1: A picture."
    assert near(found["algorithm Listing 1"].bbox, (80, 461, 160, 495), slack=8)


def test_a_chinese_caption_without_a_colon_is_known_by_where_it_stands():
    leaf = Leaf().prose(60, 200).photo(150, 220, 450, 340)
    leaf.text(250, 362, "图4 分类性能比较", size=10, font="china-s").prose(
        390, 700
    )
    assert leaf.figures()["figure 4"].caption == "图4 分类性能比较"


def test_an_image_that_its_clip_leaves_nothing_of_is_no_part_of_a_figure():
    leaf = Leaf().prose(60, 200).photo(150, 220, 450, 340)
    page = (
        leaf.text(200, 360, "Figure 1: A picture.").prose(390, 700).pages()[0]
    )
    gone = page.images[0]._replace(bbox=(200.0, 300.0, 160.0, 120.0))
    [figure] = read_floats([replace(page, images=(*page.images, gone))]).figures
    assert near(figure.bbox, (150, 220, 450, 340))


def test_a_caption_with_a_hanging_indent_is_whole():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.text(
        160,
        420,
        "Figure 1: Workflow of the research. Filled boxes show the topic of",
    )
    leaf.lines(
        203,
        431,
        "the methods that are proposed, and the others what went",
        "before.",
    )
    assert captions(leaf.prose(480, 700))["figure", "1"].endswith(
        "what went before."
    )


def test_a_caption_with_a_bold_title_and_plain_text_is_whole():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.text(160, 420, "Figure 1 Heads that talk", font="tibo")
    leaf.lines(
        160,
        431,
        "Every head says something, and it is said",
        "in less than a second.",
    )
    assert captions(leaf.prose(480, 700))["figure", "1"] == (
        "Figure 1 Heads that talk Every head says something, and it is said in less than a second."
    )


def test_a_caption_of_several_paragraphs_is_whole():
    leaf = Leaf().prose(60, 250).plot(150, 280, 450, 400)
    leaf.lines(
        160,
        420,
        "Figure 1: Heads that talk, seen from both sides",
        "and from above.",
        "(a) The head from its left side.",
        "(b) The head from its right side.",
        size=8,
    )
    found = captions(leaf.prose(480, 700))["figure", "1"]
    assert found.endswith(
        "(a) The head from its left side. (b) The head from its right side."
    )
