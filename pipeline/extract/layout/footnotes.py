"""Tells footnotes from the text above them: small print at the foot of a column, with a mark
before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.sections.paragraphs import Setting, join
from pipeline.paper import Paragraph


@dataclass(frozen=True, slots=True)
class FootnotesRules:
    """How footnotes are set, and their marks."""

    smaller: float = 0.7
    """Points by which footnotes are smaller than the text."""
    alike: float = 0.5
    """Points by which rows of footnotes differ in size."""
    first_alike: float = 0.8
    """The same on page 1, where licences stand below addresses in larger print."""
    foot: float = 0.8
    """Of the height of the first page's text, below which a column all in small print is its foot
    (Springer).
    """
    half: float = 0.75
    """Of that height, below which such a column begins: an abstract in small print stands above."""
    most: int = 6
    """Numbered footnotes of a column at most; more are a list of references, as physicists print it."""
    symbol: re.Pattern[str] = re.compile(r"[*∗⋆★†‡§¶‖#♠♣♡♢✉✝]")
    reference: re.Pattern[str] = re.compile(
        r"\[1\]\s|\W*(references?|bibliography|literature cited)\W*$",
        re.IGNORECASE,
    )
    """Begins the references, which may follow addresses in small print at the end of a paper."""


_rules = FootnotesRules()


def split_footnotes(
    rows: Sequence[Row], size: float
) -> tuple[list[Row], list[Row]]:
    """The rows without footnotes, and those of the footnotes. `size` is that of the text, in
    points.
    """
    text: list[Row] = []
    notes: list[Row] = []
    foot = _rules.foot * max(
        (row.baseline for row in rows if row.page == 1), default=0.0
    )
    for _, group in groupby(rows, key=lambda row: (row.place, row.column)):
        column = list(group)
        low = (
            column[0].baseline > _rules.half * foot
            and column[-1].baseline > foot
        )
        first_page = bool(text) and column[0].page == 1 and low
        start = (
            0
            if first_page and all(map(_small(size), column))
            else _notes_start(column, size, foot)
        )
        stop = next(
            (
                i
                for i in range(start, len(column))
                if _rules.reference.match(column[i].text)
            ),
            len(column),
        )
        text.extend((*column[:start], *column[stop:]))
        notes.extend(column[start:stop])
    return text, notes


def _small(size: float) -> Callable[[Row], bool]:
    return lambda row: row.size <= size - _rules.smaller


def read_footnotes(
    rows: Sequence[Row], setting: Setting
) -> tuple[Paragraph, ...]:
    """One paragraph for each footnote."""
    return tuple(
        Paragraph(join(note, setting), note[0].page) for note in _notes(rows)
    )


def _notes(rows: Sequence[Row]) -> Iterator[list[Row]]:
    note: list[Row] = []
    for row in rows:
        if note and (_is_marked(row) or row.page != note[-1].page):
            yield note
            note = []
        note.append(row)
    if note:
        yield note


def _notes_start(column: Sequence[Row], size: float, foot: float) -> int:
    """Index of the first row of footnotes, or the number of rows."""
    start, print_size = len(column), max(line.size for line in column[-1].lines)
    alike = _rules.first_alike if column[0].page == 1 else _rules.alike
    small = _small(min(size, print_size + alike + _rules.smaller))
    while start > 0 and small(column[start - 1]):
        start -= 1
    if start == 0 or start == len(column):
        return len(
            column
        )  # all small: a list of references, not the foot of a column
    if (
        column[0].page == 1
        and column[start].baseline > _rules.half * foot
        and column[start].baseline - column[start - 1].baseline > 1.2 * size
    ):
        return start  # licences, dates and addresses of the first page bear no marks
    if (
        sum(row.raised_number is not None for row in column[start:])
        > _rules.most
    ):
        return len(column)
    return next(
        (i for i in range(start, len(column)) if _is_marked(column[i])),
        len(column),
    )


def _is_marked(row: Row) -> bool:
    return bool(_rules.symbol.match(row.text)) or row.raised_number is not None
