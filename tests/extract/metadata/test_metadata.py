"""Title, language and kind of a paper."""

import pytest

from pipeline.errors import UnreadablePdf
from pipeline.extract.metadata.document_type import kind_warnings, require_text
from pipeline.extract.metadata.language import find_language
from pipeline.extract.metadata.metadata import read_facts
from pipeline.extract.sections.sections import read_sections
from pipeline.paper import Document, Paragraph, Section
from tests.extract.typeset import BOLD, Press


def title(press):
    press.heading("Abstract").lorem().heading("1 Introduction").lorem().heading(
        "2 Method"
    ).lorem()
    layouts = press.layouts()
    return read_facts(layouts, read_sections(layouts)).title


def test_the_title_is_the_largest_print_of_the_first_page():
    press = (
        Press()
        .centre("Journal of Heads 12 (2024) 1-9", size=8)
        .centre("Heads That Talk:", size=17, font=BOLD)
    )
    press.centre("Sound and Sight", size=17, font=BOLD).centre(
        "Ana Author", size=12
    ).centre("University of Heads")
    assert title(press) == "Heads That Talk: Sound and Sight"


def test_small_capitals_and_marks_do_not_disturb_the_title():
    press = (
        Press()
        .centre("HEADS THAT T", "ALK AND HEADS", ("*", True), size=17)
        .centre("Ana Author", size=11)
    )
    assert title(press) == "HEADS THAT TALK AND HEADS"


def test_a_hyphen_at_the_end_of_a_title_row_stays():
    press = (
        Press()
        .centre("Heads in Multi-", size=17)
        .centre("Modal Talk", size=17)
        .centre("Ana Author", size=11)
    )
    assert title(press) == "Heads in Multi-Modal Talk"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "We show that the head is able to talk and that it is heard by all of us in this room.",
            "en",
        ),
        (
            "Wir zeigen, dass der Kopf sprechen kann und dass er von allen gehört wird, die mit uns im Raum sind.",
            "de",
        ),
        (
            "Nous montrons que la tête est capable de parler et que les gens dans la salle sont avec nous.",
            "fr",
        ),
        (
            "我们证明头可以说话，并且所有人都能听到 Transformer 模型的声音。",
            "zh",
        ),
        ("우리는 머리가 말할 수 있음을 보여준다. GPT 모델도 그렇다.", "ko"),
        ("頭が話せることを示します。モデルも話します。", "ja"),
        ("ما نشان می‌دهیم که سر می‌تواند گفتگو کند و چنین چیزی ممکن است", "fa"),
        ("x = y + z", ""),
        ("", ""),
    ],
)
def test_languages_are_told(text, code):
    assert find_language([text] * 3) == code


def document(**fields):
    return Document(
        **{
            "pages": 8,
            "title": "Heads",
            "abstract": "We.",
            "language": "en",
            "sections": (_section("References"),),
            **fields,
        }
    )


def _section(name, kind="references"):
    return Section(name, 1, 1, (Paragraph("text", 1),), kind)


def pages(count=8, width=612, height=792, rows=40):
    press = Press()
    for number in range(count):
        page = (
            press.page
            if number == 0
            else press.document.new_page(width=width, height=height)
        )
        page.set_mediabox((0, 0, width, height))
        for row in range(rows):
            page.insert_text(
                (50, 40 + 12 * row),
                "Nine words that stand in this row of text here",
                fontsize=10,
            )
    return press.pages()


def test_a_paper_has_no_warning():
    assert kind_warnings(pages(), document()) == []


@pytest.mark.parametrize(
    ("made", "fields", "what"),
    [
        ({"width": 960, "height": 540, "rows": 6}, {}, "slides"),
        ({"count": 1, "width": 2384, "height": 3370}, {}, "a poster"),
        (
            {},
            {"title": "Author Guidelines for the Conference on Heads"},
            "author guidelines",
        ),
        (
            {},
            {
                "front": "Heads\nSupplementary Material",
                "sections": (_section("A Proofs", "body"),),
            },
            "a supplement alone",
        ),
        (
            {},
            {
                "abstract": "",
                "sections": (_section("A. More Heads", "appendix"),),
            },
            "a supplement alone",
        ),
        (
            {},
            {"abstract": "", "sections": (_section("1 Words", "body"),)},
            "it has neither an abstract nor references",
        ),
    ],
)
def test_what_is_no_paper_is_named(made, fields, what):
    assert kind_warnings(pages(**made), document(**fields)) == [
        f"not a paper: {what}"
    ]


def test_pages_without_any_text_are_an_error():
    with pytest.raises(UnreadablePdf, match="no text layer"):
        require_text(Press().pages())
    require_text(pages(count=1))


def test_much_text_that_was_taken_for_an_appendix_is_told():
    sections = (
        Section("1 Words", 1, 1, (Paragraph("word " * 100, 1),), "body"),
        Section("A Rooms", 1, 2, (Paragraph("word " * 300, 2),), "appendix"),
        _section("References"),
    )
    (warning,) = kind_warnings(pages(), document(sections=sections))
    assert (
        warning == "75 % of the text was taken for an appendix or the abstract"
    )


def test_an_appendix_after_the_references_is_no_cause_for_a_warning():
    appendix = Section(
        "A Rooms", 1, 9, (Paragraph("word " * 900, 9),), "appendix"
    )
    sections = (_section("1 Words", "body"), _section("References"), appendix)
    assert kind_warnings(pages(), document(sections=sections)) == []
