#!/usr/bin/env bash
# Guess: what markdownify makes of a paragraph is a paragraph when read again: it escapes, as it
# does with * and _, which it touches even in formulas.
# What happens: it escapes inside lines only by default. A paragraph that begins with a year and a
# full stop becomes a numbered list, one with a dash or # a list or heading. Italic words side by
# side melt into one with asterisks in it. escape_misc=True mends all but that.
# Version: markdownify 1.2.3, read back with markdown-it-py 4.3.0.
# Seen: <ol start="2024">, <ul>, <h1>, <em>a**b</em>.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q markdownify==1.2.3 markdown-it-py==4.3.0

cat >try.py <<'PROGRAM'
from markdown_it import MarkdownIt
from markdownify import markdownify

for html in (
    "<p>2024. That was the year.</p>",
    "<p>- 3 dB is the loss</p>",
    "<p># of parameters</p>",
    "<p><i>a</i><i>b</i></p>",
):
    for options in ({}, {"escape_misc": True}):
        again = MarkdownIt().render(markdownify(html, **options))
        print(html, options, "->", again.replace("\n", ""))
PROGRAM

cat >expected <<'SEEN'
<p>2024. That was the year.</p> {} -> <ol start="2024"><li>That was the year.</li></ol>
<p>2024. That was the year.</p> {'escape_misc': True} -> <p>2024. That was the year.</p>
<p>- 3 dB is the loss</p> {} -> <ul><li>3 dB is the loss</li></ul>
<p>- 3 dB is the loss</p> {'escape_misc': True} -> <p>- 3 dB is the loss</p>
<p># of parameters</p> {} -> <h1>of parameters</h1>
<p># of parameters</p> {'escape_misc': True} -> <p># of parameters</p>
<p><i>a</i><i>b</i></p> {} -> <p><em>a**b</em></p>
<p><i>a</i><i>b</i></p> {'escape_misc': True} -> <p><em>a**b</em></p>
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "markdownify-block-starts: behaviour changed (< as noted here, > now)" >&2; exit 1; }
