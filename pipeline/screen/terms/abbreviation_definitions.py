"""Abbreviations that records define themselves: "vision-language navigation (VLN)".

The method is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", PSB 2003: the letters of the short form are looked for backwards
in the words before the bracket.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.tokenizer import clean_markup


@dataclass(frozen=True, slots=True)
class DefinitionLimits:
    """When a definition is believed."""

    extra_words: int = 5
    """A long form has at most this many words more than the short form has letters."""
    capitals: int = 2
    """Capitals that a short form has at least."""
    papers: int = 2
    """Papers that define an abbreviation so before it is used for others."""


definition_limits = DefinitionLimits()
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What the records of a collection say of each abbreviation."""

    meanings: Mapping[str, Counter[Stems]] = field(default_factory=dict)
    """Short form → content stems of its long forms, with how many papers say so."""

    def of(self, stems: Stems) -> tuple[str, ...]:
        """The abbreviations that stand for a long form."""
        return tuple(
            short
            for short, meanings in self.meanings.items()
            if meanings[stems] >= definition_limits.papers
        )

    def means(self, short: str) -> Counter[Stems]:
        """Long forms of an abbreviation with the number of papers that give each."""
        return self.meanings.get(short, Counter())


no_abbreviations = Abbreviations()


def learn_abbreviations(texts: Iterable[str]) -> Abbreviations:
    """Collect the definitions of many texts, each counted once a text."""
    found: dict[str, Counter[Stems]] = {}
    for text in texts:
        for short, stems in set(read_definitions(text)):
            found.setdefault(short, Counter())[stems] += 1
    return Abbreviations(found)


def read_definitions(text: str) -> Iterator[tuple[str, Stems]]:
    """Yield each short form that a text defines, with the content stems of its long form."""
    if "(" not in text:
        return
    bracketed = r"\(\s*([A-Za-z0-9][\w-]{1,9})\s*[);,]"
    for found in re.finditer(bracketed, text):
        short = (
            found[1].removesuffix("s")
            if found[1][-2:-1].isupper()
            else found[1]
        )
        if (
            sum(letter.isupper() for letter in short)
            < definition_limits.capitals
        ):
            continue
        long = _long_form(short, text[: found.start()])
        if long:
            yield (
                short,
                compile_phrase(clean_markup(long)).content,
            )


def _long_form(short: str, before: str) -> str:
    """The shortest end of `before` that has the letters of the short form in order; "" if none."""
    words = before.split()[-(len(short) + definition_limits.extra_words) :]
    text = " ".join(words)
    at = len(text)
    for number, letter in enumerate(reversed(short)):
        if not letter.isalnum():
            continue
        first = number == len(short) - 1
        at = _find_back(text, letter.lower(), at, at_word=first)
        if at < 0:
            return ""
    return text[at:].strip()


def _find_back(text: str, letter: str, end: int, *, at_word: bool) -> int:
    """Where the letter stands last before `end`; at the start of a word where asked; -1 if not."""
    for at in range(end - 1, -1, -1):
        starts = at == 0 or not text[at - 1].isalnum()
        if text[at].lower() == letter and (starts or not at_word):
            return at
    return -1
