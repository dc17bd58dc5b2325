"""A quote is cut out of its page, a column at a time."""

from pipeline.web.passage_pictures import close_up_boxes


def line(x, y, width=0.4):
    return (x, y, x + width, y + 0.015)


def test_the_lines_of_a_quote_are_one_piece_with_a_little_around_it():
    (box,) = close_up_boxes([line(0.1, 0.5), line(0.1, 0.52, 0.2)])
    assert box[0] < 0.1
    assert 0.45 < box[1] < 0.5
    assert box[2] > 0.5
    assert 0.535 < box[3] < 0.6


def test_a_quote_over_two_columns_is_two_pieces():
    first, second = close_up_boxes([line(0.1, 0.9), line(0.55, 0.1)])
    assert first[1] > 0.8
    assert second[3] < 0.2


def test_a_piece_stays_on_its_page():
    (box,) = close_up_boxes([(0.0, 0.0, 1.0, 0.02)])
    assert box[:3] == (0.0, 0.0, 1.0)


def test_a_quote_that_was_not_found_has_no_close_up():
    assert close_up_boxes([]) == []


def test_a_quote_that_begins_at_the_end_of_a_line_is_one_piece():
    assert len(close_up_boxes([line(0.7, 0.5, 0.2), line(0.1, 0.52, 0.2)])) == 1


def test_pieces_are_as_wide_as_the_widest():
    first, second = close_up_boxes([line(0.1, 0.9), line(0.55, 0.1, 0.1)])
    assert abs((first[2] - first[0]) - (second[2] - second[0])) < 1e-9


def test_a_piece_shows_its_own_column():
    """The first word of a quote stands at the end of the left column's last line."""
    first, second = close_up_boxes([line(0.45, 0.9, 0.04), line(0.55, 0.1)])
    assert first[0] < 0.15
    assert first[2] < 0.55
    assert second[0] > 0.5
