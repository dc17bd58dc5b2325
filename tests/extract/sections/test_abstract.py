"""The abstract is read whole and without what is printed around it."""

import pytest

from pipeline.extract.sections.sections import read_sections
from tests.extract.typeset import BOLD, LOREM, MARGIN, Press


def title(press):
    press.centre("Heads That Talk and Heads That Do Not", size=16, font=BOLD)
    return press.centre("Ana Author", size=11)


def body(press):
    for name in ("1 Introduction", "2 Method", "3 Conclusion"):
        press.heading(name).lorem()
    return press


def abstract(press):
    return read_sections(press.layouts()).abstract


@pytest.mark.parametrize(
    "name", ["A B S T R A C T", "ABSTRACT", "Summary", "Résumé"]
)
def test_an_abstract_is_known_by_its_name_however_it_is_set(name):
    press = (
        title(Press())
        .heading(name, size=10)
        .para("We make heads talk." + LOREM)
    )
    assert abstract(body(press)).startswith("We make heads talk.")


@pytest.mark.parametrize(
    "after",
    [
        "Keywords: heads, talk",
        "Additional Key Words and Phrases: heads, talk",
        "Abbreviations: HT = head that talks",
        "© 2024 The Authors. Published by Heads Press.",
        "\ufffd2024 The Authors. Published by Heads Press.",
        "Descriptors: Heads. Talk.",
        "Received 3 May 2024; accepted 1 June 2024",
        "Correspondence: ana@heads.org",
    ],
)
def test_an_abstract_ends_before_keywords_licences_and_dates(after):
    press = (
        title(Press())
        .heading("Abstract")
        .para(LOREM + "It ends here.", indent=0)
    )
    press.para(after, indent=0)
    assert abstract(body(press)).endswith("It ends here.")


def test_a_row_that_begins_like_a_note_within_a_sentence_is_none():
    press = title(Press()).heading("Abstract")
    for row in (
        "We find that heads need more of",
        "correspondence with their mouths.",
    ):
        press.row(row + " And " * 10)
    assert "correspondence with" in abstract(body(press))


def test_the_labelled_parts_of_an_abstract_are_its_own_sections():
    press = title(Press()).heading("Abstract")
    for label in ("Background", "Methods", "Results"):
        press.heading(label).para(f"Part of {label}. {LOREM}")
    for name in ("Introduction", "Methods", "Results"):
        press.heading(name).lorem()
    text = read_sections(press.layouts())
    assert text.abstract.startswith("Background Part of Background.")
    assert "Methods Part of Methods." in text.abstract
    sections = [s.title for s in text.sections if s.level == 1]
    assert sections == ["Abstract", "Introduction", "Methods", "Results"]


def test_sections_after_an_abstract_without_parts_stay_sections():
    press = title(Press()).heading("Abstract").lorem()
    for name in ("Background", "Methods", "Results", "Discussion"):
        press.heading(name).lorem()
    titles = [s.title for s in read_sections(press.layouts()).sections]
    assert titles == [
        "Abstract",
        "Background",
        "Methods",
        "Results",
        "Discussion",
    ]


def test_a_bold_abstract_without_a_name_ends_where_plain_text_begins():
    press = title(Press())
    press.para(
        "We make heads talk. " + 2 * LOREM + "It ends.",
        font=BOLD,
        gap=20,
        indent=0,
    )
    press.para("Heads are old. " + LOREM, gap=20, indent=0)
    found = abstract(
        press.heading("Results").lorem().heading("Methods").lorem()
    )
    assert found.startswith("We make heads talk.")
    assert found.endswith("It ends.")


def test_a_licence_before_an_abstract_without_a_name_is_no_part_of_it():
    press = title(Press())
    press.para("Copyright © 2024 Ana Author. This is an open access article that is "
               "distributed under a licence which permits its use in any medium, "
               "provided that the original work is properly cited by those who use it.",
               gap=12)  # fmt: skip
    press.para("We make heads talk. " + 2 * LOREM, gap=12, indent=0)
    assert abstract(body(press)).startswith("We make heads talk.")


def test_an_abstract_in_small_print_is_no_footnote():
    press = title(Press()).heading("Abstract", size=10)
    press.para("We make heads talk. " + LOREM, size=8.5, gap=6, indent=0)
    assert abstract(body(press)).startswith("We make heads talk.")


def test_words_that_say_where_an_abstract_goes_on_are_left_out():
    press = (
        title(Press())
        .heading("Abstract")
        .row("We make heads talk and walk and")
    )
    press.at(MARGIN, 760, "(Continued on next page)", size=8)
    press.turn_column().row("sing as well as they can in rooms without sound.")
    assert "walk and sing" in abstract(body(press))


def test_a_summary_at_the_end_is_a_section_of_the_text():
    press = title(Press()).heading("Abstract").lorem()
    press.heading("1 Introduction").lorem().heading("2 Method").lorem()
    text = read_sections(
        press.heading("3 Results").lorem().heading("Summary").lorem().layouts()
    )
    assert [s.kind for s in text.sections] == ["abstract", *["body"] * 4]


def test_labelled_parts_without_the_word_abstract_are_an_abstract():
    press = title(Press())
    for label in ("AIMS", "METHODS", "RESULTS"):
        press.heading(label).para(f"Part of {label}. {LOREM}")
    for name in ("Introduction", "Methods", "Results"):
        press.heading(name, size=14).lorem()
    found = abstract(press)
    assert found.startswith("AIMS Part of AIMS.")
    assert "RESULTS Part of RESULTS." in found


def test_a_title_of_several_long_rows_is_no_abstract():
    press = Press()
    for _ in range(4):
        press.centre("how a head that talks can do so in two", size=18)
    press.para("We make heads talk. " + 2 * LOREM, gap=40, indent=0)
    assert abstract(body(press)).startswith("We make heads talk.")


def test_a_pointer_before_the_citation_ends_an_abstract_too():
    press = (
        title(Press())
        .heading("Abstract")
        .para(LOREM + "It ends here.", indent=0)
    )
    press.para("• Please cite this article as: Author, A. (2024)", gap=12)
    assert abstract(body(press)).endswith("It ends here.")
