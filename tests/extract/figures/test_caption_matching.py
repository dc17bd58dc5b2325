"""Every caption gets the content beside it that it describes."""

from tests.extract.leaf import LEFT, RIGHT, WHOLE, Leaf, near


def test_a_drawing_without_bitmaps_is_found_above_its_caption():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(200, 420, "Figure 1: A curve.")
        .prose(450, 700)
    )
    assert near(leaf.figures()["figure 1"].bbox, (150, 280, 450, 400))


def test_sharp_corners_do_not_widen_a_figure_over_its_caption():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400, join=0)
        .text(200, 415, "Figure 1: A curve.")
        .prose(450, 700)
    )
    figure = leaf.figures()["figure 1"]
    assert figure.bbox[3] < 409
    assert figure.text == ""


def test_a_bitmap_in_fifty_tiles_is_one_figure():
    leaf = (
        Leaf().prose(60, 150).text(200, 400, "Figure 1: Tiles.").prose(430, 700)
    )
    for number in range(50):
        x, y = 100 + 40 * (number % 10), 180 + 40 * (number // 10)
        leaf.photo(x, y, x + 39, y + 39)
    assert near(leaf.figures()["figure 1"].bbox, (100, 180, 499, 379))


def test_a_table_with_its_caption_above_has_its_numbers_as_text():
    leaf = (
        Leaf().prose(60, 250).text(180, 280, "Table 2: Numbers of no meaning.")
    )
    leaf.rule(180, 430, 288).cells(182, 302).rule(180, 430, 356).prose(390, 700)
    table = leaf.figures()["table 2"]
    assert near(table.bbox, (180, 288, 430, 356))
    assert "33.1" in table.text


def test_a_table_without_rules_ends_where_the_text_begins():
    leaf = (
        Leaf()
        .prose(60, 250)
        .text(180, 280, "Table 1: Numbers of no meaning.")
        .cells(182, 300)
        .prose(380, 700)
    )
    assert near(leaf.figures()["table 1"].bbox, (182, 291, 382, 351), slack=8)


def test_captions_side_by_side_have_each_their_own_figure():
    leaf = (
        Leaf().prose(60, 200).plot(70, 220, 280, 330).plot(330, 220, 540, 330)
    )
    leaf.lines(70, 350, "Figure 1: The left one, which is", "of blue colour.")
    leaf.lines(
        330, 350, "Figure 2: The right one, which", "is blue as well."
    ).prose(390, 700)
    found = leaf.figures()
    assert near(found["figure 1"].bbox, (70, 220, 280, 330))
    assert near(found["figure 2"].bbox, (330, 220, 540, 330))


def test_a_figure_across_both_columns_is_whole_though_its_caption_is_short():
    leaf = Leaf().plot(60, 70, 550, 220).text(250, 240, "Figure 1: Wide.")
    leaf.prose(270, 700, LEFT).prose(270, 700, RIGHT)
    assert near(leaf.figures()["figure 1"].bbox, (60, 70, 550, 220))


def test_a_teaser_above_the_abstract_leaves_title_and_authors_out():
    leaf = Leaf().text(150, 80, "A Paper About Very Little", size=18)
    leaf.text(220, 110, "First Author and Second Author", size=11).photo(
        60, 135, 550, 260
    )
    leaf.text(200, 280, "Figure 1: What we do at a glance.").prose(
        330, 700, LEFT
    ).prose(330, 700, RIGHT)
    assert near(leaf.figures()["figure 1"].bbox, (60, 135, 550, 260))


def test_a_table_and_a_figure_between_two_captions_are_parted():
    leaf = (
        Leaf()
        .prose(60, 150)
        .text(200, 180, "Table 1: Numbers.")
        .rule(180, 430, 188)
        .cells(182, 202)
    )
    leaf.rule(180, 430, 256).photo(150, 290, 450, 420).text(
        200, 440, "Figure 1: A picture."
    ).prose(470, 700)
    found = leaf.figures()
    assert near(found["table 1"].bbox, (180, 188, 430, 256))
    assert near(found["figure 1"].bbox, (150, 290, 450, 420))


def test_stacked_figures_with_no_text_between_keep_to_their_captions():
    leaf = Leaf().plot(150, 70, 450, 180).text(200, 200, "Figure 1: The first.")
    leaf.plot(150, 230, 450, 340).text(200, 360, "Figure 2: The second.").prose(
        390, 700
    )
    found = leaf.figures()
    assert near(found["figure 1"].bbox, (150, 70, 450, 180))
    assert near(found["figure 2"].bbox, (150, 230, 450, 340))


def test_the_body_of_an_algorithm_lies_between_the_rules_under_its_caption():
    leaf = (
        Leaf()
        .prose(60, 200)
        .rule(54, 558, 220)
        .text(56, 232, "Algorithm 1 Doing nothing, step by step", size=10)
    )
    leaf.rule(54, 558, 237)
    leaf.lines(
        60,
        250,
        "Require: an input of any kind",
        "1: for all of it do",
        "2:   leave it",
        "3: end for",
        size=10,
    )
    leaf.rule(54, 558, 295).prose(320, 700)
    found = leaf.figures()["algorithm 1"]
    assert near(found.bbox, (54, 237, 558, 295))
    assert found.caption == "Algorithm 1 Doing nothing, step by step"


def test_text_in_a_box_is_a_figure():
    leaf = Leaf().prose(60, 200).box(80, 230, 530, 330)
    leaf.lines(
        90,
        250,
        "System: you are a helpful machine.",
        "User: what is said in these lines?",
        "Machine: nothing.",
    )
    leaf.text(200, 350, "Figure 3: A prompt.").prose(380, 700)
    assert near(leaf.figures()["figure 3"].bbox, (80, 230, 530, 330))


def test_text_that_runs_beside_a_figure_is_not_in_it():
    leaf = (
        Leaf()
        .prose(60, 200)
        .prose(210, 400, (54, 320))
        .plot(350, 220, 550, 330)
    )
    leaf.lines(350, 350, "Figure 1: A curve with text", "on its left.").prose(
        410, 700
    )
    assert near(leaf.figures()["figure 1"].bbox, (350, 220, 550, 330))


def test_a_caption_may_stand_beside_its_figure():
    leaf = Leaf().prose(60, 200).photo(60, 230, 330, 400)
    leaf.lines(
        350,
        300,
        "Figure 1: A picture whose caption",
        "stands to the right of it, which",
        "saves a little room.",
    )
    leaf.prose(430, 700)
    assert near(leaf.figures()["figure 1"].bbox, (60, 230, 330, 400))


def test_a_table_beside_its_caption_keeps_the_head_that_is_level_with_it():
    leaf = Leaf().lines(50, 64, "Table 1: Numbers at", "the right of it")
    leaf.rule(180, 545, 57).cells(182, 69, columns=5)
    leaf.rule(180, 545, 76).cells(182, 90, rows=6, columns=5)
    leaf.rule(180, 545, 170).prose(210, 700)
    assert near(leaf.figures()["table 1"].bbox, (180, 57, 545, 170))


def test_a_figure_that_fills_the_page_is_found():
    leaf = Leaf().photo(60, 60, 550, 680).text(200, 710, "Figure 9: All of it.")
    leaf.next().prose(60, 700)
    assert near(leaf.figures()["figure 9"].bbox, (60, 60, 550, 680))


def test_a_table_printed_sideways_has_its_box_on_the_page_as_it_lies():
    leaf = Leaf().prose(60, 700).next()
    leaf.text(120, 600, "Table 4: Numbers that read upwards.", rotate=90)
    for row in range(6):
        for column in range(6):
            leaf.text(
                150 + 14 * row, 600 - 70 * column, f"{row}{column}.5", rotate=90
            )
    table = leaf.figures()["table 4"]
    assert table.page == 2
    assert near(table.bbox, (143, 235, 222, 600), slack=10)
    assert "33.5" in table.text


def test_a_page_that_a_viewer_turns_has_its_boxes_on_the_unturned_page():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(200, 420, "Figure 1: A curve.")
        .prose(450, 700)
    )
    leaf.page.set_rotation(180)
    assert near(leaf.figures()["figure 1"].bbox, (150, 280, 450, 400))


