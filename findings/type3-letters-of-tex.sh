#!/usr/bin/env bash
# Guess: Letters of a bitmap font (Type 3, as pdfTeX embeds fonts without outlines) are read alike
# by all readers, or by none: their names are numbers ("a233") and there is no ToUnicode map.
# What happens: Each has its own idea of a code without a name. pypdf, PDFium and PyMuPDF take it for
# Latin-1, which is right for most of TeX's T1. pdfminer.six looks into Adobe's standard encoding,
# where é (233) is Ø, so that an author is called "BØrard", with all plain letters right, and gives
# (cid:246) where that has nothing. The ligature ffi (30) is a control character in two and
# (cid:30) in the third.
# Version: pdfminer.six 20260107, pypdf 6.21.4, pypdfium2 5.15.2; the page is made by PyMuPDF
# 1.28.2.
# Seen: "BØrard" beside "Bérard", "Sch(cid:246)n" beside "Schön", "e(cid:30)cient" beside
# "e\x1ecient".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pdfminer.six==20260107 pypdf==6.21.4 pypdfium2==5.15.2 pymupdf==1.28.2

cat >try.py <<'PROGRAM'
import io

import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text


def page_in_type3(text):
    """A page in a font of black boxes whose glyphs are named a0 to a255, as pdfTeX names them."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "-", fontname="helv")
    xref = page.get_fonts()[0][0]
    box = document.get_new_xref()
    document.update_object(box, "<<>>")
    document.update_stream(box, b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    glyphs = " ".join(f"/a{code} {box} 0 R" for code in range(256))
    names = " ".join(f"/a{code}" for code in range(256))
    document.update_object(
        xref,
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /FirstChar 0 /LastChar 255 /Widths [{256 * '600 '}] /CharProcs << {glyphs} >>"
        f" /Encoding << /Type /Encoding /Differences [0 {names}] >> >>",
    )
    document.update_stream(page.get_contents()[0], b"BT /helv 10 Tf 72 700 Td (" + text + b") Tj ET")
    return document.tobytes()


data = page_in_type3(b"B\\351rard, Sch\\366n: e\\036cient")
print("pdfminer.six", ascii(extract_text(io.BytesIO(data)).strip()))
print("pypdf       ", ascii(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()))
print("PDFium      ", ascii(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()))
print("PyMuPDF     ", ascii(pymupdf.open(stream=data)[0].get_text().strip()))
PROGRAM

cat >expected <<'SEEN'
pdfminer.six 'B\xd8rard, Sch(cid:246)n: e(cid:30)cient'
pypdf        'B\xe9rard, Sch\xf6n: e\x1ecient'
PDFium       'B\xe9rard, Sch\xf6n: e\x1ecient'
PyMuPDF      'B\xe9rard, Sch\xf6n: e\x1ecient'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "type3-letters-of-tex: behaviour changed (< as noted here, > now)" >&2; exit 1; }
