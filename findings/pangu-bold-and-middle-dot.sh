#!/usr/bin/env bash
# Guess: pangu, which puts a blank between Chinese and Latin text, only ever adds blanks, and leaves
# Markdown's marks alone.
# What happens: ** next to Chinese counts as text to be spaced, on both sides: **加粗** becomes "** 加粗
# **", which Markdown no longer takes for bold. And it changes characters: the middle dot of a
# transcribed foreign name (U+00B7) becomes the Katakana dot (U+30FB), so that the name is not found
# any more.
# Version: pangu 6.1.0, rendered with markdown-it-py 4.3.0.
# Seen: "这是 ** 加粗 ** 的" without <strong>; 王·李 with U+30FB.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pangu==6.1.0 markdown-it-py==4.3.0

cat >try.py <<'PROGRAM'
import pangu
from markdown_it import MarkdownIt

for text in ("这是**加粗**的", "数字人GPT-4模型", "王·李"):
    spaced = pangu.space_text(text)
    print(text, "->", spaced, ascii(spaced) if "·" in text else "")
    print("  ", MarkdownIt().render(text).strip(), "->", MarkdownIt().render(spaced).strip())
PROGRAM

cat >expected <<'SEEN'
这是**加粗**的 -> 这是 ** 加粗 ** 的 
   <p>这是<strong>加粗</strong>的</p> -> <p>这是 ** 加粗 ** 的</p>
数字人GPT-4模型 -> 数字人 GPT-4 模型 
   <p>数字人GPT-4模型</p> -> <p>数字人 GPT-4 模型</p>
王·李 -> 王・李 '\u738b\u30fb\u674e'
   <p>王·李</p> -> <p>王・李</p>
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pangu-bold-and-middle-dot: behaviour changed (< as noted here, > now)" >&2; exit 1; }
