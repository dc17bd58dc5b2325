#!/usr/bin/env bash
# Guess: version 2 reads the whole grammar of BibTeX's entries: a quotation mark in braces inside a
# quoted value, the only way to write one there, and parentheses in place of the outer braces; or it
# puts the entry among the failed blocks.
# What happens: the value ends at the first quotation mark whatever the braces say, and the rest of
# the title becomes a comment; an entry in parentheses becomes a comment altogether. No block has
# failed, nothing is logged. pybtex reads both.
# Version: bibtexparser 2.0.0b8 (pybtex 0.26.1 to compare).
# Seen: title 'On {' for `"On {"}big{"} data"`; one entry of two; failed blocks [].
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q bibtexparser==2.0.0b8 pybtex==0.26.1

cat >try.py <<'PROGRAM'
import bibtexparser
from pybtex.database import parse_string

TEXT = """@misc{quoted, title = "On {"}big{"} data", year = 2024}
@misc(round, title = {In parentheses}, year = 2023)
"""
library = bibtexparser.parse_string(TEXT)
print("bibtexparser:", {e.key: {f.key: f.value for f in e.fields} for e in library.entries})
print("failed:", library.failed_blocks, "comments:", len(library.comments))
entries = parse_string(TEXT, "bibtex").entries
print("pybtex:", {key: dict(entry.fields) for key, entry in entries.items()})
PROGRAM

cat >expected <<'SEEN'
bibtexparser: {'quoted': {'title': 'On {'}}
failed: [] comments: 1
pybtex: {'quoted': {'title': 'On {"}big{"} data', 'year': '2024'}, 'round': {'title': 'In parentheses', 'year': '2023'}}
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "bibtexparser-quotes-and-parentheses: behaviour changed (< as noted here, > now)" >&2; exit 1; }
