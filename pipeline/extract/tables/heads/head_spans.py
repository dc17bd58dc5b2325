"""The columns that each head spans: those between bars, over its rule, or around its middle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf

from pipeline.extract.tables.segments import Segment, TextLine
from pipeline.extract.tables.table_area import Rule, TableArea
from pipeline.extract.tables.table_columns import TableColumn

Off = Callable[[Segment, int, int], float]
Shares = dict[int, tuple[float, list[tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class HeadSpanLimits:
    """Of the font size where nothing else is said."""

    off: float = 0.6
    """A head stands at most this far from the middle of the columns that it spans."""
    skipped: float = 0.8
    """Cost of a column that no head of the line spans, beside that of being off the middle."""
    left: float = 1.0
    """A head that is set at the left begins this near to the first of its columns."""
    leading: float = 1.4
    """Lines of one head follow one another as close as this."""
    stacked: float = 0.3
    """The middles of lines of one head differ by no more."""
    apart: float = 0.85
    """Lines closer than this stand beside one another, in cells of several lines."""
    letters: float = 0.25
    """The middle of letters stands this high above their baseline."""
    barred: float = 1e3
    """Points: stands for the distance of columns beyond an upright rule."""


limits = HeadSpanLimits()


def span_heads(
    lines: Sequence[TextLine], columns: Sequence[TableColumn], area: TableArea
) -> None:
    """Tell the heads of each line, from top to bottom, the columns that they span."""
    for line in lines:
        _part_neighbours(line)
    for i in range(len(lines) - 1):
        _span(i, lines, columns, area)
    _spread(lines, len(columns))


def _span(
    i: int,
    lines: Sequence[TextLine],
    columns: Sequence[TableColumn],
    area: TableArea,
) -> None:
    """Widen the heads of a line over the columns that they span."""
    apart = lines[i].baseline + limits.apart * area.em
    below = _columns_of(
        line for line in lines[i + 1 :] if line.baseline > apart
    )
    below -= _columns_of(
        line for line in lines[i + 1 :] if line.baseline <= apart
    )
    free = []
    for segment in lines[i].segments:
        if _between_bars(segment, lines[i], columns, area):
            continue
        rule = _rule_below(segment, i, lines, area)
        if rule is not None and _over_rule(segment, rule, columns, area.em):
            continue
        if below.issuperset(_reach(segment)):
            free.append(segment)
    taken = _columns_of([lines[i]], free)
    ranges = _shared(free, sorted(below - taken), columns, area, lines[i])
    wrapped = _wrapped(free, i, lines, area.em)
    if wrapped and not _tiles(free, ranges, wrapped, below):
        free = [segment for segment in free if segment not in wrapped]
        taken = _columns_of([lines[i]], free)
        ranges = _shared(free, sorted(below - taken), columns, area, lines[i])
    for head, (first, last) in zip(free, ranges, strict=False):
        head.first, head.last = first, last


def _between_bars(
    segment: Segment,
    line: TextLine,
    columns: Sequence[TableColumn],
    area: TableArea,
) -> bool:
    """Span the columns between the upright rules beside a head, which others part below it."""
    level = line.baseline - limits.letters * area.em
    bars = [r for r in area.upright_rules if r.start <= level <= r.end]
    left = max(
        (r.place for r in bars if r.place <= segment.x0), default=area.x0
    )
    right = min(
        (r.place for r in bars if r.place >= segment.x1), default=area.x1
    )
    parted = any(
        left < rule.place < right and rule.start > level
        for rule in area.upright_rules
    )
    over = [i for i, c in enumerate(columns) if left < c.middle < right]
    alone = sum(left < s.middle < right for s in line.segments) == 1
    if not (bars and parted and over and alone):
        return False
    segment.first, segment.last = over[0], over[-1]
    return True


def _tiles(
    heads: Sequence[Segment],
    ranges: Sequence[tuple[int, int]],
    wrapped: Sequence[Segment],
    below: set[int],
) -> bool:
    """Heads over equally many columns span all up to the last, as those of one kind do."""
    covered = {c for first, last in ranges for c in range(first, last + 1)}
    widths = {
        last - first
        for head, (first, last) in zip(heads, ranges, strict=False)
        if head in wrapped
    }
    left_out = below - covered
    return len(widths) == 1 and max(left_out, default=0) < min(covered)


def _wrapped(
    heads: Sequence[Segment], i: int, lines: Sequence[TextLine], em: float
) -> list[Segment]:
    """Heads that go on in the next line, in the middle below them.

    Heads that end at one height begin on different lines, by how often each is broken.
    """
    following = lines[i + 1]
    if following.baseline - lines[i].baseline > limits.leading * em:
        return []
    found = []
    for head in heads:
        below = [
            s for s in following.segments if s.x0 < head.x1 and head.x0 < s.x1
        ]
        off = [abs(s.middle - head.middle) for s in below]
        if len(below) == 1 and off[0] <= limits.stacked * em:
            found.append(head)
    return found


def _spread(lines: Sequence[TextLine], width: int) -> None:
    """Widen the lowest heads over equally many columns at their right that have no head."""
    heads = [s for s in lines[-1].segments if s.first]
    starts = [s.first for s in heads]
    lengths = {b - a for a, b in pairwise([*starts, width])}
    alone = all(s.first == s.last for s in heads)
    if alone and len(heads) > 1 and len(lengths) == 1 and lengths != {1}:
        for head, end in zip(heads, [*starts[1:], width], strict=True):
            head.last = end - 1


def _part_neighbours(line: TextLine) -> None:
    """A head that reaches into the column of the one at its left begins behind it."""
    for left, right in pairwise(line.segments):
        if right.first <= left.last < right.last:
            right.first = left.last + 1


def _columns_of(
    lines: Iterable[TextLine], without: Sequence[Segment] = ()
) -> set[int]:
    return {
        c
        for line in lines
        for segment in line.segments
        if segment not in without
        for c in _reach(segment)
    }


def _reach(segment: Segment) -> range:
    return range(segment.first, segment.last + 1)


def _rule_below(
    segment: Segment, i: int, lines: Sequence[TextLine], area: TableArea
) -> Rule | None:
    """The level rule between a head and what stands under it."""
    top = lines[i].baseline
    bottom = lines[i + 1].bottom
    for line in lines[i + 1 :]:
        bottom = line.baseline
        if any(s.x0 < segment.x1 and s.x1 > segment.x0 for s in line.segments):
            break
    for rule in _partial_rules(area):
        if top < rule.place < bottom and _inside(segment, rule):
            over = [s for s in lines[i].segments if _inside(s, rule)]
            return rule if len(over) == 1 else None
    return None


def _partial_rules(area: TableArea) -> Iterator[Rule]:
    """Rules over some columns; several at one height may run across the table together."""
    full = area.full_rules()
    for rule in area.level_rules:
        pieces = sum(other.place == rule.place for other in area.level_rules)
        if rule.place not in full or pieces > 1:
            yield rule


def _inside(segment: Segment, rule: Rule) -> bool:
    return rule.start - 2 <= segment.middle <= rule.end + 2


def _over_rule(
    segment: Segment, rule: Rule, columns: Sequence[TableColumn], em: float
) -> bool:
    """Span the columns over a rule; False where a line of other heads shares it."""
    over = [
        i
        for i, c in enumerate(columns)
        if rule.start - 2 <= c.middle <= rule.end + 2
    ]
    if not over:
        return False
    middle = (columns[over[0]].x0 + columns[over[-1]].x1) / 2
    off = abs(segment.middle - middle)
    left = abs(segment.x0 - columns[over[0]].x0) <= limits.left * em
    if off > max(12.0, 0.2 * (rule.end - rule.start)) and not left:
        return False
    segment.first, segment.last = over[0], over[-1]
    return True


def _shared(
    heads: list[Segment],
    below: list[int],
    columns: Sequence[TableColumn],
    area: TableArea,
    line: TextLine,
) -> list[tuple[int, int]]:
    """Ranges of columns for heads, each of which stands over the middle of its own, or none."""
    if not heads or len(heads) >= len(below):
        return []
    bars = [
        r.place for r in area.upright_rules if r.start <= line.baseline <= r.end
    ]
    off = partial(_off, columns=columns, bars=bars)
    ranges = _best_ranges(heads, below, off, limits.skipped * area.em)
    most = limits.off * area.em
    fits = all(
        off(head, first, last) <= most
        for head, (first, last) in zip(heads, ranges, strict=False)
    )
    return ranges if fits else []


def _best_ranges(
    heads: Sequence[Segment], below: Sequence[int], off: Off, skipped: float
) -> list[tuple[int, int]]:
    """The cheapest ranges of columns for heads from left to right; none where there are none.

    Dynamic programming over the heads: `best` has for each number of columns used up the cost
    and the ranges so far.
    """
    best: Shares = {0: (0.0, [])}
    for head in heads:
        following: Shares = {}
        for start, (cost, ranges) in best.items():
            for a, b in _runs(head, below, start):
                total = (
                    cost + off(head, below[a], below[b]) + skipped * (a - start)
                )
                if total < following.get(b + 1, (inf, []))[0]:
                    following[b + 1] = total, [*ranges, (below[a], below[b])]
        best = following
    ends = (
        (cost + skipped * (len(below) - end), r)
        for end, (cost, r) in best.items()
    )
    return min(ends, default=(inf, []))[1]


def _runs(
    head: Segment, below: Sequence[int], start: int
) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring columns from `start` on that hold those under the head itself."""
    for a in range(start, len(below)):
        if below[a] > head.first:
            return
        for b in range(a, len(below)):
            if below[b] - below[a] != b - a:
                break
            if below[b] >= head.last:
                yield a, b


def _off(
    head: Segment,
    a: int,
    b: int,
    columns: Sequence[TableColumn],
    bars: Sequence[float],
) -> float:
    """How far a head stands from the middle of columns a to b, points; far across a bar.

    The first column names the rows: it is under no head with others.
    """
    x0, x1 = columns[a].x0, columns[b].x1
    if any(x0 + 1 < bar < x1 - 1 for bar in bars):
        return limits.barred
    if a == 0 < head.first:
        return limits.barred
    return abs(head.middle - (x0 + x1) / 2)
