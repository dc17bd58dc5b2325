#!/usr/bin/env bash
# Guess: get_text("words") splits at every blank that str.split() knows, so that the ideographic
# space between Chinese authors, or the thin space in "5 GB", parts two words.
# What happens: of these, only the ASCII blank and the no-break space part words. 王小明, U+3000, 李雷 is
# one word with the space inside, and so it is with thin, en and narrow no-break spaces, although
# get_text() shows them as blanks. Counts of words and boxes of names are off; `delimiters` has to
# name them.
# Version: PyMuPDF 1.28.2.
# Seen: one word for U+3000, U+2009, U+2002 and U+202F; two for U+00A0; two for U+3000 with
# delimiters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2

cat >try.py <<'PROGRAM'
import pymupdf

for space in ("\u00a0", "\u2009", "\u2002", "\u202f", "\u3000"):
    page = pymupdf.open().new_page()
    writer = pymupdf.TextWriter(page.rect)
    writer.append((50, 50), f"王小明{space}李雷", font=pymupdf.Font("cjk"))
    writer.write_text(page)
    words = [word[4] for word in page.get_text("words")]
    print(f"U+{ord(space):04X}", ascii(space), "in text:", space in page.get_text(), "words:", len(words))
print("with delimiters:", [word[4] for word in page.get_text("words", delimiters="\u3000")])
PROGRAM

cat >expected <<'SEEN'
U+00A0 '\xa0' in text: True words: 2
U+2009 '\u2009' in text: True words: 1
U+2002 '\u2002' in text: True words: 1
U+202F '\u202f' in text: True words: 1
U+3000 '\u3000' in text: True words: 1
with delimiters: ['王小明', '李雷']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-words-spaces: behaviour changed (< as noted here, > now)" >&2; exit 1; }
