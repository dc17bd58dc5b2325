#!/usr/bin/env bash
# Guess: bibtexparser resolves BibTeX's concatenation (a # b) as BibTeX does: strings are replaced,
# quotes taken off, the parts joined.
# What happens: an expression with # is kept as source text, quotes, # and string names included,
# with no failed block and no warning; a value of one string name alone is replaced. The field then
# reads `conf # " Workshops"` in whatever is made from it.
# Version: bibtexparser 2.1.0.
# Seen: journal "Conf. on Vision", but booktitle 'conf # " Workshops"' and note '"10~" # jan'; 0
# failed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q bibtexparser==2.1.0

cat >try.py <<'PROGRAM'
import bibtexparser

library = bibtexparser.parse_string("""
@string{conf = {Conf. on Vision}}
@inproceedings{doe, journal = conf, booktitle = conf # " Workshops", note = "10~" # jan}
""")
for field in library.entries[0].fields:
    print(field.key, "=", field.value)
print("failed blocks:", len(library.failed_blocks))
PROGRAM

cat >expected <<'SEEN'
journal = Conf. on Vision
booktitle = conf # " Workshops"
note = "10~" # jan
failed blocks: 0
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "bibtexparser-concatenation: behaviour changed (< as noted here, > now)" >&2; exit 1; }
