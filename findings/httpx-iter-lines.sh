#!/usr/bin/env bash
# Guess: Response.iter_lines() yields one line per line feed, so each line of JSON Lines or of an
# event stream can be parsed as it comes.
# What happens: it splits like str.splitlines(): also at U+2028, U+0085, form feed and vertical tab.
# JSON may hold U+2028 and U+0085 in a string unescaped (RFC 8259), and json.dumps with
# ensure_ascii=False writes them so: one record becomes two halves that are no JSON. Texts copied
# from web pages and PDFs contain them. bytes.splitlines() of the content does right.
# Version: HTTPX 0.28.1.
# Seen: 2 records of bytes, 4 lines of iter_lines().
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q httpx==0.28.1

cat >try.py <<'PROGRAM'
import json

import httpx

records = [{"abstract": "one\u2028two"}, {"abstract": "three\u0085four"}]
body = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
response = httpx.Response(200, content=body.encode())
print("bytes:", len(response.content.splitlines()))
lines = list(response.iter_lines())
print("lines:", len(lines), lines)
PROGRAM

cat >expected <<'SEEN'
bytes: 2
lines: 4 ['{"abstract": "one', 'two"}', '{"abstract": "three', 'four"}']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "httpx-iter-lines: behaviour changed (< as noted here, > now)" >&2; exit 1; }
