#!/usr/bin/env bash
# Guess: ROUGE of a Chinese summary against itself is 1, and "+0.5 dB" and "−0.5 dB" are not the
# same.
# What happens: Before it counts, the tokenizer deletes everything but a to z and 0 to 9. Chinese
# text has no tokens, so a perfect summary scores 0 as a wrong one does, without a word; signs of
# numbers and the dot go too, so a loss is a gain. RougeScorer takes a tokenizer of one's own.
# Version: rouge-score 0.1.2.
# Seen: 0.0 for identical Chinese sentences, 1.0 for "+0.5 dB" against "-0.5 dB" and for "1.25"
# against "1 25".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q rouge-score==0.1.2

cat >try.py <<'PROGRAM'
from rouge_score import rouge_scorer

scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"])
for reference, summary in [
    ("该方法用扩散模型生成说话人脸。", "该方法用扩散模型生成说话人脸。"),
    ("a change of +0.5 dB", "a change of -0.5 dB"),
    ("an error of 1.25", "an error of 1 25"),
]:
    scores = scorer.score(reference, summary)
    print(f"{scores['rouge1'].fmeasure:.1f} {scores['rougeL'].fmeasure:.1f}", reference, "|", summary)
PROGRAM

cat >expected <<'SEEN'
0.0 0.0 该方法用扩散模型生成说话人脸。 | 该方法用扩散模型生成说话人脸。
1.0 1.0 a change of +0.5 dB | a change of -0.5 dB
1.0 1.0 an error of 1.25 | an error of 1 25
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "rouge-score-chinese: behaviour changed (< as noted here, > now)" >&2; exit 1; }
