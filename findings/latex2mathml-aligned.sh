#!/usr/bin/env bash
# Guess: aligned and \operatorname* with a thin space are converted, both being common in papers
# (amsmath), or an error is raised as for a missing brace.
# What happens: align* makes a table, but the & of aligned is taken for an identifier and written
# unescaped, so the result is no well-formed XML. \operatorname*{arg\,min}_x becomes an empty
# operator, an asterisk and six letters; \sim is an ASCII tilde, \arg stays with its backslash.
# Version: latex2mathml 3.81.1.
# Seen: <mi>&</mi> for aligned, which ElementTree refuses; <mo /><mo>&#x0002A;</mo> for
# \operatorname*.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q latex2mathml==3.81.1

cat >try.py <<'PROGRAM'
from xml.etree import ElementTree

from latex2mathml.converter import convert

for formula in (
    r"\begin{align*}a&=b\end{align*}",
    r"\begin{aligned}a&=b\end{aligned}",
    r"\operatorname*{max}_x",
    r"\operatorname*{arg\,min}_x",
    r"x\sim p",
    r"\arg x",
):
    result = convert(formula)
    try:
        ElementTree.fromstring(result)
        state = "well-formed"
    except ElementTree.ParseError:
        state = "not well-formed"
    print(f"{formula} ({state})")
    print("   ", result.split("<mrow>", 1)[1].removesuffix("</mrow></math>"))
PROGRAM

cat >expected <<'SEEN'
\begin{align*}a&=b\end{align*} (well-formed)
    <mtable displaystyle="true" rowspacing="3pt" columnspacing="0em 2em"><mtr><mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="left"><mi /><mo>&#x0003D;</mo><mi>b</mi></mtd></mtr></mtable>
\begin{aligned}a&=b\end{aligned} (not well-formed)
    <mrow><mi>a</mi><mi>&</mi><mo>&#x0003D;</mo><mi>b</mi></mrow>
\operatorname*{max}_x (well-formed)
    <msub><mo movablelimits="true">max</mo><mi>x</mi></msub>
\operatorname*{arg\,min}_x (well-formed)
    <mo /><mo>&#x0002A;</mo><msub><mrow><mi>a</mi><mi>r</mi><mi>g</mi><mspace width="0.167em" /><mi>m</mi><mi>i</mi><mi>n</mi></mrow><mi>x</mi></msub>
x\sim p (well-formed)
    <mi>x</mi><mi>&#x0007E;</mi><mi>p</mi>
\arg x (well-formed)
    <mi>\arg</mi><mi>x</mi>
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "latex2mathml-aligned: behaviour changed (< as noted here, > now)" >&2; exit 1; }
