"""Rows become paragraphs: words whole, sentences whole, pages right."""

import pytest

from pipeline.extract.layout.reading_order import read_rows
from pipeline.extract.sections.heading_candidates import (
    body_style,
    usual_leading,
)
from pipeline.extract.sections.paragraphs import (
    Setting,
    join,
    read_paragraphs,
    setting_of,
)
from tests.extract.typeset import HEIGHT, LOREM, MARGIN, Press


def paragraphs(press, **options):
    rows = read_rows(press.layouts())
    return read_paragraphs(
        rows,
        setting_of(rows, usual_leading(rows), body_style(rows).size),
        **options,
    )


def joined(*rows, words=""):
    press = Press()
    for row in rows:
        press.row(row)
    found = read_rows(press.layouts())
    return join(found, Setting(12.0, 10.0, frozenset(words.split())))


@pytest.mark.parametrize(
    ("rows", "words", "text"),
    [
        (("a trans-", "former"), "transformer", "a transformer"),
        (("a trans-", "former"), "", "a transformer"),
        (("an audio-", "driven head"), "audio-driven", "an audio-driven head"),
        (("an audio-", "driven head"), "audio driven", "an audio-driven head"),
        (
            ("the state-of-the-", "art method"),
            "",
            "the state-of-the-art method",
        ),
        (("the GPT-", "4 model"), "", "the GPT-4 model"),
        (("a Multi-", "Modal model"), "", "a Multi-Modal model"),
        (("pages 10-", "20 of it"), "", "pages 10-20 of it"),
        (
            ("see https://github.com/", "ana/talking-", "heads for code"),
            "",
            "see https://github.com/ana/talking-heads for code",
        ),
        (
            ("see https://github.", "com/ana/heads now"),
            "",
            "see https://github.com/ana/heads now",
        ),
        (("it is - as one", "says - so"), "", "it is - as one says - so"),
    ],
)
def test_words_and_addresses_that_a_row_breaks_are_whole_again(
    rows, words, text
):
    assert joined(*rows, words=words) == text


@pytest.mark.parametrize("gap", [0, 8])
def test_paragraphs_are_told_by_indents_or_by_space(gap):
    press = Press()
    for number in range(4):
        press.para(
            f"Paragraph {number} begins. " + LOREM,
            gap=gap,
            indent=0 if gap else 12,
        )
    assert [
        paragraph.text.split(" begins")[0] for paragraph in paragraphs(press)
    ] == [f"Paragraph {i}" for i in range(4)]


def test_a_sentence_goes_on_below_a_formula():
    press = (
        Press()
        .row("we minimise the sum of all squared errors that the")
        .row("E = mc", indent=200, gap=14)
    )
    press.row("model of the head makes when it talks to us.", gap=14)
    assert len(paragraphs(press)) <= 2


def test_a_list_has_one_paragraph_an_item():
    press = Press().lorem(1)
    for item in (
        "One thing that we add",
        "Another thing that we add",
        "A third thing that we add",
    ):
        press.row(f"- {item} to what was known", indent=10).row(
            "before our paper was written.", indent=18
        )
    assert [p.text for p in paragraphs(press)[1:]] == [
        f"- {item} to what was known before our paper was written."
        for item in (
            "One thing that we add",
            "Another thing that we add",
            "A third thing that we add",
        )
    ]


def test_a_paragraph_goes_on_in_the_next_column():
    press = Press(columns=2).lorem(10)
    assert len(paragraphs(press)) == 1


def test_over_a_page_break_a_paragraph_is_two_and_its_sentence_stays_whole():
    first, second = paragraphs(Press().lorem(40))
    assert (first.page, second.page) == (1, 2)
    assert first.text.endswith("heads.")
    assert second.text.startswith("The reader")
    offset, page = first.turn
    assert page == 2
    assert 0 < len(first.text) - offset < len(LOREM)
    assert f"{first.text} {second.text}" == (LOREM * 40).strip()


def test_a_word_on_a_page_break_belongs_to_the_first_page():
    press = Press()
    while press.y < HEIGHT - MARGIN - 30:
        press.row(
            "This is a row of the first page that fills the whole width of the column, as rows do in a real"
        )
    press.row(
        "and the last one ends with a word that is bro-"
    ).turn_column().row("ken. The next page begins.")
    first, second = paragraphs(press)[-2:]
    assert first.text.endswith("a word that is broken.")
    assert first.turn is None or first.text[first.turn[0] - 4 :].startswith(
        "bro"
    )
    assert (second.text, second.page) == ("The next page begins.", 2)


@pytest.mark.parametrize("style", ["numbered", "hanging"])
def test_references_are_one_paragraph_an_entry(style):
    press = Press()
    for number in range(1, 8):
        mark = f"[{number}] " if style == "numbered" else ""
        press.row(
            f"{mark}A. Author and B. Writer. On heads that talk and on those that do not, with many"
        ).row(f"pictures. Journal of Heads, {number}:1-9, 2020.", indent=15)
    entries = paragraphs(press, entries=True)
    assert len(entries) == 7
    assert all(entry.text.endswith("2020.") for entry in entries)


def test_a_word_of_three_parts_is_broken_where_the_paper_writes_two_hyphens_less():
    press = Press()
    press.row(
        "We make self-supervised heads that are set in many rooms of the house"
    )
    press.row("and our heads are of the kind that is called self-super-")
    press.row("vised by those who know them.")
    assert "called self-supervised by" in " ".join(
        p.text for p in paragraphs(press)
    )
