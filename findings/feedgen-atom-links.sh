#!/usr/bin/env bash
# Guess: entry.link(href=…, rel="related", type="application/pdf") and entry.enclosure(…) write
# those attributes into the Atom entry, as fg.link() does for the feed.
# What happens: every <link> of an entry is written with its href alone; rel, type, title and length
# are lost, because the writer looks them up in the new XML element and not in the entry's data. To
# a reader, a link without rel is rel="alternate": the PDF and the picture become further addresses
# of the post itself, and the Atom feed has no enclosures. RSS from the same object is right.
# Version: feedgen 1.0.0.
# Seen: three <link href="…"/> without rel; in RSS an <enclosure> with type and length.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q feedgen==1.0.0

cat >try.py <<'PROGRAM'
from feedgen.feed import FeedGenerator

feed = FeedGenerator()
feed.id("https://blog.example/")
feed.title("Papers")
feed.description("Papers of the day")
feed.link(href="https://blog.example/atom.xml", rel="self", type="application/atom+xml")
entry = feed.add_entry()
entry.id("https://blog.example/1")
entry.title("A paper")
entry.link(href="https://blog.example/1", rel="alternate", type="text/html")
entry.link(href="https://blog.example/1.pdf", rel="related", type="application/pdf")
entry.enclosure("https://blog.example/1.png", 512, "image/png")
for kind, text in (("Atom", feed.atom_str(pretty=True)), ("RSS", feed.rss_str(pretty=True))):
    lines = text.decode().splitlines()
    print(kind, *[line.strip() for line in lines if "<link " in line or "<enclosure" in line], sep="\n  ")
PROGRAM

cat >expected <<'SEEN'
Atom
  <link href="https://blog.example/atom.xml" rel="self" type="application/atom+xml"/>
  <link href="https://blog.example/1"/>
  <link href="https://blog.example/1.pdf"/>
  <link href="https://blog.example/1.png"/>
RSS
  <enclosure url="https://blog.example/1.png" length="512" type="image/png"/>
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "feedgen-atom-links: behaviour changed (< as noted here, > now)" >&2; exit 1; }
