"""Lines with values: which are rows, which go on with the row above, which stand between rows."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from pipeline.extract.tables.segments import TextLine
from pipeline.extract.tables.table_area import TableArea


@dataclass(frozen=True, slots=True)
class ValueRowLimits:
    """Shares, and steps of lines."""

    values: float = 0.6
    """Of a column's cells that are values or marks, from which on each is a row of its own."""
    bands: int = 3
    """Rules part rows from here on, where no values do."""
    beside: float = 0.8
    """Of the font size: lines closer than this stand beside one another."""
    halved: float = 1.2
    """Of the usual step of rows: two rows no farther apart may have values between them."""
    middle: float = 0.15
    """Of a step of rows: what is half-way is this near to its middle."""
    gap: float = 1.15
    """Of the smallest distance of lines: larger ones part rows where cells wrap."""


limits = ValueRowLimits()


def find_value_columns(lines: Sequence[TextLine], width: int) -> list[int]:
    """Columns after the first in which most cells are values or marks."""
    atoms, all_ = [0] * width, [0] * width
    for line in lines:
        for segment in line.segments:
            if segment.first == segment.last:
                all_[segment.first] += 1
                atoms[segment.first] += segment.atom
    return [
        i
        for i in range(1, width)
        if all_[i] and atoms[i] >= limits.values * all_[i]
    ]


def find_value_lines(
    lines: Sequence[TextLine],
    values: list[int],
    bands: list[int],
    area: TableArea,
) -> list[int]:
    """Lines that are rows of their own: those with values; without, those after a wider gap."""
    found = [
        i
        for i, line in enumerate(lines)
        if any(s.first in values and s.first == s.last for s in line.segments)
        and (len(line.segments) > 1 or line.segments[0].atom)
    ]
    if found:
        return found
    if len(set(bands)) >= limits.bands and len(set(bands)) > 0.5 * sum(
        line.segments[0].first == 0 for line in lines
    ):
        return [
            i for i in range(len(lines)) if i == 0 or bands[i] != bands[i - 1]
        ]
    gaps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    if gaps and max(gaps) > 1.3 * min(gaps) and min(gaps) < 1.35 * area.em:
        wide = limits.gap * min(gaps)
        return [0, *(i + 1 for i, gap in enumerate(gaps) if gap > wide)]
    return [
        i
        for i, line in enumerate(lines)
        if line.segments[0].first == 0 and (len(line.segments) > 1 or i == 0)
    ] or list(range(len(lines)))


def lines_between_rows(
    lines: Sequence[TextLine],
    anchors: list[int],
    bands: list[int],
    columns: Container[int],
) -> set[int]:
    """Lines with values between two rows as close as others, in columns that these leave free."""
    found = {
        i: step
        for p, i, n in zip(anchors, anchors[1:], anchors[2:], strict=False)
        if bands[p] == bands[n]
        and not _goes_on(lines[n], lines[p], columns)
        and (step := _step_around(lines[p], lines[i], lines[n]))
    }
    rows = [lines[i] for i in anchors if i not in found]
    steps = [
        n.baseline - p.baseline for p, n in pairwise(rows) if not _apart(p, n)
    ]
    most = limits.halved * median_low(steps) if steps else 0.0
    return {i for i, step in found.items() if step <= most}


def _step_around(p: TextLine, line: TextLine, n: TextLine) -> float:
    """From one line to another, points; 0 where a third is not half-way between their cells."""
    free = _apart(p, line) and _apart(line, n) and not _apart(p, n)
    step = n.baseline - p.baseline
    off = abs((p.baseline + n.baseline) / 2 - line.baseline)
    return step if free and off <= limits.middle * step else 0.0


def join_value_lines(
    lines: Sequence[TextLine],
    anchors: list[int],
    bands: list[int],
    columns: Container[int],
    area: TableArea,
) -> list[list[int]]:
    """Lines with values that stand beside one another, in cells of several lines, as one row."""
    groups: list[list[int]] = []
    for i in anchors:
        if groups:
            last = groups[-1][-1]
            near = (
                lines[i].baseline - lines[last].baseline
                < limits.beside * area.em
            )
            close = lines[i].baseline - lines[last].baseline < 1.5 * area.em
            more = close and _goes_on(lines[i], lines[last], columns)
            if bands[i] == bands[last] and (
                more or (near and _apart(lines[groups[-1][0]], lines[i]))
            ):
                groups[-1].append(i)
                continue
        groups.append([i])
    return groups


def _goes_on(line: TextLine, above: TextLine, columns: Container[int]) -> bool:
    """The values of a line are the rest of those above."""
    errors = _errors(line) and not _errors(above)
    return errors or _ends_values(line, above, columns)


def _errors(line: TextLine) -> bool:
    """All that stands on a line are errors of the values above."""
    return all(segment.text.startswith("±") for segment in line.segments)


def _ends_values(
    line: TextLine, above: TextLine, columns: Container[int]
) -> bool:
    """Every value on a line ends one that the line above leaves open, or begins a bracket."""
    opened = {s.first for s in above.segments if _is_open(s.text)}
    numbers = [
        segment
        for segment in line.segments
        if segment.first in columns and any(map(str.isdigit, segment.text))
    ]
    return bool(numbers) and all(
        segment.first in opened or _is_open(segment.text) for segment in numbers
    )


def _is_open(text: str) -> bool:
    """A bracket begins and does not end, or a sign joins what comes."""
    opened = text.count("(") + text.count("[")
    joins = text[-1] in "/±" and text[0].isdigit()
    return joins or opened > text.count(")") + text.count("]")


def _apart(a: TextLine, b: TextLine) -> bool:
    """No column has text on both lines."""
    return not {s.first for s in a.segments} & {s.first for s in b.segments}
