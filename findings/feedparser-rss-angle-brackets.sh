#!/usr/bin/env bash
# Guess: feedparser hands over the text of an arXiv RSS item as written: `<mask>` in an abstract,
# escaped in the XML as it should be, arrives as `<mask>`.
# What happens: an RSS description counts as HTML and is sanitised. Names of tokens in angle
# brackets vanish (<mask>, <think>, <image>), and a comparison such as "a<b, c>d" is taken for a tag
# and rewritten. The title of the same item is kept, and so is the same text in Atom, where it
# counts as plain; so code tested on the Atom API loses words on the RSS feed. Both
# sanitize_html=False and resolve_relative_uris=False are needed to keep them.
# Version: feedparser 6.0.14.
# Seen: "the  and  tokens, if a<b>d" against "the <mask> and <think> tokens, if a<b, c>d".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q feedparser==6.0.14

cat >try.py <<'PROGRAM'
import feedparser

TEXT = "the &lt;mask&gt; and &lt;think&gt; tokens, if a&lt;b, c&gt;d"
RSS = (
    '<rss version="2.0"><channel><title>cs.CV</title><item>'
    f"<title>{TEXT}</title><description>{TEXT}</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>q</title><entry>'
    f"<title>{TEXT}</title><summary>{TEXT}</summary></entry></feed>"
)
print("RSS title:  ", feedparser.parse(RSS).entries[0].title)
print("RSS summary:", feedparser.parse(RSS).entries[0].summary)
half = feedparser.parse(RSS, sanitize_html=False)
print("half plain: ", half.entries[0].summary)
plain = feedparser.parse(RSS, sanitize_html=False, resolve_relative_uris=False)
print("plain:      ", plain.entries[0].summary)
print("Atom:       ", feedparser.parse(ATOM).entries[0].summary)
PROGRAM

cat >expected <<'SEEN'
RSS title:   the <mask> and <think> tokens, if a<b, c>d
RSS summary: the  and  tokens, if a<b>d
half plain:  the <mask> and <think> tokens, if a<b>d
plain:       the <mask> and <think> tokens, if a<b, c>d
Atom:        the <mask> and <think> tokens, if a<b, c>d
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "feedparser-rss-angle-brackets: behaviour changed (< as noted here, > now)" >&2; exit 1; }
