#!/usr/bin/env bash
# Guess: given prose around one object ("As in [3], the answer is {…}"), json_repair returns the
# object; the README's case is a model that talks before its JSON.
# What happens: the first bracket of any kind starts a value. A citation such as [3] or a list in
# the thinking is a JSON value, too, and the result is a list of all of them, in which the object is
# the second; the caller's reply["score"] is then a TypeError, or, on a list, picks something else.
# Prose without brackets is skipped as hoped, so tests with "Sure, here it is:" pass.
# Version: json_repair 0.64.6.
# Seen: {'score': 4} without the citation; [[3], {'score': 4}] with it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q json_repair==0.64.6

cat >try.py <<'PROGRAM'
import json_repair

for text in (
    'Sure, here it is: {"score": 4}',
    'As in [3], the answer is {"score": 4}',
    'Between 2 [low] and 5: {"score": 4}',
):
    print(f"{text:40}", json_repair.loads(text))
PROGRAM

cat >expected <<'SEEN'
Sure, here it is: {"score": 4}           {'score': 4}
As in [3], the answer is {"score": 4}    [[3], {'score': 4}]
Between 2 [low] and 5: {"score": 4}      [['low'], {'score': 4}]
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "json-repair-brackets: behaviour changed (< as noted here, > now)" >&2; exit 1; }
