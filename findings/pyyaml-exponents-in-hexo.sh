#!/usr/bin/env bash
# Guess: PyYAML quotes every string that a YAML reader would take for something else, so front
# matter written with it reads back as the same strings in Hexo and VuePress.
# What happens: PyYAML knows YAML 1.1, where a float needs a dot and a signed exponent; 1e5, 12e03
# and 1.5e3 are written bare. Hexo (YAML 1.2) and gray-matter (VuePress, js-yaml 3) read numbers: a
# tag 1e5 becomes 100000, with that address. 08 and 0o17 fall between the two: numbers in Hexo,
# strings in VuePress.
# Version: PyYAML 6.0.4; hexo-front-matter 4.2.1 (the one Hexo 8.1.2 brings) and gray-matter 4.0.3.
# Seen: '1e5' -> 100000 in both; '08' -> 8 and '0o17' -> 15 in Hexo alone; '12:30' and 'no' are
# safe.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund hexo-front-matter@4.2.1 gray-matter@4.0.3

cat >try.cjs <<'PROGRAM'
const { execFileSync } = require('child_process')
const hexo = require('hexo-front-matter')
const matter = require('gray-matter')

execFileSync('python3', ['-m', 'venv', 'venv'])
execFileSync('venv/bin/pip', ['install', '-q', 'PyYAML==6.0.4'], { stdio: ['ignore', 'ignore', 'inherit'] })
const tags = ['1e5', '12e03', '1.5e3', '08', '0o17', '12:30', 'no']
const program = 'import json, sys, yaml; print(yaml.safe_dump({"tags": json.loads(sys.argv[1])}))'
const yaml = execFileSync('venv/bin/python', ['-c', program, JSON.stringify(tags)], { encoding: 'utf8' })
const page = `---\n${yaml.trim()}\n---\nBody\n`
const [inHexo, inMatter] = [hexo.parse(page).tags, matter(page).data.tags]
const written = yaml.trim().split('\n').slice(1)
tags.forEach((tag, i) => {
  const values = [inHexo[i], inMatter[i]].map((value) => JSON.stringify(value))
  console.log(JSON.stringify(tag), 'written', written[i].slice(2), '- Hexo', values[0], '- gray-matter', values[1])
})
PROGRAM

cat >expected <<'SEEN'
"1e5" written 1e5 - Hexo 100000 - gray-matter 100000
"12e03" written 12e03 - Hexo 12000 - gray-matter 12000
"1.5e3" written 1.5e3 - Hexo 1500 - gray-matter 1500
"08" written 08 - Hexo 8 - gray-matter "08"
"0o17" written 0o17 - Hexo 15 - gray-matter "0o17"
"12:30" written '12:30' - Hexo "12:30" - gray-matter "12:30"
"no" written 'no' - Hexo "no" - gray-matter "no"
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "pyyaml-exponents-in-hexo: behaviour changed (< as noted here, > now)" >&2; exit 1; }
