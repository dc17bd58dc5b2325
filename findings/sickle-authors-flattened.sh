#!/usr/bin/env bash
# Guess: Sickle's record.metadata gives the authors of an arXiv OAI-PMH record
# (metadataPrefix=arXiv) as a list with one entry an author.
# What happens: the tree is flattened into one list per tag name, whatever the tags belong to.
# `keyname` has one value for each author, but `forenames` and `affiliation` only for those who have
# them, so zip() of the two lists gives people each other's first names as soon as one author is a
# group. The XML (record.xml) must be read instead.
# Version: Sickle 0.7.0. The record is a made-up one in arXiv's format.
# Seen: three keynames, two forenames; paired by position the group becomes "Bo Deep Group" and Li
# has none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q Sickle==0.7.0

cat >try.py <<'PROGRAM'
from lxml import etree
from sickle.models import Record

XML = """<record xmlns="http://www.openarchives.org/OAI/2.0/">
<header><identifier>oai:arXiv.org:2401.00001</identifier><datestamp>2024-01-02</datestamp></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2401.00001</id><authors>
<author><keyname>Doe</keyname><forenames>Jane</forenames></author>
<author><keyname>Deep Group</keyname></author>
<author><keyname>Li</keyname><forenames>Bo</forenames><affiliation>University A</affiliation></author>
</authors><title>A title</title></arXiv></metadata></record>"""

fields = Record(etree.fromstring(XML)).metadata
for name in ("keyname", "forenames", "affiliation"):
    print(name, fields[name])
print([f"{first} {last}" for first, last in zip(fields["forenames"], fields["keyname"])])
PROGRAM

cat >expected <<'SEEN'
keyname ['Doe', 'Deep Group', 'Li']
forenames ['Jane', 'Bo']
affiliation ['University A']
['Jane Doe', 'Bo Deep Group']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "sickle-authors-flattened: behaviour changed (< as noted here, > now)" >&2; exit 1; }
