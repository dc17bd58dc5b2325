"""The kind of each section: by its title, its parent's, or where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
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
    parents: dict[int, str] = {}
    bodies = [
        place
        for place, section in enumerate(sections)
        if section.kind == "body"
    ]
    for place, section in enumerate(sections):
        above = next(
            (
                parents[level]
                for level in range(section.level - 1, 0, -1)
                if level in parents
            ),
            "",
        )
        titled = _kind(section.title)
        own = (
            ABSTRACT
            if section.kind == "abstract"
            else titled
            if titled == OTHER
            else above
            if above in (RELATED, METHOD, RESULTS, OTHER)
            else ""
        )
        if titled == RELATED and place in bodies[:1]:
            titled = OPENING
        own = own or titled or above
        own = own or (
            OPENING
            if place in bodies[:1]
            else CLOSING
            if place in bodies[-1:]
            else METHOD
        )
        parents = {
            level: kind
            for level, kind in parents.items()
            if level < section.level
        } | {section.level: own}
        yield own


def _kind(title: str) -> str:
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
