#!/usr/bin/env bash
# Guess: What is no date in a record ("v2", "Q3 2024") gives None, as "Spring 2025" and "202401"
# do.
# What happens: Letters beside the numbers are skipped, and the rest is a day of the present month
# or a month with the present day: v2 is the 2nd of this month, Q3 2024 is in the eighth month (the
# one of today), 2024年5月 is the 30th. With a day that the month lacks the last one is taken. "24
# May 2024 (v1)", which is a date, gives None. REQUIRE_PARTS with day, month and year refuses all
# of these.
# Version: dateparser 1.5.0, at a base of 30 August 2026.
# Seen: v2 is 2 August 2026, Q3 2024 is 30 August 2024, 2024年5月 is 30 May.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q dateparser==1.5.0

cat >try.py <<'PROGRAM'
import datetime

import dateparser

settings = {"RELATIVE_BASE": datetime.datetime(2026, 8, 30)}
for text in ["v2", "Q3 2024", "2024年5月", "2025-02", "Spring 2025", "202401", "24 May 2024 (v1)", "24 May 2024"]:
    found = dateparser.parse(text, settings=settings)
    print(text, "->", found and found.date())
settings["REQUIRE_PARTS"] = ["day", "month", "year"]
print([dateparser.parse(text, settings=settings) for text in ["v2", "Q3 2024", "2024年5月", "2025-02"]])
PROGRAM

cat >expected <<'SEEN'
v2 -> 2026-08-02
Q3 2024 -> 2024-08-30
2024年5月 -> 2024-05-30
2025-02 -> 2025-02-28
Spring 2025 -> None
202401 -> None
24 May 2024 (v1) -> None
24 May 2024 -> 2024-05-24
[None, None, None, None]
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "dateparser-quarters: behaviour changed (< as noted here, > now)" >&2; exit 1; }
