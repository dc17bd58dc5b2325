"""The running text of a paper as rows in reading order.

A row is one line of print in one column: MuPDF breaks it where spaces are wide or letters
raised; here it is whole. Columns are read from left to right between what runs across all of
them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.layout.columns import Column, find_columns
from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.layout.text_geometry import PageLines
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line, bounding_box
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class ReadingOrderRules:
    """When pieces stand in one row, and when a row goes on."""

    same_row: float = 0.45
    """Of the font size, by which baselines in one row differ: raised letters by 0.36, numerators
    stand higher by 0.68.
    """
    raised: float = 0.9
    """Of the size of the letters after it that a raised mark has at most."""
    touching: float = 0.12
    """Of the font size; closer pieces of a row are parts of one word."""
    continued: re.Pattern[str] = re.compile(
        r"\(?continued (on|from) (the )?(next|previous|following|preceding) page\)?",
        re.IGNORECASE,
    )
    stamps: int = 20
    """Lines of bare numbers in a font of their own from which on they are no part of the text."""


_rules = ReadingOrderRules()


@dataclass(slots=True, eq=False)
class Row:
    """One line of print; what is asked of it again and again is made once."""

    lines: tuple[Line, ...]
    """Its pieces from left to right."""
    page: int
    """1-based."""
    column: tuple[float, float]
    """x0, x1 of the column it stands in, or of all of them when it runs across."""
    place: tuple[int, int]
    """Page and number of the column, for telling where a column ends."""

    margin: bool = False
    """In a column of notes beside the text."""

    text: str = field(init=False)
    """Its letters, normalised."""
    bbox: BBox = field(init=False)
    """Box of all pieces."""
    main: Line = field(init=False)
    """The piece with most letters, whose style is the row's."""
    size: float = field(init=False)
    """Font size of the main piece, in points."""
    baseline: float = field(init=False)
    """Height of the main piece's baseline."""

    def __post_init__(self) -> None:
        self.text = normalise(_joined(self.lines))
        self.main = self.lines[0]
        self.bbox = self.main.bbox
        if len(self.lines) > 1:
            self.bbox = bounding_box(line.bbox for line in self.lines)
            self.main = max(self.lines, key=lambda line: len(line.text))
        self.size, self.baseline = self.main.size, self.main.baseline

    @property
    def raised_number(self) -> int | None:
        """The small raised number that the row begins with: a footnote's mark, or a reference's
        number.
        """
        if not self.text[:1].isdecimal():
            return None
        first = self.lines[0].spans[0]
        text = first.text.strip()
        if len(text) > 3 or not text.isdecimal():  # noqa: PLR2004
            return None
        raised = first.flags & 1 or first.size <= _rules.raised * self.size
        return int(text) if raised else None

    @property
    def indent(self) -> float:
        """Points between the column's left edge and the row."""
        return self.bbox[0] - self.column[0]

    @property
    def slack(self) -> float:
        """Points between the row and the column's right edge."""
        return self.column[1] - self.bbox[2]


def read_rows(layouts: Sequence[Layout]) -> list[Row]:
    """Rows of the lines whose role is `body`, in the order in which a paper is read."""
    every = [layout.body for layout in layouts]
    stamps = _stamp_fonts(every)
    bodies = [
        [
            line
            for line in body
            if line.level
            and line.spans[0].font not in stamps
            and not (line.text[0] in "(cC" and _is_continued(line.text))
        ]
        for body in every
    ]
    columns = find_columns(
        [
            PageLines(
                layout.page.width,
                body,
                tuple(layout.lines("caption", "inside")),
            )
            for layout, body in zip(layouts, bodies, strict=True)
        ]
    )
    pages = zip(layouts, bodies, columns, strict=True)
    return [
        row
        for layout, lines, found in pages
        for row in _page_rows(layout.page.number, lines, found)
    ]


def _is_continued(text: str) -> bool:
    """Says that something goes on over the page."""
    return _rules.continued.fullmatch(text) is not None


def _stamp_fonts(bodies: Sequence[Sequence[Line]]) -> set[str]:
    """Fonts in which nothing but numbers is printed, over and over: labels that another program
    put on the text.
    """
    counts: Counter[str] = Counter()
    words: set[str] = set()
    for body in bodies:
        for line in body:
            font = line.spans[0].font
            if line.text.isdigit():
                counts[font] += 1
            else:
                words.add(font)
    return {
        font
        for font, count in counts.items()
        if count >= _rules.stamps and font not in words
    }


def _page_rows(
    page: int, lines: list[Line], columns: Sequence[Column]
) -> Iterator[Row]:
    for number, column in enumerate(columns):
        for pieces in gather([lines[i] for i in column.lines]):
            yield Row(
                pieces, page, column.extent, (page, number), column.margin
            )


def _level_with(line: Line, other: Line) -> bool:
    return abs(line.baseline - other.baseline) <= _rules.same_row * max(
        line.size, other.size
    )


def gather(lines: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines of one column, put together into rows from top to bottom, each from left to right."""
    lines.sort(key=lambda line: line.baseline)
    row: list[Line] = []
    main = None
    for line in lines:
        if main is None or not _level_with(line, main):
            if row:
                yield _left_to_right(row)
            row, main = [line], line
        else:
            row.append(line)
            main = max(main, line, key=lambda piece: piece.size)
    if row:
        yield _left_to_right(row)


def _left_to_right(row: list[Line]) -> tuple[Line, ...]:
    return (
        tuple(sorted(row, key=lambda line: line.bbox[0]))
        if len(row) > 1
        else (row[0],)
    )


def _joined(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].text
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        close = line.bbox[0] - before.bbox[2] < _rules.touching * max(
            line.size, before.size
        )
        parts.append(line.text if close else f" {line.text}")
    return "".join(parts)
