"""Whether a value that a statement gives for a data set or a metric stands with those names in the paper.

The names that count are those at the head of columns and rows of its tables: only there can one value be taken for
another. A value is borne out by the quote, by a paragraph or a caption that has it together with the names, or by a
cell of a table whose column and row are the named ones. What cannot be told (merged cells, a value that the paper has
in another form only) is let through: the number itself is another check's.
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
"""What is measured: with decimals or a percent sign. Whole numbers count things and stand everywhere."""
_CELL = re.compile(r"^[*†‡(]*[-+−±∼~<>]?\d[\d.,]*\s*(?:[%×xKMBk]|±.*|[(/].*|[*†‡)]+)?$|^[-–—−]$|^N/?A$")
_CLAUSE = re.compile(r"[，,；;。]|\.\s|\b(?:while|whereas|but)\b")
_PART = re.compile(r"[,;]\s|(?<=[a-z\d%)\]])\.\s(?=[A-Z])")
"""Ends of clauses in the text of a paper."""
_BRACKETS = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))")
_SIGNS = re.compile(r"[^\w@/+.-]+")
_METHOD = re.compile(r"\[\d|\b(?:19|20)\d\d\b|\bet al\b|\b[Oo]urs\b|\b[Bb]aselines?\b|\bw/|\bwithout\b|^\s*[+]")
_RESPECTIVELY = re.compile("分别|依次|respectively|in turn")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells."""

    rows: tuple[Row, ...]
    caption: str
    label: str

    def heads(self) -> Iterator[str]:
        """The names at the heads of its columns and rows, as long as they are not those of methods."""
        for names in self.head_rows():
            if not any(map(_METHOD.search, names)):
                yield from filter(None, map(named, names))

    def head_rows(self) -> Iterator[Row]:
        """The rows of heads, and the heads of the rows."""
        yield from (row for row in self.rows if not _has_values(row))
        yield self._stub()

    def _stub(self) -> Row:
        return tuple(row[0] for row in self.rows if _has_values(row) and not _CELL.match(row[0]))

    def bears(self, value: str, names: Sequence[Collection[str]]) -> bool:
        """Whether a cell with the value stands below or beside one name of each group that the table has."""
        return any(self._fits(number, place, names) for number, place in self._cells(value))

    def holds(self, value: str) -> bool:
        """Whether any cell has the value."""
        return any(True for _ in self._cells(value))

    def _cells(self, value: str) -> Iterator[tuple[int, int]]:
        """Row and column of each cell with the value."""
        for number, row in enumerate(self.rows):
            yield from ((number, place) for place, cell in enumerate(row) if holds(cell, value))

    def _fits(self, number: int, place: int, names: Sequence[Collection[str]]) -> bool:
        """Whether the names that compete with one another for this cell are its own."""
        row = self.rows[number]
        for rivals, own in (*self._above(number, place), self._beside(row)):
            for group in names:
                said = [name for name in group if name in rivals]
                if said and not any(name in own for name in said):
                    return False
        return True

    def _beside(self, row: Row) -> tuple[frozenset[str], frozenset[str]]:
        """The names at the heads of all rows, and of this one; nothing where rows are methods."""
        stub = self._stub()
        if any(map(_METHOD.search, stub)):
            return frozenset(), frozenset()
        return frozenset(filter(None, map(named, stub))), frozenset(filter(None, map(named, row)))

    def _above(self, number: int, place: int) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
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


