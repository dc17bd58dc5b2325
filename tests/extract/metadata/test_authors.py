"""The names between title and affiliations are the authors, whatever stands beside them."""

import pytest

from tests.extract.metadata.test_affiliations import facts, front


@pytest.mark.parametrize(
    "names",
    [
        "Ana Author, Ben Brother and Cleo van den Cousin",
        "Ana Author¹, Ben Brother², Cleo van den Cousin¹",
        "Ana Author 1 Ben Brother 2 Cleo van den Cousin 1",
        "Ana Author, Member, IEEE, Ben Brother, PhD, Cleo van den Cousin, Senior Member, IEEE",
    ],
)
def test_lists_of_names_in_every_form(names):
    found = facts(
        front().centre(names, size=9).centre("University of Heads, Land")
    )
    assert found.authors == ("Ana Author", "Ben Brother", "Cleo van den Cousin")


def test_raised_marks_part_names_without_commas():
    press = front().centre(
        "Ana Author", ("1", True), " Ben Brother", ("2,∗", True), size=11
    )
    assert facts(press.centre(("1", True), "University of Heads")).authors == (
        "Ana Author",
        "Ben Brother",
    )


def test_names_stand_over_their_places_in_blocks():
    press = front()
    for x, y, name in (
        (90, 110, "Ana Author"),
        (380, 110, "Ben Brother"),
        (90, 170, "Cleo Cousin"),
    ):
        press.at(x, y, name, 11).at(x, y + 13, "Tail Research").at(
            x, y + 26, "a@mail.org"
        )
    press.top = press.y = 210
    assert facts(press).authors == ("Ana Author", "Ben Brother", "Cleo Cousin")


def test_a_name_that_a_row_breaks_is_whole():
    press = front().centre("Ana Author, Ben Brother, Cleo", size=11)
    assert facts(press.centre("Cousin, Dan Daughter", size=11)).authors == (
        "Ana Author",
        "Ben Brother",
        "Cleo Cousin",
        "Dan Daughter",
    )


def test_names_that_identifiers_stand_behind_go_on_in_the_next_rows():
    press = (
        front()
        .centre(
            "Ana Author[0000-0002-7073-0450], Ben Brother[0000-0002], Cleo C"
        )
        .centre(
            "Cousin[0000-0003-2668-0238], Dan Daughter[0000-0002], and Emil"
        )
        .centre("Elder[0000-0002-2183-822X]")
        .centre("University of Heads, Land")
    )
    assert facts(press).authors == (
        "Ana Author",
        "Ben Brother",
        "Cleo C Cousin",
        "Dan Daughter",
        "Emil Elder",
    )


def test_names_in_capitals_are_written_as_elsewhere():
    press = front().centre("ANA VAN DEN AUTHOR, University of Heads, Land")
    found = facts(press.centre("BEN-JO BROTHER, Tail Research, Land"))
    assert found.authors == ("Ana van den Author", "Ben-Jo Brother")


def test_a_front_without_names_has_no_authors():
    press = (
        front()
        .centre("Received 3 May 2020; accepted 4 June 2020")
        .centre("University of Heads")
    )
    assert facts(press).authors == ()
