#!/usr/bin/env bash
# Guess: without a plugin for a language lunr stems badly but finds a word that is typed just as in
# the title: Élan, résumé, α, 数字人.
# What happens: its trimmer takes all but ASCII letters, digits and _ off both ends of a word when
# indexing. Chinese and Greek words vanish from the index, Élan is filed as "lan" and 语音GPT驱动 as
# "gpt". Queries are not trimmed, so the right spelling finds nothing and "lan" finds Élan.
# Version: lunr 2.3.9.
# Seen: nothing for élan, résumé, α, 数字人; "lan" finds Élan.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund lunr@2.3.9

cat >try.cjs <<'PROGRAM'
const lunr = require('lunr')

const titles = ['Élan', 'résumé', 'α', '数字人', '语音GPT驱动', 'naïve']
const index = lunr(function () {
  this.ref('title')
  this.field('title')
  for (const title of titles) this.add({ title })
})
console.log('index:', Object.keys(index.invertedIndex).join(' '))
for (const word of [...titles, 'lan']) {
  console.log(word, '->', index.search(word).map((result) => result.ref).join(' ') || 'nothing')
}
PROGRAM

cat >expected <<'SEEN'
index: lan résum  gpt naïv
Élan -> nothing
résumé -> nothing
α -> nothing
数字人 -> nothing
语音GPT驱动 -> nothing
naïve -> naïve
lan -> Élan
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "lunr-letters-trimmed: behaviour changed (< as noted here, > now)" >&2; exit 1; }
