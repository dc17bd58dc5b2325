#!/usr/bin/env bash
# Guess: for a figure that LaTeX has trimmed (\includegraphics[trim=…,clip]), PyMuPDF treats what
# lies outside the clip in one way: text, images and drawings are either all reported or all cut.
# What happens: text outside the clip is left out, while get_drawings() and get_image_info() give
# the whole, uncut boxes. A figure's box made of them reaches over its neighbours and the caption;
# only get_drawings(extended=True) tells the clip, and of images nothing does. pypdf and pdfplumber
# keep the text.
# Version: PyMuPDF 1.28.2, pypdf 7.1.1, pdfplumber 0.11.10.
# Seen: clip 50 to 100; text "in" alone; drawing 20 to 220; image 20 to 220; the others also have
# "outside".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2 pypdf==7.1.1 pdfplumber==0.11.10

cat >try.py <<'PROGRAM'
import io

import pdfplumber
import pymupdf
import pypdf

made = pymupdf.open()
page = made.new_page(width=300, height=300)
page.insert_text((0, -50), "font", fontname="helv")
page.insert_image((0, -90, 10, -80), pixmap=pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 20, 10)))
content = made.get_new_xref()
made.update_object(content, "<<>>")
made.update_stream(
    content,
    b"50 200 50 50 re W n  0.5 g 20 150 200 140 re f  q 200 0 0 100 20 170 cm /fzImg0 Do Q"
    b" 0 g BT /helv 10 Tf 60 220 Td (in) Tj 60 0 Td (outside) Tj ET",
)
page.set_contents(content)
data = made.tobytes()
page = pymupdf.open("pdf", data)[0]
print("text:    ", page.get_text().split())
print("drawing: ", *page.get_drawings()[0]["rect"])
print("image:   ", *page.get_image_info()[0]["bbox"])
print("extended:", *[d["scissor"] for d in page.get_drawings(extended=True) if d["type"] == "clip"][0])
print("pypdf:     ", pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
print("pdfplumber:", pdfplumber.open(io.BytesIO(data)).pages[0].extract_text().split())
PROGRAM

cat >expected <<'SEEN'
text:     ['in']
drawing:  20.0 10.0 220.0 150.0
image:    20.0 30.0 220.0 130.0
extended: 50.0 50.0 100.0 100.0
pypdf:      ['in', 'outside']
pdfplumber: ['in', 'outside']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-clipped-figures: behaviour changed (< as noted here, > now)" >&2; exit 1; }
