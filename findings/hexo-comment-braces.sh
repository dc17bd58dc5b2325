#!/usr/bin/env bash
# Guess: of the template syntax in posts, {{ }} and {% %} are what one has to escape for Hexo; a set
# in LaTeX such as \{#A\} (the size of A) is plain text.
# What happens: Nunjucks has a third kind, the comment {# … #}, and Hexo honours it before Markdown;
# the backslash of \{ does not protect it. "{#" in one formula and the next "#}" anywhere later, say
# in "{Java, C#}", make everything between them vanish, paragraphs included, without an error.
# Version: Hexo 8.1.2 with hexo-renderer-marked 7.0.1.
# Seen: of three paragraphs one remains, "Let $n = \ and more."; with a blank in "C# }" all three.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund hexo@8.1.2 hexo-renderer-marked@7.0.1

cat >try.cjs <<'PROGRAM'
const Hexo = require('hexo')
const fs = require('fs')

const TEXT = `Let $n = \\{#A\\}$ be its size.

A second paragraph.

Languages: {Java, C#} and more.`
fs.writeFileSync('package.json', JSON.stringify({
  name: 'site', version: '1.0.0', hexo: { version: '' },
  dependencies: { hexo: '8.1.2', 'hexo-renderer-marked': '7.0.1' },
}))
const hexo = new Hexo(process.cwd(), { silent: true })
hexo.init().then(async () => {
  for (const content of [TEXT, TEXT.replace('#}', '# }')]) {
    const post = await hexo.post.render(null, { content, engine: 'markdown' })
    console.log(post.content.trim() + '\n')
  }
})
PROGRAM

cat >expected <<'SEEN'
<p>Let $n &#x3D; \ and more.</p>

<p>Let $n &#x3D; {#A}$ be its size.</p>
<p>A second paragraph.</p>
<p>Languages: {Java, C# } and more.</p>

SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "hexo-comment-braces: behaviour changed (< as noted here, > now)" >&2; exit 1; }
