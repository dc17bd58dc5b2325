"""Lines of the body joined to rows: wrapped cells, labels between rows, labels of groups."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median_low

from pipeline.extract.tables.segments import Segment, TextLine
from pipeline.extract.tables.table_area import TableArea
from pipeline.extract.tables.value_rows import (
    find_value_columns,
    find_value_lines,
    join_value_lines,
    lines_between_rows,
)


@dataclass(frozen=True, slots=True)
class RowLimits:
    """Shares, and distances between baselines."""

    near: float = 0.8
    """Of the pitch of rows: a line closer to a row stands between rows."""
    between: float = 0.6
    """Of the pitch of rows: a line this close to the rows above and below is half way."""
    wide: float = 0.95
    """Of the pitch of rows: lines of one cell are closer, or their words have no room."""


limits = RowLimits()


@dataclass(slots=True, eq=False)
class BodyRow:
    """A row: its lines of text from top to bottom; or one label of a group across the table."""

    baseline: float
    segments: list[Segment]
    label: bool = False


@dataclass(slots=True)
class Body:
    """Rows, and what stands between them."""

    rows: list[BodyRow]
    floating: list[tuple[float, Segment]] = field(default_factory=list)
    """Labels, and values of several rows, on no row's line, with their baselines."""
    pitch: float = 0.0
    """Distance of rows, points."""
    values: int = 0
    """The first column that holds values."""
    value_columns: frozenset[int] = frozenset()


def read_table_rows(
    lines: Sequence[TextLine], width: int, area: TableArea
) -> Body:
    """The rows of the body; segments know their columns."""
    rules = area.full_rules()
    bands = [bisect(rules, line.baseline) for line in lines]
    columns = find_value_columns(lines, width)
    anchors = find_value_lines(lines, columns, bands, area)
    body = Body([], [], 0.0, min(columns, default=width), frozenset(columns))
    halfway = lines_between_rows(lines, anchors, bands, columns)
    anchors = [i for i in anchors if i not in halfway]
    for i in halfway:
        own = lines[i].segments
        body.floating += [(lines[i].baseline, segment) for segment in own]
    rows: dict[int, BodyRow] = {}
    joined = join_value_lines(lines, anchors, bands, columns, area)
    for group in joined:
        segments = [segment for i in group for segment in lines[i].segments]
        middle = (lines[group[0]].baseline + lines[group[-1]].baseline) / 2
        rows[group[0]] = BodyRow(middle, segments)
    used = halfway.union(*joined)
    anchors = sorted(rows)
    body.pitch = _pitch(rows, area)
    others = [i for i in range(len(lines)) if i not in used]
    centred = _centred(lines, anchors, bands, others, body)
    for i in others:
        _place_line(i, lines, rows, anchors, bands, body, centred=centred)
    body.rows = list(dict.fromkeys(rows[i] for i in sorted(rows)))
    for row in body.rows:
        row.segments.sort(key=lambda segment: (segment.line, segment.x0))
    return body


def _pitch(rows: dict[int, BodyRow], area: TableArea) -> float:
    places = sorted(row.baseline for row in rows.values())
    steps = [b - a for a, b in pairwise(places)]
    return max(area.em, median_low(steps)) if steps else 1.2 * area.em


def _centred(
    lines: Sequence[TextLine],
    anchors: list[int],
    bands: list[int],
    others: list[int],
    body: Body,
) -> bool:
    """Wrapped cells are centred on their rows: some begin above the first row of their band."""
    for i in others:
        before = [a for a in anchors if a < i and bands[a] == bands[i]]
        after = [a for a in anchors if a > i and bands[a] == bands[i]]
        if before or not after:
            continue
        wrapped = any(segment.first > 0 for segment in lines[i].segments)
        near = (
            lines[after[0]].baseline - lines[i].baseline
            < limits.near * body.pitch
        )
        if (
            wrapped
            and near
            and lines[i].segments[0].last == lines[i].segments[0].first
        ):
            return True
    return False


