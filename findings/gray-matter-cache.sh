#!/usr/bin/env bash
# Guess: gray-matter(text) is a function of its text: broken YAML raises each time, and what a
# caller changes in the result is the caller's own.
# What happens: without options the results are kept in a cache by text, put there before the YAML
# is parsed. The first call on broken front matter throws, the second returns empty data as if
# nothing were wrong, so a retry or a second plugin hides the error; and data changed by one caller
# (tags.push) is what the next one gets. Passing any object as options, even {}, avoids the cache.
# Version: gray-matter 4.0.3, the front matter reader of VuePress.
# Seen: YAMLException, then {}; ["a"] becomes ["a","z"] for the next caller; with {} it throws
# twice.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund gray-matter@4.0.3

cat >try.cjs <<'PROGRAM'
const matter = require('gray-matter')

const look = (text, ...options) => {
  try {
    return JSON.stringify(matter(text, ...options).data)
  } catch (error) {
    return error.name
  }
}
const broken = '---\ntitle: "Deep" faces\n---\nText'
console.log('broken, first and second call:', look(broken), look(broken))
const other = broken.replace('Text', 'Other text')
console.log('the same with options {}:', look(other, {}), look(other, {}))
const tagged = '---\ntags: [a]\n---\nText'
matter(tagged).data.tags.push('z')
console.log('after another caller added a tag:', look(tagged))
PROGRAM

cat >expected <<'SEEN'
broken, first and second call: YAMLException {}
the same with options {}: YAMLException YAMLException
after another caller added a tag: {"tags":["a","z"]}
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "gray-matter-cache: behaviour changed (< as noted here, > now)" >&2; exit 1; }
