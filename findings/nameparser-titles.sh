#!/usr/bin/env bash
# Guess: Family names that are English titles or prefixes are told by their place: "King Wang" is a
# person named Wang.
# What happens: Words of its list of titles are titles wherever a name begins with one: King Wang
# has no family name, Do Van An and Junior Chen have no given name, and so has St John. Sorted by
# family name, such authors land under their given names. Constants(titles=[]) reads them as they
# are.
# Version: nameparser 1.1.3.
# Seen: title "King", first "Wang", no last; title "Do", last "Van An"; title "Junior", last
# "Chen".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q nameparser==1.1.3

cat >try.py <<'PROGRAM'
from nameparser import HumanName
from nameparser.config import Constants

for text in ["King Wang", "Do Van An", "Junior Chen", "Wang, King", "Laurens van der Maaten", "Le Song"]:
    name = HumanName(text)
    print(f"{text}: title {name.title!r}, first {name.first!r}, last {name.last!r}")
name = HumanName("King Wang", constants=Constants(titles=[]))
print(f"without titles: first {name.first!r}, last {name.last!r}")
PROGRAM

cat >expected <<'SEEN'
King Wang: title 'King', first 'Wang', last ''
Do Van An: title 'Do', first '', last 'Van An'
Junior Chen: title 'Junior', first '', last 'Chen'
Wang, King: title 'King', first '', last 'Wang'
Laurens van der Maaten: title '', first 'Laurens', last 'van der Maaten'
Le Song: title '', first 'Le', last 'Song'
without titles: first 'King', last 'Wang'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "nameparser-titles: behaviour changed (< as noted here, > now)" >&2; exit 1; }
