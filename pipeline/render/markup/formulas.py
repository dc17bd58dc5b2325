r"""Which part of a line is TeX: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and only if it can be typeset
without harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

LONGEST = 1000
"""Characters of one formula; more is not a formula but a pair of stray dollars."""

_FORMULA = re.compile(
    rf"\$\$(?P<display>[^$]{{1,{LONGEST}}})\$\$"
    rf"|(?<!\\)\$(?P<inline>(?:[^$\\]|\\.){{1,{LONGEST}}})\$(?!\d)"
    rf"|\\\((?P<round>.{{1,{LONGEST}}}?)\\\)"
    rf"|\\\[(?P<square>.{{1,{LONGEST}}}?)\\\]"
)
# Commands that define, load, link, or reach HTML. MathJax without its `safe` extension makes a
# link of `\href`.
_FORBIDDEN = re.compile(
    r"`|\\(?:href|url|class|style|cssId|data|html\w*|require|[egx]?def|let|futurelet|(?:re)?new\w+|provide\w*|Declare\w+|"
    r"include\w*|input|write\w*|open\w*|csname|expandafter|unicode|char|mmlToken|toggle|texttip|mathtip|tooltip|"
    r"action\w*|verb|bbox|label|ref|eqref|tag|catcode|loop|repeat|special|immediate|(?:java|type)script)(?![a-z])"
)
_TEX = re.compile(r"[\\^_={}]|^\s*\w\s*$")
# What MathJax acts on outside of a formula.
_STRAY = re.compile(r"(\$|\\(?=[()\[\]$\\]|begin|end|(?:eq)?ref))")


class Piece(NamedTuple):
    """A stretch of a line. A `stray` is a dollar or a backslash that opens no formula, but
    looks as if it did.
    """

    kind: Literal["words", "inline", "display", "stray"]
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """Cut a line into words, formulas (without their delimiters) and what only looks like their
    delimiters.
    """
    if "$" not in text and "\\" not in text:
        yield Piece("words", text)
        return
    position = 0
    while match := _FORMULA.search(text, position):
        body = match[match.lastgroup or 0]
        if is_formula(body):
            yield from _words(text[position : match.start()])
            shown = match.lastgroup in ("display", "square")
            yield Piece("display" if shown else "inline", body.strip())
            position = match.end()
        else:
            yield from _words(text[position : match.start() + 1])
            position = match.start() + 1
    yield from _words(text[position:])


def _words(text: str) -> Iterator[Piece]:
    for index, part in enumerate(_STRAY.split(text)):
        if part:
            yield Piece("stray" if index % 2 else "words", part)


def is_formula(body: str) -> bool:
    """Whether what stands between two delimiters is TeX that is safe to typeset, not the text
    between two prices.
    """
    if not body.strip() or _FORBIDDEN.search(body) or not _balanced(body):
        return False
    if body[0].isspace() != body[-1].isspace():
        return False
    return not body[0].isspace() or bool(_TEX.search(body))


def _balanced(body: str) -> bool:
    """Braces in pairs, and no backslash that would swallow the closing delimiter."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]|\\$", body):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or sign == "\\":
            return False
    return depth == 0
