#!/usr/bin/env bash
# Guess: jieba.add_word("talking head"), or such a line in a user dictionary, makes the term one
# token; add_word is there to overrule the segmentation.
# What happens: the text is first cut into runs of Chinese, ASCII letters, digits and a few signs,
# and the dictionary is only asked within a run. A word with a blank or any other letter (α, ü, a
# minus) is accepted, even counted in the frequencies, and can never match; names such as Müller
# come apart into M, ü and ller although added. GPT-4o and C++ work, because -, + and # are among
# the signs.
# Version: jieba 0.42.1.
# Seen: ['talking', ' ', 'head'], ['α', '通道'], ['M', 'ü', 'ller'], but ['GPT-4o'].
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q jieba==0.42.1

cat >try.py <<'PROGRAM'
import logging

import jieba

jieba.setLogLevel(logging.ERROR)
for word in ("talking head", "α通道", "Müller", "GPT-4o"):
    jieba.add_word(word)
    print(word, "frequency set:", jieba.dt.FREQ[word] > 0, jieba.lcut(word))
PROGRAM

cat >expected <<'SEEN'
talking head frequency set: True ['talking', ' ', 'head']
α通道 frequency set: True ['α', '通道']
Müller frequency set: True ['M', 'ü', 'ller']
GPT-4o frequency set: True ['GPT-4o']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "jieba-words-with-blanks: behaviour changed (< as noted here, > now)" >&2; exit 1; }
