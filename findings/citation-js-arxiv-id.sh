#!/usr/bin/env bash
# Guess: read from arXiv's own BibTeX (eprint, archivePrefix, primaryClass), a preprint keeps its id
# somewhere in Citation.js's CSL-JSON: in number, archive_location, note or URL.
# What happens: all three fields are dropped without a word, and the type becomes "document". The
# formatted reference of an arXiv paper names neither arXiv nor the id, and BibTeX written from it
# has no eprint any more.
# Version: citation-js 0.7.22.
# Seen: author, type, id, citation-key, issued, title and no more; "Doe, J. (2024). Deep faces."
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund citation-js@0.7.22

cat >try.cjs <<'PROGRAM'
const Cite = require('citation-js')

const cite = new Cite(`@misc{doe2024,
  title={Deep faces}, author={Jane Doe}, year={2024},
  eprint={2401.00001}, archivePrefix={arXiv}, primaryClass={cs.CV}}`)
console.log(Object.keys(cite.data[0]).filter((key) => key !== '_graph').sort().join(' '))
console.log('type:', cite.data[0].type)
console.log(cite.format('bibliography', { template: 'apa' }).trim())
console.log('eprint in BibTeX:', cite.format('bibtex').includes('eprint'))
PROGRAM

cat >expected <<'SEEN'
author citation-key id issued title type
type: document
Doe, J. (2024). Deep faces.
eprint in BibTeX: false
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "citation-js-arxiv-id: behaviour changed (< as noted here, > now)" >&2; exit 1; }
