#!/usr/bin/env bash
# Guess: HTML turned into Markdown and back shows the same text: 10⁻³, x², p<0.05 and <mask>.
# What happens: sup and sub are dropped without a trace, so 10⁻³ becomes 10\-3, which is shown as
# 10-3, and x² becomes x2. Escaped angle brackets become real ones: <mask> is an unknown tag in the
# Markdown and vanishes from the page. turndown.keep(["sup", "sub"]) mends the first.
# Version: turndown 7.2.5, marked 18.2.1.
# Seen: 10-3, O(n2) and x2; "the <mask> token" as an element.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund turndown@7.2.5 marked@18.2.1

cat >try.mjs <<'PROGRAM'
import { marked } from 'marked'
import TurndownService from 'turndown'

const kept = new TurndownService()
kept.keep(['sup', 'sub'])
for (const html of ['a rate of 10<sup>-3</sup>', 'O(n<sup>2</sup>) and x<sub>2</sub>', 'the &lt;mask&gt; token', 'p &lt;0.05']) {
  const markdown = new TurndownService().turndown(html)
  console.log(html, '|', markdown, '|', marked(markdown).trim(), '|', kept.turndown(html))
}
PROGRAM

cat >expected <<'SEEN'
a rate of 10<sup>-3</sup> | a rate of 10\-3 | <p>a rate of 10-3</p> | a rate of 10<sup>-3</sup>
O(n<sup>2</sup>) and x<sub>2</sub> | O(n2) and x2 | <p>O(n2) and x2</p> | O(n<sup>2</sup>) and x<sub>2</sub>
the &lt;mask&gt; token | the <mask> token | <p>the <mask> token</p> | the <mask> token
p &lt;0.05 | p <0.05 | <p>p &lt;0.05</p> | p <0.05
SEEN

node try.mjs | tee seen
diff expected seen >&2 || { echo "turndown-exponents-and-masks: behaviour changed (< as noted here, > now)" >&2; exit 1; }
