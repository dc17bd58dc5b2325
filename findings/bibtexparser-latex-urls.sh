#!/usr/bin/env bash
# Guess: the LaTeX middlewares of bibtexparser leave fields that hold no LaTeX alone (url, doi,
# file), or a url survives decoding and encoding.
# What happens: they treat all fields alike. Decoding takes % for a comment and drops the rest of
# the address, and turns ~ into a no-break space; encoding wraps a bare address in \url{…}, braces
# and all, inside the field. A plain "5% better" in a title loses its end, too. Without an error
# each time.
# Version: bibtexparser 2.1.0 (with pylatexenc 2.11).
# Seen: http://a.example/%7Edoe decodes to http://a.example/, ~doe to a space and doe; encoding
# gives \url{…}.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q bibtexparser==2.1.0 pylatexenc==2.11

cat >try.py <<'PROGRAM'
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, LatexEncodingMiddleware

SOURCE = "@misc{a, title={Now 5% better}, url={http://a.example/%7Edoe}, note={http://a.example/~doe}}"
decoded = bibtexparser.parse_string(SOURCE, append_middleware=[LatexDecodingMiddleware()])
for field in decoded.entries[0].fields:
    print(f"decoded {field.key}: {field.value!a}")
plain = bibtexparser.parse_string(SOURCE)
written = bibtexparser.write_string(plain, prepend_middleware=[LatexEncodingMiddleware()])
print(written.replace("\t", "  ").strip())
PROGRAM

cat >expected <<'SEEN'
decoded title: 'Now 5'
decoded url: 'http://a.example/'
decoded note: 'http://a.example/\xa0doe'
@misc{a,
  title = {Now 5\% better},
  url = {\url{http://a.example/%7Edoe}},
  note = {\url{http://a.example/~doe}}
}
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "bibtexparser-latex-urls: behaviour changed (< as noted here, > now)" >&2; exit 1; }
