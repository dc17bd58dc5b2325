"""Signs are read from fonts that name their glyphs by numbers."""

import pymupdf
import pytest

from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page_reader import read_page
from pipeline.extract.pdf.page_words import read_words
from tests.extract.bitmap_font import bitmap_page


def page_with(text, font="ABCDEF+AdvP4C4E74"):
    """A page with text in a font whose codes 1 to 3 are the glyphs C0, C2 and C21."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "-", fontname="helv")
    xref = page.get_fonts()[0][0]
    names = (
        "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding"
        " /Differences [ 1 /C0 /C2 /C21 ] >>"
    )
    document.xref_set_key(xref, "BaseFont", f"/{font}")
    document.xref_set_key(xref, "Encoding", names)
    content = f"BT /helv 12 Tf 72 700 Td ({text}) Tj ET"
    document.update_stream(page.get_contents()[0], content.encode("latin-1"))
    return document, document[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\0010.47", "−0.47"),
        (r"2\0023", "2×3"),
        (r"n \003 5", "n ≥ 5"),
        (r"p \274 \0012", "p = −2"),
    ],
)
def test_signs_named_by_numbers_are_read_as_a_reader_sees_them(written, shown):
    document, page = page_with(written)
    read = read_page(page)
    assert [line.text for line in read.lines] == [shown]
    words = read_words(read, (0, 0, 612, 792))
    assert " ".join(word.text for word in words) == shown
    document.close()


def test_other_fonts_keep_their_letters():
    document, page = page_with(r"1 \274 p", font="ABCDEF+Other")
    assert "¼" in read_page(page).lines[0].text
    document.close()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"phe\001", "phe-"),
        (r"near\001optimal", "near-optimal"),
        (r"2 \001 3", "2 \ufffd 3"),
    ],
)
def test_a_letter_without_meaning_in_a_word_is_its_hyphen(written, shown):
    document, page = page_with(written, font="ABCDEF+LibertinusSerif")
    assert read_page(page).lines[0].text == shown
    document.close()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            r"E\036cient di\033usion for o\037ine \034tting",
            "Efficient diffusion for offline fitting",
        ),
        (r"o\016ce \014ts the \015ow o\013", "office fits the flow off"),
        (r"\020office\021", "“office”"),
        (r"pages 3\0259 of it\026all", "pages 3–9 of it—all"),
        (r"B\351rard", "Bérard"),
        (r"2 \017 3", "2 3"),
        (r"\204Tail Research", "†Tail Research"),
    ],
)
def test_ligatures_of_bitmap_fonts_are_read(written, shown):
    document, page = bitmap_page(written)
    read = read_page(page)
    assert " ".join(normalise(line.text) for line in read.lines) == shown
    words = read_words(read, (0, 0, 612, 792))
    assert normalise(" ".join(word.text for word in words)) == shown
    document.close()


def test_a_font_without_a_readable_name_costs_no_page():
    document, page = page_with("1 \274 p")
    xref = page.get_fonts()[0][0]
    fonts = f"<< /h#ff [1 2] /helv {xref} 0 R >>"
    document.xref_set_key(page.xref, "Resources", f"<< /Font {fonts} >>")
    changed = pymupdf.open(stream=document.tobytes())
    assert read_page(changed[0]).lines[0].text.startswith("1")
    document.close()
