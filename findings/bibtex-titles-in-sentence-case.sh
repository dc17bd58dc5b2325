#!/usr/bin/env bash
# Guess: A BibTeX title is read as it stands; CNNs, GANs and LLMs are written in capitals and so
# are safe.
# What happens: Parsers for CSL put unprotected titles in sentence case, as styles would. A word
# all in capitals is an acronym and kept, one with a plural s may be a word: "GANs" becomes "gans",
# and Gaussian and X-Ray lose their capital; ImageNet does not. The BibTeX that arXiv gives
# protects nothing. The first parser reads right with sentenceCase: false.
# Version: @retorquere/bibtex-parser 9.0.29, biblatex-csl-converter 3.2.2.
# Seen: "Learning gans and llms for 3D gaussian splatting".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund @retorquere/bibtex-parser@9.0.29 biblatex-csl-converter@3.2.2

cat >try.mjs <<'PROGRAM'
import { parse as read } from '@retorquere/bibtex-parser'
import { CSLExporter, parse } from 'biblatex-csl-converter'

for (const title of ['Learning GANs and LLMs for 3D Gaussian Splatting', 'An X-Ray Study with CNNs on ImageNet: A BERT Baseline']) {
  const source = `@misc{a, title={${title}}, year={2024}}`
  console.log(read(source).entries[0].fields.title)
  console.log(read(source, { sentenceCase: false }).entries[0].fields.title)
  console.log(new CSLExporter(parse(source).entries).parse()['1'].title)
}
PROGRAM

cat >expected <<'SEEN'
Learning gans and llms for 3D gaussian splatting
Learning GANs and LLMs for 3D Gaussian Splatting
Learning gans and llms for 3D gaussian splatting
An x-ray study with cnns on ImageNet: a BERT baseline
An X-Ray Study with CNNs on ImageNet: A BERT Baseline
An X-ray study with cnns on ImageNet: a BERT baseline
SEEN

node try.mjs | tee seen
diff expected seen >&2 || { echo "bibtex-titles-in-sentence-case: behaviour changed (< as noted here, > now)" >&2; exit 1; }
