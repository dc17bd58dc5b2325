#!/usr/bin/env bash
# Guess: what pybtex reads from a .bib file it writes back with the same TeX in the fields; at most
# quotes and braces around a value change.
# What happens: it reads fields as raw TeX but writes them through an encoder meant for plain text.
# Commands with letters survive; each special character gets a backslash, also where it has one or
# stands in a formula: `50\%` becomes `50\\%`, a line break and a comment that swallows the rest,
# `$x_1$` becomes `$x\_1$`, a tie becomes a visible tilde. A second round adds more backslashes.
# Version: pybtex 0.26.1 with latexcodec 3.0.1.
# Seen: `Fig.~2`, `$x_1$`, `50\%`, `a\_b` and an address with % each differ after one round.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pybtex==0.26.1 latexcodec==3.0.1

cat >try.py <<'PROGRAM'
from pybtex.database import parse_string

text = r"@misc{a, title = {$x_1$ in Fig.~2: 50\% of a\_b}, url = {https://example.org/a%20b}}"
for round_ in range(3):
    print(round_, text)
    entry = parse_string(text, "bibtex").entries["a"]
    text = " ".join(parse_string(text, "bibtex").to_string("bibtex").split())
PROGRAM

cat >expected <<'SEEN'
0 @misc{a, title = {$x_1$ in Fig.~2: 50\% of a\_b}, url = {https://example.org/a%20b}}
1 @misc{a, title = "$x\_1$ in Fig.\textasciitilde 2: 50\\% of a\\_b", url = "https://example.org/a\%20b" }
2 @misc{a, title = "$x\\_1$ in Fig.\textasciitilde 2: 50\\\% of a\\\_b", url = "https://example.org/a\\%20b" }
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pybtex-write-escapes: behaviour changed (< as noted here, > now)" >&2; exit 1; }
