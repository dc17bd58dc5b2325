#!/usr/bin/env bash
# Guess: TEXT_DEHYPHENATE joins a word divided at the end of a line, and search_for(), which sets it
# by default, finds "convergence" printed as "conver-" and "gence"; so its documentation says.
# What happens: it depends on the release. 1.26.7 and 2.0 do; 1.27.2, 1.28.0 and 1.28.2 between them
# do not: the flag is accepted and changes nothing. Whoever pins 1.28 (it needs no ONNX runtime) has
# to join words and to search across lines himself.
# Version: PyMuPDF 1.26.7, 1.28.2 and 2.0, one after the other in one environment.
# Seen: 1.26.7: 2 hits, 'we study convergence of learning'; 1.28.2: 0 hits, 'conver-'; 2.0: as
# 1.26.7.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.26.7

cat >try.py <<'PROGRAM'
import subprocess
import sys

PROGRAM = r'''
import pymupdf
made = pymupdf.open()
page = made.new_page()
page.insert_text((50, 50), ["we study conver-", "gence of learning"])
flags = pymupdf.TEXTFLAGS_TEXT | pymupdf.TEXT_DEHYPHENATE
print("  hits:", len(page.search_for("convergence")), repr(page.get_text(flags=flags).strip()))
'''
for release in ("1.26.7", "1.28.2", "2.0"):
    install = [sys.executable, "-m", "pip", "install", "-q", "pymupdf==" + release]
    subprocess.run(install, check=True)
    print(release, flush=True)
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
PROGRAM

cat >expected <<'SEEN'
1.26.7
  hits: 2 'we study convergence of learning'
1.28.2
  hits: 0 'we study conver-\ngence of learning'
2.0
  hits: 2 'we study convergence of learning'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-dehyphenate: behaviour changed (< as noted here, > now)" >&2; exit 1; }
