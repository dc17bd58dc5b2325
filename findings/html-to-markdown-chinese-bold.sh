#!/usr/bin/env bash
# Guess: Bold Chinese from HTML turned into Markdown is bold when the Markdown is shown.
# What happens: CommonMark opens and closes emphasis by the characters beside the asterisks, and
# between a full-width bracket or colon and a Chinese character without a blank they do neither.
# The converter does not look: what it writes for <b>（face）</b> is shown with its asterisks.
# markdown-it-cjk-friendly reads it; a mark outside the bold text is safe everywhere.
# Version: turndown 7.2.5, marked 18.2.1, markdown-it-cjk-friendly 3.0.0 with markdown-it 15.0.3.
# Seen: 人脸**（face）**生成 in the page.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund turndown@7.2.5 marked@18.2.1 markdown-it@15.0.3 markdown-it-cjk-friendly@3.0.0

cat >try.mjs <<'PROGRAM'
import MarkdownIt from 'markdown-it'
import cjk from 'markdown-it-cjk-friendly'
import { marked } from 'marked'
import TurndownService from 'turndown'

for (const html of ['人脸<b>（face）</b>生成', '<b>注意：</b>后文', '<b>注意</b>：后文']) {
  const markdown = new TurndownService().turndown(html)
  console.log(markdown)
  console.log('  ', marked(markdown).trim())
  console.log('  ', new MarkdownIt().use(cjk).render(markdown).trim())
}
PROGRAM

cat >expected <<'SEEN'
人脸**（face）**生成
   <p>人脸**（face）**生成</p>
   <p>人脸<strong>（face）</strong>生成</p>
**注意：**后文
   <p>**注意：**后文</p>
   <p><strong>注意：</strong>后文</p>
**注意**：后文
   <p><strong>注意</strong>：后文</p>
   <p><strong>注意</strong>：后文</p>
SEEN

node try.mjs | tee seen
diff expected seen >&2 || { echo "html-to-markdown-chinese-bold: behaviour changed (< as noted here, > now)" >&2; exit 1; }
