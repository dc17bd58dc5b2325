"""Reads places from where they stand: under each name, under all names, or behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.metadata.affiliation_sentences import without_membership
from pipeline.extract.metadata.places import (
    clean_place,
    is_institution,
    is_note,
)
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line


@dataclass(frozen=True, slots=True)
class BlockLimits:
    """How the blocks under names are set; of the font size unless another unit is named."""

    next_row: float = 2.0
    """Of the font size: the widest distance of two rows of one block."""
    first_row: float = 3.2
    """Of the font size: the widest distance from a name to the first row under it."""
    block_gap: float = 2.5
    """Of the font size: pieces of a row further apart belong to different authors."""
    same_size: float = 0.3
    """Points by which rows of names differ in size."""
    name_words: int = 5
    """Words of a name at most."""


limits = BlockLimits()


class AuthorPart(NamedTuple):
    """A part of a row that belongs to one author."""

    x0: float
    x1: float
    line: Line


def row_text(row: Sequence[Line]) -> str:
    """The words of a row, normalised."""
    return normalise(" ".join(line.text for line in row))


def places_in_blocks(
    rows: Sequence[Sequence[Line]],
) -> tuple[str, tuple[str, ...]]:
    """The first author's place and all places, by where they stand to the names."""
    names = next(
        (i for i, row in enumerate(rows) if _may_be_names(row_text(row))), None
    )
    if names is None:
        return "", ()
    behind = list(_behind_names(rows[names:]))
    if behind:
        return behind[0], tuple(dict.fromkeys(behind))
    parts, below = _apart(rows[names]), rows[names + 1 :]
    under = [_under(part, below) for part in parts]
    later = [
        clean_place(row_text(row))
        for row in below
        if is_institution(row_text(row))
    ]
    every = tuple(dict.fromkeys([place for place in under if place] or later))
    return under[0] or "".join(every[:1]), every


def _may_be_names(text: str) -> bool:
    letters = re.search(r"[^\W\d_]{2}", text)
    return (
        bool(letters)
        and "@" not in text
        and not is_note(without_membership(text))
    )


def _behind_names(rows: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Name, place and country in one row, as ACM journals print them."""
    any_yet = False
    for row in rows:
        name, _, place = row_text(row).partition(",")
        short = len(name.split()) <= limits.name_words and not is_institution(
            name
        )
        if short and is_institution(place):
            any_yet = True
            yield clean_place(place)
        elif not any_yet:
            return


def _apart(row: Sequence[Line]) -> list[AuthorPart]:
    """The parts of a row that belong to different authors."""
    parts = [AuthorPart(row[0].bbox[0], row[0].bbox[2], row[0])]
    for line in row[1:]:
        last = parts[-1]
        if line.bbox[0] - last.x1 > limits.block_gap * line.size:
            parts.append(AuthorPart(line.bbox[0], line.bbox[2], line))
        else:
            parts[-1] = AuthorPart(last.x0, line.bbox[2], line)
    return parts


def _under(part: AuthorPart, rows: Sequence[Sequence[Line]]) -> str:
    """The place under one author: rows that overlap, up to a gap or the next name."""
    above, size = part.line, part.line.size
    lines: list[str] = []
    for row in rows:
        under = [
            line
            for line in row
            if min(part.x1, line.bbox[2]) > max(part.x0, line.bbox[0])
        ]
        step = under[0].baseline - above.baseline if under else 0.0
        if (
            not under
            or step > (limits.next_row if lines else limits.first_row) * size
        ):
            break
        text = row_text(under)
        if lines and _is_next_name(text, under[0], above, part.line):
            break
        above = under[0]
        if "@" in text or is_note(text):
            if lines:
                break
        elif lines or not (len(under) > 1 or _more_names(text)):
            lines.append(text)
    return clean_place(" ".join(lines))


def _is_next_name(text: str, line: Line, above: Line, name: Line) -> bool:
    """Set like the name above the block, unlike the block, and no place with its country."""
    return (
        is_set_like(line, name)
        and not is_set_like(above, name)
        and "," not in text
    )


def is_set_like(line: Line, other: Line) -> bool:
    """Two lines have the same font and size, as the names of authors have."""
    return (
        line.font == other.font
        and abs(line.size - other.size) <= limits.same_size
    )


def _more_names(text: str) -> bool:
    """More names of a list that goes on."""
    return not is_institution(text) and bool(re.search(r",|\band\b|\d", text))
