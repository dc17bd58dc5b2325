"""The paper under a budget of tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.llm.tokens import estimate_tokens
from pipeline.paper import Cell, Document, Figure, Paper, Paragraph, Section
from pipeline.summarize.review.paper_context import pack_paper

NOW = datetime(2026, 10, 1, tzinfo=UTC)
PAPER = Paper(
    "2610.00001",
    1,
    "Speech to Face",
    "We make faces speak.",
    ("A. Author",),
    ("cs.CV",),
    NOW,
    NOW,
)


def section(title, level=1, *, kind="body", words=60, paragraphs=3):
    told = tuple(
        Paragraph(f"{title} part {n}. " + f"word{n} " * words, 2)
        for n in range(paragraphs)
    )
    return Section(title, level, 2, told, kind)


DOCUMENT = Document(
    pages=9,
    title="Speech to Face",
    abstract="We make faces speak.",
    language="en",
    front="Speech to Face  A. Author  University of Somewhere",
    sections=(
        section("1 Introduction"),
        section("2 Related Work"),
        section("2.1 Results of others", 2),
        section("3 Method"),
        section("3.1 Face codes", 2),
        section("4 Experiments"),
        section("5 Conclusion"),
        section("References", kind="references"),
        section("A Proofs", kind="appendix"),
    ),
    figures=(
        Figure(
            "table",
            "1",
            5,
            (0, 0, 9, 9),
            "Table 1. Comparison.",
            text="PSNR 31.2 SSIM 0.91",
        ),
        Figure(
            "figure",
            "2",
            3,
            (0, 0, 9, 9),
            "Figure 2. Overview.",
            text="encoder decoder",
        ),
    ),
)


def test_where_all_fits_all_is_there_but_references():
    text = pack_paper(PAPER, DOCUMENT, 100_000)
    for part in (
        "1 Introduction",
        "2 Related Work",
        "3.1 Face codes",
        "A Proofs",
        "Table 1",
        "31.2",
        "Figure 2",
    ):
        assert part in text
    assert "References part" not in text
    assert "University of Somewhere" in text


def test_the_order_is_the_paper_s():
    text = pack_paper(PAPER, DOCUMENT, 100_000)
    places = [
        text.index(name)
        for name in (
            "Abstract:",
            "## 1 Intro",
            "## 2 Related",
            "## 3 Method",
            "## 5 Concl",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("room", [200, 500, 1000, 1500, 2000, 3000])
def test_the_room_is_kept_and_related_work_and_appendix_go_first(room):
    text = pack_paper(PAPER, DOCUMENT, room)
    assert estimate_tokens(text) <= room * 1.1 + 60
    if "Related Work part" in text:
        assert text.count("Method part") == text.count("Conclusion part") == 3
    if "Proofs part" in text:
        assert text.count("Related Work part") == 3


def test_introduction_related_work_and_tables_have_their_share_beside_a_long_method():
    long = replace(
        DOCUMENT,
        sections=(
            section("1 Introduction", words=30),
            section("2 Related Work", words=30),
            section("3 Method", words=60, paragraphs=80),
        ),
    )
    text = pack_paper(PAPER, long, 4_000)
    for part in ("Introduction part 0", "Related Work part 0", "31.2"):
        assert part in text
    assert text.count("Method part") > text.count("Introduction part") * 5


def test_the_rest_of_a_long_paragraph_waits_for_the_beginnings_of_all():
    told = " ".join(f"Sentence {n} tells of faces." for n in range(200))
    long = Section("3 Method", 1, 2, (Paragraph(told, 2),), "body")
    document = replace(DOCUMENT, sections=(long, section("4 Experiments")))
    text = pack_paper(PAPER, document, 1_500)
    assert "Sentence 4 tells" in text
    assert "Experiments part 2" in text
    assert "Sentence 5 tells" not in text
    assert "Sentence 199 tells" in pack_paper(PAPER, document, 9_000)


def paragraphs(title, *texts, kind="body"):
    told = tuple(Paragraph(text, 2) for text in texts)
    return Section(title, 1, 2, told, kind)


def test_of_an_introduction_what_the_paper_does_comes_before_what_others_did():
    others = [f"Others {n} made faces. " + "word " * 60 for n in range(9)]
    document = replace(
        DOCUMENT,
        figures=(),
        sections=(
            paragraphs(
                "1 Introduction",
                "Faces matter to people.",
                *others,
                "The contributions are summarized as follows:",
                "A frozen dictionary of faces.",
            ),
            section("3 Method", paragraphs=20),
        ),
    )
    text = pack_paper(PAPER, document, 1_000)
    for part in ("Faces matter", "summarized as", "A frozen dictionary"):
        assert part in text
    assert "Others 8" not in text


def test_remains_of_equations_and_thanks_are_left_out():
    document = replace(
        DOCUMENT,
        sections=(
            paragraphs(
                "3 Method",
                "We minimize the distance of the two faces as in",
                "T P LMD = 1 ∥LRt,p −LFt,p∥2 , (5) T × 1P.",
                "该方法将两张人脸的距离最小化。",
            ),
            paragraphs(
                "5 Conclusion",
                "Faces speak now, in real time.",
                "Acknowledgements. Somebody was supported by a grant of all.",
            ),
        ),
    )
    text = pack_paper(PAPER, document, 5_000)
    assert "LMD" not in text
    assert "grant" not in text
    for part in ("We minimize", "该方法", "Faces speak now"):
        assert part in text


def test_a_subsection_of_related_work_is_related_work():
    assert "Results of others part" not in pack_paper(PAPER, DOCUMENT, 1200)


def test_in_little_room_every_important_section_has_its_beginning():
    text = pack_paper(PAPER, DOCUMENT, 700)
    for title in (
        "3 Method part 0",
        "4 Experiments part 0",
        "5 Conclusion part 0",
    ):
        assert title in text


def test_a_heading_without_text_is_left_out():
    text = pack_paper(PAPER, DOCUMENT, 700)
    assert "## 2.1" not in text
    assert "## A Proofs" not in text


def test_title_and_abstract_stand_in_any_room():
    text = pack_paper(PAPER, DOCUMENT, 0)
    assert "Speech to Face" in text
    assert "We make faces speak." in text
    assert "Method" not in text


def test_without_a_printed_abstract_arxiv_s_is_taken():
    assert "We make faces speak." in pack_paper(
        PAPER, replace(DOCUMENT, abstract=""), 0
    )


def test_a_very_long_appendix_is_not_paid_for():
    long = replace(
        DOCUMENT,
        sections=(
            *DOCUMENT.sections,
            section("B Data", kind="appendix", words=900, paragraphs=99),
        ),
    )
    assert estimate_tokens(pack_paper(PAPER, long, 500_000)) < 30_000


def test_every_piece_ends_as_a_sentence_does():
    text = pack_paper(
        PAPER,
        replace(
            DOCUMENT,
            figures=(
                replace(DOCUMENT.figures[1], caption="Figure 2: Overview"),
            ),
        ),
        9000,
    )
    assert all(piece[-1] in ".:;!?," for piece in text.split("\n\n"))


def test_the_affiliation_that_was_read_is_told():
    assert "affiliation: MIT." in pack_paper(
        PAPER, replace(DOCUMENT, first_affiliation="MIT"), 0
    )


def test_characters_that_could_not_be_read_are_left_out_but_not_what_stands_between_them():
    broken = Section(
        "6 Loss",
        1,
        4,
        (
            Paragraph("The loss is", 4),
            Paragraph("\ufffd\ufffd with GX \ufffd and E", 4),
        ),
    )
    text = pack_paper(PAPER, replace(DOCUMENT, sections=(broken,)), 9000)
    assert "\ufffd" not in text
    assert "with GX and E" in text


def test_thanks_are_left_out_wherever_they_stand():
    thanks = Section(
        "Acknowledgements",
        2,
        8,
        (Paragraph("We thank our cats.", 8),),
        "appendix",
    )
    assert "cats" not in pack_paper(
        PAPER, replace(DOCUMENT, sections=(*DOCUMENT.sections, thanks)), 9000
    )


def test_a_table_stands_as_rows_behind_the_paragraph_that_first_names_it():
    named = replace(
        DOCUMENT.sections[5],
        paragraphs=(
            Paragraph("Accuracy is in Table 1.", 3),
            Paragraph("Boats are safe.", 3),
        ),
    )
    cells = (
        (Cell("Method", head=True), Cell("NightLamp", head=True)),
        (Cell("DayDet", head=True), Cell("81.87")),
    )
    table = replace(DOCUMENT.figures[0], cells=cells)
    paper = replace(
        DOCUMENT, sections=(*DOCUMENT.sections[:5], named), figures=(table,)
    )
    text = pack_paper(PAPER, paper, 5_000)
    assert "Method | NightLamp\nDayDet | 81.87" in text
    assert (
        text.index("in Table 1")
        < text.index("DayDet | 81.87")
        < text.index("Boats")
    )


def test_prompts_and_samples_of_an_appendix_are_left_out_and_nothing_is_said_twice():
    said = Paragraph(
        "The lamps of the harbour are lit at night by a network of lanterns."
        * 2,
        5,
    )
    appendix = (
        Section(
            "A Prompt template",
            1,
            5,
            (Paragraph("You are a lamp.", 5),),
            "appendix",
        ),
        Section("B Details", 1, 5, (said, said), "appendix"),
    )
    paper = replace(DOCUMENT, sections=(*DOCUMENT.sections, *appendix))
    text = pack_paper(PAPER, paper, 5_000)
    assert "You are a lamp" not in text
    assert text.count(said.text) == 1
