"""A page is read once into values that hold what its readers need."""

import pymupdf
import pytest

from pipeline.extract.pdf.page import is_white
from pipeline.extract.pdf.page_reader import read_page
from tests.extract.bitmap_font import bitmap_page
from tests.extract.leaf import Leaf, near


def read(leaf):
    return leaf.pages()[0]


def test_lines_carry_text_font_size_and_baseline():
    line = read(Leaf().text(100, 200, "A line in bold", 12, "tibo")).lines[0]
    assert (line.text, line.size, line.level) == ("A line in bold", 12, True)
    assert line.bold
    assert not line.italic
    assert line.baseline == pytest.approx(200, abs=0.5)


def test_text_that_reads_upwards_is_not_level():
    line = read(Leaf().text(100, 300, "upwards", rotate=90)).lines[0]
    assert not line.level
    assert line.direction[1] == pytest.approx(-1)


def test_rules_are_known_by_their_thinness():
    page = read(Leaf().rule(100, 400, 200).box(100, 300, 200, 400))
    assert [drawing.is_rule for drawing in page.drawings] == [True, False]


def test_what_a_clip_cuts_away_is_not_there():
    leaf = Leaf().text(50, 50, "in front")
    source = pymupdf.open()
    inner = source.new_page(width=400, height=400)
    inner.insert_text((20, 350), "cut away")
    inner.insert_text((20, 50), "kept")
    inner.draw_rect((0, 0, 400, 400), fill=(0, 0, 1), color=None)
    leaf.page.show_pdf_page(
        pymupdf.Rect(100, 100, 500, 300),
        source,
        0,
        clip=pymupdf.Rect(0, 0, 400, 200),
    )
    page = read(leaf)
    texts = [line.text for line in page.lines]
    assert "kept" in texts
    assert "cut away" not in texts
    assert near(page.drawings[0].bbox, (100, 100, 500, 300))


def test_text_without_paint_is_marked_so():
    line = read(Leaf().text(100, 100, "nobody sees this", render_mode=3)).lines[
        0
    ]
    assert not line.spans[0].painted


def test_text_off_the_page_is_apart():
    page = read(
        Leaf().text(100, 100, "on the page").text(900, 100, "beyond its edge")
    )
    assert [line.text for line in page.lines] == ["on the page"]
    assert page.off_page == ("beyond its edge",)


def test_text_under_a_bitmap_is_covered():
    page = read(
        Leaf()
        .text(120, 120, "under")
        .photo(100, 100, 200, 200)
        .text(120, 300, "free")
        .photo(100, 400, 200, 500)
    )
    assert len(page.covered) == 1
    assert page.covered[0][1] < 130


def test_links_to_the_web_have_their_address():
    leaf = Leaf().text(100, 100, "code")
    leaf.page.insert_link(
        {
            "kind": pymupdf.LINK_URI,
            "from": pymupdf.Rect(100, 90, 130, 105),
            "uri": "https://example.org/x",
        }
    )
    leaf.page.insert_link(
        {
            "kind": pymupdf.LINK_GOTO,
            "from": pymupdf.Rect(100, 190, 130, 205),
            "page": 0,
        }
    )
    links = read(leaf).links
    assert [link.uri for link in links] == ["https://example.org/x"]
    assert near(links[0].bbox, (100, 90, 130, 105))


def test_boxes_of_a_turned_page_are_on_the_unturned_page():
    leaf = Leaf().text(100, 200, "A line")
    leaf.page.set_rotation(90)
    page = read(leaf)
    assert page.rotation == 90
    assert (page.width, page.height) == (612, 792)
    assert page.lines[0].baseline == pytest.approx(200, abs=0.5)


def test_marks_of_a_reader_are_not_read():
    leaf = Leaf().text(100, 100, "text")
    leaf.page.add_rect_annot((50, 50, 300, 300))
    assert read(leaf).drawings == ()


@pytest.mark.parametrize(
    ("colour", "white"),
    [(0xFFFFFF, True), (0xF9FAFB, True), (0xFFFF00, False), (0, False)],
)
def test_white_is_what_cannot_be_seen_on_paper(colour, white):
    assert is_white(colour) is white


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_link_is_turned_back_with_the_text(rotation):
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    page.insert_text((50, 100), "Code here")
    box = pymupdf.Rect(50, 88, 110, 104)
    page.insert_link(
        {"kind": pymupdf.LINK_URI, "from": box, "uri": "https://github.com/a/b"}
    )
    page.set_rotation(rotation)
    with pymupdf.open("pdf", document.tobytes()) as stored:
        read = read_page(stored[0])
    assert read.links[0].bbox == pytest.approx(tuple(box), abs=1)


@pytest.mark.parametrize(
    ("rise", "fall", "top", "bottom"),
    [
        (800, -300, 8.0, 3.0),
        (600, -200, 7.5, 2.5),
        (2000, -900, 10.0, 3.5),
    ],
)
def test_a_line_is_as_high_as_its_letters_whatever_its_font_claims(
    rise, fall, top, bottom
):
    _, page = bitmap_page("Two words", rise=rise, fall=fall)
    (line,) = read_page(page).lines
    x0, y0, _, y1 = line.bbox
    expected = (72, 142 - top, 142 + bottom)
    assert (x0, y0, y1) == pytest.approx(expected, abs=0.01)
