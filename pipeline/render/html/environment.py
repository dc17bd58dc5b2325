"""Templates of pages for a browser: every value is escaped, no code or style stands inline."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.common.clean import clean_line

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


class PageLinks(Protocol):
    """Where pages lie: addresses of a server, or relative paths of files."""

    def static(self, name: str) -> str:
        """A style sheet or script."""

    def page(self, name: str) -> str:
        """A page by its name: "tonight", "archive", "trends", "runs"."""

    def paper(self, paper_id: str) -> str:
        """The page of a paper."""

    def figure(self, paper_id: str, version: int, file: str) -> str:
        """A picture of a paper."""


@cache
def page_words(language: str) -> Mapping[str, str]:
    """The words of the pages in a language; English where one is missing."""
    english = _read("en")
    if language == "en":
        return english
    # A plural of English would stand in for the one form of another language.
    shared = {key: text for key, text in english.items() if _is_word(key)}
    return {**shared, **_read(language)}


def _is_word(key: str) -> bool:
    return not key.endswith("_one")


def _read(language: str) -> dict[str, str]:
    path = FOLDER / "words" / f"{language}.toml"
    if not path.is_file():
        return {}
    return {
        key: str(value)
        for key, value in tomllib.loads(path.read_text("utf-8")).items()
    }


@cache
def templates() -> Environment:
    """Load the templates; an unknown name in one is an error."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = clean_line
    return environment


def render_html(
    template: str, language: str, links: PageLinks, **values: object
) -> str:
    """Fill a template of templates/ in a language."""
    words = page_words(language)
    fill: Callable[..., str] = words_filler(words)
    found = templates().get_template(template)
    return found.render(
        words=words, fill=fill, links=links, language=language, **values
    )


def words_filler(words: Mapping[str, str]) -> Callable[..., str]:
    """Give a function that fills the `{name}` of a word; `count` chooses its plural in English."""

    def fill(key: str, **values: object) -> str:
        one = f"{key}_one"
        text = (
            words[one]
            if values.get("count") == 1 and one in words
            else words[key]
        )
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    return fill
