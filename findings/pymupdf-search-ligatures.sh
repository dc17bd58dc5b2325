#!/usr/bin/env bash
# Guess: search_for() finds "office" where the page has the ligature, since its default flags
# dissolve ligatures (get_text with TEXTFLAGS_SEARCH shows "office"), and "école" for École since it
# disregards case.
# What happens: neither. With the default flags only the ligature itself matches, with flags=0 only
# the letters: the contrary of what the flags do to the text. Case is disregarded for ASCII alone.
# Version: PyMuPDF 2.0.
# Seen: 0 for office, 1 for the ligature, 1 with flags=0; 0 for école, 1 for USE.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==2.0

cat >try.py <<'PROGRAM'
import pymupdf

page = pymupdf.open().new_page()
page.insert_htmlbox((50, 50, 500, 300), "We use an office. École")
print(page.get_text().strip(), "|", page.get_text(flags=pymupdf.TEXTFLAGS_SEARCH).strip())
for word in ("office", "o\ufb03ce", "USE", "École", "école"):
    print(word, len(page.search_for(word)), "flags=0:", len(page.search_for(word, flags=0)))
PROGRAM

cat >expected <<'SEEN'
We use an oﬃce. École | We use an office. École
office 0 flags=0: 1
oﬃce 1 flags=0: 0
USE 1 flags=0: 1
École 1 flags=0: 1
école 0 flags=0: 0
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-search-ligatures: behaviour changed (< as noted here, > now)" >&2; exit 1; }
