"""Pictures are drawn at twice their size, tight, whole and in the right colours."""

import io
import random
from dataclasses import replace

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.extract.pdf.page_reader import read_page
from pipeline.extract.pdf.rasterize import (
    Pixels,
    encode,
    names,
    rasterize_figure,
)
from pipeline.extract.reader import read_pdf
from pipeline.paper import Figure
from tests.extract.leaf import Leaf


def encoded(leaf, bbox, rotation=0):
    page = replace(read_page(leaf.document[0]), rotation=rotation)
    shown = leaf.document[0].get_displaylist(annots=0)
    return encode(
        rasterize_figure(shown, Figure("figure", "1", 1, bbox, ""), page)
    )


def picture(leaf, bbox, rotation=0):
    suffix, data = encoded(leaf, bbox, rotation)
    return suffix, Image.open(io.BytesIO(data)).convert("RGB")


def test_a_picture_has_twice_the_size_of_print():
    _, image = picture(
        Leaf().box(100, 100, 300, 200, fill=(1, 0, 0)), (100, 100, 300, 200)
    )
    assert image.width == pytest.approx(400, abs=4)
    assert image.height == pytest.approx(200, abs=4)


def test_no_picture_is_wider_than_1600_pixels():
    leaf = Leaf(width=1300, height=800).box(50, 50, 1250, 700, fill=(0, 0, 1))
    _, image = picture(leaf, (50, 50, 1250, 700))
    assert 1590 <= image.width <= 1600


def test_blank_paper_around_the_ink_is_cut_away():
    _, image = picture(
        Leaf().box(200, 200, 250, 250, fill=(0, 0, 0)), (50, 50, 500, 500)
    )
    assert image.width == pytest.approx(100, abs=4)


def test_colours_are_those_of_the_page():
    _, image = picture(
        Leaf().box(100, 100, 300, 200, fill=(0.9, 0.4, 0.1)),
        (100, 100, 300, 200),
    )
    assert all(
        abs(a - b) <= 2
        for a, b in zip(image.getpixel((200, 100)), (230, 102, 26), strict=True)
    )


def test_drawings_become_png_and_photographs_webp():
    noise = random.Random(7).randbytes(3 * 300 * 200)
    assert encode(Pixels(300, 200, noise))[0] == ".webp"
    assert (
        picture(Leaf().plot(100, 100, 300, 200), (100, 100, 300, 200))[0]
        == ".png"
    )


def test_a_page_that_a_viewer_turns_is_drawn_as_the_viewer_shows_it():
    _, image = picture(
        Leaf().box(100, 100, 300, 150, fill=(0, 1, 0)),
        (100, 100, 300, 150),
        rotation=90,
    )
    assert image.height == pytest.approx(400, abs=4)


def test_annotations_of_a_reader_are_not_drawn():
    leaf = Leaf().box(100, 100, 300, 200, fill=(1, 1, 0))
    leaf.page.add_rect_annot((120, 120, 280, 180)).update(fill_color=(1, 0, 0))
    _, image = picture(leaf, (100, 100, 300, 200))
    assert image.getpixel((200, 100)) == (255, 255, 0)


def test_blank_boxes_do_not_fail():
    suffix, data = encoded(Leaf(), (10, 10, 10, 10))
    assert suffix == ".png"
    assert data


def test_every_figure_of_a_document_names_its_picture():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(200, 420, "Figure 1: A curve.")
        .prose(450, 700)
    )
    reading = read_pdf(leaf.document.tobytes(), draw=True)
    assert [figure.file for figure in reading.document.figures] == [
        "figure-1.png"
    ]
    assert reading.pictures["figure-1.png"].startswith(b"\x89PNG")


def test_without_drawing_there_are_no_pictures():
    leaf = (
        Leaf()
        .prose(60, 250)
        .plot(150, 280, 450, 400)
        .text(200, 420, "Figure 1: A curve.")
        .prose(450, 700)
    )
    reading = read_pdf(leaf.document.tobytes())
    assert reading.pictures == {}
    assert reading.document.figures[0].file == ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["figure", "table", "algorithm"]),
            st.text(max_size=8),
        ),
        max_size=20,
    )
)
def test_names_are_portable_and_unique(labels):
    found = names(
        [Figure(kind, label, 1, (0, 0, 1, 1), "") for kind, label in labels]
    )
    assert len({name.lower() for name in found}) == len(labels)
    assert all(
        name.isascii() and name.replace("-", "").isalnum() for name in found
    )


def test_pixels_need_no_page():
    suffix, data = encode(Pixels(2, 1, bytes([0, 0, 0, 9, 9, 9])))
    assert (suffix, pymupdf.Pixmap(data).width) == (".png", 2)
