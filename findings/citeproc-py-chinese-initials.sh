#!/usr/bin/env bash
# Guess: a CSL style that abbreviates given names leaves a Chinese one whole, or writes the name
# together, as citeproc-js does (王小明): characters have no initials.
# What happens: citeproc-py takes initials only from a first letter that is upper case. Chinese
# characters are not, so each part of the name is kept and given the initial's full stop and blanks
# as well; the same befalls a given name that someone typed in lower case.
# Version: citeproc-py 0.11.1 with the bundled style harvard-cite-them-right.
# Seen: "王, . 小明 . (2024)" and "Doe, . émile . (2024)"; "Doe, J.Q. (2024)" for a usual one.
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


def cite(family, given):
    item = {
        "id": "a",
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": family, "given": given}],
        "issued": {"date-parts": [[2024]]},
    }
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem("a")]))
    return str(bibliography.bibliography()[0])


print(cite("Doe", "Jane Q."))
print(cite("王", "小明"))
print(cite("Doe", "émile"))
PROGRAM

cat >expected <<'SEEN'
Doe, J.Q. (2024) “A title”.
王, . 小明 . (2024) “A title”.
Doe, . émile . (2024) “A title”.
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "citeproc-py-chinese-initials: behaviour changed (< as noted here, > now)" >&2; exit 1; }
