"""A passage begins and ends with a sentence and tells what a statement names."""

from __future__ import annotations

from dataclasses import replace

from pipeline.paper import Cell, Figure, Paragraph, Section
from pipeline.summarize.review.questions import statement_lines
from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.quotes.mentions import about_paper
from pipeline.summarize.verify.quotes.passage_text import passage_text
from tests.summarize.papers import DOCUMENT, PAPER

FIRST = "We train on one machine with 8 cards of the kind that boats carry"
REST = "and keep the weights of the last hour. The rest is thrown away."


def shown(statement, quote, *sections, figures=()):
    document = replace(DOCUMENT, sections=sections, figures=figures)
    evidence = gather_evidence(PAPER, document)
    return passage_text(statement_lines(statement, quote, evidence))


def section(*texts, title="5 Training"):
    paragraphs = tuple(Paragraph(text, 3) for text in texts)
    return Section(title, 1, 3, paragraphs)


def test_a_sentence_that_a_page_parts_is_shown_whole():
    text = f"{FIRST} {REST}"
    paragraph = Paragraph(text, 3, (len(FIRST), 4))
    body = Section("5 Training", 1, 3, (paragraph,))
    found = shown("x", "keep the weights of the last hour", body)
    assert found == f"5 Training\n{FIRST} {REST.replace('. ', '.' + chr(10))}"


def test_a_paragraph_that_goes_on_behind_a_formula_is_one():
    found = shown("x", "keep the weights of the last", section(FIRST, REST))
    assert f"{FIRST} and keep" in found


def test_the_title_of_a_section_is_no_part_of_its_first_sentence():
    found = shown("x", "keep the weights of the last", section(REST))
    assert found.startswith("5 Training\nand keep")


def test_a_number_that_stands_two_sentences_before_is_shown():
    text = f"{FIRST}. Some boats are old. Others are new. Training takes hours."
    found = shown(
        "Training takes hours on 8 cards.",
        "Training takes hours",
        section(text),
    )
    assert found.splitlines() == [
        "5 Training",
        f"{FIRST}.",
        "…",
        "Others are new.",
        "Training takes hours.",
    ]


def test_a_name_is_shown_where_it_is_introduced():
    past = section(
        "HarborBench is hard.",
        "We use the lamps of twelve towns (HarborBench) as a test of boats.",
        title="2 Data",
    )
    between = section(*["Nothing to see here." for _ in range(9)])
    results = section("Our accuracy is higher than before.", title="6 Results")
    found = shown(
        "On HarborBench the accuracy is higher.",
        "accuracy is higher than before",
        past,
        between,
        results,
    )
    assert "twelve towns (HarborBench)" in found
    assert "HarborBench is hard" not in found


def test_a_list_is_shown_with_the_sentence_that_introduces_it():
    found = shown(
        "x",
        "a lamp for each of the boats",
        section(
            "It is old. We give the following:",
            "• a lamp for each of the boats.",
        ),
    )
    assert "We give the following:" in found
    assert "It is old" not in found


def test_more_sentences_are_shown_to_a_long_statement():
    text = "There are two lamps. One is red. One is green. Both are lit at dusk. Boats see them."
    short = shown("x", "There are two lamps", section(text))
    long = shown(
        "两盏灯一红一绿，都在黄昏点亮，好让夜里的船看见它们的位置",
        "There are two lamps",
        section(text),
    )
    assert "green" not in short
    assert "green" in long


def table(rows):
    head = (Cell("Method", head=True), Cell("Accuracy", head=True))
    body = tuple(
        (Cell(f"Net{number}"), Cell(f"{number}.5")) for number in range(rows)
    )
    return Figure(
        "table",
        "2",
        3,
        (0, 0, 1, 1),
        "Table 2. Accuracy on NightLamp. Higher is better.",
        text="\n".join(f"Net{number} {number}.5" for number in range(rows)),
        cells=(head, *body),
    )


def test_of_a_table_the_whole_caption_and_the_rows_spoken_of_are_shown():
    found = shown(
        "Net17 reaches 17.5.", "Accuracy on NightLamp", figures=(table(30),)
    )
    assert found.startswith(
        "Table 2. Accuracy on NightLamp. Higher is better.\nMethod | Accuracy\n"
    )
    assert found.endswith("…\nNet17 | 17.5")


def test_a_value_is_shown_in_the_table_that_its_paragraph_names():
    found = shown(
        "Net3 reaches 3.5.",
        "we compare many nets with ours",
        section("In Table 2 we compare many nets with ours."),
        figures=(table(5),),
    )
    assert "Net3 | 3.5" in found


def test_what_a_paper_is_about_is_its_title_and_what_its_authors_do():
    told = about_paper(gather_evidence(PAPER, DOCUMENT))
    assert told.startswith(DOCUMENT.title + "\n")
    assert "We present LanternNet" in told


def test_a_long_sentence_is_cut_around_the_quote():
    points = "; ".join(f"point {number} about lamps" for number in range(60))
    found = shown("x", "point 50 about lamps", section(f"{points}."))
    assert "point 50 about lamps; point 51" in found
    assert "point 3 about" not in found


def heads(*texts):
    return tuple(Cell(text, head=True) for text in texts)


def body_row(*texts):
    return tuple(Cell(text) for text in texts)


def grouped_table():
    """Two groups of rows, each with heads of its own in another order."""
    boats = [f"Boat{number}" for number in range(6)]
    rows = [
        heads("Boat", "Glow", "Reach"),
        *(
            body_row(one, f"1{at}.5", f"2{at}.5")
            for at, one in enumerate(boats)
        ),
        heads("Boat", "Reach", "Glow"),
        *(
            body_row(one, f"3{at}.5", f"4{at}.5")
            for at, one in enumerate(boats)
        ),
    ]
    text = "\n".join(" ".join(cell.text for cell in row) for row in rows)
    caption = "Table 1: Boats by day and by night."
    box = (0, 0, 1, 1)
    return Figure("table", "1", 3, box, caption, text=text, cells=tuple(rows))


def test_quoted_rows_are_shown_below_the_heads_of_their_group():
    found = shown(
        "Boat5 glows with 45.5 at night.",
        "Boat5 35.5 45.5",
        figures=(grouped_table(),),
    )
    assert "Boat5 | 35.5 | 45.5" in found
    assert "Boat | Reach | Glow" in found


def test_a_table_is_shown_with_the_sentences_that_introduce_it():
    found = shown(
        "On the cello the glow is 15.5.",
        "Boat5 15.5 25.5",
        section("We show the cello. All glows are in Table 1. They differ."),
        figures=(grouped_table(),),
    )
    assert "We show the cello.\nAll glows are in Table 1." in found
    assert "They differ" not in found


def test_a_paragraph_that_speaks_of_the_one_before_is_shown_with_its_end():
    found = shown(
        "x",
        "we did not find this lamp",
        section(
            "Boats are old. A lamp is fixed.", "But we did not find this lamp."
        ),
    )
    assert found.splitlines()[1:] == [
        "A lamp is fixed.",
        "But we did not find this lamp.",
    ]


def test_a_statement_about_all_rows_is_shown_all_of_them():
    of_one = shown("Net3 has 3.5.", "Net3 3.5", figures=(table(15),))
    of_all = shown("Net14 is the best.", "Net14 14.5", figures=(table(15),))
    assert "Net9 | 9.5" not in of_one
    assert "Net9 | 9.5" in of_all
