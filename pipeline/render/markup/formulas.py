r"""Which part of a line is TeX: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and only if it can be typeset
without harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class FormulasRules:
    """What is a formula, and which commands none may hold."""

    longest: int = 1000
    """Characters of one formula; more is not a formula but a pair of stray dollars."""
    formula: re.Pattern[str] = re.compile(
        rf"\$\$(?P<display>[^$]{{1,{longest}}})\$\$"
        rf"|(?<!\\)\$(?P<inline>(?:[^$\\]|\\.){{1,{longest}}})\$(?!\d)"
        rf"|\\\((?P<round>.{{1,{longest}}}?)\\\)"
        rf"|\\\[(?P<square>.{{1,{longest}}}?)\\\]"
    )
    # Commands that define, load, link, or reach HTML. MathJax without its `safe` extension makes a
    # link of `\href`.
    forbidden: re.Pattern[str] = re.compile(
        r"`|\\(?:href|url|class|style|cssId|data|html\w*|require|[egx]?def|let|futurelet|(?:re)?new\w+|provide\w*|Declare\w+|"
        r"include\w*|input|write\w*|open\w*|csname|expandafter|unicode|char|mmlToken|toggle|texttip|mathtip|tooltip|"
        r"action\w*|verb|bbox|label|ref|eqref|tag|catcode|loop|repeat|special|immediate|(?:java|type)script)(?![a-z])"
    )
    tex: re.Pattern[str] = re.compile(r"[\\^_={}]|^\s*\w\s*$")
    # What MathJax acts on outside of a formula.
    stray: re.Pattern[str] = re.compile(
        r"(\$|\\(?=[()\[\]$\\]|begin|end|(?:eq)?ref))"
    )


_rules = FormulasRules()


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
    while match := _rules.formula.search(text, position):
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
    for index, part in enumerate(_rules.stray.split(text)):
        if part:
            yield Piece("stray" if index % 2 else "words", part)


def is_formula(body: str) -> bool:
    """Whether what stands between two delimiters is TeX that is safe to typeset, not the text
    between two prices.
    """
    if not body.strip() or _rules.forbidden.search(body) or not _balanced(body):
        return False
    if body[0].isspace() != body[-1].isspace():
        return False
    return not body[0].isspace() or bool(_rules.tex.search(body))


def _balanced(body: str) -> bool:
    """Braces in pairs, and no backslash that would swallow the closing delimiter."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]|\\$", body):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or sign == "\\":
            return False
    return depth == 0
