#!/usr/bin/env bash
# Guess: pydantic's partial JSON (experimental_allow_partial, from_json(allow_partial=True)), meant
# for replies that are still being streamed, leaves out a last value that may be incomplete, as it
# does for strings.
# What happens: a string cut off is left out, a number is not: of "score": 87.5 the prefixes 8 and
# 87 validate as the floats 8.0 and 87.0 (only "87." is left out). A reply that hits its length
# limit within a number yields a plausible wrong figure; the same goes for jiter's partial_mode, on
# which it rests.
# Version: pydantic 2.14.3 (with its own pydantic-core).
# Seen: {'score': 8.0} for {"score": 8 and {} for {"name": "De.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pydantic==2.14.3

cat >try.py <<'PROGRAM'
from pydantic import TypeAdapter
from typing_extensions import TypedDict


class Review(TypedDict, total=False):
    name: str
    score: float


adapter = TypeAdapter(Review)
for text in ('{"name": "De', '{"score": 8', '{"score": 87', '{"score": 87.', '{"score": 87.5}'):
    print(f"{text:18}", adapter.validate_json(text, experimental_allow_partial=True))
PROGRAM

cat >expected <<'SEEN'
{"name": "De       {}
{"score": 8        {'score': 8.0}
{"score": 87       {'score': 87.0}
{"score": 87.      {}
{"score": 87.5}    {'score': 87.5}
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pydantic-partial-numbers: behaviour changed (< as noted here, > now)" >&2; exit 1; }
