#!/usr/bin/env bash
# Guess: rispy raises on RIS that departs from the letter, or reads it none the less: a byte order
# mark as reference managers write it, a last record without ER, one blank missing after the dash, a
# field given twice.
# What happens: each loses data in silence. A mark at the start or a missing ER gives an empty list;
# "TI  -Deep" reads as "eep" because the value is cut at a fixed column; of two DO lines only the
# first stays.
# Version: rispy 0.10.0.
# Seen: 0 records, 0 records, "eep faces", 10.1/first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q rispy==0.10.0

cat >try.py <<'PROGRAM'
import rispy

RECORD = "TY  - JOUR\nTI  - Deep faces\nDO  - 10.1/first\nDO  - 10.1/second\nER  - \n"
print("as it should be:  ", rispy.loads(RECORD)[0]["title"])
print("byte order mark:  ", len(rispy.loads("\ufeff" + RECORD)), "records")
print("last ER missing:  ", len(rispy.loads(RECORD.replace("ER  - \n", ""))), "records")
print("no blank after -: ", rispy.loads(RECORD.replace("- Deep", "-Deep"))[0]["title"])
print("DO twice:         ", rispy.loads(RECORD)[0]["doi"])
PROGRAM

cat >expected <<'SEEN'
as it should be:   Deep faces
byte order mark:   0 records
last ER missing:   0 records
no blank after -:  eep faces
DO twice:          10.1/first
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "rispy-silent-losses: behaviour changed (< as noted here, > now)" >&2; exit 1; }
