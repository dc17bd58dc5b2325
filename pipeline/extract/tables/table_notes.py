"""Notes around a table: what stands in its box below the last row, or says that it goes on."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.tables.heads.head_lines import count_head_lines
from pipeline.extract.tables.segments import TextLine, join_words
from pipeline.extract.tables.table_area import TableArea
from pipeline.extract.tables.table_columns import (
    TableColumn,
    assign_columns,
    find_table_columns,
)


@dataclass(frozen=True, slots=True)
class NoteRules:
    """What tells notes from rows."""

    continued: re.Pattern[str] = re.compile(
        r"^\W*(table\s+\S+\W*$|(table\s+\S+)?\W*(continued|cont(inue|\W?d)?)\b"
        r"(\W|on|from|next|previous|page|overleaf)*$)",
        re.IGNORECASE,
    )
    cells: int = 3
    """A row beyond the rules has as many cells; notes have less."""
    bands: int = 2
    """Notes stand between the last two rules where others part as many bands above."""


_rules = NoteRules()


def without_notes(lines: Sequence[TextLine], area: TableArea) -> list[TextLine]:
    """The rows of a table, without notes and "Continued" above, below or between its rules."""
    kept = [line for line in lines if not says_continued(line)]
    kept = _above_notes(_above_last_rule(kept, area), area)
    for i, line in enumerate(kept):
        for segment in line.segments:
            segment.line = i
    return kept


def says_continued(line: TextLine) -> bool:
    """All that a line says is that the table goes on: "Table 2. (continued)", or its number alone."""
    words = [word for segment in line.segments for word in segment.words]
    return bool(_rules.continued.match(join_words(words)))


def _above_last_rule(lines: list[TextLine], area: TableArea) -> list[TextLine]:
    rules = area.full_rules()
    if not rules:
        return lines
    top = rules[0] if len(rules) > 1 else 0.0
    inside = [line for line in lines if top < line.baseline < rules[-1]]
    if len(inside) < len(lines) / 2:
        return lines
    below = [line for line in lines if line.baseline >= rules[-1]]
    columns = find_table_columns(inside, count_head_lines(inside, area), area)
    if len(rules) == 1 and any(_is_row(line, columns, area) for line in below):
        return lines
    kept = [
        line
        for line in lines
        if line in inside
        or (line.baseline <= top and len(line.segments) >= _rules.cells)
        or (line.baseline >= rules[-1] and _is_row(line, columns, area))
    ]
    return _without_last_band(kept, rules, area)


def _is_row(
    line: TextLine, columns: Sequence[TableColumn], area: TableArea
) -> bool:
    """The pieces of a line stand in columns of their own; words of notes stand anywhere."""
    segments = line.segments
    if len(segments) < _rules.cells:
        return False
    if _holds_values(line) or not columns:
        return True
    if len(columns) < _rules.cells:
        return False
    assign_columns(segments, columns, area.em)
    apart = len({segment.first for segment in segments}) == len(segments)
    return apart and all(s.first == s.last for s in segments[1:])


def _holds_values(line: TextLine) -> bool:
    """More than half of the pieces are numbers: a body that no rule closes."""
    valued = [
        any(sign.isdigit() for word in segment.words for sign in word.text)
        for segment in line.segments
    ]
    return 2 * sum(valued) > len(valued)


def _without_last_band(
    lines: list[TextLine],
    rules: Sequence[float],
    area: TableArea,
) -> list[TextLine]:
    """The lines above the last but one rule, where notes alone stand between it and the last."""
    if len(rules) <= _rules.bands:
        return lines
    last = [
        line for line in lines if bisect(rules, line.baseline) == len(rules) - 1
    ]
    if any(len(line.segments) > 1 for line in last):
        return lines
    rows = [line for line in lines if line not in last]
    columns = find_table_columns(rows, count_head_lines(rows, area), area)
    segments = [segment for line in last for segment in line.segments]
    assign_columns(segments, columns, area.em)
    across = any(segment.last > segment.first for segment in segments)
    return rows if across else lines


def _above_notes(lines: list[TextLine], area: TableArea) -> list[TextLine]:
    """The lines above notes that no rule parts from the rows: text across columns of values."""
    values = [line for line in lines if any(s.atom for s in line.segments[1:])]
    columns = find_table_columns(values, 0, area)
    if len(columns) < _rules.cells:
        return lines
    end = len(lines)
    for i in range(len(lines) - 1, 0, -1):
        if _lies_across(lines[i], columns, area):
            end = i
        elif len(lines[i].segments) > 1:
            break
    return lines[:end]


def _lies_across(
    line: TextLine, columns: Sequence[TableColumn], area: TableArea
) -> bool:
    """A line of text goes over half of the columns, whole or as words that stand anywhere."""
    segments = line.segments
    assign_columns(segments, columns, area.em)
    reach = segments[-1].last - segments[0].first
    values = sum(segment.atom for segment in segments)
    if 2 * values >= len(segments) or 2 * reach < len(columns):
        return False
    anywhere = len({segment.first for segment in segments}) < len(segments)
    longest = max(segment.last - segment.first for segment in segments)
    return anywhere or 2 * longest >= len(columns)
