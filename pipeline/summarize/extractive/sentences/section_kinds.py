"""The kind of each section: by its title, its parent's, or where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.paper import Document, Section
from pipeline.summarize.extractive.sentences.running_text import pieces_of

ABSTRACT, OPENING, RELATED, METHOD, RESULTS, CLOSING, OTHER = (
    "abstract",
    "opening",
    "related",
    "method",
    "results",
    "closing",
    "other",
)


def placed_sections(
    document: Document,
) -> Iterator[tuple[Section, str, int, int]]:
    """Give each section with its kind, where in all text of that kind it begins, and of how many
    sentences that is.
    """
    sections = [
        section
        for section in document.sections
        if section.kind in ("body", "abstract")
    ]
    kinds = list(_kinds(sections))
    sizes = [sum(1 for _ in pieces_of(section)) for section in sections]
    begun = dict.fromkeys(kinds, 0)
    for section, kind, size in zip(sections, kinds, sizes, strict=True):
        total = sum(
            other
            for other, same in zip(sizes, kinds, strict=True)
            if same == kind
        )
        yield section, kind, begun[kind], total
        begun[kind] += size


def _kinds(sections: Sequence[Section]) -> Iterator[str]:
    """The kind of each section: by its title, its parent's, or where it stands in a paper
    without such titles.
    """
    bodies = [
        place
        for place, section in enumerate(sections)
        if section.kind == "body"
    ]
    parents: dict[int, str] = {}
    for place, section in enumerate(sections):
        is_first, is_last = place in bodies[:1], place in bodies[-1:]
        above = _kind_above(section.level, parents)
        kind = _kind_told(section, above, is_first=is_first)
        kind = kind or _kind_by_place(is_first=is_first, is_last=is_last)
        parents = {
            level: other
            for level, other in parents.items()
            if level < section.level
        }
        parents[section.level] = kind
        yield kind


def _kind_above(level: int, parents: Mapping[int, str]) -> str:
    """The kind of the section that one of a level is a part of; "" for none."""
    above = [one for one in parents if one < level]
    return parents[max(above)] if above else ""


def _kind_told(section: Section, above: str, *, is_first: bool) -> str:
    """The kind of a section by its title and that of its parent; "" where neither tells it."""
    if section.kind == "abstract":
        return ABSTRACT
    titled = _kind_of_title(section.title)
    if titled == OTHER:
        return OTHER
    if above in (RELATED, METHOD, RESULTS, OTHER):
        return above
    if titled == RELATED and is_first:
        return OPENING
    return titled or above


def _kind_by_place(*, is_first: bool, is_last: bool) -> str:
    """The kind of a section in a paper whose titles tell none."""
    if is_first:
        return OPENING
    return CLOSING if is_last else METHOD


def _kind_of_title(title: str) -> str:
    plain = title.lower()
    return next(
        (
            place
            for place, words in _titles().items()
            if re.search(words, plain)
        ),
        "",
    )


@cache
def _titles() -> dict[str, str]:
    """Words of titles by kind of section, in the order in which they are tried."""
    text = (
        files("pipeline.summarize.extractive.sentences")
        .joinpath("section_kinds.toml")
        .read_text(encoding="utf-8")
    )
    return tomllib.loads(text)
