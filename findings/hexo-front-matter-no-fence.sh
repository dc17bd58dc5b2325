#!/usr/bin/env bash
# Guess: front matter needs a line of three dashes before it; a Markdown file whose first line is
# text has none, and a rule (---) later in the text is a rule.
# What happens: hexo-front-matter makes the opening line optional. Whatever stands before the first
# --- is parsed as YAML, and if that gives a mapping ("Results: good", "Abstract: We show …") the
# paragraph disappears from the post and becomes a field; a sentence without a colon stays. Text put
# into a site without front matter, an abstract first and a rule after it, loses its opening.
# Version: hexo-front-matter 4.2.1 (the one Hexo 8.1.2 brings); gray-matter 4.0.3 keeps the text.
# Seen: {"Abstract":"We show it.","_content":"More text."}; gray-matter: no data, all the content.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund hexo-front-matter@4.2.1 gray-matter@4.0.3

cat >try.cjs <<'PROGRAM'
const hexo = require('hexo-front-matter')
const matter = require('gray-matter')

for (const text of ['Abstract: We show it.\n\n---\nMore text.', 'We show it.\n\n---\nMore text.']) {
  console.log(JSON.stringify(text))
  console.log('  Hexo:       ', JSON.stringify(hexo.parse(text)))
  const { data, content } = matter(text)
  console.log('  gray-matter:', JSON.stringify({ data, content }))
}
PROGRAM

cat >expected <<'SEEN'
"Abstract: We show it.\n\n---\nMore text."
  Hexo:        {"Abstract":"We show it.","_content":"More text."}
  gray-matter: {"data":{},"content":"Abstract: We show it.\n\n---\nMore text."}
"We show it.\n\n---\nMore text."
  Hexo:        {"_content":"We show it.\n\n---\nMore text."}
  gray-matter: {"data":{},"content":"We show it.\n\n---\nMore text."}
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "hexo-front-matter-no-fence: behaviour changed (< as noted here, > now)" >&2; exit 1; }
