#!/usr/bin/env bash
# Guess: pandoc converts the BibTeX that arXiv gives into BibTeX and CSL JSON and keeps what
# identifies the paper.
# What happens: eprint, archivePrefix and primaryClass are dropped in BibTeX, biblatex and CSL
# JSON, which gets the empty string as its type, a value that CSL has not. In CSL JSON "Gaussian
# Splatting" is lower case. From RIS the abstract under N2 is lost, the one under AB is kept. What
# is left of arXiv is an address made from the eprint.
# Version: pandoc 3.9 (pypandoc_binary 1.17).
# Seen: No eprint anywhere; "type": "".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pypandoc_binary==1.17

cat >try.py <<'PROGRAM'
import json

import pypandoc

bibtex = """@misc{wang2024,
  title={Learning GANs for 3D Gaussian Splatting}, author={Xiaoming Wang}, year={2024},
  eprint={2401.00001}, archivePrefix={arXiv}, primaryClass={cs.CV}
}"""
print(pypandoc.get_pandoc_version())
print(pypandoc.convert_text(bibtex, "bibtex", format="bibtex"))
print(pypandoc.convert_text(bibtex, "biblatex", format="bibtex"))
print(json.dumps(json.loads(pypandoc.convert_text(bibtex, "csljson", format="bibtex")), sort_keys=True))
for tag in ("N2", "AB"):
    ris = f"TY  - JOUR\nTI  - Learning\n{tag}  - We learn.\nER  - \n"
    print(tag, "abstract" in json.loads(pypandoc.convert_text(ris, "csljson", format="ris"))[0])
PROGRAM

cat >expected <<'SEEN'
3.9
@misc{wang2024,
  author = {Wang, Xiaoming},
  title = {Learning {GANs} for {3D} Gaussian Splatting},
  year = {2024},
  url = {https://arxiv.org/abs/2401.00001}
}

@misc{wang2024,
  author = {Wang, Xiaoming},
  title = {Learning {GANs} for {3D} Gaussian Splatting},
  date = {2024},
  url = {https://arxiv.org/abs/2401.00001}
}

[{"URL": "https://arxiv.org/abs/2401.00001", "author": [{"family": "Wang", "given": "Xiaoming"}], "id": "wang2024", "issued": {"date-parts": [[2024]]}, "title": "Learning GANs for 3D gaussian splatting", "type": ""}]
N2 False
AB True
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pandoc-arxiv-bibtex: behaviour changed (< as noted here, > now)" >&2; exit 1; }
