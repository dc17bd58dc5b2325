#!/usr/bin/env bash
# Guess: pySBD, whose English rules name abbreviations before numbers and brackets, keeps "et al.
# [3]", "Eq. (3)" and "cf. Sec. 4" in one piece.
# What happens: it cuts at each of them and at "Tab. 3"; "Fig. 2" and "et al. (2024)" are kept. So a
# claim is parted from its citation: the mark [3] opens the next piece.
# Version: pysbd 0.3.4, language en, clean=False.
# Seen: 'by Doe et al.' / '[3] works.'; 'Eq.' / '(3)'; 'cf.' / 'Sec. 4'; 'Tab.' / '3.'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pysbd==0.3.4

cat >try.py <<'PROGRAM'
import warnings

warnings.simplefilter("ignore")
import pysbd

segmenter = pysbd.Segmenter(language="en", clean=False)
for text in (
    "The loss by Doe et al. [3] works.",
    "The loss by Doe et al. (2024) works.",
    "See Fig. 2 and Eq. (3) for it.",
    "We differ, cf. Sec. 4 there.",
    "All are in Tab. 3 below.",
):
    print([piece.strip() for piece in segmenter.segment(text)])
PROGRAM

cat >expected <<'SEEN'
['The loss by Doe et al.', '[3] works.']
['The loss by Doe et al. (2024) works.']
['See Fig. 2 and Eq.', '(3) for it.']
['We differ, cf.', 'Sec. 4 there.']
['All are in Tab.', '3 below.']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pysbd-citations: behaviour changed (< as noted here, > now)" >&2; exit 1; }
