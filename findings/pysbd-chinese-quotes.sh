#!/usr/bin/env bash
# Guess: in Chinese a closing quotation mark or bracket stays with the sentence it closes, as pySBD
# does in English.
# What happens: it cuts right behind 。！？ wherever they stand, so the next piece begins with ” or ）
# and the quotation stays open. In English the marks are minded.
# Version: pysbd 0.3.4, languages zh and en, clean=False.
# Seen: '他问：“真的吗？' / '”没有人回答。'
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

for language, text in (
    ("zh", "他问：“真的吗？”没有人回答。"),
    ("zh", "方法有效（见图二。）结果更好。"),
    ("en", "He asked: \u201cIs it true?\u201d Nobody answered."),
):
    pieces = pysbd.Segmenter(language=language, clean=False).segment(text)
    print([piece.strip() for piece in pieces])
PROGRAM

cat >expected <<'SEEN'
['他问：“真的吗？', '”没有人回答。']
['方法有效（见图二。', '）结果更好。']
['He asked: “Is it true?”', 'Nobody answered.']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pysbd-chinese-quotes: behaviour changed (< as noted here, > now)" >&2; exit 1; }
