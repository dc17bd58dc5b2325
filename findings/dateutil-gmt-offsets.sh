#!/usr/bin/env bash
# Guess: "GMT+0800", as JavaScript's Date prints Beijing time and as Chinese pages write it
# ("UTC+8"), is eight hours east, as "+0800" alone is.
# What happens: after a GMT or UTC the sign is turned round, after the manner of POSIX's TZ
# variable: eight hours west, 16 hours off and usually another day. With a blank between, "GMT +8",
# the number is dropped and the time is GMT.
# Version: python-dateutil 4.0.0.
# Seen: -08:00 for GMT+0800 and UTC+8, +00:00 for "GMT +8", +08:00 for +0800.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q python-dateutil==4.0.0

cat >try.py <<'PROGRAM'
from dateutil.parser import parse

for zone in ("+0800", "GMT+0800", "UTC+8", "GMT +8"):
    print(zone, parse(f"Mon Jan 01 2024 09:00:00 {zone}").isoformat())
PROGRAM

cat >expected <<'SEEN'
+0800 2024-01-01T09:00:00+08:00
GMT+0800 2024-01-01T09:00:00-08:00
UTC+8 2024-01-01T09:00:00-08:00
GMT +8 2024-01-01T09:00:00+00:00
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "dateutil-gmt-offsets: behaviour changed (< as noted here, > now)" >&2; exit 1; }