def test_footnotes_and_page_numbers_belong_to_no_table():
    leaf = Leaf()
    for number in range(1, 5):
        leaf.prose(60, 500).text(180, 530, f"Table {number}: Numbers.").rule(
            180, 430, 538
        ).cells(182, 552)
        leaf.rule(180, 430, 606).rule(54, 150, 700, 0.4)
        leaf.text(60, 712, "1 A note of no interest.", 8).text(
            300, 760, str(number), 9
        )
        leaf = leaf.next()
    boxes = [figure.bbox for figure in leaf.figures().values()]
    assert len(boxes) == 4
    assert all(near(box, (180, 538, 430, 606)) for box in boxes)


def test_highlights_of_a_reader_are_no_content():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(200, 420, "Figure 1: A curve.")
        .prose(450, 700)
    )
    leaf.page.add_highlight_annot((54, 100, 558, 150))
    leaf.page.add_rect_annot((300, 405, 600, 415))
    assert near(leaf.figures()["figure 1"].bbox, (150, 280, 450, 400))


def test_a_caption_of_nothing_is_no_figure():
    leaf = (
        Leaf()
        .prose(60, 300)
        .text(200, 320, "Figure 1: Lost in production.")
        .prose(340, 700)
    )
    assert leaf.figures() == {}


def test_a_page_of_text_has_no_figure():
    assert Leaf().prose(60, 700, WHOLE).figures() == {}


def test_every_line_has_one_role():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(170, 300, "legend", 7)
    )
    leaf.text(200, 420, "Figure 1: A curve.").prose(450, 700)
    layout = leaf.layouts()[0]
    assert [line.text for line in layout.lines("caption")] == [
        "Figure 1: A curve."
    ]
    assert [line.text for line in layout.lines("inside")] == ["legend"]
    assert len(layout.body) == len(layout.page.lines) - 2


