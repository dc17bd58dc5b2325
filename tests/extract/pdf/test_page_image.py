"""A quote is marked where it stands, over hyphens and line breaks; what is not there is not."""

import io

import pymupdf
import pytest
from PIL import Image

from pipeline.errors import PaperError
from pipeline.extract.pdf.page_image import draw_page
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
