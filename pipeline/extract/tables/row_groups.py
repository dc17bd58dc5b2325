"""Labels at the left of a table that cover several rows."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.tables.table_area import TableArea
from pipeline.extract.tables.table_cell import PlacedCell
from pipeline.extract.tables.table_columns import TableColumn


@dataclass(frozen=True, slots=True)
class GroupLimits:
    """Distances of labels and rows."""

    off: float = 0.35
    """Of the pitch of rows: a label stands no farther from the middle of its rows."""
    gap: float = 1.2
    """Of the smallest distance of rows: a wider one parts groups."""
    lines: float = 1.4
    """Of the font size: lines of one label follow one another as close as this."""


limits = GroupLimits()


@dataclass(slots=True)
class RowLabel:
    """A label in a column at the left: its height on the page, and its row if it is on one's
    line.
    """

    middle: float
    parts: list[str]
    row: int | None


def group_rows(
    labels: Sequence[RowLabel],
    rows: Sequence[tuple[int, float]],
    column: int,
    columns: Sequence[TableColumn],
    area: TableArea,
) -> list[PlacedCell]:
    """Cells for the labels of a column. `rows` are numbers of rows and their middles, in points."""
    rules = [
        rule.place
        for rule in area.level_rules
        if rule.start <= columns[column].middle <= rule.end
    ]
    joined = _apart(labels, rows, area.em) or _joined(labels, area.em)
    cells: list[PlacedCell] = []
    for band in range(len(rules) + 1):
        own = [(row, y) for row, y in rows if bisect(rules, y) == band]
        inside = [
            label for label in joined if bisect(rules, label.middle) == band
        ]
        if own and inside and _is_centred_block(inside, own):
            inside = [_one(inside)]
        if own and inside:
            cells += _cover(inside, own, column)
    return cells


def _is_centred_block(
    labels: Sequence[RowLabel], rows: Sequence[tuple[int, float]]
) -> bool:
    """Labels that follow row by row in the middle of rows are the lines of one label."""
    few = 1 < len(labels) <= len(rows) / 2
    if not few or labels[0].row == rows[0][0]:
        return False
    pitch = (rows[-1][1] - rows[0][1]) / max(1, len(rows) - 1)
    follow = all(
        b.middle - a.middle < limits.gap * pitch for a, b in pairwise(labels)
    )
    middle = (labels[0].middle + labels[-1].middle) / 2
    off = abs(middle - (rows[0][1] + rows[-1][1]) / 2)
    return follow and off <= limits.off * pitch


def _apart(
    labels: Sequence[RowLabel],
    rows: Sequence[tuple[int, float]],
    em: float,
) -> list[RowLabel] | None:
    """Labels of which the lines between others are one, for the rows that have none.

    None where such lines do not stand in the middle of all rows without a label on their line.
    """
    blocks: list[list[RowLabel]] = []
    for label in sorted(labels, key=lambda label: label.middle):
        last = blocks[-1][-1] if blocks else label
        near = label.middle - last.middle <= limits.lines * em
        if blocks and near and label.row is None and last.row is None:
            blocks[-1].append(label)
        else:
            blocks.append([label])
    joined = [_one(block) for block in blocks]
    middles = _bare_middles({label.row for label in labels}, rows)
    between = [label.middle for label in joined if label.row is None]
    pitch = min((b[1] - a[1] for a, b in pairwise(rows)), default=0.0)
    fits = len(middles) == len(between) and all(
        abs(a - b) <= limits.off * pitch
        for a, b in zip(middles, between, strict=True)
    )
    return joined if fits else None


def _bare_middles(
    labelled: set[int | None], rows: Sequence[tuple[int, float]]
) -> list[float]:
    """The middles of runs of rows that have no label on their line."""
    runs: list[list[float]] = []
    for i, (row, y) in enumerate(rows):
        if row in labelled:
            continue
        if i and rows[i - 1][0] not in labelled:
            runs[-1].append(y)
        else:
            runs.append([y])
    return [(run[0] + run[-1]) / 2 for run in runs]


def _joined(labels: Sequence[RowLabel], em: float) -> list[RowLabel]:
    """Labels of which the lines follow one another as one, where one line is between rows."""
    blocks: list[list[RowLabel]] = []
    for label in sorted(labels, key=lambda label: label.middle):
        last = blocks[-1][-1] if blocks else None
        if (
            last
            and label.middle - last.middle <= limits.lines * em
            and (label.row is None or last.row is None)
        ):
            blocks[-1].append(label)
        else:
            blocks.append([label])
    return [_one(block) for block in blocks]


def _one(block: list[RowLabel]) -> RowLabel:
    if len(block) == 1:
        return block[0]
    middle = (block[0].middle + block[-1].middle) / 2
    return RowLabel(
        middle, [part for label in block for part in label.parts], None
    )


def _cover(
    labels: list[RowLabel], rows: list[tuple[int, float]], column: int
) -> list[PlacedCell]:
    """Share rows out among the labels of a band."""
    if len(labels) == 1:
        ranges = [(0, len(rows) - 1)]
    elif len(labels) == len(rows):
        ranges = [(i, i) for i in range(len(rows))]
    else:
        ranges = (
            _by_gaps(labels, rows)
            or _centred(labels, rows)
            or _downwards(labels, rows)
        )
    return [
        PlacedCell(rows[a][0], rows[b][0], column, column, label.parts)
        for label, (a, b) in zip(labels, ranges, strict=True)
    ]


def _by_gaps(
    labels: list[RowLabel], rows: list[tuple[int, float]]
) -> list[tuple[int, int]] | None:
    """Ranges between wider gaps of rows, where each of them has one label."""
    gaps = [b[1] - a[1] for a, b in pairwise(rows)]
    if not gaps:
        return None
    wide = limits.gap * min(gaps)
    cuts = [i + 1 for i, gap in enumerate(gaps) if gap > wide]
    ranges = list(
        zip(
            [0, *cuts], [*(cut - 1 for cut in cuts), len(rows) - 1], strict=True
        )
    )
    if len(ranges) != len(labels):
        return None
    margin = min(gaps) / 2
    for label, (a, b) in zip(labels, ranges, strict=True):
        first, last = rows[a][1], rows[b][1]
        if not first - margin <= label.middle <= last + margin:
            return None
        if a < b and label.row == rows[b][0]:
            return None
    return ranges


def _centred(
    labels: list[RowLabel], rows: list[tuple[int, float]]
) -> list[tuple[int, int]] | None:
    """Ranges of which every label is the middle; None where there are none that use all rows."""
    if (
        all(label.row is not None for label in labels)
        and labels[0].row == rows[0][0]
    ):
        return None
    pitch = (rows[-1][1] - rows[0][1]) / max(1, len(rows) - 1)
    ranges = []
    start = 0
    for label in labels:
        if start >= len(rows):
            return None
        offs = [
            abs((rows[start][1] + rows[end][1]) / 2 - label.middle)
            for end in range(start, len(rows))
        ]
        best = min(range(len(offs)), key=offs.__getitem__)
        if offs[best] > limits.off * pitch:
            return None
        ranges.append((start, start + best))
        start += best + 1
    return ranges if start == len(rows) else None


def _downwards(
    labels: list[RowLabel], rows: list[tuple[int, float]]
) -> list[tuple[int, int]]:
    """Each label from its own row, or the nearest, down to the next label."""
    starts = [
        min(range(len(rows)), key=lambda i: abs(rows[i][1] - label.middle))
        for label in labels
    ]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 1)
    ends = [start - 1 for start in starts[1:]] + [len(rows) - 1]
    return [
        (min(start, len(rows) - 1), min(max(start, end), len(rows) - 1))
        for start, end in zip(starts, ends, strict=True)
    ]
