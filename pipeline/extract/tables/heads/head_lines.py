"""How many lines the head of a table has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.tables.segments import TextLine
from pipeline.extract.tables.table_area import TableArea


@dataclass(frozen=True, slots=True)
class HeadLineLimits:
    """Numbers of lines and rules."""

    parted: int = 2
    """More rules than these may part single rows."""
    lines: int = 6
    """Lines that a head has at most where no rule ends it."""


limits = HeadLineLimits()


def count_head_lines(lines: Sequence[TextLine], area: TableArea) -> int:
    """Lines above the rule that ends the head; by what they hold where there is no rule."""
    rules = area.full_rules()
    if _turned_above(rules, lines, area):
        return 0
    counts = [sum(line.baseline < rule for line in lines) for rule in rules]
    counts = [
        count for count in dict.fromkeys(counts) if 0 < count < len(lines)
    ]
    by_content = _lines_without_values(lines)
    if not counts:
        return by_content
    if by_content and _parts_rows(counts, lines):
        return counts[0] - 1
    head = counts[0]
    above = sum(len(line.segments) for line in lines[:head])
    for count in counts[1:]:
        more = sum(len(line.segments) for line in lines[head:count])
        subdivides = _subdivides(lines[head], lines[:head])
        before_values = count <= by_content <= limits.lines
        heads = before_values or _names(lines[head:count])
        unnamed = subdivides and _is_indented(lines[head], lines[count])
        if not (unnamed or (heads and (subdivides or more > above))):
            break
        head, above = count, more
    return head


def _parts_rows(counts: Sequence[int], lines: Sequence[TextLine]) -> bool:
    """Rules part all rows, and the first stands below a row of values: none ends the head."""
    head = counts[0]
    first = lines[head - 1].segments
    valued = len(first) > 1 and all(segment.atom for segment in first[1:])
    apart = len(counts) > limits.parted and len(counts) >= len(lines) - head
    return apart and valued and head > 1


def _names(lines: Sequence[TextLine]) -> bool:
    """Lines of names alone: they name columns though the heads above them are numbers."""
    segments = [segment for line in lines for segment in line.segments]
    return len(segments) > 2 and not any(s.atom for s in segments)  # noqa: PLR2004


def _subdivides(line: TextLine, above: Sequence[TextLine]) -> bool:
    """A line stands wholly under one head, and is wider than it."""
    x0, x1 = line.segments[0].x0, line.segments[-1].x1
    over = [
        s for other in above for s in other.segments if s.x0 < x1 and x0 < s.x1
    ]
    return len(over) == 1 and x0 < over[0].x0 and over[0].x1 < x1


def _is_indented(line: TextLine, following: TextLine) -> bool:
    """A line has nothing where the label of the row below it stands."""
    return line.segments[0].x0 > following.segments[0].x1


def _turned_above(
    rules: Sequence[float], lines: Sequence[TextLine], area: TableArea
) -> bool:
    """All heads are turned: nothing level stands above the rule below them."""
    turned = [word for word in area.words if not word.level]
    return any(
        rule < lines[0].baseline
        and sum(word.y0 + word.y1 < 2 * rule for word in turned) > 1
        for rule in rules
    )


def _lines_without_values(lines: Sequence[TextLine]) -> int:
    """Lines before the first that has a value beside its first cell; 0 where none has."""
    for i, line in enumerate(lines):
        if any(segment.atom for segment in line.segments[1:]):
            label = i > 1 and _is_label(lines[i - 1], lines[i - 2])
            return i - 1 if label else i
    return 0


def _is_label(line: TextLine, above: TextLine) -> bool:
    """A text alone at the left, below heads: the label of the first group of rows."""
    left = line.segments[0].x0 <= above.segments[0].x1
    return left and len(line.segments) == 1 < len(above.segments)
