#!/usr/bin/env bash
# Guess: CSL-JSON's "date-parts" with two dates (a conference from 1 to 3 May) is printed as a
# range, or at least as its first day or year.
# What happens: citeproc-py reads it without complaint and the date is gone from the entry and from
# the citation in the text, which shrinks to the bare name; in an author-date style the year is what
# readers look for. Sources such as Crossref send conferences so. {"raw": "2024-05-01"} vanishes
# likewise.
# Version: citeproc-py 0.11.1 with the bundled style harvard-cite-them-right.
# Seen: "(Doe, 2024)" with one date; "(Doe)" and no year in the bibliography with two, or with raw.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q citeproc-py==0.11.1

cat >try.py <<'PROGRAM'
import warnings

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

warnings.simplefilter("ignore")


def cite(issued):
    item = {
        "id": "a",
        "type": "paper-conference",
        "title": "A title",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": issued,
    }
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    citation = Citation([CitationItem("a")])
    bibliography.register(citation)
    in_text = bibliography.cite(citation, lambda item: None)
    return f"{in_text} {bibliography.bibliography()[0]}"


print("one date: ", cite({"date-parts": [[2024, 5, 1]]}))
print("two dates:", cite({"date-parts": [[2024, 5, 1], [2024, 5, 3]]}))
print("raw:      ", cite({"raw": "2024-05-01"}))
PROGRAM

cat >expected <<'SEEN'
one date:  (Doe, 2024) Doe, J. (2024) “A title”.
two dates: (Doe) Doe, J. “A title”.
raw:       (Doe) Doe, J. “A title”.
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "citeproc-py-date-range: behaviour changed (< as noted here, > now)" >&2; exit 1; }
