#!/usr/bin/env bash
# Guess: wait_exponential_jitter(max=16, jitter=4) spreads the clients of one server over four
# seconds at every attempt; max caps the exponential part, or the sum is drawn below it.
# What happens: the cap is applied to the sum, after the jitter. From the attempt at which the
# exponential part reaches max, every wait is exactly max and the jitter is gone: clients that
# failed together come back together for the rest of a long outage, which is when it matters.
# Version: tenacity 9.2.1.
# Seen: 1000 draws give 4 s of spread for attempts 1 and 4, and the one value 16.0 for attempts 5
# and 8.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q tenacity==9.2.1

cat >try.py <<'PROGRAM'
from types import SimpleNamespace

from tenacity import wait_exponential_jitter

wait = wait_exponential_jitter(initial=1, max=16, jitter=4)
for attempt in (1, 4, 5, 8):
    draws = [wait(SimpleNamespace(attempt_number=attempt)) for _ in range(1000)]
    spread = max(draws) - min(draws)
    print(f"attempt {attempt}: spread over 3 s: {spread > 3}, different waits: {len(set(draws)) > 1}")
print("last wait:", draws[0])
PROGRAM

cat >expected <<'SEEN'
attempt 1: spread over 3 s: True, different waits: True
attempt 4: spread over 3 s: True, different waits: True
attempt 5: spread over 3 s: False, different waits: False
attempt 8: spread over 3 s: False, different waits: False
last wait: 16.0
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "tenacity-jitter-at-cap: behaviour changed (< as noted here, > now)" >&2; exit 1; }
