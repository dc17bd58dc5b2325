"""A file opens, or one line says why not."""

import contextlib

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadablePdf
from pipeline.extract.pdf.loader import open_pdf, opening_warnings


def small_pdf(**save) -> bytes:
    with pymupdf.open() as document:
        for number in range(3):
            document.new_page().insert_text(
                (72, 72), f"Page {number + 1} of a small paper"
            )
        return document.tobytes(**save)


@pytest.mark.parametrize("kind", [bytes, "path"])
def test_a_sound_file_opens_without_warnings(kind, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(small_pdf())
    document = open_pdf(path if kind == "path" else path.read_bytes())
    assert document.page_count == 3
    assert opening_warnings(document) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PDF: the file is empty"),
        (b" \n\t", "not a PDF: the file is empty"),
        (b"<!DOCTYPE html><title>429</title>", "not a PDF: it is an HTML page"),
        (
            b"\xef\xbb\xbf\n<html><body>Not found",
            "not a PDF: it is an HTML page",
        ),
        (b"PK\x03\x04rest", "not a PDF: it is a ZIP archive"),
        (b"\x1f\x8brest", "not a PDF: it is a gzip archive"),
        (
            b"Dear \x1b[31mreader",
            "not a PDF: it begins with “Dear ·[31mreader”",
        ),
    ],
)
def test_a_foreign_file_is_named_in_one_printable_line(data, said):
    with pytest.raises(UnreadablePdf) as caught:
        open_pdf(data)
    assert str(caught.value) == said
    assert caught.value.cause == "not a PDF"
    assert caught.value.step


def test_a_user_password_is_asked_for_and_an_owner_password_is_not():
    locked = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "owner_pw": "owner"}
    with pytest.raises(UnreadablePdf, match="needs a password"):
        open_pdf(small_pdf(user_pw="secret", **locked))
    assert (
        open_pdf(small_pdf(user_pw="", permissions=0, **locked)).page_count == 3
    )


def test_a_lost_cross_reference_table_is_repaired_with_a_warning():
    data = small_pdf()
    document = open_pdf(
        data[: data.rindex(b"xref", 0, data.rindex(b"startxref"))]
    )
    assert document.page_count == 3
    assert "repaired" in opening_warnings(document)[0]


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.4\nno objects at all\n" * 50, small_pdf()[:200]],
)
def test_what_cannot_be_repaired_is_damaged(data):
    with pytest.raises(UnreadablePdf) as caught:
        open_pdf(data)
    assert caught.value.cause == "damaged"
    assert str(caught.value).startswith("damaged: ")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 900))
def test_any_bytes_give_pages_or_the_one_error(noise, place):
    data = small_pdf()
    with contextlib.suppress(UnreadablePdf):
        assert (
            open_pdf(
                data[:place] + noise + data[place + len(noise) :]
            ).page_count
            > 0
        )
