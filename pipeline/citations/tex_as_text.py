r"""TeX in titles and abstracts as the text that it means: `\textbf{x}` is x, `10\%` is 10%.

About one record of arXiv in ten has such commands outside of formulas. Formulas stay as they
are: sites typeset them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.citations import latex
from pipeline.paper import Paper


@dataclass(frozen=True, slots=True)
class TexPatterns:
    """What is looked for, in the order in which it is replaced."""

    deepest: int = 4
    """Commands within commands that are taken apart."""
    formula: re.Pattern[str] = re.compile(
        r"\$\$[^$]+\$\$|(?<!\\)\$(?:[^$\\]|\\.)+\$|\\\(.+?\\\)|\\\[.+?\\\]"
    )
    sign_of_tex: re.Pattern[str] = re.compile(r"[\\`{]|''|\w~\w|--")
    """Without one of these a text is no TeX."""
    tie: re.Pattern[str] = re.compile(r"(?<=[^\W_])~(?=[^\W\d_\\])")
    address: re.Pattern[str] = re.compile(
        r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}"
    )
    link: re.Pattern[str] = re.compile(
        r"\\href\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
    )
    colour: re.Pattern[str] = re.compile(
        r"\\(?:textcolor|colorbox)\s*\{[^{}]*\}(?=\s*\{)"
    )
    note: re.Pattern[str] = re.compile(
        r"\s*\\(?:\w*footnote|thanks)\s*\{([^{}]*)\}"
    )
    argument: re.Pattern[str] = re.compile(r"\\[A-Za-z]+\*?\s*\{([^{}]+)\}")
    font: re.Pattern[str] = re.compile(
        r"\{\s*\\(?:em|it|bf|tt|sc|sl|rm|sf|small|large)\b\s*([^{}]*)\}"
    )
    space: re.Pattern[str] = re.compile(r"\\[,;:!\s]|\\\\")
    escaped: re.Pattern[str] = re.compile(r"\\([%&#_{}])")
    name: re.Pattern[str] = re.compile(r"\\([A-Za-z]+)(?:\s*\{\})?")
    group: re.Pattern[str] = re.compile(
        r"(?<![{\\])\{([^\W_][^{},;:]*|[^\w\s{}])\}(?!\})"
    )


_patterns = TexPatterns()
_known = {
    "ie": "i.e.",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "wrt": "w.r.t.",
    "deg": "°",
}
"""Commands that authors define alike."""


@lru_cache(1024)
def tex_as_text(text: str) -> str:
    """Give the text with what TeX outside of its formulas means."""
    if not _patterns.sign_of_tex.search(text):
        return text
    parts: list[str] = []
    end = 0
    for found in _patterns.formula.finditer(text):
        parts += [_plain_part(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, _plain_part(text[end:])])


def readable_paper(paper: Paper) -> Paper:
    """Give the paper with its title, abstract and comment as readable text."""
    return replace(
        paper,
        title=tex_as_text(paper.title),
        abstract=tex_as_text(paper.abstract),
        comment=tex_as_text(paper.comment),
    )


def _plain_part(text: str) -> str:
    text = _typography(text)
    return _commands(text) if "\\" in text or "{" in text else text


def _typography(text: str) -> str:
    """Turn TeX's dashes and quotation marks into those of print."""
    text = _patterns.tie.sub(" ", text)
    text = re.sub(r"(?<=[\w\s])---?(?=[\w\s])", _dash, text)
    text = re.sub(r"``(?=\S)", "“", text)
    if "“" in text:
        text = re.sub(r"(?<=\S)''", "”", text)
    return text


def _dash(found: re.Match[str]) -> str:
    return "—" if len(found[0]) > 2 else "–"  # noqa: PLR2004 - hyphens


def _commands(text: str) -> str:
    text = _patterns.address.sub(_address, text)
    text = _patterns.link.sub(r"\2 (\1)", text)
    text = latex.unicode(_patterns.colour.sub("", text))
    for _ in range(_patterns.deepest):
        before = text
        text = _patterns.font.sub(
            r"\1",
            _patterns.argument.sub(r"\1", _patterns.note.sub(r" (\1)", text)),
        )
        if text == before:
            break
    text = _patterns.escaped.sub(r"\1", _patterns.space.sub(" ", text))
    text = text.replace("\\$", "＄").replace("\\-", "").replace("\\/", "")
    return _patterns.group.sub(r"\1", _patterns.name.sub(_symbol, text))


def _address(found: re.Match[str]) -> str:
    return re.sub(r"\\([%&#_~])", r"\1", found[1])


def _symbol(found: re.Match[str]) -> str:
    r"""Give the sign that a command without an argument stands for, or else its name.

    Papers call themselves `\ours` and `\method`: without the name, the sentence
    has no subject.
    """
    name = found[1]
    return _known.get(name) or _sign_of(name) or name


@cache
def _sign_of(name: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    sign: str = LatexNodes2Text().latex_to_text(rf"\{name}{{}}").strip()
    return sign if len(sign) == 1 else ""