def _over(heads: Row, row: Row, place: int) -> str | None:
    """The head above a cell, of its own or over several; None where that cannot be told."""
    values = [at for at, cell in enumerate(row) if _CELL.match(cell)]
    if place not in values:
        return None
    if len(heads) in (len(row), len(values)):
        return heads[len(heads) - len(row) + place] if len(row) - place <= len(heads) else None
    several = _spanning(heads, values)
    return heads[len(heads) - several + values.index(place) // (len(values) // several)] if several else None


def _spanning(heads: Row, values: Sequence[int]) -> int:
    """How many heads stand over equally many columns each; there may be one more above the heads of the rows."""
    return next((size for size in (len(heads), len(heads) - 1) if size > 1 and len(values) % size == 0), 0)


def _parted(heads: Row, row: Row) -> Row:
    """The heads right above a row of values, each column with its own: word by word where they ran together."""
    values = [at for at, cell in enumerate(row) if _CELL.match(cell)]
    words = tuple(word for head in heads for word in head.split())
    runs = len(heads) not in (len(row), len(values)) and len(words) in (len(row), len(values))
    return words if runs else heads


def _has_values(row: Row) -> bool:
    return sum(bool(_VALUE.search(cell)) or bool(_CELL.match(cell)) for cell in row[1:] or row) >= min(
        FEWEST, len(row) - 1 or 1
    )


def named(cell: str) -> str:
    """The name in a cell without citations, arrows and units; "" when it is none."""
    if len(cell) > 2 * LONGEST_LABEL:
        return ""
    bare = " ".join(_SIGNS.sub(" ", _BRACKETS.sub("", cell)).split()).strip("-+. ")
    is_name = len(bare) > 1 and len(bare) <= LONGEST_LABEL and re.search(r"[A-Z]|[a-z]\d", bare)
    return bare if is_name and not _CELL.match(bare) else ""


def holds(text: str, value: str) -> bool:
    """Whether a text has the number as printed."""
    return value in text and bool(re.search(rf"(?<![\d.]){re.escape(value)}(?!\d|\.\d)", text))


@dataclass(frozen=True)
class Results:
    """The tables of a paper, and where its running text gives values."""

    document: Document

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Those with a text in rows and cells."""
        return tuple(_table(one) for one in self.document.figures if one.kind == "table" and "\t" in one.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What values are given for, the longest first."""
        return tuple(sorted({name for table in self.tables for name in table.heads()}, key=len, reverse=True))

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """Paragraphs with those around them and the title above them, and captions."""
        pieces = []
        for section in self.document.sections:
            if section.kind != "references":
                texts = [paragraph.text for paragraph in section.paragraphs]
                pieces += [
                    " ".join((section.title, *texts[max(0, at - 1) : at + 2])) for at in range(len(section.paragraphs))
                ]
        return (self.document.abstract, *pieces, *(figure.caption for figure in self.document.figures))

    def unfounded(self, text: str, quote: str) -> Iterator[tuple[str, str]]:
        """Each value of a statement that the paper gives for something else, and the names it was given for."""
        rivals = self._rivals(self._named(text)) if _VALUE.search(text) else []
        if not rivals:
            return
        for clause, values in _clauses(text):
            near = self._named(clause)
            for value in values:
                groups = [self._family([name for name in near if name in row] or row, text) for row in rivals]
                if not holds(quote, value) and not self._bears(value, groups):
                    yield value, ", ".join(dict.fromkeys(name for group in groups for name in group))

    def _named(self, text: str) -> list[str]:
        """The names of tables that a text has; a shorter one inside a longer one is not meant."""
        left, found = text, []
        for name in self.names:
            whole = rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9]|-[A-Za-z0-9])"
            if name in left and re.search(whole, left):
                found.append(name)
                left = re.sub(whole, " ", left)
        return found

    def _family(self, group: list[str], text: str) -> list[str]:
        """The names, and those made of one of them and of further words of the text: Base 4p."""
        longer = (name for name in self.names if any(name.startswith(f"{one} ") for one in group))
        return group + [name for name in longer if all(word in text for word in name.split())]

    def _rivals(self, said: list[str]) -> list[list[str]]:
        """The names in groups that stand in one row or column of heads of a table: data sets, metrics."""
        groups: list[list[str]] = []
        for name in said:
            home = next((group for group in groups if any(self._are_rivals(name, other) for other in group)), None)
            if home is None:
                groups.append([name])
            else:
                home.append(name)
        return groups

    def _are_rivals(self, one: str, other: str) -> bool:
        return any(one in row and other in row for row in self._heads)

    def _bears(self, value: str, groups: Sequence[Collection[str]]) -> bool:
        places = [table for table in self.tables if table.holds(value)]
        texts = [text for text in self.prose if holds(text, value)]
        if not places and not texts:
            return True
        if any(all(self._says(text, value, group) for group in groups) for text in texts):
            return True
        return any(table.bears(value, groups) and self._about(table, groups) for table in places)

    def _says(self, text: str, value: str, group: Collection[str]) -> bool:
        """Whether a text names one of the group, and not a rival of it alone in the very clause of the value."""
        if not any(name in text for name in group):
            return False
        near = [part for part in _PART.split(text) if holds(part, value)]
        rivals = {name for row in self._heads if row & set(group) for name in row} - set(group)
        return any(
            any(name in part for name in group)
            or not any(name in part for name in rivals)
            or _RESPECTIVELY.search(part)
            for part in near
        )

    @cached_property
    def _heads(self) -> tuple[frozenset[str], ...]:
        """The names of each row of heads of all tables, and those at the heads of their rows."""
        rows = (names for table in self.tables for names in table.head_rows())
        return tuple(frozenset(filter(None, map(named, names))) for names in rows)

    def _about(self, table: Table, groups: Sequence[Collection[str]]) -> bool:
        """Whether a table, its caption or the text that refers to it has a name of each group."""
        around = f"{table.caption} {' '.join(cell for row in table.rows for cell in row)}"
        missing = [group for group in groups if not any(name in around for name in group)]
        if not missing:
            return True
        refers = re.compile(rf"\bTab(?:le|\.)?s?\s*{re.escape(table.label)}\b", re.IGNORECASE)
        texts = " ".join(text for text in self.prose if refers.search(text))
        return all(any(name in texts for name in group) for group in missing)


def _table(figure: Figure) -> Table:
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in figure.text.splitlines()]
    for at, (heads, row) in enumerate(pairwise(rows)):
        if not _has_values(heads) and _has_values(row):
            rows[at] = _parted(heads, row)
    return Table(tuple(rows), figure.caption, figure.label)


def _clauses(text: str) -> Iterator[tuple[str, list[str]]]:
    """The clauses of a statement with their values; all of it is one where values are listed apart from their names."""
    parts = [text] if _RESPECTIVELY.search(text) else _CLAUSE.split(text)
    for part in parts:
        if values := _VALUE.findall(part):
            yield part, values
