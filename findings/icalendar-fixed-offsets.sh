#!/usr/bin/env bash
# Guess: a deadline as datetime at +08:00 (or -12:00, "anywhere on earth") keeps its moment when it
# is written as iCalendar and read again.
# What happens: it is written with TZID="UTC+08:00" and no VTIMEZONE that would define it, and the
# same library reads it back without a time zone: a floating time, other in each country. UTC and
# ZoneInfo survive. Convert to UTC before.
# Version: icalendar 7.3.2.
# Seen: None as tzinfo for +08:00 and -12:00.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q icalendar==7.3.2 tzdata==2026.6

cat >try.py <<'PROGRAM'
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from icalendar import Event

eight = timezone(timedelta(hours=8))
on_earth = timezone(timedelta(hours=-12))
for zone in (timezone.utc, ZoneInfo("Asia/Shanghai"), eight, on_earth):
    event = Event()
    event.add("dtstart", datetime(2024, 1, 1, 20, tzinfo=zone))
    text = event.to_ical().decode()
    line = next(line for line in text.splitlines() if line.startswith("DTSTART"))
    print(line, "->", Event.from_ical(text)["dtstart"].dt.tzinfo)
PROGRAM

cat >expected <<'SEEN'
DTSTART:20240101T200000Z -> UTC
DTSTART;TZID=Asia/Shanghai:20240101T200000 -> Asia/Shanghai
DTSTART;TZID="UTC+08:00":20240101T200000 -> None
DTSTART;TZID="UTC-12:00":20240101T200000 -> None
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "icalendar-fixed-offsets: behaviour changed (< as noted here, > now)" >&2; exit 1; }
