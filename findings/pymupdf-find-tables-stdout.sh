#!/usr/bin/env bash
# Guess: a library prints nothing of its own accord, and if it must, on stderr or through warnings
# or logging.
# What happens: the first page.find_tables() of a process prints an advertisement for another
# package of the maker on standard output. A program that writes JSON there for another one (a
# worker that reads a PDF, `tool --json | jq`) sends a broken document, and only for papers that get
# as far as tables. pymupdf.no_recommend_layout() keeps it away; set_messages(path=…) does not.
# Version: PyMuPDF 1.28.2 without pymupdf_layout.
# Seen: "Consider using the pymupdf_layout package …" on stdout before the program's own line;
# stderr empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2

cat >try.py <<'PROGRAM'
import subprocess
import sys

PROGRAM = "page = pymupdf.open().new_page(); page.find_tables(); page.find_tables(); print('{}')"
for first in ("", "pymupdf.set_messages(path='messages'); ", "pymupdf.no_recommend_layout(); "):
    command = [sys.executable, "-c", "import pymupdf; " + first + PROGRAM]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    print(first or "as it comes")
    print("  stdout:", run.stdout.splitlines(), "stderr:", run.stderr.splitlines())
PROGRAM

cat >expected <<'SEEN'
as it comes
  stdout: ['Consider using the pymupdf_layout package for a greatly improved page layout analysis.', '{}'] stderr: []
pymupdf.set_messages(path='messages'); 
  stdout: ['Consider using the pymupdf_layout package for a greatly improved page layout analysis.', '{}'] stderr: []
pymupdf.no_recommend_layout(); 
  stdout: ['{}'] stderr: []
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-find-tables-stdout: behaviour changed (< as noted here, > now)" >&2; exit 1; }
