"""Headings are found by the style that the paper itself uses."""

import pytest

from pipeline.extract.layout.reading_order import read_rows
from pipeline.extract.sections.heading_candidates import body_style
from pipeline.extract.sections.headings import find_headings
from tests.extract.typeset import BOLD, ITALIC, ROMAN, Press


def levels(press):
    rows = read_rows(press.layouts())
    found = find_headings(rows, body_style(rows))
    return [(heading.title, heading.level) for heading in found]


def top(press):
    return [title for title, level in levels(press) if level == 1]


def paper(titles, columns=1, **style):
    press = Press(columns)
    for title in titles:
        press.heading(title, **style).lorem()
    return press


SECTIONS = [
    "Introduction",
    "Related Work",
    "Our Way of Doing It",
    "Experiments",
    "Conclusion",
]
ROMAN_NUMERALS = ["I", "II", "III", "IV", "V"]


@pytest.mark.parametrize(
    ("titles", "style"),
    [
        ([f"{i} {title}" for i, title in enumerate(SECTIONS, 1)], {}),
        ([f"{i}. {title}" for i, title in enumerate(SECTIONS, 1)], {}),
        (
            [
                f"{i}. {title.upper()}"
                for i, title in zip(ROMAN_NUMERALS, SECTIONS, strict=True)
            ],
            {"size": 10, "font": ROMAN},
        ),
        (SECTIONS, {}),
        ([title.upper() for title in SECTIONS], {"size": 10}),
        (
            [f"{i} {title}" for i, title in enumerate(SECTIONS, 1)],
            {"size": 14, "font": ROMAN},
        ),
        ([f"{i} {title}" for i, title in enumerate(SECTIONS, 1)], {"size": 10}),
    ],
)
@pytest.mark.parametrize("columns", [1, 2])
def test_sections_are_found_in_every_usual_style(titles, style, columns):
    assert levels(paper(titles, columns, **style)) == [
        (title, 1) for title in titles
    ]


def test_subsections_have_a_deeper_level():
    press = paper(["1 Introduction", "2 Method"])
    press.heading("2.1 The first part", size=11).lorem().heading(
        "2.1.1 Its smallest part", size=10
    ).lorem()
    press.heading("3 Experiments").lorem().heading("Ablation", size=11).lorem()
    assert levels(press)[2:] == [
        ("2.1 The first part", 2),
        ("2.1.1 Its smallest part", 3),
        ("3 Experiments", 1),
        ("Ablation", 2),
    ]


def test_letters_are_subsections_between_roman_sections_and_appendices_after_the_references():
    press = Press(columns=2)
    for numeral, title in zip(ROMAN_NUMERALS, SECTIONS, strict=True):
        press.heading(f"{numeral}. {title.upper()}", size=10, font=ROMAN).lorem(
            1
        )
        press.heading("A. A Part of It", size=10, font=ITALIC).lorem(1)
    assert [level for _, level in levels(press)] == [1, 2] * 5
    press = paper(
        [
            "1 Introduction",
            "2 Method",
            "3 Results",
            "References",
            "A Proofs",
            "B More Results",
        ]
    )
    assert top(press)[3:] == ["References", "A Proofs", "B More Results"]


def test_unnumbered_names_stand_beside_numbered_sections():
    titles = [
        "Abstract",
        "1 Introduction",
        "2 Method",
        "3 Conclusion",
        "Acknowledgments",
        "References",
        "Appendix",
    ]
    assert top(paper(titles)) == titles


def test_what_stands_as_a_heading_in_the_papers_style_is_one_whatever_its_words():
    titles = [
        "Abstract",
        "CCS Concepts",
        "Keywords",
        "1 Introduction",
        "2 Method",
        "3 Use",
        "Release Notes",
        "References",
    ]
    assert top(paper(titles)) == titles


def test_run_in_leads_theorems_and_captions_are_no_headings():
    press = paper(["1 Introduction", "2 Method"])
    for lead in ("Abstract—", "Acknowledgements.", "Datasets.", "Theorem 1."):
        press.row(
            "goes on in plain letters on its own row of text", lead=lead, gap=8
        ).lorem(1)
    press.heading("Theorem 2.").lorem(1).heading("Table 3: Numbers").lorem(
        1
    ).heading("Proof of Lemma 1.", font=ITALIC).lorem(1)
    press.heading("3 Results").lorem()
    assert top(press) == ["1 Introduction", "2 Method", "3 Results"]


