#!/usr/bin/env bash
# Guess: pdfplumber's extract_text() gives the stamp at the left edge of arXiv papers, set upwards,
# as "arXiv:2401.00001v1 …" or leaves it out; a search for arXiv:\d{4}\.\d{5} finds the id.
# What happens: letters that run upwards are read from top to bottom, so every word comes backwards,
# one a line, before the first line of the paper: 1v10000.1042:viXra. PyMuPDF and pypdf read the
# same stamp as a person would. extract_text(char_dir_rotated="btt", line_dir_rotated="ltr") puts it
# right.
# Version: pdfplumber 0.11.10, PyMuPDF 1.28.2, pypdf 7.1.1.
# Seen: ['4202', 'naJ', '1', ']VC.sc[', '1v10000.1042:viXra', 'Body'] against 'arXiv:2401.00001v1
# [cs.CV] …'.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pdfplumber==0.11.10 pymupdf==1.28.2 pypdf==7.1.1

cat >try.py <<'PROGRAM'
import io

import pdfplumber
import pymupdf
import pypdf

made = pymupdf.open()
page = made.new_page()
page.insert_text((30, 500), "arXiv:2401.00001v1 [cs.CV] 1 Jan 2024", fontsize=20, rotate=90)
page.insert_text((80, 80), "Body")
data = made.tobytes()
page = pdfplumber.open(io.BytesIO(data)).pages[0]
print("pdfplumber:", page.extract_text().splitlines())
print("told how:  ", page.extract_text(char_dir_rotated="btt", line_dir_rotated="ltr").splitlines())
print("PyMuPDF:   ", pymupdf.open("pdf", data)[0].get_text().splitlines())
print("pypdf:     ", pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().splitlines())
PROGRAM

cat >expected <<'SEEN'
pdfplumber: ['4202', 'naJ', '1', ']VC.sc[', '1v10000.1042:viXra', 'Body']
told how:   ['arXiv:2401.00001v1', '[cs.CV]', '1', 'Jan', '2024', 'Body']
PyMuPDF:    ['arXiv:2401.00001v1 [cs.CV] 1 Jan 2024', 'Body']
pypdf:      ['arXiv:2401.00001v1 [cs.CV] 1 Jan 2024', 'Body']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pdfplumber-arxiv-stamp: behaviour changed (< as noted here, > now)" >&2; exit 1; }
