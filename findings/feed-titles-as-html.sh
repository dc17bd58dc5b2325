#!/usr/bin/env bash
# Guess: the npm package feed takes an entry's title as text, as it does the title of the feed, and
# escapes it: "a<b" is read as a<b.
# What happens: titles and summaries of entries are marked type="html" and put in CDATA as they are,
# so a reader of the Atom feed takes the title for HTML: everything from < on is a tag and vanishes.
# The title of the feed is escaped as text. Escape titles yourself, but not that of the feed.
# Version: feed 6.0.0.
# Seen: <title type="html"><![CDATA[Is P<Q & <mask> all?]]></title>
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund feed@6.0.0

cat >try.cjs <<'PROGRAM'
const { Feed } = require('feed')

const title = 'Is P<Q & <mask> all?'
const date = new Date(0)
const feed = new Feed({ title, id: 'https://example.org/', updated: date })
feed.addItem({ title, id: 'https://example.org/1', link: 'https://example.org/1', date })
for (const line of feed.atom1().match(/<title.*<\/title>/g)) console.log(line)
PROGRAM

cat >expected <<'SEEN'
<title>Is P&lt;Q &amp; &lt;mask&gt; all?</title>
<title type="html"><![CDATA[Is P<Q & <mask> all?]]></title>
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "feed-titles-as-html: behaviour changed (< as noted here, > now)" >&2; exit 1; }
