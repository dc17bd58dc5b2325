"""A table as a grid: each value with the heads above it and the labels of its row.

Cells come from the structure that reading found; where there is none, from the lines of the
table's text, whose columns are parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.paper import Cell, Figure
from pipeline.summarize.verify.tables.table_labels import read_label

TextRow = tuple[str, ...]
Level = tuple[str, ...]
"""The heads of one row of heads, as they are printed."""


@dataclass(frozen=True, slots=True)
class CellForms:
    """How cells of values look."""

    measured: re.Pattern[str] = re.compile(
        r"(?<![\w.])\d*\.\d+|(?<![\w.])\d+(?:\.\d+)?(?=\s?%)"
    )
    """With decimals or a percent sign."""
    value_cell: re.Pattern[str] = re.compile(
        r"^[*†‡(]*[-+−±∼~<>]?\d[\d.,]*\s*(?:[%×xKMBk]|±.*|[(/].*|[*†‡)]+)?$|^[-–—−]$|^N/?A$"
    )
    values_at_end: re.Pattern[str] = re.compile(
        r"(?:\s+[-−]?\d[\d.,]*%?)+$|^[-−]?\d[\d.,]*%?(?:\s+[-−]?\d[\d.,]*%?)*$"
    )
    variant: re.Pattern[str] = re.compile(
        r"(?:[+↳└]|ft\.?\s|w/\s|with\s|fine-?tuned\b)", re.IGNORECASE
    )
    """The label of a row that varies the one above it: "ft. Ours", "+ pooling"."""
    fewest_values: int = 2
    """Cells with values that make a row one of values."""


cell_forms = CellForms()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A value with what it is a value of."""

    text: str
    heads: tuple[tuple[Level, str], ...]
    """For each row of heads that is sure: its heads over values, and the one over this cell."""
    label: str
    """The labels of its group of rows and of its row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    cells: tuple[GridCell, ...]
    levels: tuple[Level, ...]
    """Its rows of heads, from the top."""
    labels: tuple[str, ...]
    """The labels of its rows, in order."""
    lines: tuple[tuple[str, ...], ...]
    """Its rows as a prompt shows them: heads merged, labels first."""
    heads: tuple[int, ...]
    """Places of the rows of heads among these, in order."""

    def heads_above(self, place: int) -> tuple[int, ...]:
        """Give the places of the heads of a row: those right above its group of rows."""
        above = [at for at in self.heads if at <= place]
        run = above[-1:]
        while run and run[0] - 1 in above:
            run.insert(0, run[0] - 1)
        return tuple(run)

    @property
    def columns(self) -> dict[tuple[str, ...], list[GridCell]]:
        """The cells by the heads over them."""
        found: dict[tuple[str, ...], list[GridCell]] = {}
        for cell in self.cells:
            heads = tuple(head for _, head in cell.heads)
            found.setdefault(heads, []).append(cell)
        return found

    @property
    def words(self) -> frozenset[str]:
        """The words of all its labels and heads."""
        texts = (
            *self.labels,
            *(head for level in self.levels for head in level),
        )
        return frozenset().union(*(read_label(text).words for text in texts))


def is_value(cell: str) -> bool:
    """Tell whether a cell holds a value, or the mark of a missing one."""
    return bool(cell_forms.value_cell.match(cell))


def grid_of(figure: Figure) -> Grid | None:
    """The grid of a table; None where neither cells nor columns are known."""
    if figure.cells:
        return _from_cells(figure.cells)
    if "\t" not in figure.text:
        return None
    return _from_text(figure.text)


def row_texts(figure: Figure) -> tuple[str, ...]:
    """The rows of a table as text: as a prompt shows them, and with labels over rows said once.

    None for other figures, and where no rows are known.
    """
    grid = grid_of(figure) if figure.kind == "table" else None
    if grid is None:
        return ()
    printed = ([cell.text for cell in row] for row in figure.cells or ())
    forms = (grid.lines, printed)
    return tuple("\n".join(map(" | ".join, rows)) for rows in forms)


# ---- from cells


def _from_cells(rows: Sequence[Sequence[Cell]]) -> Grid | None:
    matrix = _spread(rows)
    if not matrix:
        return None
    first = _first_body_row(matrix)
    heads = matrix[:first]
    levels = tuple(tuple(cell.text for cell in row) for row in heads)
    stub = _stub_width(matrix[first:])
    cells: list[GridCell] = []
    labels: list[str] = []
    lines: list[tuple[str, ...]] = [_merged(levels)] if levels else []
    head_places = list(range(len(lines)))
    here = levels
    group = base = ""
    for row in matrix[first:]:
        if _is_group(row):
            group, base = row[0].text, ""
            continue
        if _is_head_row(row):
            here = (tuple(cell.text for cell in row),)
            levels += here
            head_places.append(len(lines))
            lines += here
            continue
        own = _row_labels(row)
        variant = any(map(cell_forms.variant.match, own))
        varied = base if variant else ""
        base = base if variant else " ".join(own[-1:])
        label = " ".join(filter(None, (group, varied, *own)))
        labels.append(label)
        lines.append(_line(row, group, varied))
        for place, cell in enumerate(row):
            if cell.head or not cell.text:
                continue
            above = tuple(
                (level[stub:], level[place]) for level in here if level[place]
            )
            cells.append(GridCell(cell.text, above, label))
    return Grid(
        tuple(cells), levels, tuple(labels), tuple(lines), tuple(head_places)
    )


def _line(row: Sequence[Cell], group: str, above: str) -> tuple[str, ...]:
    """A row as a prompt shows it, with the labels of its group and of the row it varies.

    A value that spans columns is one of each; other text, such as a row that was not parted, is
    said once.
    """
    texts = [cell.text for cell in row]
    for place, (before, cell) in enumerate(pairwise(row), start=1):
        if cell is before and not is_value(cell.text):
            texts[place] = ""
    if above:
        at = next(
            place
            for place, text in enumerate(texts)
            if cell_forms.variant.match(text)
        )
        texts[at] = f"{above}: {texts[at]}"
    if group:
        texts[0] = f"{group}: {texts[0]}"
    return tuple(texts)


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows with a spanning cell repeated in each place that it covers, all equally long."""
    taken: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            for down in range(max(1, cell.rowspan)):
                for right in range(max(1, cell.colspan)):
                    taken[number + down, column + right] = cell
            column += max(1, cell.colspan)
    width = max((column for _, column in taken), default=-1) + 1
    empty = Cell("")
    return [
        [taken.get((number, column), empty) for column in range(width)]
        for number in range(len(rows))
    ]


