"""What paper, model and reader wrote, made safe for the place where it is printed: one function
per target.

Every function takes hostile text and returns text that shows the same words and does nothing
else. They are not to be combined: `html(text)` for HTML, `attribute(text)` inside a quoted
attribute, `markdown_for(...)` in Markdown, `url(text)` for a link. YAML is left to its library
(frontmatter.py), file names to filenames.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from pipeline.common.clean import clean_line, drop_invisible
from pipeline.render.markup.formulas import Piece, pieces

Escape = Callable[[str], Markup]

_HTML = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "{": "&#123;",
        "}": "&#125;",
    }
)
_ATTRIBUTE = _HTML | {
    ord(character): f"&#{ord(character)};" for character in "|`$\\*_[]"
}


def html(text: str) -> Markup:
    """Text between HTML tags. Braces are written as entities, since template engines read the
    page after us.
    """
    return Markup(clean_line(text).translate(_HTML))


@lru_cache(2048)
def attribute(text: str) -> Markup:
    """Text in a quoted attribute of an HTML tag that stands in Markdown, in a table too."""
    return Markup(clean_line(text).translate(_ATTRIBUTE))


_LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ENDINGS = "com|org|net|edu|gov|io|ai|dev|app|me|cn|de|uk|fr|jp|kr|eu|ch|ca"


@dataclass(frozen=True, slots=True)
class EscapeRules:
    """What is escaped, by where it stands."""

    # An address stays as it is, where no reader takes a part of it for markup: letters and digits
    # with single signs between them. The last sign has to end it, for some readers make it a link.
    address: str = rf"""
    (?P<address>(?<![a-z0-9_@/.:-])(?>
        (?:https?://(?:{_LABEL}\.)+[a-z]{{2,}}
          |www\.(?:{_LABEL}\.)+[a-z]{{2,}}
          |(?:{_LABEL}\.)+(?:{_ENDINGS})(?=/[a-z0-9]))
        (?::\d+)?
        (?:(?:/[~?\#]?|[-._=?\#%+&])[a-z0-9]+)*/?)
        (?=[^\x00-\x7f]|[).,;:!?\]"']*(?:\s|$)|[).,;:!?\]"']+[^\x00-\x7f]))
  |
"""
    schemes: tuple[str, ...] = ("http", "https")
    url_safe: str = "/:?#@!,;=~%+.-_"
    # What a Markdown reader may take for markup. Always: brackets, quotes and what HTML, templates
    # and tables read. The rest only where it can mean something, so that the source stays readable:
    # `.` inside a word is a link to be, `--` and `...` are replaced by typographers, `:` opens
    # emoji, containers and addresses, `- + = 1. 1)` open lists and rules.
    inside: str = r"""
    [\\*_`\[\]\#~^@"'<>&{}|$]
  | \.(?=[^\W\d]|\.|@)            # e.g. www.x, ...
  | (?<![\w)])-|-(?=[->])         # not inside a word
  | ^:|(?<![\w)]):(?!\s|$)|:(?!\s|$|[^\x00-\x7f]|(?<=\d:)\d+(?![\d:]))
  | (?<![\w\s])\(|\((?=(?i:c|r|p|tm)\))  # emoji, links; (c)
  | (?<![\w.)/])\)
  | [?!,](?=[?!,.\[])               # typographers shorten rows of them
  | \+(?=[+-])|(?<=\+)\+
  | =(?==)|(?<==)=
  | /(?=/)
"""
    at_start: str = r"^(?P<number>\d{1,9})[.)](?=\s|$) | ^[+=] |"
    line: re.Pattern[str] = re.compile(at_start + inside, re.VERBOSE)
    rest: re.Pattern[str] = re.compile(inside, re.VERBOSE)
    with_addresses: re.Pattern[str] = re.compile(
        address + at_start + inside, re.VERBOSE | re.IGNORECASE
    )
    parted: re.Pattern[str] = re.compile(
        r"(?!\s|$|\)?(?:(?<!/):|[.,!?])?(?:\s|$))"
    )
    """Behind an address: what a reader that makes links could take for a part of it."""


_rules = EscapeRules()


@lru_cache(2048)
def url(address: str) -> Markup:
    """A web address for Markdown's `](…)` and for `href=""`; empty for any scheme but http and
    https.
    """
    address = drop_invisible(address).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return Markup("")
    if parts.scheme.lower() not in _rules.schemes or not parts.netloc:
        return Markup("")
    address = re.sub("%(?![0-9A-Fa-f]{2})", "%25", address)
    return Markup(
        quote(address, safe=_rules.url_safe + "&", errors="replace").replace(
            "&", "&amp;"
        )
    )


@lru_cache(2048)
def path(address: str) -> Markup:
    """A path of our own making (`/images/…`, `./…`) for `src=""` and `](…)`."""
    return Markup(quote(address, safe="/.-_~#"))


_ENTITIES = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "{": "&#123;",
    "}": "&#125;",
    "|": "&#124;",
}


def _escaped_beside_addresses(match: re.Match[str]) -> str:
    address: str = match["address"]
    if not address:
        return _escaped(match)
    parted = _rules.parted.match(match.string, match.end())
    return f"{address} " if parted else address


def _escaped(match: re.Match[str]) -> str:
    number, sign = match[0][:-1], match[0][-1]
    return number + (_ENTITIES.get(sign) or f"\\{sign}")


def plain(text: str, *, start: bool = True) -> str:
    """Words for Markdown's running text, without any mathematics in them; `start` when a line
    may begin with them.
    """
    if "/" in text or "www." in text:
        return _rules.with_addresses.sub(_escaped_beside_addresses, text)
    return (_rules.line if start else _rules.rest).sub(_escaped, text)


@lru_cache(4096)
def _pieces(text: str) -> tuple[Piece, ...]:
    """Cut a text once for all faces."""
    return tuple(pieces(clean_line(text)))


def markdown_for(
    *, stray: Callable[[str], str], formula: Callable[[str, bool], str]
) -> Escape:
    """A function that makes text safe for one kind of Markdown reader: inline, one line, in
    tables and headings too.

    Args:
        stray: a dollar or backslash to what tells this reader that it begins no formula.
        formula: TeX without its delimiters, and whether it is displayed, to what this reader
        typesets.
    """

    def one(piece: Piece, start: bool) -> str:
        if piece.kind == "words":
            return plain(piece.text, start=start)
        return (
            stray(piece.text)
            if piece.kind == "stray"
            else formula(piece.text, piece.kind == "display")
        )

    # Titles, captions and one-liners stand in several places of a post.
    @lru_cache(1024)
    def escape(text: str) -> Markup:
        return Markup(
            "".join(
                one(piece, not index)
                for index, piece in enumerate(_pieces(text))
            )
        )

    return escape
