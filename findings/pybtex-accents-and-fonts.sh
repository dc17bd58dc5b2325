#!/usr/bin/env bash
# Guess: pybtex's styles typeset a title or name as LaTeX would: accents, among them the dotless i
# that dblp writes as {\'{\i}}, become letters, and \textbf or \emph become bold and italic, or at
# least plain text.
# What happens: only a letter behind an accent is joined with it. The i with an accent is left as a
# backslash, a quote and ı, in names of authors too. Font commands and \$ appear as they were typed,
# less the braces, in every output format, HTML included.
# Version: pybtex 0.26.1 with latexcodec 3.0.1.
# Seen: "Ana Mart\'ın", "\textbf B of \$5"; {\"u} and {\L} are read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pybtex==0.26.1 latexcodec==3.0.1

cat >try.py <<'PROGRAM'
from pybtex import format_from_string

ENTRY = r"""@misc{a, author = {Mart{\'{\i}}n, Ana and M{\"u}ller, {\L}ukasz},
    title = {\textbf{B} of \$5 and \emph{C}}, year = 2024}"""
for backend in ("plaintext", "html"):
    text = format_from_string(ENTRY, style="unsrt", output_backend=backend)
    print(backend, text[text.find("Ana") :].split("</dd>")[0].strip())
PROGRAM

cat >expected <<'SEEN'
plaintext Ana Mart\'ın and Łukasz Müller. \textbf B of \$5 and \emph C. 2024.
html Ana Mart<span class="bibtex-protected">\'<span class="bibtex-protected">ı</span></span>n and <span class="bibtex-protected">Ł</span>ukasz M<span class="bibtex-protected">ü</span>ller.
\textbf <span class="bibtex-protected">B</span> of \$5 and \emph <span class="bibtex-protected">C</span>.
2024.
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pybtex-accents-and-fonts: behaviour changed (< as noted here, > now)" >&2; exit 1; }
