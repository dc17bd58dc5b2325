"""Where the first author works is read in every usual form of a front page."""

import pytest

from pipeline.extract.metadata.metadata import read_facts
from pipeline.extract.sections.sections import read_sections
from tests.extract.typeset import HEIGHT, LOREM, MARGIN, Press


def facts(press):
    press.heading("Abstract").lorem().heading("1 Introduction").lorem().heading(
        "2 Method"
    ).lorem()
    layouts = press.layouts()
    return read_facts(layouts, read_sections(layouts))


def front(columns=1):
    return Press(columns).centre(
        "Heads That Talk: Sound and Sight of Them", size=17
    )


@pytest.mark.parametrize(
    ("authors", "places", "first"),
    [
        (
            (("1",), ("2",)),
            ("University of Heads", "Talk Inc."),
            "University of Heads",
        ),
        (
            (("1,2",), ("2",)),
            ("University of Heads", "Talk Inc."),
            "University of Heads; Talk Inc",
        ),
        ((("2",), ("1",)), ("University of Heads", "Talk Inc."), "Talk Inc"),
        (
            (("2,*",), ("1,†",)),
            ("University of Heads", "Talk Inc."),
            "Talk Inc",
        ),
    ],
)
@pytest.mark.parametrize("rows", [1, 2])
def test_raised_numbers_point_to_places(authors, places, first, rows):
    press = front().centre(
        "Ana Author",
        (authors[0][0], True),
        "   Ben Brother",
        (authors[1][0], True),
        size=11,
    )
    if rows == 1:
        press.centre(
            ("1", True), f" {places[0]}    ", ("2", True), f" {places[1]}"
        )
    else:
        press.centre(("1", True), f" {places[0]}").centre(
            ("2", True), f" {places[1]}"
        )
    press.centre("{ana,ben}@heads.edu", font="cour")
    assert facts(press).first_affiliation == first


def test_a_place_that_needs_two_rows_is_whole():
    press = front().centre(
        "Ana Author", ("1", True), ", Ben Brother", ("2", True)
    )
    press.centre(
        ("1", True), "Laboratory of Talking Heads of the Academy,"
    ).centre("Institute of Heads, City, Land")
    press.centre(("2", True), "University of Tails, Town")
    assert facts(press).first_affiliation == (
        "Laboratory of Talking Heads of the Academy, Institute of Heads, City, Land"
    )


def test_blocks_under_the_names():
    press = front()
    for x, name, place in (
        (90, "Ana Author", "University of Heads"),
        (380, "Ben Brother", "Tail Research"),
    ):
        press.at(x, 110, name, 11).at(x, 123, place).at(
            x, 136, f"{name[:3].lower()}@mail.org", font="cour"
        )
    press.top = press.y = 160
    found = facts(press)
    assert found.first_affiliation == "University of Heads"
    assert found.affiliations == ("University of Heads", "Tail Research")


def test_one_place_under_all_names():
    press = (
        front()
        .centre("Ana Author, Ben Brother, Cleo Cousin", size=11)
        .centre("University of Heads, Land")
    )
    assert (
        facts(press.centre("{ana, ben}@heads.edu")).first_affiliation
        == "University of Heads, Land"
    )


def test_name_and_place_in_one_row():
    press = (
        front()
        .at(MARGIN, 100, "ANA AUTHOR, University of Heads, Land")
        .at(MARGIN, 114, "BEN BROTHER, Talk Inc., Land")
    )
    press.top = press.y = 130
    assert facts(press).first_affiliation == "University of Heads, Land"


def test_a_sentence_at_the_foot_of_the_first_page():
    press = front(2).centre(
        "Ana Author, Member, IEEE, and Ben Brother, Fellow, IEEE", size=11
    )
    press.para("Abstract—We make heads talk. " + LOREM)
    press.row("I. INTRODUCTION", gap=8).lorem(2)
    for row, text in enumerate(
        (
            "Ben Brother is with Talk Inc., Town, Land (e-mail: ben@talk.org).",
            "Ana Author is with the School of Heads, University of",
            "Heads, City, Land (e-mail: ana@heads.edu).",
        )
    ):
        press.at(press.x, HEIGHT - MARGIN - 30 + 10 * row, text, 8)
    layouts = press.layouts()
    assert (
        read_facts(layouts, read_sections(layouts)).first_affiliation
        == "School of Heads, University of Heads, City, Land"
    )


