#!/usr/bin/env bash
# Guess: tantivy's default tokenizer, which cuts at blanks and punctuation, files an unbroken
# Chinese title as one word, found by the whole title; words of 40 characters and more are dropped.
# What happens: the limit counts bytes. Thirteen Chinese characters fit; from fourteen on, an
# ordinary title is not in the index at all, and a search for it gives nothing and no error.
# Cyrillic and Greek words are lost from twenty letters on.
# Version: tantivy 0.27.0 (Python).
# Seen: found with 13 characters, not with 14; found with 39 letters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q tantivy==0.27.0

cat >try.py <<'PROGRAM'
import tantivy

TITLE = "基于扩散模型的语音驱动数字人视频生成"
builder = tantivy.SchemaBuilder()
builder.add_text_field("title", stored=True)
index = tantivy.Index(builder.build())
titles = [TITLE[:13], TITLE[:14], "a" * 39, "a" * 40]
writer = index.writer(15_000_000, 1)
for title in titles:
    writer.add_document(tantivy.Document(title=title))
writer.commit()
index.reload()
for title in titles:
    hits = index.searcher().search(index.parse_query(title, ["title"])).hits
    print(title, len(title), "characters", len(title.encode()), "bytes:", len(hits))
PROGRAM

cat >expected <<'SEEN'
基于扩散模型的语音驱动数字 13 characters 39 bytes: 1
基于扩散模型的语音驱动数字人 14 characters 42 bytes: 0
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 39 characters 39 bytes: 1
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 40 characters 40 bytes: 0
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "tantivy-long-chinese: behaviour changed (< as noted here, > now)" >&2; exit 1; }
