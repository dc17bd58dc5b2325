"""Whether a value that a statement gives for a data set or a metric stands with those names in
the paper.

The names that count are those at the head of columns and rows of its tables: only there can one
value be taken for another. A value is refused when the paper has it, and every cell and clause
that has it gives it to a rival of the names, one that the statement does not mention. What
cannot be told (merged cells, columns that sum up others, a value that the paper has in another
form only) is let through: the number itself is another check's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.paper import Document, Figure

Row = tuple[str, ...]

LONGEST_LABEL = 40
"""Characters of a name at the head of a column or row; longer ones are sentences."""
FEWEST = 2
"""Cells with values that make a row one of values."""
_VALUE = re.compile(r"(?<![\w.])\d*\.\d+|(?<![\w.])\d+(?:\.\d+)?(?=\s?%)")
"""What is measured: with decimals or a percent sign. Whole numbers count things and stand
everywhere.
"""
_CELL = re.compile(
    r"^[*†‡(]*[-+−±∼~<>]?\d[\d.,]*\s*(?:[%×xKMBk]|±.*|[(/].*|[*†‡)]+)?$|^[-–—−]$|^N/?A$"
)
_CLAUSE = re.compile(r"[，,；;。]|\.\s|\b(?:while|whereas|but)\b")
_PART = re.compile(r"[,;]\s|(?<=[a-z\d%)\]])\.\s(?=[A-Z])")
"""Ends of clauses in the text of a paper."""
_BRACKETS = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))")
_SIGNS = re.compile(r"[^\w@/+.-]+")
_METHOD = re.compile(
    r"\[\d|(?<!\d)(?:19|20)\d\d\b|\bet al\b|\b[Oo]urs\b|\b[Bb]aselines?\b|\bw/|\bwithout\b|^\s*[+]"
)
_TOTAL = re.compile(
    r"^(?:mean|avg\.?|average|overall|total|all|both|m?acc(?:uracy)?)\b|^Δ",
    re.IGNORECASE,
)
"""Columns that sum up others: a statement names those instead."""
_COMPARED = re.compile(
    r"[低高优好差]于|超过|不及|相比|[比对]|\b(?:than|versus|vs|over|against|compared|above|below)\b"
)
"""What follows is what a value is compared with."""
_RESPECTIVELY = re.compile("分别|依次|respectively|in turn")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells."""

    rows: tuple[Row, ...]

    def heads(self) -> Iterator[str]:
        """The names at the heads of its columns and rows, as long as they are not those of
        methods.
        """
        for names in self.head_rows():
            if not any(map(_METHOD.search, names)):
                yield from filter(None, map(named, names))

    def head_rows(self) -> Iterator[Row]:
        """The rows of heads, and the heads of the rows."""
        yield from (row for row in self.rows if not _has_values(row))
        yield self._stub()

    def _stub(self) -> Row:
        return tuple(
            row[0] for row in self.rows if _has_values(row) and not _CELL.match(row[0])
        )

    def gives_to_others(
        self, value: str, near: Collection[str], said: Collection[str]
    ) -> bool:
        """Whether each cell with the value stands below or beside a rival of the names; see
        `claimed`.
        """
        return all(
            self._is_a_rivals(number, place, near, said)
            for number, place in self._cells(value)
        )

    def holds(self, value: str) -> bool:
        """Whether any cell has the value."""
        return any(True for _ in self._cells(value))

    def _cells(self, value: str) -> Iterator[tuple[int, int]]:
        """Row and column of each cell with the value."""
        for number, row in enumerate(self.rows):
            yield from (
                (number, place) for place, cell in enumerate(row) if holds(cell, value)
            )

    def _is_a_rivals(
        self, number: int, place: int, near: Collection[str], said: Collection[str]
    ) -> bool:
        for rivals, own in (
            *self._above(number, place),
            self._beside(self.rows[number]),
        ):
            names = claimed(rivals, near, said)
            meant = any(one in other or other in one for one in own for other in names)
            if names and own and not meant and not any(map(_TOTAL.search, own)):
                return True
        return False

    def _beside(self, row: Row) -> tuple[frozenset[str], frozenset[str]]:
        """The names at the heads of all rows, and of this one; nothing where rows are methods."""
        stub = self._stub()
        if any(map(_METHOD.search, stub)):
            return frozenset(), frozenset()
        return frozenset(filter(None, map(named, stub))), frozenset(
            filter(None, map(named, row))
        )

    def _above(
        self, number: int, place: int
    ) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """For each row of heads above: all of its names, and those above this cell."""
        for row in self._heads_above(number):
            if any(map(_METHOD.search, row[1:])):
                continue
            all_names = frozenset(filter(None, map(named, row)))
            own = _over(row, self.rows[number], place)
            if own is not None:
                yield all_names, frozenset(filter(None, [named(own)]))

    def _heads_above(self, number: int) -> list[Row]:
        """The nearest rows of heads, without titles of groups."""
        found: list[Row] = []
        for row in reversed(self.rows[:number]):
            if _has_values(row):
                if found:
                    break
                continue
            if len(row) > 1:
                found.append(row)
        return found


def claimed(
    rivals: Collection[str], near: Collection[str], said: Collection[str]
) -> set[str]:
    """Of names that compete for a value, those that its clause gives it to (`near`), or else
    its statement (`said`).
    """
    return {*rivals} & {*near} or {*rivals} & {*said}


