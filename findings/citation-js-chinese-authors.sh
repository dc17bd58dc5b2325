#!/usr/bin/env bash
# Guess: Citation.js writes BibTeX in UTF-8, or in LaTeX commands with what has none left as it is;
# a Chinese author comes out as 王, 小明 either way.
# What happens: the characters are deleted. The BibTeX of a paper by 王小明 has the author ", " and the
# rest of the list goes on after it; a Chinese title is empty. Nothing is raised or logged. Accents
# are turned into commands rightly; the option that keeps Unicode (config.format.asciiOnly = false)
# must be known.
# Version: citation-js 0.7.22 with @citation-js/plugin-bibtex as it brings it.
# Seen: author = {,  and Doe, Jane}, title empty; with asciiOnly false: author = {王, 小明 and Doe,
# Jane}.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund citation-js@0.7.22

cat >try.cjs <<'PROGRAM'
const Cite = require('citation-js')
const { plugins } = require('@citation-js/core')

const paper = [{
  id: 'a', type: 'article-journal', title: '数字人生成',
  author: [{ family: '王', given: '小明' }, { family: 'Doe', given: 'Jane' }],
}]
const lines = () => new Cite(paper).format('bibtex').split('\n').filter((l) => /author|title/.test(l))
console.log(lines().map((l) => l.trim()).join('\n'))
plugins.config.get('@bibtex').format.asciiOnly = false
console.log(lines().map((l) => l.trim()).join('\n'))
PROGRAM

cat >expected <<'SEEN'
author = {,  and Doe, Jane},
title = {},
author = {王, 小明 and Doe, Jane},
title = {数字人生成},
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "citation-js-chinese-authors: behaviour changed (< as noted here, > now)" >&2; exit 1; }
