#!/usr/bin/env bash
# Guess: the parser raises on "June 17-21, 2024", the days of a conference as calls and metadata
# write them, since that is no single date; or it takes the first day.
# What happens: the second number of the range is read as a year of two digits, and the year, whose
# place is taken, as a time of day: 17 June 2021, 20:24. It raises only if a number cannot be
# either, or the dash is an en dash.
# Version: python-dateutil 4.0.0 (no `fuzzy`).
# Seen: 2021-06-17T20:24 for "June 17-21, 2024", 2001-05-03T20:24 for "1-3 May 2024".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q python-dateutil==4.0.0

cat >try.py <<'PROGRAM'
from dateutil.parser import ParserError, parse

for text in ("June 17-21, 2024", "17-21 June 2024", "1-3 May 2024", "June 17\u201321, 2024"):
    try:
        print(text, parse(text).isoformat(timespec="minutes"))
    except ParserError as error:
        print(text, type(error).__name__)
PROGRAM

cat >expected <<'SEEN'
June 17-21, 2024 2021-06-17T20:24
17-21 June 2024 2017-06-21T20:24
1-3 May 2024 2001-05-03T20:24
June 17–21, 2024 ParserError
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "dateutil-conference-dates: behaviour changed (< as noted here, > now)" >&2; exit 1; }
