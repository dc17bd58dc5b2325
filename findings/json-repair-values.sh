#!/usr/bin/env bash
# Guess: json_repair mends what surrounds values (commas, quotes, fences) and turns a value that is
# no JSON into a string, so that a check of types can catch it.
# What happens: it takes the number it can find and drops the rest. A Unicode minus loses its sign,
# "<0.05" its bound, "0.9 ± 0.1" its deviation, and "1 250" becomes 1; all come back as proper
# numbers. A reply cut off within a literal gives the string "fals", which is true as a condition. A
# review whose figures come from repaired JSON may state a gain where the model wrote a loss.
# Version: json_repair 0.64.6.
# Seen: -3 -> 3, <0.05 -> 0.05, 0.9 ± 0.1 -> 0.9, 1 250 -> 1, fals -> 'fals'; but 1,250 -> '1,250'.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q json_repair==0.64.6

cat >try.py <<'PROGRAM'
import json_repair

for text in (
    '{"gain": \u22123}',
    '{"p": <0.05}',
    '{"score": 0.9 ± 0.1}',
    '{"videos": 1 250}',
    '{"videos": 1,250}',
    '{"ok": fals',
):
    print(f"{text:22}", json_repair.loads(text))
PROGRAM

cat >expected <<'SEEN'
{"gain": −3}           {'gain': 3}
{"p": <0.05}           {'p': 0.05}
{"score": 0.9 ± 0.1}   {'score': 0.9}
{"videos": 1 250}      {'videos': 1}
{"videos": 1,250}      {'videos': '1,250'}
{"ok": fals            {'ok': 'fals'}
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "json-repair-values: behaviour changed (< as noted here, > now)" >&2; exit 1; }
