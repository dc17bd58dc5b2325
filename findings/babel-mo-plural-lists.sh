#!/usr/bin/env bash
# Guess: read_mo() gives back the catalogue that write_mo() wrote, messages with a plural as tuples,
# as read_po() has them.
# What happens: their id and string are lists. A dictionary or set of ids raises TypeError as soon
# as one message has a plural, and the id is unequal to that from the .po file. `==` between the
# messages is still true, since it compares the singular only; is_identical() is false.
# Version: Babel 2.19.0.
# Seen: (('a paper', 'papers'), ('P', 'Ps')) from .po; lists and "unhashable type: 'list'" from .mo.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q babel==2.19.0

cat >try.py <<'PROGRAM'
from io import BytesIO

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

catalog = Catalog(locale="de")
catalog.add(("a paper", "papers"), ("P", "Ps"))
for write, read in ((pofile.write_po, pofile.read_po), (mofile.write_mo, mofile.read_mo)):
    file = BytesIO()
    write(file, catalog)
    file.seek(0)
    found = read(file)
    messages = [(message.id, message.string) for message in found if message.id]
    try:
        print(read.__name__, messages, len({id_ for id_, _ in messages}))
    except TypeError as error:
        print(read.__name__, messages, error)
PROGRAM

cat >expected <<'SEEN'
read_po [(('a paper', 'papers'), ('P', 'Ps'))] 1
read_mo [(['a paper', 'papers'], ['P', 'Ps'])] unhashable type: 'list'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "babel-mo-plural-lists: behaviour changed (< as noted here, > now)" >&2; exit 1; }
