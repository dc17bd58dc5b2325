#!/usr/bin/env bash
# Guess: fix_text() mends text that was decoded wrongly and leaves sound Chinese text as it is.
# What happens: by default it turns full-width forms into ASCII, and the Chinese comma, colon,
# brackets, question and exclamation mark are such forms; curly quotation marks become straight. 、
# and 。 stay, so the result is mixed. In ～ between numbers it makes the tilde that some Markdown
# strikes out. fix_character_width=False and uncurl_quotes=False turn it off.
# Version: ftfy 6.3.1.
# Seen: comma, colon, brackets, question and exclamation mark as ASCII; ～ as ~; 、 unchanged.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q ftfy==6.3.1

cat >try.py <<'PROGRAM'
from ftfy import fix_text

TEXT = "方法，见图一（左）：“快吗？”约３～５秒、是！"
print(fix_text(TEXT))
kept = fix_text(TEXT, fix_character_width=False, uncurl_quotes=False)
print("kept:", kept == TEXT)
PROGRAM

cat >expected <<'SEEN'
方法,见图一(左):"快吗?"约3~5秒、是!
kept: True
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "ftfy-chinese-punctuation: behaviour changed (< as noted here, > now)" >&2; exit 1; }
