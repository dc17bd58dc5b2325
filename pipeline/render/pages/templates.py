"""Pages from templates. What a template prints goes through the face's `text`, unless a filter
says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.citations.coins import coins
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.common.clean import clean_line
from pipeline.render.markup import escape
from pipeline.render.pages.labels import Labels, counted
from pipeline.render.sites.base import TEMPLATES, Face, PageKind
from pipeline.review_fields import BY_KEY, fields_in


class _FinalizedOnce(CodeGenerator):
    """Prints what `finalize` gives as it is: a face's text is safe and not escaped again."""

    def _output_child_pre(
        self,
        node: nodes.Expr,
        frame: Frame,
        finalize: CodeGenerator._FinalizeInfo,
    ) -> None:
        self.write(finalize.src or "")

    def _output_child_post(
        self,
        node: nodes.Expr,
        frame: Frame,
        finalize: CodeGenerator._FinalizeInfo,
    ) -> None:
        self.write(")")


class _PlainContext(Context):
    """Calls what a template of ours calls as it is: none of it asks for the context."""

    @staticmethod
    def call(
        function: Callable[..., Any],
        /,
        *values: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return function(*values, **named)


class _PageEnvironment(Environment):
    code_generator_class = _FinalizedOnce
    context_class = _PlainContext
    # Our own templates ask for attributes that are there, a thousand times a paper.
    getattr = staticmethod(getattr)  # type: ignore[assignment]


class _SandboxedPageEnvironment(ImmutableSandboxedEnvironment):
    code_generator_class = _FinalizedOnce


class _SharedCode(BytecodeCache):
    """Compiled templates, which are the same for all faces of ours."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take it, where another face had it compiled."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next face."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_shared_code = _SharedCode()


@cache
def environment(face: Face) -> Environment:
    """An environment in which `{{ anything }}` goes through the face's `text`, and these
    filters say otherwise.

    `|heading` in a heading, `|cell` in a table, `|html` between HTML tags, `|attribute` inside
    a quoted attribute, `|url` a web address (http or https, else empty), `|path` a path of
    ours, `|tex` text in which TeX is shown as it means, `|untypeset` words of a PDF, in which
    nothing is a formula, `|coins` the reference to a paper. A reader's own templates cannot reach Python's internals (Jinja2's
    sandbox).
    """
    text = face.text

    def printed(value: object) -> Markup:
        return value if isinstance(value, Markup) else text(str(value))

    is_ours = face.templates == TEMPLATES
    kind = _PageEnvironment if is_ours else _SandboxedPageEnvironment
    environment = kind(
        bytecode_cache=_shared_code if is_ours else None,
        loader=FileSystemLoader([face.templates, TEMPLATES]),
        autoescape=True,
        finalize=printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        fields_in=fields_in, review_field=BY_KEY.get, counted=counted
    )
    environment.filters.update(
        heading=face.heading,
        cell=partial(_cell, face),
        html=escape.html,
        attribute=escape.attribute,
        url=escape.url,
        path=escape.path,
        fill=_fill,
        short=_short,
        tex=tex_as_text,
        untypeset=_untypeset,
        coins=coins,
    )
    return environment


def _untypeset(words: str) -> str:
    """Replace what begins a formula by signs that look alike."""
    return words.replace("$", "＄").replace("\\", "＼")


def _fill(words: str, **values: object) -> str:
    """A line of labels with its `{names}` filled in."""
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", str(value))
    return words


@dataclass(frozen=True, slots=True)
class CellRules:
    """How a text fits into a table."""

    longest: int = 160
    """Characters of a title; the heading below has it whole."""
    unbroken: re.Pattern[str] = re.compile(r"\S{40}(?=\S)")
    """Behind so many characters without a blank a line may break."""


cell_rules = CellRules()


def _cell(face: Face, words: str) -> Markup:
    """Text in a table: not too long, and with places to break where it has none."""
    shown = clean_line(words)
    if "$" in shown or "\\" in shown:
        return face.text(shown)
    if len(shown) > cell_rules.longest:
        shown = _cut(shown, cell_rules.longest - 1) + "…"
    pieces = cell_rules.unbroken.sub("\\g<0>\n", shown).split("\n")
    return Markup("<wbr>").join(map(face.text, pieces))


def _cut(line: str, length: int) -> str:
    """Cut a line behind a word, where one ends near the length."""
    kept = line[:length]
    begun = re.search(r"\s+\w{1,20}$", kept)
    is_broken = begun is not None and re.match(r"\w", line[length:])
    return kept[: begun.start()] if begun and is_broken else kept.rstrip()


def _short(link: str) -> str:
    """A link as a reader says it: `github.com/name/code`."""
    return link.partition("://")[2].removeprefix("www.").rstrip("/")


def pages(
    kind: PageKind,
    path: PurePosixPath,
    face: Face,
    words: Labels,
    **values: Any,
) -> dict[PurePosixPath, bytes]:
    """A page by its path, if the face has one of that kind; in UTF-8, since as text thousands
    of papers take 100 MB.

    Our own words, where nothing is filled in, may hold markup and spaces.
    """
    template = face.template(kind)
    if template is None:
        return {}
    trusted = _trusted(tuple(words.items()))
    pieces = (
        environment(face)
        .get_template(template)
        .generate(words=trusted, styled=face.styled, **values)
    )
    return {path: _tidy(pieces)}


class _TrustedWords(dict[str, str]):
    """Labels by name or as attributes, which templates read a thousand times a page."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        super().__init__(words)
        self.__dict__ = self


@lru_cache(8)
def _trusted(words: tuple[tuple[str, str], ...]) -> _TrustedWords:
    return _TrustedWords(
        (key, text if "{" in text else Markup(text)) for key, text in words
    )


def _tidy(pieces: Iterable[str]) -> bytes:
    """The pieces as one text without two empty lines in a row, and none at its ends."""
    made, breaks = BytesIO(), ""
    for piece in pieces:
        text = (breaks if made.tell() else "") + str(
            piece
        )  # a Markup would escape what it is joined to
        body = text.rstrip("\n")
        breaks = text[len(body) :]
        if not made.tell():
            body = body.lstrip("\n")
        if "\n\n\n" in body:
            body = re.sub(r"\n{3,}", "\n\n", body)
        made.write(body.encode())
    made.write(b"\n")
    return (
        made.getvalue()
    )  # gives its buffer away; anything joined from parts is in memory twice
