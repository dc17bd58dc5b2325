#!/usr/bin/env bash
# Guess: the rectangle of a drawn line, the rule of a table say, is part of a union, and its
# intersection with a rectangle elsewhere is empty at another place than the line.
# What happens: a rectangle without height counts as empty whatever its width. A union drops it, so
# a box around all drawings leaves out the rules; intersects() is False for the page it lies on
# though contains() is True; and `&` gives the line itself back, whole, even for a rectangle far
# away.
# Version: PyMuPDF 2.0.
# Seen: the union of two rules and a box is the box; rule & disjoint is the rule.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==2.0

cat >try.py <<'PROGRAM'
import pymupdf

page = pymupdf.open().new_page()
page.draw_line((50, 100), (250, 100))
page.draw_line((50, 140), (250, 140))
page.draw_rect((100, 200, 160, 260))
rule, second, box = (drawing["rect"] for drawing in page.get_drawings())
print("rule:", rule, "empty:", rule.is_empty)
print("union:", rule | second | box)
print("intersects the page:", rule.intersects(page.rect), "in it:", page.rect.contains(rule))
print("rule & disjoint:", rule & pymupdf.Rect(300, 400, 350, 500))
PROGRAM

cat >expected <<'SEEN'
rule: Rect(50.0, 100.0, 250.0, 100.0) empty: True
union: Rect(100.0, 200.0, 160.0, 260.0)
intersects the page: False in it: True
rule & disjoint: Rect(50.0, 100.0, 250.0, 100.0)
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-rules-as-rectangles: behaviour changed (< as noted here, > now)" >&2; exit 1; }
