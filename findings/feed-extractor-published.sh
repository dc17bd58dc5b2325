#!/usr/bin/env bash
# Guess: `published` of an entry is the day on which the paper was submitted, the published element
# of the Atom entry; its summary is whole.
# What happens: For Atom the parser gives the element updated where there is one, under the name
# published; no other date is given. A paper of 2024 that was revised last week is a new paper of
# last week. Descriptions are cut to 250 letters and dots unless descriptionMaxLen says otherwise.
# Version: @extractus/feed-extractor 8.0.3.
# Seen: published 2026-11-28 for a paper submitted on 2024-01-01; 253 letters of 450.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund @extractus/feed-extractor@8.0.3

cat >try.mjs <<'PROGRAM'
import { extractFromXml } from '@extractus/feed-extractor'

const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title><entry>
<id>http://arxiv.org/abs/2401.00001v3</id><title>A</title><link href="http://arxiv.org/abs/2401.00001v3"/>
<published>2024-01-01T10:00:00Z</published><updated>2026-11-28T20:00:00Z</updated>
<summary>${'word '.repeat(90)}</summary></entry></feed>`
const [entry] = extractFromXml(xml).entries
console.log(Object.keys(entry).join(' '))
console.log(entry.published, entry.description.length)
PROGRAM

cat >expected <<'SEEN'
id title link published description
2026-11-28T20:00:00.000Z 253
SEEN

node try.mjs | tee seen
diff expected seen >&2 || { echo "feed-extractor-published: behaviour changed (< as noted here, > now)" >&2; exit 1; }
