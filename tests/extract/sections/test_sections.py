"""A paper comes out as sections with the right kinds, whatever is printed around them."""

import pytest

from pipeline.extract.sections.sections import read_sections
from tests.extract.typeset import ITALIC, LOREM, MARGIN, Press


def title(press):
    return press.centre(
        "Heads That Talk and Heads That Do Not", size=16, font="tibo"
    ).centre("Ana Author", size=11)


def kinds(text):
    return [
        (section.title, section.kind)
        for section in text.sections
        if section.level == 1
    ]


@pytest.mark.parametrize("columns", [1, 2])
def test_every_section_has_its_kind(columns):
    press = (
        title(Press(columns))
        .heading("Abstract")
        .para("We make heads talk. " + LOREM)
    )
    for name in (
        "1 Introduction",
        "2 Method",
        "3 Conclusion",
        "Acknowledgments",
    ):
        press.heading(name).lorem()
    press.heading("References")
    for number in range(1, 9):
        press.row(f"[{number}] A. Author. On heads, 2020.")
    press.heading("A Proofs").lorem().heading("B More Heads").lorem()
    text = read_sections(press.layouts())
    assert kinds(text) == [
        ("Abstract", "abstract"),
        ("1 Introduction", "body"),
        ("2 Method", "body"),
        ("3 Conclusion", "body"),
        ("Acknowledgments", "body"),
        ("References", "references"),
        ("A Proofs", "appendix"),
        ("B More Heads", "appendix"),
    ]
    assert text.abstract.startswith("We make heads talk.")
    assert [row.text for row in text.front] == [
        "Heads That Talk and Heads That Do Not",
        "Ana Author",
    ]
    references = next(
        section for section in text.sections if section.kind == "references"
    )
    assert [entry.text for entry in references.paragraphs] == [
        f"[{i}] A. Author. On heads, 2020." for i in range(1, 9)
    ]


@pytest.mark.parametrize(
    "lead", ["Abstract—", "Abstract.", "Abstract:", "ABSTRACT —"]
)
def test_a_run_in_abstract_is_no_heading_and_loses_its_name(lead):
    press = title(Press(columns=2)).para(f"{lead} We make heads talk. " + LOREM)
    press.para("Index Terms—heads, talk.", gap=6).heading(
        "I. INTRODUCTION", size=10
    ).lorem().heading("II. METHOD", size=10)
    text = read_sections(press.lorem().layouts())
    assert text.abstract == ("We make heads talk. " + LOREM).strip()
    assert kinds(text)[0] == ("", "abstract")
    assert ("II. METHOD", "body") in kinds(text)


def test_an_abstract_without_its_name_is_the_text_between_title_and_first_heading():
    press = (
        title(Press())
        .lorem(2)
        .heading("1 Introduction")
        .lorem()
        .heading("2 Method")
        .lorem()
    )
    assert read_sections(press.layouts()).abstract == (LOREM * 2).strip()


def test_the_first_part_of_a_labelled_abstract_may_be_two_rows_long():
    press = title(Press())
    press.row("Objective: To tell heads that talk from heads that do not and")
    press.row("from the rest.")
    press.row("Methods: We looked at all of the heads that were to be had and")
    press.row("listened for as long as there was something that was worth it.")
    press.row("Results: Some of the heads talked for as long as we listened.")
    press.heading("1 Introduction").lorem().heading("2 Method").lorem()
    abstract = read_sections(press.layouts()).abstract
    assert abstract.startswith("Objective: To tell")


def test_the_name_of_an_abstract_on_a_row_of_its_own_is_no_part_of_it():
    press = title(Press()).row("Abstract", gap=8)
    press.lorem(2).heading("1 Introduction").lorem().heading("2 Method").lorem()
    assert read_sections(press.layouts()).abstract == (LOREM * 2).strip()


def test_sections_below_an_abstract_with_text_of_its_own_are_no_parts_of_it():
    press = title(Press()).heading("Abstract").lorem()
    for name in ("Introduction", "Methods", "Results", "Methods"):
        press.heading(name).lorem()
    text = read_sections(press.layouts())
    assert text.abstract == (LOREM * 3).strip()
    levels = [s.level for s in text.sections if s.title == "Introduction"]
    assert levels == [1]


