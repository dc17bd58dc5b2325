#!/usr/bin/env bash
# Guess: on an FTS5 table with the trigram tokenizer, LIKE '%数字%' finds what it finds on any table;
# a pattern under three characters cannot use the index and falls back to a scan, as the
# documentation says.
# What happens: up to SQLite 3.40 the length is counted in bytes. Two Chinese characters are six
# bytes and so go to the index, which has no trigram for them: no rows, no error. 'ab' is scanned as
# documented, so tests in English pass. Two characters are the usual length of a Chinese word, and
# 3.40.1 is the SQLite of Debian 12, hence of many images of Python.
# Version: SQLite 3.40.0 and 3.41.2, in apsw of the same numbers.
# Seen: 3.40.0: [] for 数字 and é1, found for ab and 数字人; 3.41.2: all found.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q apsw==3.40.0.0

cat >try.py <<'PROGRAM'
import subprocess
import sys

PROGRAM = r'''
import apsw
run = apsw.Connection(":memory:").cursor().execute
run("create virtual table paper using fts5(title, tokenize='trigram')")
run("insert into paper values ('数字人 ab é1')")
for word in ("ab", "é1", "数字", "数字人"):
    print(" ", word, list(run("select title from paper where title like ?", (f"%{word}%",))))
'''
for release in ("3.40.0.0", "3.41.2.0"):
    install = [sys.executable, "-m", "pip", "install", "-q", "apsw==" + release]
    subprocess.run(install, check=True)
    print("SQLite", release, flush=True)
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
PROGRAM

cat >expected <<'SEEN'
SQLite 3.40.0.0
  ab [('数字人 ab é1',)]
  é1 []
  数字 []
  数字人 [('数字人 ab é1',)]
SQLite 3.41.2.0
  ab [('数字人 ab é1',)]
  é1 [('数字人 ab é1',)]
  数字 [('数字人 ab é1',)]
  数字人 [('数字人 ab é1',)]
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "fts5-trigram-like: behaviour changed (< as noted here, > now)" >&2; exit 1; }
