#!/usr/bin/env bash
# Guess: NFKC turns the radicals that PDF fonts give for Chinese characters (⼈ for 人, ⻓ for 长) into
# the characters, all of them: compatibility is what it is for.
# What happens: the 214 Kangxi radicals (U+2F00) have mappings, of the 115 in the supplement
# (U+2E80) only two have. ⻓ ⻋ ⻅ ⻔ ⻢, the simplified forms and so the frequent ones in mainland
# papers, stay as they are, look right on every screen and are found by no search. Unicode's
# EquivalentUnifiedIdeograph.txt maps them.
# Version: unicodedata2 18.0.0 (Unicode 18); the same in Python's own unicodedata.
# Seen: 214 of 214, 2 of 115 (⺟ ⻳); ⼈⻓ becomes 人⻓.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q unicodedata2==18.0.0

cat >try.py <<'PROGRAM'
import unicodedata2


def mapped(first, last):
    signs = [chr(code) for code in range(first, last + 1) if unicodedata2.name(chr(code), None)]
    changed = [sign for sign in signs if unicodedata2.normalize("NFKC", sign) != sign]
    return len(signs), len(changed), changed


print("Kangxi:    ", mapped(0x2F00, 0x2FD5)[:2])
print("supplement:", *mapped(0x2E80, 0x2EF3))
print(ascii(unicodedata2.normalize("NFKC", "⼈⻓")), "人长 would be", ascii("人长"))
PROGRAM

cat >expected <<'SEEN'
Kangxi:     (214, 214)
supplement: 115 2 ['⺟', '⻳']
'\u4eba\u2ed3' 人长 would be '\u4eba\u957f'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "nfkc-radicals: behaviour changed (< as noted here, > now)" >&2; exit 1; }
