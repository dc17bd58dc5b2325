#!/usr/bin/env bash
# Guess: singular_noun() gives False for a word that is no plural, as its documentation says, so it
# can fold keywords: "GANs" and "GAN".
# What happens: It gives False where the ending shows it ("class", "loss"), and cuts the s of other
# singulars: bias, analysis, basis, lens, corpus, focus, dynamics. Of plurals in -ices half a
# singular remains.
# Version: inflect 7.6.0.
# Seen: bia, analysi, basi, len, corpu, focu, dynamic; indices and vertices become indice and
# vertice.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q inflect==7.6.0

cat >try.py <<'PROGRAM'
import inflect

engine = inflect.engine()
for word in ["class", "loss", "GANs", "bias", "analysis", "basis", "lens", "corpus", "focus", "dynamics", "indices", "vertices"]:
    print(word, engine.singular_noun(word))
PROGRAM

cat >expected <<'SEEN'
class False
loss False
GANs GAN
bias bia
analysis analysi
basis basi
lens len
corpus corpu
focus focu
dynamics dynamic
indices indice
vertices vertice
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "inflect-singulars: behaviour changed (< as noted here, > now)" >&2; exit 1; }
