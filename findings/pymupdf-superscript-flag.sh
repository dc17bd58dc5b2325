#!/usr/bin/env bash
# Guess: bit 0 of a span's flags says that it is set as a superscript: smaller and above the base
# line.
# What happens: a span is compared with what comes before it on the line. A mark after a name is
# flagged, even one raised by a single point, but the same mark at the start of a line, as every
# line of affiliations begins ("1 University of A"), is not, nor is a superscript after a subscript.
# The size does not matter: a raised letter of full size counts. Marks of authors and of their
# affiliations therefore differ in the flag.
# Version: PyMuPDF 1.28.2.
# Seen: 1 for "Jane Doe" + raised 1; 0 for raised 1 + "University of A"; 0 for the 2 in x with i
# below and 2 above.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2

cat >try.py <<'PROGRAM'
import pymupdf


def flags(content):
    made = pymupdf.open()
    page = made.new_page(width=300, height=300)
    page.insert_text((0, -50), "font", fontname="helv")
    xref = made.get_new_xref()
    made.update_object(xref, "<<>>")
    made.update_stream(xref, f"BT 50 250 Td /helv 10 Tf {content} ET".encode())
    page.set_contents(xref)
    page = pymupdf.open("pdf", made.tobytes())[0]
    lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
    return [(span["text"], span["flags"] & 1) for line in lines for span in line["spans"]]


UP, DOWN, BASE = "/helv 6 Tf 4 Ts", "/helv 6 Tf -3 Ts", "/helv 10 Tf 0 Ts"
print(flags(f"(Jane Doe) Tj {UP} (1) Tj {BASE} (, Bo Li) Tj"))
print(flags(f"{UP} (1) Tj {BASE} (University of A) Tj"))
print(flags(f"(x) Tj {DOWN} (i) Tj {UP} (2) Tj"))
print(flags("(Jane Doe) Tj 4 Ts (1) Tj"))
PROGRAM

cat >expected <<'SEEN'
[('Jane Doe', 0), ('1', 1), (', Bo Li', 0)]
[('1', 0), ('University of A', 0)]
[('x', 0), ('i', 0), ('2', 0)]
[('Jane Doe', 0), ('1', 1)]
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-superscript-flag: behaviour changed (< as noted here, > now)" >&2; exit 1; }
