#!/usr/bin/env bash
# Guess: LatexNodes2Text keeps the argument of every macro that only sets a font: \texttt{x} becomes
# x as \textbf{x} and \textsc{x} do.
# What happens: for \texttt, \textsf and \mbox the parser knows that they take an argument, but
# latex2text has no text for them, so macro and argument become nothing. An unknown macro does less
# harm: its argument stays. Authors set names of models and packages in \texttt, so an abstract
# silently loses just the names that matter.
# Version: pylatexenc 2.11.
# Seen: "We release \texttt{FaceKit} on \textsf{Hub}" becomes "We release  on ".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pylatexenc==2.11

cat >try.py <<'PROGRAM'
from pylatexenc.latex2text import LatexNodes2Text

text_of = LatexNodes2Text().latex_to_text
for tex in (
    r"We release \texttt{FaceKit} on \textsf{Hub}",
    r"an \mbox{audio-visual} model",
    r"We release \textbf{FaceKit} on \textsc{Hub}",
    r"We release {\tt FaceKit}",
    r"We release \unknownmacro{FaceKit}",
):
    print(f"{tex:55} {text_of(tex)!r}")
PROGRAM

cat >expected <<'SEEN'
We release \texttt{FaceKit} on \textsf{Hub}             'We release  on '
an \mbox{audio-visual} model                            'an  model'
We release \textbf{FaceKit} on \textsc{Hub}             'We release FaceKit on Hub'
We release {\tt FaceKit}                                'We release FaceKit'
We release \unknownmacro{FaceKit}                       'We release FaceKit'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pylatexenc-texttt: behaviour changed (< as noted here, > now)" >&2; exit 1; }
