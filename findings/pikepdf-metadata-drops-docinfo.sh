#!/usr/bin/env bash
# Guess: setting the title through open_metadata(), which pikepdf recommends over docinfo, changes
# the title and leaves date, keywords and subject alone.
# What happens: on closing, docinfo is made to match the XMP packet. A PDF without one, as pdfTeX
# writes it, starts with an empty packet, and so every known entry of docinfo that was not set is
# deleted. load_from_docinfo(pdf.docinfo) inside the block prevents it.
# Version: pikepdf 10.18.0.
# Seen: /Author, /CreationDate, /Keywords and /Title before; /Producer and /Title after.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pikepdf==10.18.0

cat >try.py <<'PROGRAM'
import pikepdf

for load in (False, True):
    pdf = pikepdf.new()
    for key, value in {
        "/Title": "Old",
        "/Author": "Doe",
        "/Keywords": "faces",
        "/CreationDate": "D:20240101120000Z",
    }.items():
        pdf.docinfo[key] = value
    with pdf.open_metadata() as metadata:
        if load:
            metadata.load_from_docinfo(pdf.docinfo)
        metadata["dc:title"] = "New"
    print("loaded first" if load else "as it is", sorted(pdf.docinfo.keys()))
PROGRAM

cat >expected <<'SEEN'
as it is ['/Producer', '/Title']
loaded first ['/Author', '/CreationDate', '/Keywords', '/Producer', '/Title']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pikepdf-metadata-drops-docinfo: behaviour changed (< as noted here, > now)" >&2; exit 1; }
