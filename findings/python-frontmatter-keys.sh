#!/usr/bin/env bash
# Guess: any mapping is good as front matter, and a block may be closed by three dots as in YAML and
# pandoc.
# What happens: keys are passed on as arguments of Python. "content" or "handler", with whatever
# value, raises TypeError about a constructor the caller never called. A block closed by "..." is
# taken for text, without an error, and so appears in the body.
# Version: python-frontmatter 1.3.0.
# Seen: TypeError for content and handler; metadata {} for "...".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q python-frontmatter==1.3.0

cat >try.py <<'PROGRAM'
import frontmatter

for text in (
    "---\ntitle: a\n---\nbody",
    "---\ncontent: a\n---\nbody",
    "---\nhandler: a\n---\nbody",
    "---\ntitle: a\n...\nbody",
):
    try:
        post = frontmatter.loads(text)
        print(repr(text), post.metadata, repr(post.content))
    except TypeError as error:
        print(repr(text), type(error).__name__)
PROGRAM

cat >expected <<'SEEN'
'---\ntitle: a\n---\nbody' {'title': 'a'} 'body'
'---\ncontent: a\n---\nbody' TypeError
'---\nhandler: a\n---\nbody' TypeError
'---\ntitle: a\n...\nbody' {} '---\ntitle: a\n...\nbody'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "python-frontmatter-keys: behaviour changed (< as noted here, > now)" >&2; exit 1; }
