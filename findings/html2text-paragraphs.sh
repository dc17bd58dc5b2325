#!/usr/bin/env bash
# Guess: html2text indents the second paragraph of a list item, and its wrapping at 78 columns
# leaves addresses whole, as they have no blank.
# What happens: the second paragraph stands at the margin, outside the list, and so splits it in
# two. A bare address is broken behind a hyphen; what follows is on the next line and no part of it.
# Set body_width = 0 against the second.
# Version: html2text 2025.4.15.
# Seen: "b" without indentation; an address of 87 characters on two lines.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q html2text==2025.4.15

cat >try.py <<'PROGRAM'
import html2text

print(html2text.html2text("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>").strip())
address = "https://example.org/" + "long-title-of-a-paper-" * 3 + "x"
print(html2text.html2text(f"<p>{address}</p>").strip())
PROGRAM

cat >expected <<'SEEN'
* a

b

  * c
https://example.org/long-title-of-a-paper-long-title-of-a-paper-long-title-of-
a-paper-x
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "html2text-paragraphs: behaviour changed (< as noted here, > now)" >&2; exit 1; }
