#!/usr/bin/env bash
# Guess: find_date() gives the last revision of an arXiv abstract page and original_date=True the
# first submission: the page has both as meta tags and in words. A Chinese date in the text is read.
# What happens: both calls give the first submission; neither citation_online_date nor "last
# revised" counts. Of 2024年5月1日 only the year is taken, and the answer is the first of January,
# which looks like a full date. The same is made of a bare year, a copyright line before all.
# Version: htmldate 1.11.0.
# Seen: 2017-06-12 twice; 2024-01-01 for 2024年5月1日; 2019-01-01 for "ICML 2024 ... © 2019".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q htmldate==1.11.0

cat >try.py <<'PROGRAM'
from htmldate import find_date

ABSTRACT = """<html><head><meta name="citation_date" content="2017/06/12">
<meta name="citation_online_date" content="2023/08/02"></head><body><div class="dateline">
[Submitted on 12 Jun 2017 (v1), last revised 2 Aug 2023 (this version, v7)]</div></body></html>"""
print("last:", find_date(ABSTRACT), "first:", find_date(ABSTRACT, original_date=True))
for text in ("发布于2024年5月1日", "Published 1 May 2024", "ICML 2024, July 21-27. © 2019"):
    print(text, find_date(f"<html><body><p>{text}</p></body></html>"))
PROGRAM

cat >expected <<'SEEN'
last: 2017-06-12 first: 2017-06-12
发布于2024年5月1日 2024-01-01
Published 1 May 2024 2024-05-01
ICML 2024, July 21-27. © 2019 2019-01-01
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "htmldate-revisions: behaviour changed (< as noted here, > now)" >&2; exit 1; }