def _over(heads: Row, row: Row, place: int) -> str | None:
    """The head above a cell, of its own or over several; None where that cannot be told."""
    values = _columns(row)
    if place not in values:
        return None
    if len(heads) in (len(row), len(values)):
        return (
            heads[len(heads) - len(row) + place]
            if len(row) - place <= len(heads)
            else None
        )
    several = _spanning(heads, values)
    return (
        heads[len(heads) - several + values.index(place) // (len(values) // several)]
        if several
        else None
    )


def _columns(row: Row) -> range:
    """The places of a row that are columns of values: from its first value on, also those that
    say "OOM" or "Fail".
    """
    return range(
        next((at for at, cell in enumerate(row) if _CELL.match(cell)), 0), len(row)
    )


def _spanning(heads: Row, values: Sequence[int]) -> int:
    """How many heads stand over equally many columns each; there may be one more above the
    heads of the rows.
    """
    return next(
        (
            size
            for size in (len(heads), len(heads) - 1)
            if size > 1 and len(values) % size == 0
        ),
        0,
    )


def _parted(heads: Row, row: Row) -> Row:
    """The heads right above a row of values, each column with its own: word by word where they
    ran together.
    """
    values = _columns(row)
    words = tuple(word for head in heads for word in head.split())
    runs = len(heads) not in (len(row), len(values)) and len(words) in (
        len(row),
        len(values),
    )
    return words if runs else heads


def _has_values(row: Row) -> bool:
    return sum(
        bool(_VALUE.search(cell)) or bool(_CELL.match(cell)) for cell in row[1:] or row
    ) >= min(FEWEST, len(row) - 1 or 1)


def named(cell: str) -> str:
    """The name in a cell without citations, arrows and units; "" when it is none."""
    if len(cell) > 2 * LONGEST_LABEL:
        return ""
    bare = " ".join(_SIGNS.sub(" ", _BRACKETS.sub("", cell)).split()).strip("-+. ")
    is_name = (
        len(bare) > 1
        and len(bare) <= LONGEST_LABEL
        and re.search(r"[A-Z]|[a-z]\d", bare)
    )
    return bare if is_name and not _CELL.match(bare) else ""


def holds(text: str, value: str) -> bool:
    """Whether a text has the number as printed."""
    return value in text and bool(
        re.search(rf"(?<![\d.]){re.escape(value)}(?!\d|\.\d)", text)
    )


@dataclass(frozen=True)
class Results:
    """The tables of a paper, and where its running text gives values."""

    document: Document

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Those with a text in rows and cells."""
        return tuple(
            _table(one)
            for one in self.document.figures
            if one.kind == "table" and "\t" in one.text
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What values are given for, the longest first."""
        return tuple(
            sorted(
                {name for table in self.tables for name in table.heads()},
                key=len,
                reverse=True,
            )
        )

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """Paragraphs with those around them and the title above them, and captions."""
        pieces = []
        for section in self.document.sections:
            if section.kind != "references":
                texts = [paragraph.text for paragraph in section.paragraphs]
                pieces += [
                    " ".join((section.title, *texts[max(0, at - 1) : at + 2]))
                    for at in range(len(section.paragraphs))
                ]
        return (
            self.document.abstract,
            *pieces,
            *(figure.caption for figure in self.document.figures),
        )

    def unfounded(self, text: str, quote: str) -> Iterator[tuple[str, str]]:
        """Each value of a statement that the paper gives for something else, and the names it
        was given for.
        """
        said = self._named(text) if _VALUE.search(text) else []
        for clause, values in _clauses(text) if said else ():
            given, _, compared = _COMPARED.sub("\n", clause, count=1).partition("\n")
            near, rest = self._named(given), {*said} - {*self._named(compared)}
            for value in values:
                if not holds(quote, value) and self._gives_to_others(value, near, rest):
                    yield value, ", ".join(near or rest)

    def _named(self, text: str) -> list[str]:
        """The names of tables that a text has; a shorter one inside a longer one is not meant."""
        left, found = text, []
        for name in self.names:
            whole = rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9]|-[A-Za-z0-9])"
            if name in left and re.search(whole, left):
                found.append(name)
                left = re.sub(whole, " ", left)
        return found

    def _gives_to_others(
        self, value: str, near: Collection[str], said: Collection[str]
    ) -> bool:
        """Whether the paper has the value, and wherever it has it, for a rival of the names."""
        places = [table for table in self.tables if table.holds(value)]
        parts = [
            part
            for text in self.prose
            if holds(text, value)
            for part in _PART.split(text)
            if holds(part, value)
        ]
        if not all(table.gives_to_others(value, near, said) for table in places):
            return False
        return bool(places or parts) and all(
            self._only_rivals(part, near, said) for part in parts
        )

    def _only_rivals(
        self, part: str, near: Collection[str], said: Collection[str]
    ) -> bool:
        """Whether a clause of the paper names rivals of the names, and none of these."""
        if _RESPECTIVELY.search(part):
            return False
        for heads in self._heads:
            names = claimed(heads, near, said)
            if (
                names
                and not any(name in part for name in names)
                and any(name in part for name in heads - names)
            ):
                return True
        return False

    @cached_property
    def _heads(self) -> tuple[frozenset[str], ...]:
        """The names of each row of heads of all tables, and those at the heads of their rows."""
        rows = (names for table in self.tables for names in table.head_rows())
        return tuple(frozenset(filter(None, map(named, names))) for names in rows)


def _table(figure: Figure) -> Table:
    rows = [
        tuple(cell.strip() for cell in line.split("\t"))
        for line in figure.text.splitlines()
    ]
    for at, (heads, row) in enumerate(pairwise(rows)):
        if not _has_values(heads) and _has_values(row):
            rows[at] = _parted(heads, row)
    return Table(tuple(rows))


def _clauses(text: str) -> Iterator[tuple[str, list[str]]]:
    """The clauses of a statement with their values; all of it is one where values are listed
    apart from their names.
    """
    parts = [text] if _RESPECTIVELY.search(text) else _CLAUSE.split(text)
    for part in parts:
        if values := _VALUE.findall(part):
            yield part, values