def _place_line(
    i: int,
    lines: Sequence[TextLine],
    rows: dict[int, BodyRow],
    anchors: list[int],
    bands: list[int],
    body: Body,
    *,
    centred: bool,
) -> None:
    """Give a line without values to a row, to the labels between rows, or a row of its own."""
    line = lines[i]
    before = [a for a in anchors if a < i and bands[a] == bands[i]][-1:]
    after = [a for a in anchors if a > i and bands[a] == bands[i]][:1]
    if len(line.segments) == 1 and _labels(line, lines, body, before + after):
        _add_label(i, lines, rows)
        return
    steps = [abs(lines[a].baseline - line.baseline) for a in before + after]
    near = min(steps, default=inf) < limits.near * body.pitch
    between = (
        bool(before and after) and max(steps) < limits.between * body.pitch
    )
    last = body.values if between else body.values - 1
    if (
        all(s.first == 0 or s.first < last for s in line.segments)
        and body.values
    ):
        if near:
            body.floating += [
                (line.baseline, segment) for segment in line.segments
            ]
            return
        if len(line.segments) == 1 and not _continues(lines, i, before, body):
            _add_label(i, lines, rows)
            return
    _join_row(line, lines, rows, before + after, centred=centred)


def _add_label(
    i: int, lines: Sequence[TextLine], rows: dict[int, BodyRow]
) -> None:
    """Give the label of a group a row, or add it to the label that it goes on."""
    above = rows.get(i - 1)
    text = lines[i].segments[0].text
    goes_on = text[0].islower() or text[0] == "("
    if above and above.label and goes_on:
        above.segments += lines[i].segments
        rows[i] = above
        return
    rows[i] = BodyRow(lines[i].baseline, list(lines[i].segments), label=True)


def _join_row(
    line: TextLine,
    lines: Sequence[TextLine],
    rows: dict[int, BodyRow],
    candidates: list[int],
    *,
    centred: bool,
) -> None:
    """Add a line to the row it wraps from; without one it is a row of its own."""
    if not candidates:
        own = len(line.segments) == 1
        rows[lines.index(line)] = BodyRow(
            line.baseline, list(line.segments), label=own
        )
        return
    chosen = candidates[0]
    if centred:
        chosen = min(
            candidates, key=lambda a: abs(lines[a].baseline - line.baseline)
        )
    rows[chosen].segments += line.segments


def _labels(
    line: TextLine, lines: Sequence[TextLine], body: Body, near: list[int]
) -> bool:
    """A text alone on its line across columns, or where values stand, is the label of a group."""
    segment = line.segments[0]
    if segment.last > segment.first:
        return True
    beside = any(
        abs(lines[i].baseline - line.baseline) < limits.near * body.pitch
        for i in near
    )
    return (
        segment.first in body.value_columns and not segment.atom and not beside
    )


def _continues(
    lines: Sequence[TextLine], i: int, before: list[int], body: Body
) -> bool:
    """A line goes on with the text of the cell above, where its first word had no room."""
    if not before or before[0] != i - 1:
        return False
    segment, above = lines[i].segments[0], lines[i - 1].segments[0]
    if above.first != segment.first:
        return False
    close = lines[i].baseline - lines[i - 1].baseline < limits.wide * body.pitch
    if not close and _has_room(above, segment, lines):
        return False
    text = segment.text
    return text[0].islower() or text[0] in "([&+" or above.text[-1] in "-,&+/"


def _has_room(
    above: Segment, segment: Segment, lines: Sequence[TextLine]
) -> bool:
    """The first word of a text would fit behind the text above it in the column."""
    column = segment.first
    own = [
        s
        for line in lines
        for s in line.segments
        if s.first == s.last == column
    ]
    word = segment.words[0]
    space = above.words[0].size / 2
    return above.x1 + space + word.x1 - word.x0 <= max(s.x1 for s in own)
