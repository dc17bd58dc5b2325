#!/usr/bin/env bash
# Guess: A hyphen at the end of a line is a hyphen in the text, or is joined with the next line;
# both ways to get a page's text agree.
# What happens: PDFium replaces every hyphen before a line break by a mark of its own, also the
# real one of "diffusion-|based". get_text_bounded() shows it as U+0002 and get_text_range() as
# U+FFFE, and the line break is gone. A reader who treats the mark as a soft hyphen gets
# "diffusionbased", one who drops control characters "selfsupervised", and a search for
# "diffusion-based" finds nothing.
# Version: pypdfium2 5.15.2 (PDFium), fpdf2 2.8.9.
# Seen: "diffusion\x02based" and "diffusion\ufffebased" where the page has "diffusion-" and "based"
# on two lines.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pypdfium2==5.15.2 fpdf2==2.8.9

cat >try.py <<'PROGRAM'
import io

import pypdfium2
from fpdf import FPDF

pdf = FPDF()
pdf.add_page()
pdf.set_font("helvetica", size=12)
pdf.text(20, 20, "This is a diffusion-")
pdf.text(20, 26, "based method, well-known and self-")
pdf.text(20, 32, "supervised.")
page = pypdfium2.PdfDocument(io.BytesIO(pdf.output()))[0]
text = page.get_textpage()
print(ascii(text.get_text_bounded()))
print(ascii(text.get_text_range()))
PROGRAM

cat >expected <<'SEEN'
'This is a diffusion\x02based method, well-known and self\x02supervised.'
'This is a diffusion\ufffebased method, well-known and self\ufffesupervised.'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pypdfium2-line-end-hyphens: behaviour changed (< as noted here, > now)" >&2; exit 1; }
