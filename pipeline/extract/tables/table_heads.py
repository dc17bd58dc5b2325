"""The head of a table: how many lines it has, and the columns that each of its cells spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf

from pipeline.extract.tables.segments import Segment, TextLine
from pipeline.extract.tables.table_area import Rule, TableArea
from pipeline.extract.tables.table_cell import PlacedCell
from pipeline.extract.tables.table_columns import TableColumn

Off = Callable[[Segment, int, int], float]
Shares = dict[int, tuple[float, list[tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class HeadLimits:
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
    between: float = 0.25
    """A line this far from those of all rows stands between them."""
    apart: float = 0.85
    """Lines closer than this stand beside one another, in cells of several lines."""
    barred: float = 1e3
    """Points: stands for the distance of columns beyond an upright rule."""
    parted: int = 2
    """More rules than these may part single rows."""
    lines: int = 6
    """Lines that a head has at most where no rule ends it."""


limits = HeadLimits()


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


def place_heads(
    lines: Sequence[TextLine], columns: Sequence[TableColumn], area: TableArea
) -> tuple[list[PlacedCell], int]:
    """The cells of the head, and its number of rows."""
    if not lines:
        return [], 0
    _attach_arrows(lines, area.em)
    for line in lines:
        _part_neighbours(line)
    for i in range(len(lines) - 1):
        _span(i, lines, columns, area)
    _spread(lines, len(columns))
    levels = _levels(lines, area)
    count = levels[-1] + 1
    heights = _heights(lines, levels, count)
    cells: dict[tuple[int, int, int], PlacedCell] = {}
    for line, level in zip(lines, levels, strict=True):
        for segment in line.segments:
            key = level, segment.first, segment.last
            between = count > 1 and all(
                abs(line.baseline - y) > limits.between * area.em
                for y in heights
            )
            _add(cells, key, segment, between=between)
    placed = list(cells.values())
    _stretch(placed, count)
    return placed, count


def _add(
    cells: dict[tuple[int, int, int], PlacedCell],
    key: tuple[int, int, int],
    segment: Segment,
    *,
    between: bool,
) -> None:
    level, first, last = key
    if key in cells:
        cells[key].parts.append(segment.text)
        return
    cells[key] = PlacedCell(
        level, level, first, last, [segment.text], head=True, between=between
    )


def _attach_arrows(lines: Sequence[TextLine], em: float) -> None:
    """Give arrows beside a head of several lines the column of that head."""
    for line in lines:
        for arrow in line.segments:
            if arrow.text not in {"↑", "↓"}:
                continue
            beside = [
                s
                for other in lines
                if 0 < abs(other.baseline - line.baseline) < limits.apart * em
                for s in other.segments
                if 0 <= arrow.x0 - s.x1 < em or s.x0 < arrow.x0 < s.x1
            ]
            if beside:
                nearest = max(beside, key=lambda s: s.x1)
                arrow.first, arrow.last = nearest.first, nearest.last


# ---- spans


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
    level = line.baseline - limits.between * area.em
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


# ---- rows


def _levels(lines: Sequence[TextLine], area: TableArea) -> list[int]:
    """The row of each line: a new one begins below heads that span others."""
    levels = [0]
    for i, (line, following) in enumerate(pairwise(lines)):
        groups = [s for s in line.segments if s.last > s.first]
        same = {(s.first, s.last) for s in following.segments}
        over = [
            s
            for s in groups
            if (s.first, s.last) not in same and _has_below(s, lines[i + 1 :])
        ]
        ruled = any(
            line.baseline < rule.place < following.baseline
            for rule in area.level_rules
        )
        levels.append(
            levels[-1] + bool(over or (ruled and not _lonely(line, lines)))
        )
    return levels


def _has_below(head: Segment, lines: Sequence[TextLine]) -> bool:
    return any(
        head.first <= s.first
        and s.last <= head.last
        and s.last - s.first < head.last - head.first
        for line in lines
        for s in line.segments
    )


def _lonely(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Nothing of the head stands above or below the heads of a line."""
    return not any(
        other.first <= segment.last and segment.first <= other.last
        for segment in line.segments
        for another in lines
        if another is not line
        for other in another.segments
    )


def _heights(
    lines: Sequence[TextLine], levels: Sequence[int], count: int
) -> list[float]:
    """The baseline of each row: that of its line with most heads."""
    heights = []
    for level in range(count):
        own = [
            line for line, at in zip(lines, levels, strict=True) if at == level
        ]
        own = [line for line in own if not _lonely(line, lines)] or own
        heights.append(max(own, key=lambda line: len(line.segments)).baseline)
    return heights


def _stretch(cells: list[PlacedCell], rows: int) -> None:
    """Let heads cover the free rows above and below that belong to them."""
    taken = {(r, c) for cell in cells for r, c in cell.places()}
    for cell in cells:
        across = range(cell.first, cell.last + 1)
        above = [
            all((r, c) not in taken for c in across) for r in range(cell.top)
        ]
        below = [
            all((r, c) not in taken for c in across)
            for r in range(cell.bottom + 1, rows)
        ]
        if all(below):
            cell.bottom = rows - 1
        if (
            not cell.between
            and cell.top
            and cell.bottom - len(below) == cell.top
            and not below
        ):
            continue
        while cell.top and above[cell.top - 1]:
            cell.top -= 1
        taken |= set(cell.places())
