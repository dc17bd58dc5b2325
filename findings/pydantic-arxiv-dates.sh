#!/usr/bin/env bash
# Guess: a datetime field of pydantic refuses dates in arXiv's query format
# (submittedDate:202401010600) and the compact ISO form 20240101, or reads them as the dates they
# are.
# What happens: a string of digits alone is a Unix time, in seconds, or in milliseconds beyond 2e10.
# 20240101 becomes a day in 1970, 202401010600 one in 1976, the year 2024 half an hour after the
# epoch, and an arXiv id such as 2401.00010, put into the wrong field, is a date as well. No error
# in any of them. A date field refuses most, but for a reason of its own (time of day not zero).
# Version: pydantic 2.14.3.
# Seen: 1970-08-23, 1976-05-31, 1970-01-01 00:33, 1970-01-01 00:40.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pydantic==2.14.3

cat >try.py <<'PROGRAM'
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError

for text in ("20240101", "202401010600", "2024", "2401.00010"):
    print(f"{text:14}", TypeAdapter(datetime).validate_python(text))
try:
    TypeAdapter(date).validate_python("20240101")
except ValidationError as error:
    print("as a date:    ", error.errors()[0]["type"])
PROGRAM

cat >expected <<'SEEN'
20240101       1970-08-23 06:15:01+00:00
202401010600   1976-05-31 14:30:10.600000+00:00
2024           1970-01-01 00:33:44+00:00
2401.00010     1970-01-01 00:40:01.000100+00:00
as a date:     date_from_datetime_inexact
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pydantic-arxiv-dates: behaviour changed (< as noted here, > now)" >&2; exit 1; }
