#!/usr/bin/env bash
# Guess: libraries agree on the label of the 28th page of an appendix numbered with letters, since
# ISO 32000 spells it out: after z come aa, bb, cc.
# What happens: pypdf counts so; PyMuPDF and pdfminer.six count as in a spreadsheet, aa, ab, ac. A
# label that one prints, the other does not know, or finds on another page.
# Version: PyMuPDF 2.0, pypdf 7.1.1, pdfminer.six 20260107.
# Seen: z aa ab ac for PyMuPDF and pdfminer.six, z aa bb cc for pypdf.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==2.0 pypdf==7.1.1 pdfminer.six==20260107

cat >try.py <<'PROGRAM'
from io import BytesIO
from itertools import islice

import pymupdf
import pypdf
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

document = pymupdf.open()
for _ in range(4):
    document.new_page()
rule = {"startpage": 0, "prefix": "", "style": "a", "firstpagenum": 26}
document.set_page_labels([rule])
file = BytesIO(document.tobytes())
print("PyMuPDF:  ", [page.get_label() for page in document])
print("pdfminer: ", list(islice(PDFDocument(PDFParser(file)).get_page_labels(), 4)))
print("pypdf:    ", pypdf.PdfReader(file).page_labels)
PROGRAM

cat >expected <<'SEEN'
PyMuPDF:   ['z', 'aa', 'ab', 'ac']
pdfminer:  ['z', 'aa', 'ab', 'ac']
pypdf:     ['z', 'aa', 'bb', 'cc']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pdf-page-labels-after-z: behaviour changed (< as noted here, > now)" >&2; exit 1; }