def test_numbers_that_point_to_a_footnote():
    press = front(2).centre(
        "Ana Author", ("1", True), "  Ben Brother", ("2", True), size=11
    )
    press.heading("Abstract").lorem().heading("1. Introduction").lorem()
    press._put(("1", True), press.x, HEIGHT - MARGIN - 2, 8, "tiro")
    press.at(
        press.x + 4,
        HEIGHT - MARGIN - 2,
        "University of Heads. Correspondence to: Ana.",
        8,
    )
    layouts = press.layouts()
    assert (
        read_facts(layouts, read_sections(layouts)).first_affiliation
        == "University of Heads"
    )


@pytest.mark.parametrize(
    "name",
    ["Anonymous authors", "Anonymous CVPR submission", "Anonymous Author(s)"],
)
def test_an_anonymous_paper_has_none(name):
    press = (
        front().centre(name, size=11).centre("Paper under double-blind review")
    )
    assert facts(press).first_affiliation == ""


def test_equal_contribution_is_no_place():
    press = (
        front()
        .centre("Ana Author", ("*", True), ", Ben Brother", ("*", True))
        .centre("University of Heads")
    )
    press.centre(("*", True), "These authors contributed equally")
    assert facts(press).affiliations == ("University of Heads",)


def test_places_on_one_line_parted_by_no_break_spaces_are_told_apart():
    press = front().centre(
        "Ana Author", ("2", True), ", Ben Brother", ("1", True)
    )
    press.centre(
        ("1", True),
        "University of Heads\u00a0\u00a0\u00a0",
        ("2", True),
        "Institute of Tails",
    )
    assert facts(press).first_affiliation == "Institute of Tails"


def test_marks_in_raised_letters_of_their_own_part_places_too():
    press = (
        front()
        .centre("Ana Author¹, Ben Brother²")
        .centre("¹University of Heads\u00a0\u00a0²Institute of Tails")
    )
    assert facts(press).first_affiliation == "University of Heads"
    other = (
        front()
        .centre("Ana Author²")
        .centre("¹University of Heads\u00a0\u00a0²Institute of Tails")
    )
    assert facts(other).first_affiliation == "Institute of Tails"


def test_the_date_of_a_manuscript_belongs_to_no_place():
    press = (
        front()
        .centre("Ana Author")
        .centre("Institute of Heads, City, Land")
        .centre("(Dated: January 18, 2019)")
    )
    assert facts(press).first_affiliation == "Institute of Heads, City, Land"


def test_places_counted_in_plain_type_one_behind_the_other():
    press = (
        front()
        .centre("Ana Author 2, Ben Brother 1", size=11)
        .centre(
            "1. School of Heads, City, Land, 2. Center for Tails, Department of"
        )
        .centre("Ends, Town, Land")
        .centre("* ana@heads.edu")
    )
    assert facts(press).affiliations == (
        "School of Heads, City, Land",
        "Center for Tails, Department of Ends, Town, Land",
    )
    assert facts(press).first_affiliation.startswith("Center for Tails")


def test_the_details_of_authors_at_the_end_of_the_paper():
    press = front().centre(
        "Ana Author", ("2", True), ", Ben Brother", ("1", True), size=11
    )
    press.heading("Abstract").lorem().heading("1 Introduction").lorem()
    press.heading("Author details", size=10)
    press.para(
        "1Institute of Heads, City, Land. 2University of Tails, Town, Land."
    )
    layouts = press.layouts()
    found = read_facts(layouts, read_sections(layouts))
    assert found.first_affiliation == "University of Tails, Town, Land"


def test_the_code_of_a_town_begins_no_other_place():
    press = front().centre(
        "Ana Author", ("1", True), ", Ben Brother", ("2", True)
    )
    press.centre(("1", True), "Department of Heads, University of Tails, S-752")
    press.centre("36 Town, Land").centre(("2", True), "Institute of Ends, City")
    assert (
        facts(press).first_affiliation
        == "Department of Heads, University of Tails, S-752 36 Town, Land"
    )


