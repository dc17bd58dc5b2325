"""Who a manuscript leaves unnamed is not taken for a person or a place."""

import pytest

from pipeline.anonymous_manuscript import (
    is_placeholder_person,
    is_placeholder_place,
    named_people,
    named_place,
)


@pytest.mark.parametrize(
    "name",
    [
        "First Author",
        "Second Author*",
        "Anonymous Author(s)",
        "Anonymous authors",
        "Anonymous ECCV submission",
        "Author One",
        "Author 3",
        "Author Names",
        "1st Given Name Surname",
        "Firstname Lastname",
        "Paper ID 1234",
        "匿名作者",
        "作者一",
        "第一作者",
    ],
)
def test_a_placeholder_is_no_person(name):
    assert is_placeholder_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Arthur Author-Smith",
        "Ann Anonsen",
        "First Nguyen",
        "Name Suksai",
        "Paper Wang",
        "作者明",
        "王一",
    ],
)
def test_an_unusual_name_is_a_person(name):
    assert not is_placeholder_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Institution A, City, Country",
        "Institution1",
        "Affiliation",
        "Affiliation / Address line 1",
        "Anonymous Institution",
        "Anonymous University, Country",
        "dept. name of organization (of Aff.)",
        "Author's Affiliation",
        "University A",
        "匿名单位",
        "作者单位",
    ],
)
def test_a_placeholder_is_no_place(name):
    assert is_placeholder_place(name)


@pytest.mark.parametrize(
    "name",
    [
        "Institute of Automation, Chinese Academy of Sciences",
        "University of Bath",
        "Institution of Engineering and Technology",
        "Organization for Economic Cooperation",
        "Department of Computer Science, University A&M",
        "School of Computing",
        "北京大学",
    ],
)
def test_an_institution_is_a_place(name):
    assert not is_placeholder_place(name)
    assert named_place(name) == name


def test_only_real_people_are_left():
    assert named_people(["First Author", "Ada Example"]) == ("Ada Example",)
