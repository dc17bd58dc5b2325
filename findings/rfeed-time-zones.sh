#!/usr/bin/env bash
# Guess: a datetime with a time zone is written with its offset or converted to GMT.
# What happens: the zone is ignored and the local clock is labelled GMT. 20:00 in Beijing becomes
# 20:00 GMT, eight hours late, so entries of the evening lie in the future for readers of the feed,
# and some hide those until then.
# Version: rfeed 1.1.1.
# Seen: the same pubDate for 20:00 at +08:00, at UTC and at -05:00.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q rfeed==1.1.1

cat >try.py <<'PROGRAM'
import re
from datetime import datetime, timedelta, timezone

import rfeed

for hours in (8, 0, -5):
    moment = datetime(2024, 1, 1, 20, tzinfo=timezone(timedelta(hours=hours)))
    item = rfeed.Item(title="A paper", link="https://example.org/1", pubDate=moment)
    feed = rfeed.Feed(title="Papers", link="https://example.org", description="", items=[item])
    print(moment.isoformat(), re.findall("<pubDate>(.*?)</pubDate>", feed.rss()))
PROGRAM

cat >expected <<'SEEN'
2024-01-01T20:00:00+08:00 ['Mon, 01 Jan 2024 20:00:00 GMT']
2024-01-01T20:00:00+00:00 ['Mon, 01 Jan 2024 20:00:00 GMT']
2024-01-01T20:00:00-05:00 ['Mon, 01 Jan 2024 20:00:00 GMT']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "rfeed-time-zones: behaviour changed (< as noted here, > now)" >&2; exit 1; }
