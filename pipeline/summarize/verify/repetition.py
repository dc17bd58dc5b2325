"""Statements of a draft that say what another one of it says already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.summarize.review.draft import (
    Draft,
    DraftText,
    Problem,
    statements,
)
from pipeline.summarize.verify.quotes.folding import folded_letters


@dataclass(frozen=True, slots=True)
class RepetitionLimits:
    """How much alike two statements are that say the same."""

    same: float = 92.0
    """Percent of shared letters of two with the same names and numbers."""
    contained: float = 0.8
    """Share of the triples of letters of one that stand in the other too, which has its names and
    numbers.
    """
    letters: int = 8
    """Letters that a statement has at least, to be looked for in another one."""


_limits = RepetitionLimits()

_GENERAL = ("takeaways",)
"""Fields that sum up what others tell: theirs is the one that goes."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement as it is compared."""

    path: str
    key: str
    letters: str
    triples: frozenset[str]
    marks: frozenset[str]
    """Words in Latin letters, and numbers, folded."""
    names: frozenset[str]
    """Those of the marks that are names or numbers."""


def repeats(draft: Draft, fields: Collection[str]) -> Iterator[Problem]:
    """A problem for each statement that another one makes in the same words, or within longer ones.

    Of a takeaway and a statement of an item the takeaway goes, else the later one. The summary
    stays, and so do takeaways that would leave none.
    """
    said = [_folded(piece) for piece in statements(draft, fields)]
    found = {
        one.path: other.path
        for place, one in enumerate(said)
        if one.letters
        and one.key != "summary"
        and (other := _told_by(one, place, said))
    }
    general = [one.path for one in said if one.key in _GENERAL]
    if general and all(path in found for path in general):
        del found[general[0]]
    for path, teller in found.items():
        yield Problem("repeat", path, words=teller)


def _told_by(one: _Said, place: int, said: Sequence[_Said]) -> _Said | None:
    """The statement that makes this one needless."""
    for at, other in enumerate(said):
        if at == place or not other.letters:
            continue
        later = at > place
        if later and not (one.key in _GENERAL and other.key not in _GENERAL):
            continue
        if other.key in _GENERAL and one.key not in _GENERAL:
            continue
        if _same(one, other) or _is_within(one, other):
            return other
    return None


def _same(one: _Said, other: _Said) -> bool:
    return (
        one.marks == other.marks
        and fuzz.ratio(one.letters, other.letters) >= _limits.same
    )


def _is_within(one: _Said, other: _Said) -> bool:
    """Whether the one is in the other: its names, its numbers and nearly all of its letters."""
    if len(one.letters) < _limits.letters or not one.names <= other.marks:
        return False
    shared = len(one.triples & other.triples)
    return shared >= _limits.contained * len(one.triples)


def _folded(piece: DraftText) -> _Said:
    letters = folded_letters(piece.text)
    found = re.findall(r"[A-Za-z][\w-]*|\d+(?:\.\d+)?", piece.text, re.ASCII)
    names = (each for each in found if not each.islower())
    return _Said(
        path=piece.path,
        key=piece.key,
        letters=letters,
        triples=frozenset(
            letters[at : at + 3] for at in range(len(letters) - 2)
        ),
        marks=frozenset(map(folded_letters, found)),
        names=frozenset(map(folded_letters, names)),
    )
