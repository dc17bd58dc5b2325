"""Pages from templates. What a template prints goes through the face's `text`, unless a filter says where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.render import escape
from pipeline.render.face import TEMPLATES, Face
from pipeline.render.labels import Labels


@cache
def environment(face: Face) -> Environment:
    """An environment in which `{{ anything }}` goes through the face's `text`, and these filters say otherwise.

    `|heading` in a heading, `|html` between HTML tags, `|attribute` inside a quoted attribute, `|url` a web address
    (http or https, else empty), `|path` a path of ours. Templates cannot reach Python's internals (Jinja2's sandbox).
    """

    def printed(value: object) -> object:
        return value if isinstance(value, Markup) else face.text(str(value))

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([face.templates, TEMPLATES]),
        autoescape=True,
        finalize=printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        heading=face.heading,
        html=escape.html,
        attribute=escape.attribute,
        url=escape.url,
        path=escape.path,
        fill=_fill,
        short=_short,
    )
    return environment


def _fill(words: str, **values: object) -> str:
    """A line of labels with its `{names}` filled in."""
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", str(value))
    return words


def _short(link: str) -> str:
    """A link as a reader says it: `github.com/name/code`."""
    return link.partition("://")[2].removeprefix("www.").rstrip("/")


def page(template: str, face: Face, words: Labels, **values: Any) -> str:
    """The text of a page. Our own words, where nothing is filled in, may hold markup and spaces."""
    trusted = {key: text if "{" in text else Markup(text) for key, text in words.items()}
    made = environment(face).get_template(template).render(words=trusted, **values)
    return re.sub(r"\n{3,}", "\n\n", made).strip("\n") + "\n"