def test_a_heading_of_two_rows_is_one():
    press = paper(["1 Introduction"]).row(
        "2 A Very Long Heading That Does Not", 12, BOLD, gap=8
    )
    press.row("Fit One Row of Print", 12, BOLD).lorem().heading(
        "3 Results"
    ).lorem()
    assert top(press) == [
        "1 Introduction",
        "2 A Very Long Heading That Does Not Fit One Row of Print",
        "3 Results",
    ]


def test_a_section_and_its_first_subsection_are_two_headings():
    press = (
        paper(["Introduction"])
        .row("Experiments", 12, BOLD, gap=8)
        .row("Settings", 11, BOLD)
        .lorem()
    )
    press.heading("Conclusion").lorem()
    assert levels(press)[1:3] == [("Experiments", 1), ("Settings", 2)]


def test_one_careless_heading_in_the_middle_of_the_numbers_is_still_found():
    press = (
        paper(["1. Introduction", "2. Method"])
        .heading("3. RESULTS", size=11)
        .lorem()
        .heading("4. Conclusion")
        .lorem()
    )
    assert top(press) == [
        "1. Introduction",
        "2. Method",
        "3. RESULTS",
        "4. Conclusion",
    ]


def test_lines_of_a_table_of_contents_are_no_headings():
    press = Press().heading("Contents")
    for i, title in enumerate(SECTIONS, 1):
        press.row(f"{i} {title}" + " . ." * 20 + f" {i}", 10, BOLD)
    for i, title in enumerate(SECTIONS, 1):
        press.heading(f"{i} {title}").lorem()
    assert levels(press) == [
        ("Contents", 2),
        *((f"{i} {title}", 1) for i, title in enumerate(SECTIONS, 1)),
    ]


def test_one_well_known_name_is_enough_to_know_the_style():
    assert levels(paper(["1 Introduction"])) == [("1 Introduction", 1)]


def test_a_bold_sentence_in_the_text_is_no_heading():
    press = (
        paper(["1 Introduction", "2 Method"])
        .row("This is a bold row that ends like a sentence.", font=BOLD)
        .lorem()
    )
    assert top(press) == ["1 Introduction", "2 Method"]


def test_a_paper_without_headings_has_none():
    assert levels(Press().lorem(20)) == []


def test_numbers_of_small_headings_do_not_outweigh_well_known_sections():
    press = Press()
    for name in ("Introduction", "Methods", "Results", "Discussion"):
        press.heading(name).lorem()
        for number in (1, 2, 3):
            press.row(
                f"{number}) A step of {name}", font=ITALIC, gap=14
            ).lorem()
    assert dict(levels(press))["Methods"] == 1
    assert dict(levels(press))["Discussion"] == 1


def test_the_last_headings_of_a_journal_are_sections_though_they_are_small():
    press = Press()
    for name in ("Introduction", "Methods", "Results", "Conclusions"):
        press.heading(name).lorem()
    for name in (
        "Competing interests",
        "Authors’ contributions",
        "Author details",
    ):
        press.row(name, size=8, font=BOLD, gap=14).row(
            "None of them is known.", size=8
        )
    assert dict(levels(press))["Competing interests"] == 1
    assert dict(levels(press))["Author details"] == 1


def test_a_known_section_is_not_joined_with_the_heading_below_it():
    press = Press()
    press.heading("Introduction").lorem().heading("Methods").heading(
        "Data and Rooms"
    )
    press.lorem().heading("Results").lorem()
    assert "Methods" in dict(levels(press))


def test_lettered_subsections_under_unnumbered_sections_are_no_appendices():
    press = Press()
    press.heading("Introduction").lorem().heading("Methods").lorem()
    press.row("A. Rooms", font=BOLD, gap=14).lorem()
    press.row("B. Heads", font=BOLD, gap=14).lorem()
    press.heading("Results").lorem().heading("Conclusions").lorem()
    assert dict(levels(press))["A. Rooms"] == 2
    assert dict(levels(press))["Results"] == 1


@pytest.mark.parametrize(
    "text", ["1 for (var i in rooms) {", "F P", "return (room);"]
)
def test_code_and_cells_are_no_headings(text):
    press = Press().heading("1 Introduction").lorem()
    press.row(text, font=BOLD, gap=14).lorem().heading("2 Method").lorem()
    assert text not in dict(levels(press.heading("3 Results").lorem()))


