#!/usr/bin/env bash
# Guess: Snowball's English stemmer is a fixed published algorithm: an index of stems made with one
# release of snowballstemmer serves the next.
# What happens: the algorithm has gone on. Between 2.2.0 and 3.0.1 university and organization got
# stems of their own (they were those of universal and organ), evening is no longer "even", adding
# not "ad". Terms stored under old stems are missed after an update, without an error; store the
# version with the index.
# Version: snowballstemmer 2.2.0 and 3.1.1, one after the other.
# Seen: universities univers -> universiti, organization organ -> organiz, evening even -> evening.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q snowballstemmer==2.2.0

cat >try.py <<'PROGRAM'
import subprocess
import sys

PROGRAM = """
import snowballstemmer
stem = snowballstemmer.stemmer("english").stemWord
for word in ("universities", "universal", "organization", "evening", "adding", "paste", "generation"):
    print(" ", word, stem(word))
"""
for release in ("2.2.0", "3.1.1"):
    install = [sys.executable, "-m", "pip", "install", "-q", "snowballstemmer==" + release]
    subprocess.run(install, check=True)
    print(release, flush=True)
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
PROGRAM

cat >expected <<'SEEN'
2.2.0
  universities univers
  universal univers
  organization organ
  evening even
  adding ad
  paste past
  generation generat
3.1.1
  universities universiti
  universal universal
  organization organiz
  evening evening
  adding add
  paste paste
  generation generat
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "snowball-versions: behaviour changed (< as noted here, > now)" >&2; exit 1; }