@pytest.mark.parametrize(
    "names", ["Elisabeth Author, Ben Brother", "Kenneth Author, Li Aimit"]
)
def test_names_are_no_institutions(names):
    assert (
        facts(
            front().centre(names, size=11).centre("Ruth Cousin, Mia Brother")
        ).affiliations
        == ()
    )


def test_a_licence_is_no_place():
    press = front().centre(
        "Ana Author", ("1", True), ", Ben Brother", ("1", True)
    )
    press.centre(
        ("1", True), "© The Authors, under licence to Heads Research Ltd"
    )
    assert facts(press).first_affiliation == ""


def test_addresses_and_what_the_abstract_begins_with_are_cut_off():
    press = (
        front()
        .centre("Ana Author")
        .centre("University of Heads, Land {ana, ben")
    )
    press.centre("@heads.edu")
    assert facts(press).first_affiliation == "University of Heads, Land"


def test_a_place_in_a_footnote_ends_where_the_next_mark_stands_in_its_row():
    press = front(2).centre(
        "Ana Author", ("1", True), "  Ben Brother", ("2", True), size=11
    )
    press.heading("Abstract").lorem().heading("1. Introduction").lorem()
    x, y = press.x, HEIGHT - MARGIN - 20
    press._put(("1", True), x, y, 8, "tiro")
    press.at(x + 4, y, "Department of Heads, University of E. Piaggio,", 8)
    press.at(x, y + 10, "City, Land", 8)
    end = x + press._width("City, Land ", 8, "tiro")
    press._put(("2", True), end, y + 10, 8, "tiro")
    press.at(end + 4, y + 10, "Institute of Tails, Town", 8)
    layouts = press.layouts()
    found = read_facts(layouts, read_sections(layouts))
    assert (
        found.first_affiliation
        == "Department of Heads, University of E. Piaggio, City, Land"
    )
    assert found.affiliations[1:] == ("Institute of Tails, Town",)


def test_plus_signs_are_marks():
    press = front().centre(
        "Ana Author", ("+", True), ", Ben Brother", ("*", True)
    )
    press.centre(("*", True), "University of Heads").centre(
        ("+", True), "Institute of Tails"
    )
    assert facts(press).first_affiliation == "Institute of Tails"


def test_a_mark_belongs_to_the_name_that_it_stands_nearer_to():
    press = front()
    for x, name in ((90, "Ana Author"), (330, "Ben Brother")):
        press.at(x, 110, name, 11).at(x, 123, "Institute of Heads").at(
            x, 136, "City, Land"
        )
    press.at(90 + press._width("Ana Author", 11, "tiro") + 1, 105, "∗", 7)
    press.top = press.y = 160
    assert facts(press).first_affiliation == "Institute of Heads City, Land"


def test_a_block_ends_where_the_next_row_of_names_begins():
    press = front()
    for y, left, right in (
        (110, "Ana Author", "Ben Brother"),
        (146, "Cleo Cousin", "Dan Daughter"),
    ):
        press.at(90, y, left, 11).at(380, y, right, 11)
        press.at(90, y + 12, "University of Heads").at(
            380, y + 12, "Tail Research"
        )
        press.at(90, y + 24, "City, Land").at(380, y + 24, "Town, Land")
    press.top = press.y = 190
    assert facts(press).first_affiliation == "University of Heads City, Land"


def test_two_sentences_on_places_joined_by_and_are_told_apart():
    press = front(2).centre("Ana Author and Ben Brother", size=11)
    press.para("Abstract—We make heads talk. " + LOREM)
    press.row("I. INTRODUCTION", gap=8).lorem(2)
    notes = (
        "Ana Author is with the Department of Heads, and Ben",
        "Brother is with the University of Tails, Town. * denotes",
        "equal contribution.",
    )
    for row, text in enumerate(notes):
        press.at(press.x, HEIGHT - MARGIN - 30 + 10 * row, text, 8)
    layouts = press.layouts()
    found = read_facts(layouts, read_sections(layouts))
    assert found.affiliations == (
        "Department of Heads",
        "University of Tails, Town",
    )


@pytest.mark.parametrize(
    "line", ["Datasheets C.1 Dataset Description", "Scene Capture: Use a Phone"]
)
def test_headings_and_sentences_under_the_names_are_no_places(line):
    assert (
        facts(
            front().centre("Ana Author", size=11).centre(line)
        ).first_affiliation
        == ""
    )