def test_long_sections_without_an_abstract_are_no_parts_of_one():
    press = title(Press())
    for name in ("Background", "Methods", "Results", "Methods", "Conclusion"):
        press.heading(name).lorem(18)
    text = read_sections(press.layouts())
    assert [section.level for section in text.sections] == [1] * 5
    assert {section.kind for section in text.sections} == {"body"}


@pytest.mark.parametrize("entry", ["{}. ", "[{}] "])
def test_the_name_of_the_references_is_known_by_the_first_of_them(entry):
    press = title(Press()).heading("Abstract").lorem()
    for name in ("1 Introduction", "2 Method", "Acknowledgements"):
        press.heading(name).lorem()
    press.row("References", gap=6)
    for number in range(1, 9):
        press.row(entry.format(number) + "A. Author. On heads, 2020.")
    assert kinds(read_sections(press.layouts()))[-1] == (
        "References",
        "references",
    )


def test_references_without_a_heading_are_still_references():
    press = (
        title(Press())
        .heading("Abstract")
        .lorem()
        .heading("I. INTRODUCTION")
        .lorem()
        .heading("II. HEADS")
        .lorem()
    )
    for number in range(1, 9):
        press.row(f"[{number}] A. Author. On heads, 2020.")
    text = read_sections(press.layouts())
    assert kinds(text)[-1] == ("", "references")
    assert len(text.sections[-1].paragraphs) == 8


def test_authors_in_the_second_column_above_the_abstract_are_front():
    press = Press(columns=2).centre(
        "Heads That Talk and Heads That Do Not, at Length and Over the Page",
        size=16,
    )
    for x, name in ((MARGIN + 40, "Ana Author"), (MARGIN + 320, "Ben Brother")):
        press.at(x, 110, name).at(x, 122, "University of Heads")
    press.top = press.y = 150
    press.heading("Abstract").lorem(12).heading(
        "1 Introduction"
    ).lorem().heading("2 Method").lorem()
    front = " ".join(row.text for row in read_sections(press.layouts()).front)
    assert "Ben Brother" in front
    assert "reader" not in front


def test_an_abstract_set_narrower_than_the_text_ends_where_the_text_begins_without_a_heading():
    press = title(Press()).heading("Abstract")
    for words in (
        "We make heads talk, and we say what it costs to do so in time",
        "and in paper. They talk.",
    ):
        press.at(MARGIN + 60, press.y + 12, words)
        press.y += 12
    text = read_sections(
        press.para(LOREM * 2, gap=14, indent=0)
        .heading("1 Method")
        .lorem()
        .layouts()
    )
    assert text.abstract.endswith("They talk.")
    assert kinds(text)[1:3] == [("", "body"), ("1 Method", "body")]


def test_a_table_of_contents_is_no_part_of_the_abstract():
    press = (
        title(Press())
        .heading("Abstract")
        .para("We make heads talk.")
        .heading("Contents")
    )
    for number in range(1, 6):
        press.row(f"{number} Heads" + " . ." * 30 + f" {number}")
    for number in range(1, 6):
        press.heading(f"{number} Heads").lorem()
    assert read_sections(press.layouts()).abstract == "We make heads talk."


def test_a_supplement_begins_with_its_first_section():
    press = (
        Press()
        .centre("Heads That Talk", size=17)
        .centre("Supplementary Material", size=13)
    )
    press.heading("A. Proofs").lorem().heading("B. More Heads").lorem()
    text = read_sections(press.layouts())
    assert [(section.title, section.kind) for section in text.sections] == [
        ("A. Proofs", "appendix"),
        ("B. More Heads", "appendix"),
    ]


def test_nothing_is_lost_and_nothing_is_doubled():
    words = [f"word{number}" for number in range(900)]
    press = (
        title(Press(columns=2))
        .heading("Abstract")
        .lorem()
        .heading("1 Introduction")
        .para(" ".join(words))
    )
    press.heading("2 Method").lorem().heading(
        "2.1 A Part", size=11, font=ITALIC
    ).lorem()
    text = " ".join(
        paragraph.text
        for section in read_sections(press.layouts()).sections
        for paragraph in section.paragraphs
    )
    assert [
        word
        for word in text.split()
        if word.startswith("word") and word[4:].isdigit()
    ] == words


def test_an_empty_page_gives_an_empty_text():
    text = read_sections(Press().layouts())
    assert (text.sections, text.abstract, text.front, text.footnotes) == (
        (),
        "",
        (),
        (),
    )