def test_a_heading_may_end_in_a_full_stop():
    press = Press()
    for name in (
        "1. Introduction.",
        "2. Method.",
        "3. Results.",
        "Appendix B. Parity.",
    ):
        press.heading(name).lorem()
    assert set(dict(levels(press)).values()) == {1}
    assert len(dict(levels(press))) == 4


def test_an_unknown_name_among_those_after_the_text_is_a_section_too():
    press = paper(SECTIONS, size=14)
    for title in ("Acknowledgements", "Ethical Approval", "Funding"):
        press.heading(title, size=10).lorem()
    assert top(press)[len(SECTIONS) :] == [
        "Acknowledgements",
        "Ethical Approval",
        "Funding",
    ]


def test_a_long_list_of_references_does_not_set_the_size_of_the_text():
    press = paper(["Introduction", "Methods", "Conclusion"])
    press.para("This row of the text stands alone after a gap", gap=14)
    press.heading("References").lorem(times=40, size=8)
    assert top(press) == ["Introduction", "Methods", "Conclusion", "References"]


def test_bold_headings_behind_a_number_may_be_smaller_than_the_text():
    press = Press()
    for number, name in zip(ROMAN_NUMERALS, SECTIONS, strict=True):
        press.heading(f"{number}. {name.upper()}", size=9).lorem(size=10)
        if number == "III":
            press.heading("A. Heads", size=9).lorem(size=10)
            press.heading("B. Mouths", size=9).lorem(size=10)
    assert ("A. Heads", 2) in levels(press)
    assert ("B. Mouths", 2) in levels(press)


def test_keywords_set_in_bold_are_no_heading():
    press = Press().heading("Key words: heads - mouths", size=10)
    for name in ("1 Introduction", "2 Method", "3 Conclusion"):
        press.heading(name).lorem()
    assert top(press) == ["1 Introduction", "2 Method", "3 Conclusion"]


def test_a_well_known_section_in_larger_letters_than_the_others_is_one_of_them():
    press = Press().heading("Introduction", size=12.8).lorem()
    for name in ("Methods", "Results", "Discussion", "Conclusion"):
        press.heading(name).lorem()
    assert top(press)[0] == "Introduction"


def test_a_well_known_section_in_another_font_is_a_section():
    press = paper(["Introduction", "Methods", "Results"])
    press.heading("Discussion", font="hebo").lorem().heading("Conclusion")
    assert "Discussion" in top(press.lorem())


def test_numbered_sections_in_a_font_that_does_not_say_it_is_bold_are_found():
    titles = [f"{i}. {title}" for i, title in enumerate(SECTIONS, 1)]
    assert top(paper(titles, size=10, font="helv")) == titles


def test_a_section_of_any_name_is_as_small_as_the_well_known_ones():
    titles = ["Introduction", "Heads Without Mouths", "Results", "Conclusion"]
    assert top(paper(titles, size=8, font="helv")) == titles


def test_small_headings_after_the_text_do_not_show_how_sections_are_set():
    titles = ["Heads", "Mouths and Their Use", "Voices"]
    press = paper(titles)
    for title in ("Funding", "Competing interests", "Abbreviations"):
        press.heading(title, size=9, font="hebo").lorem()
    assert top(press)[:3] == titles


def test_numbered_points_in_smaller_letters_are_no_sections():
    press = Press()
    for section in ("Heads", "Mouths and Their Use", "Voices"):
        press.heading(section, size=12).lorem()
        for number, point in enumerate(("Lips", "Teeth", "Tongues"), 1):
            press.heading(f"{number}) {point} of it", size=10).lorem()
    assert top(press) == ["Heads", "Mouths and Their Use", "Voices"]


def test_well_known_sections_set_like_the_text_are_found_where_all_are():
    press = Press()
    for title in ("Introduction", "Methods", "Results", "Discussion"):
        press.row(title, gap=8).lorem()
    assert top(press) == ["Introduction", "Methods", "Results", "Discussion"]


def test_a_row_of_the_text_is_no_heading_where_headings_are_set_otherwise():
    press = paper(["Introduction", "Methods", "Results"])
    press.row("Discussion", gap=8).lorem()
    assert "Discussion" not in top(press)
