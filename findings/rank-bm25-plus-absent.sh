#!/usr/bin/env bash
# Guess: a document with none of the words of the query scores 0, in BM25+ as in Okapi: the lower
# bound that BM25+ adds is for words that occur.
# What happens: BM25Plus adds it for every word of the query to every document. Those without the
# word score above zero, so `score > 0` lets all pass, and more the rarer the word. Okapi and BM25L
# give 0; the order within one query is not touched.
# Version: rank-bm25 0.2.2.
# Seen: 0.51, 1.61 for documents without the word in BM25Plus; 0.0 in the others.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q rank-bm25==0.2.2

cat >try.py <<'PROGRAM'
from rank_bm25 import BM25L, BM25Okapi, BM25Plus

TEXTS = ("radiance view synthesis", "radiance avatars", "radiance speech", "diffusion images")
for scorer in (BM25Okapi, BM25L, BM25Plus):
    index = scorer([text.split() for text in TEXTS])
    for word in ("radiance", "diffusion"):
        scores = [round(float(score), 2) for score in index.get_scores([word])]
        print(scorer.__name__, word, scores)
PROGRAM

cat >expected <<'SEEN'
BM25Okapi radiance [0.13, 0.16, 0.16, 0.0]
BM25Okapi diffusion [0.0, 0.0, 0.0, 0.89]
BM25L radiance [0.41, 0.46, 0.46, 0.0]
BM25L diffusion [0.0, 0.0, 0.0, 1.55]
BM25Plus radiance [0.96, 1.05, 1.05, 0.51]
BM25Plus diffusion [1.61, 1.61, 1.61, 3.3]
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "rank-bm25-plus-absent: behaviour changed (< as noted here, > now)" >&2; exit 1; }
