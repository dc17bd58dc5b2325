"""What a table of a paper says: heads, groups of rows and names, before any choice of looks."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.tables import values
from bench.tables.values import WORDS, Phrase, plain


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heads from top to bottom, and how it is aligned (l, c, r, or X where its text wraps)."""

    heads: tuple[Phrase, ...]
    align: str = "c"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together."""

    label: str
    rows: list[list[Phrase]]


@dataclass(frozen=True, slots=True)
class Content:
    """A table's columns and groups of rows; the first `stub` columns name the rows."""

    kind: str
    columns: list[Column]
    groups: list[Group]
    stub: int
    grouped: bool = False
    """Whether the labels of the groups are to be printed."""


def part_into_groups(
    rng: random.Random, rows: list[list[Phrase]], most: int
) -> list[Group]:
    """Part rows into groups of at least two."""
    possible = min(most, len(rows) // 2)
    count = (
        rng.randint(2, possible) if possible > 1 and rng.random() < 0.75 else 1
    )
    size = len(rows) // count
    names = rng.sample(
        WORDS["short_groups"] if rng.random() < 0.5 else WORDS["groups"], count
    )
    ends = [size * place for place in range(1, count)] + [len(rows)]
    starts = [0, *ends[:-1]]
    return [
        Group(name, rows[start:end])
        for name, start, end in zip(names, starts, ends, strict=True)
    ]


def name_methods(rng: random.Random, count: int) -> list[Phrase]:
    """Name methods, most of them with a citation, a year, a venue or a mark; the last one is often the paper's own."""
    form = rng.choice(
        [
            "{}",
            "{}",
            "{} [{n}]",
            "{} [{n}]",
            "{} ({year})",
            "{} [{venue}'{yy}]",
            "{}†",
        ]
    )
    names = []
    for name in values.distinct(rng, WORDS["starts"], WORDS["ends"], count):
        year = rng.randint(2016, 2025)
        mark = form if rng.random() < 0.85 else "{}"
        said = mark.format(
            name,
            n=rng.randint(1, 90),
            year=year,
            venue=rng.choice(WORDS["venues"]),
            yy=year % 100,
        )
        names.append(plain(said))
    if rng.random() < 0.7:
        names[-1] = (
            values.wrapped_in("textbf", plain("Ours"))
            if rng.random() < 0.5
            else plain("Ours (full)")
        )
    return names