def test_a_caption_that_ends_its_column_owns_what_heads_the_next():
    """A column break may fall between a caption and its table."""
    leaf = (
        Leaf()
        .prose(54, 600, LEFT)
        .text(90, 640, "Table 1: Results of all tests.")
    )
    leaf.rule(*RIGHT, 60).cells(330, 75, rows=6).rule(*RIGHT, 145).prose(
        200, 730, RIGHT
    )
    assert near(
        leaf.figures()["table 1"].bbox, (RIGHT[0], 60, RIGHT[1], 145), 8
    )


def test_a_caption_amid_its_column_owns_nothing_of_the_next():
    leaf = (
        Leaf()
        .prose(54, 300, LEFT)
        .text(90, 330, "Table 1: Results of all tests.")
        .prose(360, 730, LEFT)
    )
    leaf.rule(*RIGHT, 60).cells(330, 75, rows=6).rule(*RIGHT, 145).prose(
        200, 730, RIGHT
    )
    assert "table 1" not in leaf.figures()


def test_a_caption_beside_its_figure_leaves_the_one_above_to_another():
    leaf = Leaf().plot(60, 60, 380, 200)
    leaf.lines(
        400,
        150,
        "Figure 1. A wide curve with its",
        "caption at its right side.",
    )
    leaf.plot(330, 260, 550, 400).text(
        330, 420, "Figure 2. A narrow one below it."
    )
    leaf.prose(260, 700, LEFT).prose(450, 700, RIGHT)
    found = leaf.figures()
    assert near(found["figure 1"].bbox, (60, 60, 380, 200))
    assert near(found["figure 2"].bbox, (330, 260, 550, 400))


def test_a_figure_that_reaches_into_the_next_column_is_not_cut():
    leaf = Leaf().plot(60, 60, 290, 180).plot(305, 60, 550, 260)
    leaf.lines(60, 200, "Figure 1. A low one.").text(
        320, 280, "Figure 2. A high one."
    )
    leaf.prose(240, 700, LEFT).prose(310, 700, RIGHT)
    found = leaf.figures()
    assert near(found["figure 1"].bbox, (60, 60, 290, 180))
    assert near(found["figure 2"].bbox, (305, 60, 550, 260))


def test_a_figure_beside_running_text_is_found_though_a_short_line_ends_beside_its_caption():
    leaf = (
        Leaf()
        .prose(60, 200)
        .prose(200, 330, (54, 400))
        .text(54, 341, "a short last line.", 10)
    )
    leaf.photo(420, 210, 550, 325).lines(
        420, 338, "Figure 1: A narrow picture", "beside text."
    )
    leaf.prose(365, 700)
    assert near(leaf.figures()["figure 1"].bbox, (420, 210, 550, 325))


def test_words_over_columns_of_pictures_belong_to_the_figure():
    leaf = Leaf().prose(60, 200)
    for x, word in (
        (80, "Input"),
        (200, "Baseline"),
        (320, "Ours"),
        (440, "Truth"),
    ):
        leaf.text(x + 20, 229, word, 10).photo(x, 240, x + 100, 320)
    leaf.text(150, 345, "Figure 1: Results on faces.").prose(370, 700)
    assert near(leaf.figures()["figure 1"].bbox, (80, 220, 540, 320))


def test_words_beside_pictures_belong_to_the_figure():
    leaf = Leaf().prose(60, 200)
    for y, word in ((220, "Input"), (290, "Ours")):
        leaf.text(100, y + 35, word, 10).photo(150, y, 450, y + 60)
    leaf.text(150, 375, "Figure 1: Results on faces.").prose(400, 700)
    assert near(leaf.figures()["figure 1"].bbox, (100, 220, 450, 350))


def test_a_thick_rule_at_the_head_widens_no_figure():
    leaf = Leaf().box(54, 50, 558, 56, fill=(0, 0, 0))
    leaf.plot(60, 80, 290, 250).text(60, 270, "Figure 1: A narrow one.").prose(
        290, 700, LEFT
    )
    leaf.plot(330, 80, 550, 200).text(330, 220, "Figure 2: Another.").prose(
        240, 700, RIGHT
    )
    found = leaf.figures()
    assert near(found["figure 1"].bbox, (60, 80, 290, 250))
    assert near(found["figure 2"].bbox, (330, 80, 550, 200))


def test_a_figure_above_title_and_authors_is_whole():
    leaf = (
        Leaf()
        .photo(80, 60, 530, 200)
        .text(150, 220, "Figure 1: What we do at a glance.")
    )
    leaf.text(120, 260, "A Paper About Very Little Indeed", 18)
    leaf.text(200, 300, "First Author and Second Author", 11)
    leaf.prose(360, 700, LEFT).prose(360, 700, RIGHT)
    assert near(leaf.figures()["figure 1"].bbox, (80, 60, 530, 200))
