"""A quote is marked where it stands, over hyphens and line breaks; what is not there is not."""

import io

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import PaperError
from pipeline.extract.pdf.page_image import draw_page, find_runs
from pipeline.extract.worker import pool

LINES = [
    "The lamps of the harbour are lit at dusk and give",
    "a light that sailors know from far away. We mea-",
    "sure it with three cameras on a pier.",
]


@pytest.fixture(scope="module")
def pdf():
    with pymupdf.open() as document:
        for text in (LINES, ["Another page."]):
            page = document.new_page()
            for number, line in enumerate(text):
                page.insert_text((72, 100 + 20 * number), line)
        return document.tobytes()


def test_a_quote_over_two_lines_and_a_hyphen_gets_a_box_a_line(pdf):
    image = draw_page(pdf, 1, "We measure it with three cameras")
    assert len(image.marks) == 2
    first, second = image.marks
    assert first[1] < second[1]
    assert Image.open(io.BytesIO(image.png)).size == (image.width, image.height)
    assert all(0 <= side <= 1 for box in image.marks for side in box)


def test_a_quote_whose_middle_differs_is_found_by_its_ends(pdf):
    quote = "The lamps of the harbour are lit (see Fig. 2) at dusk and give a light that sailors know"
    assert len(draw_page(pdf, 1, quote).marks) == 2


def test_what_is_not_on_the_page_has_no_mark(pdf):
    assert draw_page(pdf, 2, "three cameras on a pier").marks == ()


def test_the_page_is_drawn_in_a_process_of_its_own(pdf):
    image = pool.draw_page_safely(
        pdf, 1, "three cameras", timeout=20, memory=600
    )
    assert len(image.marks) == 1
    with pytest.raises(PaperError):
        pool.draw_page_safely(pdf, 9, "", timeout=20, memory=600)
    pool.close()


def test_letters_in_the_midst_of_a_quote_are_not_marked_with_it():
    page = "intro weuseagridofpointsfor 000figure2acaptionthatislongenough000 eachcameraofthepier"
    text = page.replace(" ", "")
    runs = find_runs(text, "weuseagridofpointsforeachcameraofthepier")
    assert [text[start:end] for start, end in runs] == [
        "weuseagridofpointsfor",
        "eachcameraofthepier",
    ]


def test_signs_that_the_quote_reads_otherwise_are_marked_with_it():
    text = "thelossoflambda12xgivesthemodelitsname"
    assert find_runs(text, "thelossofl12givesthemodelitsname") == [
        (0, len(text))
    ]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("another page of a paper", ""),
        ("", "a quote"),
        ("anotherpageofapaperaboutlamps", "threecamerasonapierofaharbour"),
    ],
)
def test_what_shares_a_few_letters_with_a_page_is_not_on_it(text, quote):
    assert find_runs(text, quote) == []


@given(
    st.text("abcdefgh", min_size=1, max_size=60),
    st.text("abcdefgh", max_size=200),
    st.text("abcdefgh", max_size=200),
)
def test_a_quote_that_stands_on_a_page_is_found_whole(quote, before, after):
    text = before + quote + after
    ((start, end),) = find_runs(text, quote)
    assert text[start:end] == quote


@given(st.text("abcd", max_size=80), st.text("abcd", max_size=80))
def test_runs_are_in_order_and_on_the_page(text, quote):
    runs = find_runs(text, quote)
    places = [place for run in runs for place in run]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.fixture(scope="module")
def broken_off():
    """A sentence begins at the foot of a page and ends at the head of the next."""
    with pymupdf.open() as document:
        document.new_page().insert_text(
            (72, 780), "We measure the light of the harbour with"
        )
        page = document.new_page()
        page.insert_text((72, 72), "three cameras that stand on a pier.")
        page.insert_text((72, 92), "Nobody has measured it before us.")
        return document.tobytes()


def test_a_sentence_over_a_page_break_shows_both_pages(broken_off):
    quote = "We measure the light of the harbour with three cameras that stand on a pier."
    image = draw_page(broken_off, 1, quote)
    left, right = image.marks
    assert left[2] < 0.5 < right[0]
    assert left[1] > 0.9 > right[1]


def test_a_quote_behind_the_page_break_is_shown_on_its_page(broken_off):
    image = draw_page(broken_off, 1, "Nobody has measured it before us")
    alone = draw_page(broken_off, 2, "Nobody has measured it before us")
    assert image.marks == alone.marks != ()
    assert image.width == alone.width
