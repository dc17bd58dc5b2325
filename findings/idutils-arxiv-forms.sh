#!/usr/bin/env bash
# Guess: idutils, made for identifiers of scholarly works, knows an arXiv id in every form people
# paste: an abs or pdf address and the DOI 10.48550/arXiv.… as well as the bare id; and refuses a
# month 13.
# What happens: bare ids and "arXiv:…" only. An address is just a "url" and the DOI just a "doi", so
# the same paper pasted three ways stays three works; and the month is not looked at, nor that ids
# before 2015 have four digits after the dot, so 2413.00001 and 0704.00012 pass.
# Version: idutils 1.7.1.
# Seen: None for both addresses and the DOI; arXiv:2413.00001 and arXiv:0704.00012, which cannot
# exist.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q idutils==1.7.1

cat >try.py <<'PROGRAM'
import idutils

for text in (
    "2401.00001v2",
    "arXiv:hep-th/9901001",
    "https://arxiv.org/abs/2401.00001",
    "https://arxiv.org/pdf/2401.00001v2",
    "10.48550/arXiv.2401.00001",
    "2413.00001",
    "0704.00012",
):
    is_arxiv = bool(idutils.is_arxiv(text))
    print(f"{text:36}", idutils.normalize_arxiv(text) if is_arxiv else None)
PROGRAM

cat >expected <<'SEEN'
2401.00001v2                         arXiv:2401.00001v2
arXiv:hep-th/9901001                 arXiv:hep-th/9901001
https://arxiv.org/abs/2401.00001     None
https://arxiv.org/pdf/2401.00001v2   None
10.48550/arXiv.2401.00001            None
2413.00001                           arXiv:2413.00001
0704.00012                           arXiv:0704.00012
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "idutils-arxiv-forms: behaviour changed (< as noted here, > now)" >&2; exit 1; }
