#!/usr/bin/env bash
# Guess: a query is built as in other libraries with chained filters: filter() gives a new query,
# and a base query may be refined twice.
# What happens: filter() changes the query it is called on and returns it. Two refinements of one
# base are the same object, and both conditions stand in all three addresses, as "true+false"; a
# loop over months asks for more at each turn. copy.deepcopy() of the base helps.
# Version: pyalex 0.21 (no request is sent).
# Seen: is_oa:true+false in the base and in both refinements.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pyalex==0.21

cat >try.py <<'PROGRAM'
import copy

from pyalex import Works


def shown(query):
    return query.url.split("?")[1]


base = Works().filter(publication_year=2024)
free = base.filter(is_oa=True)
closed = base.filter(is_oa=False)
print("same object:", free is base)
for name, query in (("base", base), ("free", free), ("closed", closed)):
    print(name, shown(query))
base = Works().filter(publication_year=2024)
free = copy.deepcopy(base).filter(is_oa=True)
closed = copy.deepcopy(base).filter(is_oa=False)
print("copied:", shown(base), shown(free), shown(closed))
PROGRAM

cat >expected <<'SEEN'
same object: True
base filter=publication_year:2024,is_oa:true+false
free filter=publication_year:2024,is_oa:true+false
closed filter=publication_year:2024,is_oa:true+false
copied: filter=publication_year:2024 filter=publication_year:2024,is_oa:true filter=publication_year:2024,is_oa:false
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pyalex-queries-shared: behaviour changed (< as noted here, > now)" >&2; exit 1; }
