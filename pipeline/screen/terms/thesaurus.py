"""The bilingual thesaurus: English terms of research with their names, abbreviations and kinds."""

from __future__ import annotations

import tomllib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pipeline.screen.terms.phrases import compile_phrase

Stems = tuple[str, ...]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Term:
    """One line of thesaurus.toml; its comment there says what each field means."""

    en: str
    zh: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    kind: str = ""
    function: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the whole term, the usual one first."""
        return (self.en, *self.same)

    @property
    def is_word(self) -> bool:
        """True for a building block of names, which is no topic by itself."""
        return self.kind == "word"


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Terms by the ways they are written."""

    terms: tuple[Term, ...]
    by_name: Mapping[Stems, tuple[Term, ...]]
    """Stems of the content words of a name → the terms that have it."""
    by_abbreviation: Mapping[str, tuple[Term, ...]]
    """Abbreviations in capitals → the terms they stand for."""
    by_chinese: Mapping[str, tuple[Term, ...]]

    def find(self, stems: Stems) -> tuple[Term, ...]:
        """Terms of which these stems are a name."""
        return self.by_name.get(stems, ())


@cache
def load_thesaurus() -> Thesaurus:
    """Read thesaurus.toml, once."""
    file = Path(__file__).with_name("thesaurus.toml")
    lines = tomllib.loads(file.read_text(encoding="utf-8"))["term"]
    terms = tuple(Term(**_frozen(line)) for line in lines)
    return Thesaurus(
        terms=terms,
        by_name=_group(
            (compile_phrase(name).content, term)
            for term in terms
            for name in term.names
        ),
        by_abbreviation=_group(
            (short.upper(), term) for term in terms for short in term.short
        ),
        by_chinese=_group(
            (name.casefold(), term) for term in terms for name in term.zh
        ),
    )


def _frozen(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in line.items()
    }


def _group(
    pairs: Iterator[tuple[Key, Term]],
) -> dict[Key, tuple[Term, ...]]:
    found: dict[Key, dict[Term, None]] = {}
    for key, term in pairs:
        if key:
            found.setdefault(key, {})[term] = None
    return {key: tuple(terms) for key, terms in found.items()}
