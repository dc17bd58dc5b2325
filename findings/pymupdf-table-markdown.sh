#!/usr/bin/env bash
# Guess: Table.to_markdown() writes a table that Markdown reads back with the same cells: it escapes
# the vertical bar, as everyone who writes tables of Markdown must.
# What happens: it escapes nothing. "P(y | x)" or "Ours | a" in one cell becomes two, and GFM
# silently drops the surplus cell at the end of the row: the numbers stand one column to the right
# of their headings and the last is gone. Conditional probabilities are common heads of columns.
# Version: PyMuPDF 1.28.2, read back with markdown-it-py 4.3.0.
# Seen: extract() has 'P(y | x)', '12.34', '0.12'; the Markdown's row reads back as 'P(y', 'x)',
# '12.34'.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2 markdown-it-py==4.3.0

cat >try.py <<'PROGRAM'
import re

import pymupdf
from markdown_it import MarkdownIt

page = pymupdf.open().new_page()
for row, cells in enumerate((("Score", "FID", "IS"), ("P(y | x)", "12.34", "0.12"))):
    for column, text in enumerate(cells):
        box = pymupdf.Rect(50, 50, 150, 70) + (column * 100, row * 20) * 2
        page.draw_rect(box)
        page.insert_text((box.x0 + 4, box.y1 - 6), text, fontsize=9)
pymupdf.no_recommend_layout()
table = page.find_tables().tables[0]
print("extracted:", table.extract()[1])
html = MarkdownIt().enable("table").render(table.to_markdown())
print("read back:", re.findall("<td>(.*?)</td>", html))
PROGRAM

cat >expected <<'SEEN'
extracted: ['P(y | x)', '12.34', '0.12']
read back: ['P(y', 'x)', '12.34']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-table-markdown: behaviour changed (< as noted here, > now)" >&2; exit 1; }
