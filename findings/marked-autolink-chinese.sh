#!/usr/bin/env bash
# Guess: a bare address in Chinese text ends at the full-width comma, stop or bracket after it, as
# it does before ASCII punctuation.
# What happens: GFM's autolinks end only at white space or <, and trim only ASCII punctuation.
# Chinese has no blank after a stop, so in marked (Hexo) the link swallows the rest of the sentence,
# percent-encoded, and leads nowhere. markdown-it's linkify ends where it should, so VuePress and
# Hexo differ on the same post. Write <https://…> or [text](https://…).
# Version: marked 18.2.1 and markdown-it 15.0.3 with linkify.
# Seen: href="https://arxiv.org/abs/2401.00001%E3%80%82%E5%90%8E%E6%96%87" for "…00001。后文" in
# marked.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund marked@18.2.1 markdown-it@15.0.3

cat >try.cjs <<'PROGRAM'
const { marked } = require('marked')
const MarkdownIt = require('markdown-it')

const linkify = new (MarkdownIt.default || MarkdownIt)({ linkify: true })
for (const text of ['见 https://arxiv.org/abs/2401.00001。后文', '（https://arxiv.org/abs/2401.00001）', 'https://arxiv.org/abs/2401.00001, more']) {
  console.log(text)
  for (const html of [marked(text), linkify.render(text)]) console.log('  ', /href="([^"]*)"/.exec(html)[1])
}
PROGRAM

cat >expected <<'SEEN'
见 https://arxiv.org/abs/2401.00001。后文
   https://arxiv.org/abs/2401.00001%E3%80%82%E5%90%8E%E6%96%87
   https://arxiv.org/abs/2401.00001
（https://arxiv.org/abs/2401.00001）
   https://arxiv.org/abs/2401.00001%EF%BC%89
   https://arxiv.org/abs/2401.00001
https://arxiv.org/abs/2401.00001, more
   https://arxiv.org/abs/2401.00001
   https://arxiv.org/abs/2401.00001
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "marked-autolink-chinese: behaviour changed (< as noted here, > now)" >&2; exit 1; }
