#!/usr/bin/env bash
# Guess: process.extractOne(title, titles, score_cutoff=85) finds the same paper under a slightly
# different title and nothing else: 85 of 100 sounds strict.
# What happens: the default scorer is WRatio. Once one text is more than half as long again as the
# other, it also tries partial_token_ratio, which is 100 as soon as both share one word, "a", "of"
# or "for" included, and gives it 0.855 of that: 85.5 for any two titles with a word in common. A
# short against a long one thus matches, two of like length do not. Pass
# scorer=fuzz.token_sort_ratio.
# Version: RapidFuzz 3.14.6.
# Seen: 85.5 for "A Study of Whales" and "A Method for Robots that Walk on Sand and Snow";
# token_sort_ratio 31.7.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q RapidFuzz==3.14.6

cat >try.py <<'PROGRAM'
from rapidfuzz import fuzz, process

QUERY = "A Study of Whales"
for title in ("A Method for Robots that Walk on Sand and Snow", "A Theory of Graphs"):
    scores = {s.__name__: round(s(QUERY, title), 1) for s in (fuzz.WRatio, fuzz.token_sort_ratio)}
    print(title, scores)
titles = ["A Method for Robots that Walk on Sand and Snow", "Graph Theory"]
print(process.extractOne(QUERY, titles, score_cutoff=85))
PROGRAM

cat >expected <<'SEEN'
A Method for Robots that Walk on Sand and Snow {'WRatio': 85.5, 'token_sort_ratio': 31.7}
A Theory of Graphs {'WRatio': 51.4, 'token_sort_ratio': 45.7}
('A Method for Robots that Walk on Sand and Snow', 85.5, 0)
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "rapidfuzz-wratio: behaviour changed (< as noted here, > now)" >&2; exit 1; }