def _first_body_row(matrix: Sequence[Sequence[Cell]]) -> int:
    for number, row in enumerate(matrix):
        if any(cell.text and not cell.head for cell in row):
            return number
    return len(matrix)


def _stub_width(rows: Sequence[Sequence[Cell]]) -> int:
    """The columns of labels before the first one with a value: their heads stand over none."""
    values = [
        place
        for row in rows
        for place, cell in enumerate(row)
        if is_value(cell.text) and not cell.head
    ]
    return min(values, default=0)


def _is_group(row: Sequence[Cell]) -> bool:
    """Whether one head covers the whole row."""
    texts = {cell.text for cell in row if cell.text}
    return (
        len(texts) == 1
        and not any(is_value(text) for text in texts)
        and len(row) > 1
    )


def _is_head_row(row: Sequence[Cell]) -> bool:
    """Whether a row below the first heads is one of heads again, for the rows that follow."""
    printed = [cell for cell in row if cell.text]
    several = len({cell.text for cell in printed}) > 1
    wide = 2 * len(printed) > len(row)
    return several and wide and all(cell.head for cell in printed)


def _row_labels(row: Sequence[Cell]) -> tuple[str, ...]:
    heads = dict.fromkeys(cell.text for cell in row if cell.head and cell.text)
    if heads or not row:
        return tuple(heads)
    texts = [cell.text for cell in row]
    if is_value(texts[0]):
        texts = texts[1:]  # the number of the row
    more = takewhile(lambda text: not text[:1].isdigit(), texts[1:])
    labels = takewhile(lambda text: not is_value(text), (*texts[:1], *more))
    return tuple(text for text in labels if any(map(str.isalnum, text)))


def _merged(levels: Sequence[Level]) -> tuple[str, ...]:
    """One line of heads: those above each other joined, what repeats said once."""
    columns = zip(*levels, strict=True)
    return tuple(
        " / ".join(dict.fromkeys(filter(None, one))) for one in columns
    )


