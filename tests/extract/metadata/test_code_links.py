"""The authors' own code is told from all the other addresses of a paper."""

import pymupdf
import pytest

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.metadata.links.code_links import find_links
from pipeline.extract.pdf.page import Link, Page, Span
from pipeline.extract.sections.sections import read_sections
from pipeline.paper import Paragraph, Section
from tests.extract.typeset import HEIGHT, WIDTH, Press

TITLE = "TalkHead: Sound and Sight of Heads"
FRONT = f"{TITLE} Ana Author University of Heads"
OWN = "https://github.com/ana/talkhead"


def links(
    text="",
    *,
    page=5,
    kind="body",
    note="",
    front=FRONT,
    annotations=(),
    line="",
):
    sections = (
        Section("1 Introduction", 1, page, (Paragraph(text, page),), kind),
    )
    words = [(line, (50.0, 90.0, 200.0, 102.0))] if line else []
    layout = Layout(_page(words, annotations), ("body",) * len(words))
    return find_links(
        [layout],
        front,
        TITLE,
        sections,
        (Paragraph(note, page),) if note else (),
    )


def _page(words, annotations):
    from pipeline.extract.pdf.page import Line

    lines = tuple(
        Line(
            (Span(text, box, (box[0], box[3]), "tiro", 10.0, 0, 255, 0, 16),),
            box,
            text,
            (1.0, 0.0),
            0,
            box[3],
            10.0,
            "tiro",
        )
        for text, box in words
    )
    return Page(1, 612, 792, 0, lines, (), (), tuple(annotations), (), ())


@pytest.mark.parametrize(
    "text",
    [
        f"Our code is available at {OWN}.",
        f"The code we used to train and evaluate our models is available at {OWN}. We thank all.",
        f"Code and models have been released at {OWN}",
        f"Hyperparameter details for each baseline can be found at {OWN}.",
        f"We open-source our implementation ({OWN}).",
        "Our code is available at github.com/ana/talkhead.",
    ],
)
def test_an_offer_of_code_is_found(text):
    assert [url.rstrip("/") for url in links(text).code] == [OWN]


@pytest.mark.parametrize(
    "text",
    [
        "We borrow the code of the U-Net from https://github.com/jan/unet.",
        "Our implementation is based on the open-source code at https://github.com/jan/unet.",
        "We collected images using the library of Jan (https://github.com/jan/pics), which downloads them.",
        "The dataset is publicly available and can be accessed via github.com/Big/Data.",
        "We use the official implementation at https://github.com/jan/unet for all baselines.",
        "Segment (code and weights): Apache License 2.0, https://github.com/jan/segment",
        "Code will be made available soon.",
        "See https://doi.org/10.1000/code for the code of our paper.",
    ],
)
def test_the_code_of_others_is_not_taken(text):
    assert links(text).code == ()


def test_bare_addresses_in_footnotes_are_those_of_others():
    assert links(note="2 https://github.com/jan/gentle").code == ()


@pytest.mark.parametrize(
    "entry",
    [
        f"[3] J. Smith. Gentle. Our code is available at {OWN}, 2017.",
        f"[3] J. Smith. Code for heads. {OWN}.",
        f"Smith, J. Talking heads. {OWN}. Accessed May 2024.",
    ],
)
def test_references_never_count(entry):
    assert links(entry, kind="references").code == ()


def test_a_note_among_the_references_counts():
    note = f"[12] The code of this work is available at {OWN}."
    assert links(note, kind="references").code == (OWN,)


def test_an_abstract_offers_code_in_few_words():
    assert links(f"Code: {OWN}", kind="abstract", page=1).code == (OWN,)


def test_project_pages_are_no_repositories_unless_code_is_said_to_be_there():
    page = "https://talkhead.github.io"
    assert links(front=f"{FRONT} {page}").project == (page,)
    assert links(front=f"{FRONT} {page}").code == ()
    offered = links(f"Our code and models are available at {page}.", page=2)
    assert (offered.code, offered.project) == ((page,), (page,))


