#!/usr/bin/env bash
# Guess: \log, a command the table of symbols lacks, is left as it is, and \% becomes a per cent
# sign.
# What happens: commands are replaced as plain substrings without a look at the letter that follows:
# \log begins with \l, the Polish letter, and \alphabet with \alpha. "50\%" is in the table as the
# name of a shaded block, so half of all comes out as a grey box; 60\% is right. Subscripts are
# applied in file names as well.
# Version: unicodeit 0.7.5.
# Seen: O(nłog n), "▒ of" for "50\% of", fileₙame.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q unicodeit==0.7.5

cat >try.py <<'PROGRAM'
import unicodeit

for text in (r"O(n\log n)", r"\alphabet", r"50\% of", r"60\% of", "file_name", r"x_1 \leq y^2"):
    print(text, "->", unicodeit.replace(text))
PROGRAM

cat >expected <<'SEEN'
O(n\log n) -> O(nłog n)
\alphabet -> αbet
50\% of -> ▒ of
60\% of -> 60% of
file_name -> fileₙame
x_1 \leq y^2 -> x₁ ≤ y²
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "unicodeit-commands: behaviour changed (< as noted here, > now)" >&2; exit 1; }
