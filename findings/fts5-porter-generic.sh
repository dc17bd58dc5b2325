#!/usr/bin/env bash
# Guess: FTS5's porter tokenizer, like the English stemmers of other search engines, joins generate
# and generation but keeps generic and general apart from generative.
# What happens: it is Porter's first algorithm of 1980, without the exceptions that Snowball's
# English has: generic, general, generative and generation all have the stem "gener". In a field
# that says "generative" in every other title, a search for "general" finds everything.
# Version: SQLite 3.53.0 (apsw 3.53.0.0; 3.40.1 does the same), snowballstemmer 3.1.1 beside it.
# Seen: "general" finds four of four titles; Snowball has general, generic, generat and generat.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q apsw==3.53.0.0 snowballstemmer==3.1.1

cat >try.py <<'PROGRAM'
import apsw
import snowballstemmer

TITLES = ("general models", "generic models", "generative models", "generation of faces")
run = apsw.Connection(":memory:").cursor().execute
run("create virtual table paper using fts5(title, tokenize='porter unicode61')")
for title in TITLES:
    run("insert into paper values (?)", (title,))
for word in ("general", "generation"):
    print(word, [title for (title,) in run("select title from paper(?) order by rowid", (word,))])
stem = snowballstemmer.stemmer("english").stemWord
print("Snowball:", [stem(title.split()[0]) for title in TITLES])
PROGRAM

cat >expected <<'SEEN'
general ['general models', 'generic models', 'generative models', 'generation of faces']
generation ['general models', 'generic models', 'generative models', 'generation of faces']
Snowball: ['general', 'generic', 'generat', 'generat']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "fts5-porter-generic: behaviour changed (< as noted here, > now)" >&2; exit 1; }
