#!/usr/bin/env bash
# Guess: strikethrough takes two tildes, as in GitHub's manual for writers; the single ~ of Chinese
# ranges (3~5天) is text.
# What happens: GFM's specification allows one tilde as well, and marked follows it with no regard
# for the letters around: two ranges in one paragraph strike out what stands between them. Hexo's
# usual renderer is marked; markdown-it (VuePress) wants two, so the preview of one does not show
# the fault of the other. An escaped \~ or the full-width ～ is safe.
# Version: marked 18.2.1 and markdown-it 15.0.3 (hexo-renderer-marked 7.0.1 brings marked 15, the
# same).
# Seen: 需要3<del>5天，共7</del>9页 in marked; unchanged in markdown-it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund marked@18.2.1 markdown-it@15.0.3 hexo-renderer-marked@7.0.1

cat >try.cjs <<'PROGRAM'
const { marked } = require('marked')
const MarkdownIt = require('markdown-it')
const { marked: inHexo } = require('./node_modules/hexo-renderer-marked/node_modules/marked')

const markdownIt = new (MarkdownIt.default || MarkdownIt)()
for (const text of ['需要3~5天，共7~9页', '需要3\\~5天，共7\\~9页', '只有3~5天']) {
  console.log('marked:     ', marked(text).trim())
  console.log('marked 15:  ', inHexo(text).trim())
  console.log('markdown-it:', markdownIt.render(text).trim())
}
PROGRAM

cat >expected <<'SEEN'
marked:      <p>需要3<del>5天，共7</del>9页</p>
marked 15:   <p>需要3<del>5天，共7</del>9页</p>
markdown-it: <p>需要3~5天，共7~9页</p>
marked:      <p>需要3~5天，共7~9页</p>
marked 15:   <p>需要3~5天，共7~9页</p>
markdown-it: <p>需要3~5天，共7~9页</p>
marked:      <p>只有3~5天</p>
marked 15:   <p>只有3~5天</p>
markdown-it: <p>只有3~5天</p>
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "marked-tilde-ranges: behaviour changed (< as noted here, > now)" >&2; exit 1; }
