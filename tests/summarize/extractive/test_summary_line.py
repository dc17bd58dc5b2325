"""The line of a review without a model is a sentence of the paper that says what it does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.paper import Paragraph, Review, Section
from pipeline.summarize.extractive.summarizer import summarize_extractively
from tests.summarize.papers import PAPER, document

DETAILS = "The lamps were photographed with a camera on a small boat."


def review_of(abstract: str, *sections: Section, title: str = "") -> Review:
    """Review a paper of nothing but an abstract and some sections."""
    paper = replace(PAPER, title=title or PAPER.title, abstract=abstract)
    first = Section("Abstract", 1, 1, (Paragraph(abstract, 1),), "abstract")
    found = document(
        title=paper.title, abstract=abstract, sections=(first, *sections)
    )
    return summarize_extractively(paper, found, "en")


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        (
            f"Lamps at sea are rare. {DETAILS}",
            "The causes of rust on lamps were examined in nine harbours.",
            "Lamps near salt rusted first.",
        ),
        (
            "",
            "Expansions of the light, including its halo, will be presented.",
            "All of the lamps are unchanged by the rain.",
        ),
        (
            "Background: Lamps are rare at sea in winter.",
            "This trial aimed to compare oil lamps with gas lamps on boats.",
            "Methods: Tests were done with the software of the harbour.",
        ),
        (
            "Lamps rust at sea. So,",
            "the purpose of this study is to compare oil with gas on boats.",
            DETAILS,
        ),
        (
            "Rust eats lamps. To understand the spread of this rust,",
            "we have developed a cheap test for all the lamps of a harbour.",
            "Nine of ten lamps were rusty.",
        ),
        (
            "This study was conducted among 7162 lamps of nine harbours.",
            "We quantified the share of lamps that would be lit in a storm.",
            DETAILS,
        ),
    ],
)
def test_the_sentence_that_says_what_was_done_is_the_line(before, line, after):
    found = review_of(f"{before} {line} {after}".strip()).summary.text
    assert found == line[0].upper() + line[1:]


def test_a_study_told_in_the_abstract_comes_before_praise_in_the_conclusion():
    told = "We compared the light of lamps and stars with three cameras."
    praise = "This study offers important insights into lamps at night."
    closing = Section("5 Conclusion", 1, 6, (Paragraph(praise, 6),))
    found = review_of(f"Lamps look like stars. {told}", closing)
    assert found.summary.text == told


def test_a_thought_in_the_discussion_is_not_the_line():
    thought = "We considered that it was due to the early lighting of lamps."
    closing = Section("5 Discussion", 1, 6, (Paragraph(thought, 6),))
    result = "Gas lamps relieve the crew and shorten the nights at sea."
    abstract = f"Results: Nine lamps were lit. Conclusion: {result}"
    assert review_of(abstract, closing).summary.text == result


def test_where_nothing_presents_the_work_what_it_found_is_the_line():
    result = (
        "Structured lamps are effective in enabling boats to come home at sea."
    )
    abstract = f"Objectives. Lamps. Methods. {DETAILS} Conclusion. {result}"
    assert review_of(abstract, title="Lamps of boats").summary.text == result


def test_the_title_is_the_line_only_without_a_sentence_of_an_abstract():
    body = Section("1 Lamps", 1, 1, (Paragraph(DETAILS, 1),))
    assert review_of("", body).summary.text == PAPER.title
    told = "Lamps near salt water have been found to rust within one winter."
    assert review_of(f"{told} Nobody knows why.").summary.text == told


def test_where_the_code_is_answers_no_item_but_availability():
    told = "Source code and the model are shared on GitHub: github.com/lamps."
    found = review_of(f"We propose a lamp that floats on the sea. {told}")
    assert [one.text for one in found.availability][:1] == [told]
    elsewhere = (*found.method, *found.performance, *found.takeaways)
    assert told not in [one.text for one in elsewhere]


def test_a_belief_about_the_world_is_no_meaning_of_the_work():
    world = "We believe lamps are large enough to be useful for boats at sea."
    ours = "We believe that our lamp is a first step towards safer boats."
    closing = Section("5 Conclusion", 1, 6, (Paragraph(f"{world} {ours}", 6),))
    found = review_of("We propose a lamp that floats on the sea.", closing)
    assert [one.text for one in found.significance] == [ours]


def test_what_is_added_is_not_the_method_where_another_sentence_is():
    compare = "In this paper, we compare oil lamps against gas lamps."
    also = "We also introduce two collections of photographs of lamps."
    found = review_of(f"Lamps are rare at sea. {compare} {also}")
    assert found.method[0].text == compare


def test_how_something_was_tested_is_no_takeaway():
    setup = "We evaluate the performance of lamps with a camera on the boat."
    found = review_of(
        f"We propose a lamp that floats on the sea. {setup} We show that the"
        " lamp outperforms all others by 4.1% in fog."
    )
    assert setup not in [one.text for one in found.takeaways]


def test_how_a_trial_was_set_up_is_no_takeaway():
    setup = "Sailors were randomly assigned to oil lamps or to gas lamps."
    found = review_of(
        f"Purpose: The aim of this study was to compare lamps at sea. Methods:"
        f" {setup} Results: Gas was 12% brighter than oil in every harbour."
        " Conclusion: Gas lamps relieve the crew and shorten the nights."
    )
    assert setup not in [one.text for one in found.takeaways]
    assert setup in [one.text for one in found.method]


def test_the_sentence_nearest_to_the_title_is_the_line():
    part = "We introduce a measure for the rust of boats and their crews."
    whole = (
        "Drawing inspiration from candles, we propose Floating Lamps, a kind of"
        " light that needs neither oil nor gas and that no storm puts out."
    )
    found = review_of(f"{part} {whole}", title="Floating Lamps")
    assert found.summary.text == whole


def test_without_an_abstract_the_introduction_says_what_is_done():
    told = "In this report we outline a way to detect rust on lamps at sea."
    section = Section("1 Introduction", 1, 1, (Paragraph(told, 1),))
    assert review_of("", section).summary.text == told


def test_the_whole_is_the_line_and_not_one_of_its_parts():
    whole = "We design a light for boats that needs neither oil nor gas at sea."
    part = "We design a Floating Module for calm nights at sea and on rivers."
    found = review_of(f"{whole} {part}", title="Lights with a Floating Module")
    assert found.summary.text == whole


def test_a_direction_of_research_is_no_takeaway():
    wish = "We consider the joining of lamps a worthwhile research direction."
    closing = Section("5 Conclusion", 1, 6, (Paragraph(wish, 6),))
    found = review_of("We propose a lamp that floats on the sea.", closing)
    assert wish not in [one.text for one in found.takeaways]


@pytest.mark.parametrize(
    "text",
    [
        "Thirty four harbours with 6180 lamps and a mean of 4.5 were included.",
        "More lamps of higher quality are needed in the harbours of the future.",
    ],
)
def test_what_was_looked_at_or_is_wanted_is_no_finding(text):
    review = review_of(
        f"Lamps matter. We propose a lamp. {text} We find that the lamp gains 12.5% of glow."
    )
    told = (review.summary, *review.performance, *review.takeaways)
    shown = [claim.text for claim in told]
    assert text not in shown
    assert "We find that the lamp gains 12.5% of glow." in shown


def test_one_step_told_in_the_passive_is_not_the_whole():
    review = review_of(
        "Lamps matter. The colour of glass was evaluated by eye. "
        "Oil lamps of harbours burnt longer than gas lamps on boats.",
        title="Oil Lamps and Gas Lamps of Harbours and Boats",
    )
    assert review.summary.text.startswith("Oil lamps of harbours")
