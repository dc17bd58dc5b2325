"""Sentences lose the signs of lists and the labels of abstracts; entries of the list of contributions are known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.paper import Paragraph, Section
from pipeline.summarize.extractive.sentences.running_text import pieces_of


def section(*paragraphs: str, kind: str = "body") -> Section:
    return Section(
        "1 Introduction",
        1,
        1,
        tuple(Paragraph(text, 1) for text in paragraphs),
        "abstract" if kind == "abstract" else "body",
    )


def contributions(*paragraphs: str) -> list[str]:
    return [
        one.text for one in pieces_of(section(*paragraphs)) if one.contribution
    ]


def test_the_entries_of_a_list_of_contributions_are_known_in_each_form():
    lamp, dark = "We present a lamp that floats.", "We measure how dark it is."
    head = "Our contributions are as follows:"
    for first, second in (
        (f"• {lamp}", f"• {dark}"),
        (f"1. {lamp}", f"2. {dark}"),
        (f"(i) {lamp}", f"(ii) {dark}"),
        (f"• A lamp. {lamp}", f"• Darkness. {dark}"),
    ):
        assert contributions(head, first, second) == [lamp, dark]
    assert contributions(f"{head} 1) {lamp} 2) {dark}") == [lamp, dark]


def test_a_list_of_other_things_is_none():
    assert (
        contributions("We use two lamps.", "• A red one is at the bow.") == []
    )


def test_a_number_in_a_sentence_is_no_sign_of_a_list():
    (only,) = pieces_of(
        section("Lamps (Other et al., 2015) are bright at night.")
    )
    assert only.text == "Lamps (Other et al., 2015) are bright at night."


def test_a_structured_abstract_says_what_its_sentences_are():
    found = pieces_of(
        section(
            "Background: Lamps are rare. Methods: We counted them. They were few.",
            "Results: There are nine. Conclusions: More lamps are needed.",
            kind="abstract",
        )
    )
    assert [(one.part, one.text) for one in found] == [
        ("background", "Lamps are rare."),
        ("method", "We counted them."),
        ("method", "They were few."),
        ("result", "There are nine."),
        ("meaning", "More lamps are needed."),
    ]


def test_labels_without_a_colon_or_alone_are_known_too():
    found = pieces_of(
        section(
            "Background The lamps are rare. Objective. Lamps were lit.",
            "Results We saw nine. Background Subtraction finds more lamps.",
            kind="abstract",
        )
    )
    assert [(one.part, one.text) for one in found] == [
        ("background", "The lamps are rare."),
        ("method", "Objective."),
        ("method", "Lamps were lit."),
        ("result", "We saw nine."),
        ("result", "Background Subtraction finds more lamps."),
    ]


@given(st.lists(st.text(), max_size=4))
def test_no_letter_is_invented(paragraphs):
    for one in pieces_of(section(*paragraphs, kind="abstract")):
        assert any(one.text in text for text in paragraphs)
