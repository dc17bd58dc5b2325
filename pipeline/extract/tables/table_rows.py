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


@dataclass(frozen=True, slots=True)
class RowLimits:
    """Shares, and distances between baselines."""

    values: float = 0.6
    """Of a column's cells that are values or marks, from which on each is a row of its own."""
    bands: int = 3
    """Rules part rows from here on, where no values do."""
    near: float = 0.8
    """Of the pitch of rows: a line closer to a row stands between rows."""
    beside: float = 0.8
    """Of the font size: lines closer than this stand beside one another."""
    between: float = 0.6
    """Of the pitch of rows: a line this close to the rows above and below is half way."""
    halved: float = 1.2
    """Of the usual step of rows: two rows no farther apart may have values between them."""
    middle: float = 0.15
    """Of a step of rows: what is half-way is this near to its middle."""
    wide: float = 0.95
    """Of the pitch of rows: lines of one cell are closer, or their words have no room."""
    gap: float = 1.15
    """Of the smallest distance of lines: larger ones part rows where cells wrap."""


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
    """Labels at the left with their baselines, on no row's line."""
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
    columns = _value_columns(lines, width)
    anchors = _anchors(lines, columns, bands, area)
    body = Body([], [], 0.0, min(columns, default=width), frozenset(columns))
    halfway = _halfway(lines, anchors, bands, body)
    anchors = [i for i in anchors if i not in halfway]
    for i in halfway:
        own = lines[i].segments
        body.floating += [(lines[i].baseline, segment) for segment in own]
    rows: dict[int, BodyRow] = {}
    joined = _joined(lines, anchors, bands, body, area)
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


def _value_columns(lines: Sequence[TextLine], width: int) -> list[int]:
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


def _anchors(
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


def _halfway(
    lines: Sequence[TextLine],
    anchors: list[int],
    bands: list[int],
    body: Body,
) -> set[int]:
    """Lines with values between two rows as close as others, in columns that these leave free."""
    found = {
        i: step
        for p, i, n in zip(anchors, anchors[1:], anchors[2:], strict=False)
        if bands[p] == bands[n]
        and not _goes_on(lines[n], lines[p], body)
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


def _joined(
    lines: Sequence[TextLine],
    anchors: list[int],
    bands: list[int],
    body: Body,
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
            more = close and _goes_on(lines[i], lines[last], body)
            if bands[i] == bands[last] and (
                more or (near and _apart(lines[groups[-1][0]], lines[i]))
            ):
                groups[-1].append(i)
                continue
        groups.append([i])
    return groups


def _goes_on(line: TextLine, above: TextLine, body: Body) -> bool:
    """The values of a line are the rest of those above."""
    errors = _errors(line) and not _errors(above)
    return errors or _ends_values(line, above, body.value_columns)


def _errors(line: TextLine) -> bool:
    """All that stands on a line are errors of the values above."""
    return all(segment.text.startswith("±") for segment in line.segments)


def _ends_values(
    line: TextLine, above: TextLine, columns: frozenset[int]
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
