"""Rules that are drawn piece by piece are as long as all their pieces."""

from pipeline.extract.figures.box_array import BoxArray
from pipeline.extract.figures.rule_pieces import lengthen_pieces
from tests.extract.leaf import LEFT, Leaf, near


def widths(*boxes):
    found = lengthen_pieces(BoxArray.of(boxes))
    return list(zip(found.x0.tolist(), found.x1.tolist(), strict=True))


def test_pieces_that_touch_are_one_rule_and_others_stay_as_they_are():
    assert widths(
        (100, 50, 200, 51),
        (0, 50, 100.5, 51),
        (300, 50, 400, 51),
        (0, 60, 90, 61),
        (200, 40, 201, 90),
    ) == [(0, 200), (0, 200), (300, 400), (0, 90), (200, 201)]


def test_a_table_is_as_wide_as_its_rules_though_each_column_has_its_own_piece():
    leaf = Leaf().prose(60, 260, LEFT).text(54, 300, "Table 1: Many numbers")
    for y in (310, 330, 400):
        for x in range(54, 534, 60):
            leaf.rule(x, x + 60, y)
    leaf.cells(56, 322, rows=1, columns=8).cells(56, 342, columns=8)
    leaf.prose(440, 700)
    assert near(leaf.figures()["table 1"].bbox, (54, 310, 534, 400))