def test_an_annotation_gives_the_whole_address_that_the_text_breaks():
    annotation = Link(f"{OWN}/blob/main/README.md", (50.0, 90.0, 200.0, 102.0))
    found = links(
        "Code has been released at https://github.com/ana/talkhead/blob/",
        page=1,
        annotations=[annotation],
    )
    assert found.code == (annotation.uri,)


def test_a_word_that_is_a_link_offers_code():
    annotation = Link(OWN, (50.0, 90.0, 200.0, 102.0))
    assert links(annotations=[annotation], line="Code Link").code == (OWN,)


def test_punctuation_around_an_address_is_no_part_of_it():
    assert links(f"Our code is available (see {OWN}).").code == (OWN,)


def test_the_same_address_in_two_forms_is_one():
    assert (
        len(
            links(
                f"Our code is available at {OWN}. We release our code at {OWN}.git for all."
            ).code
        )
        == 1
    )


@pytest.mark.parametrize(
    "text",
    [
        f"We release MIT-licensed code at {OWN}.",
        f"Our code is available under the Apache 2.0 licence at {OWN}.",
        "Our code is available at https: //github.com/ana/talkhead.",
    ],
)
def test_a_licence_and_a_broken_scheme_take_nothing_from_an_offer(text):
    assert links(text).code == (OWN,)


@pytest.mark.parametrize(
    "title", ["Data availability", "Code and Data Availability"]
)
def test_an_address_in_the_statement_on_availability_is_the_authors_own(title):
    text = (
        "All code of this study can be had from https://github.com/jan/cells."
    )
    section = Section(title, 1, 9, (Paragraph(text, 9),), "body")
    layout = Layout(_page([], []), ())
    assert find_links([layout], FRONT, TITLE, [section], ()).code == (
        "https://github.com/jan/cells",
    )


def marked_note(sentence, note):
    """A paragraph with the raised mark of a footnote that holds an address."""
    press = Press().centre("TalkHead: Sound and Sight of Heads", size=17)
    press.centre("Ana Author").heading("Abstract").lorem()
    press.heading("1 Introduction").lorem()
    press.row(sentence, lead=None)
    press._put(
        ("1", True),
        press.x + press._width(sentence, 10, "tiro"),
        press.y,
        10,
        "tiro",
    )
    press.lorem(1).note(note, "1")
    layouts = press.layouts()
    text = read_sections(layouts)
    return find_links(layouts, FRONT, TITLE, text.sections, text.footnotes)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "All of our code is publicly available.",
            ("https://github.com/jan/unet",),
        ),
        ("We use the code of an official implementation.", ()),
    ],
)
def test_a_footnote_is_judged_by_the_sentence_with_its_mark(sentence, found):
    assert marked_note(sentence, "https://github.com/jan/unet").code == found


def test_words_that_are_a_link_are_read_with_their_sentence_on_every_page():
    press = Press().lorem()
    for _ in range(3):
        press.page = press.document.new_page(width=WIDTH, height=HEIGHT)
    press.at(60, 100, "The code of our experiments is available at this link.")
    x = 60 + press._width(
        "The code of our experiments is available at ", 10, "tiro"
    )
    box = (x, 90, x + press._width("this link", 10, "tiro"), 103)
    press.page.insert_link({"kind": 2, "from": pymupdf.Rect(box), "uri": OWN})
    layouts = press.layouts()
    assert find_links(layouts, FRONT, TITLE, (), ()).code == (OWN,)


def test_an_annotation_that_a_line_breaks_in_two_is_one_address():
    box = (50.0, 90.0, 200.0, 102.0)
    broken = [Link("https:", box), Link("//github.com/ana/talkhead", box)]
    assert links(annotations=broken, line="Code Link").code == (OWN,)


def test_an_address_that_a_line_breaks_at_a_stop_is_whole():
    found = links(
        "Our repo is available at https://ana-heads. github.io/talkhead/ for all.",
        page=2,
    )
    assert found.code == ("https://ana-heads.github.io/talkhead/",)