# ---- from text


def _from_text(text: str) -> Grid:
    rows = [
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text.splitlines()
    ]
    for at, (heads, row) in enumerate(pairwise(rows)):
        if not has_values(heads) and has_values(row):
            rows[at] = _parted(heads, row)
    body = [number for number, row in enumerate(rows) if has_values(row)]
    widest = max((len(rows[number]) for number in body), default=0)
    cells = [cell for at in body for cell in _row_cells(rows, at, widest)]
    levels = tuple(row for row in rows if not has_values(row) and len(row) > 1)
    labels = tuple(_label(rows, number) for number in body)
    places = tuple(at for at in range(len(rows)) if rows[at] in levels)
    return Grid(tuple(cells), levels, labels, tuple(rows), places)


def has_values(row: TextRow) -> bool:
    """Tell whether a row of text is one of values."""
    found = (
        cell_forms.measured.search(cell) or is_value(cell)
        for cell in row[1:] or row
    )
    return sum(map(bool, found)) >= min(
        cell_forms.fewest_values, len(row) - 1 or 1
    )


def _row_cells(
    rows: Sequence[TextRow], number: int, widest: int
) -> Iterator[GridCell]:
    """The values of a row; of one with fewer cells than others it is not known which are absent."""
    row = rows[number]
    above = _heads_above(rows, number) if len(row) == widest else []
    label = _label(rows, number)
    for place in _columns(row):
        over = ((heads, _over(heads, row, place)) for heads in above)
        heads = tuple((level, head) for level, head in over if head is not None)
        yield GridCell(row[place], heads, label)
    if values := _trailing_values(row[0]):
        yield GridCell(values, (), label)


def _label(rows: Sequence[TextRow], number: int) -> str:
    """The label of the group, then the cells before the first value without values in them."""
    row = rows[number]
    columns = _columns(row)
    before = row[: columns.start] if columns.start else row[:1]
    own = (cell.removesuffix(_trailing_values(cell)).strip() for cell in before)
    return " ".join(filter(None, (_group_above(rows, number), *own)))


def _trailing_values(cell: str) -> str:
    """The values at the end of a cell into which its neighbours ran."""
    found = cell_forms.values_at_end.search(cell)
    return found[0] if found else ""


def _group_above(rows: Sequence[TextRow], number: int) -> str:
    """The nearest line of one cell without a value, if no row of heads is between."""
    for row in reversed(rows[:number]):
        if has_values(row):
            continue
        return row[0] if len(row) == 1 and not is_value(row[0]) else ""
    return ""


def _heads_above(rows: Sequence[TextRow], number: int) -> list[TextRow]:
    """The nearest rows of heads, without titles of groups."""
    found: list[TextRow] = []
    for row in reversed(rows[:number]):
        if has_values(row):
            if found:
                break
            continue
        if len(row) > 1:
            found.append(row)
    return found


def _columns(row: TextRow) -> range:
    """The places of a row that are columns of values: from its first value on.

    Also those that say "OOM" or "Fail".
    """
    first = next((at for at, cell in enumerate(row) if is_value(cell)), 0)
    return range(first, len(row))


def _over(heads: TextRow, row: TextRow, place: int) -> str | None:
    """The head above a cell, of its own or over several; None where that cannot be told."""
    values = _columns(row)
    if place not in values:
        return None
    if len(heads) in (len(row), len(values)):
        fits = len(row) - place <= len(heads)
        return heads[len(heads) - len(row) + place] if fits else None
    several = _spanning(heads, values)
    if not several:
        return None
    width = len(values) // several
    return heads[len(heads) - several + values.index(place) // width]


def _spanning(heads: TextRow, values: Sequence[int]) -> int:
    """How many heads stand over equally many columns each; one more may be above the labels."""
    for size in (len(heads), len(heads) - 1):
        if size > 1 and len(values) % size == 0:
            return size
    return 0


def _parted(heads: TextRow, row: TextRow) -> TextRow:
    """The heads right above a row of values, word by word where they ran together."""
    values = _columns(row)
    sizes = (len(row), len(values))
    words = tuple(word for head in heads for word in head.split())
    return words if len(heads) not in sizes and len(words) in sizes else heads
