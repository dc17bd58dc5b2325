"""Tables that go on over pages: where they do, and their parts joined to one area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.pdf.page import Page
from pipeline.extract.pdf.page_words import Word
from pipeline.extract.tables.segments import TextLine, text_lines
from pipeline.extract.tables.table_area import Rule, TableArea
from pipeline.extract.tables.table_heads import count_head_lines
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class ContinuationLimits:
    """What stands between the parts of a table, and how alike their rules are."""

    letters: int = 220
    """Running heads, page numbers and "continued": what lies between two parts."""
    edge: float = 3.0
    """Points by which the ends of their rules differ."""
    shift: float = 60.0
    """Points by which left and right pages are set apart."""
    gap: float = 1.0
    """Of the font size: put between two parts."""


limits = ContinuationLimits()


def continuations(
    pages: Sequence[Page], page: Page, box: BBox
) -> Iterator[tuple[Page, BBox]]:
    """The following pages on which a table goes on, each with its part's box.

    `pages` are those after `page`. A part is known by rules as long as the table's own, with no
    more than a running head above it.
    """
    rules = _rules_in(page, box)
    for following in pages:
        if not rules or _letters(page, box[3], page.height) > limits.letters:
            return
        found = _part(following, rules)
        if found is None:
            return
        yield following, found
        page, box = following, found


def _rules_in(page: Page, box: BBox) -> tuple[float, float] | None:
    """Where the longest level rules in a box begin and end; None where there are none."""
    level = [
        drawing.bbox
        for drawing in page.drawings
        if drawing.is_rule
        and not drawing.white
        and box[1] - 2 <= drawing.bbox[1] <= box[3] + 2
        and drawing.bbox[0] < box[2]
        and drawing.bbox[2] > box[0]
    ]
    longest = max(level, key=lambda rule: rule[2] - rule[0], default=None)
    if longest is None or longest[2] - longest[0] < (box[2] - box[0]) / 2:
        return None
    return longest[0], longest[2]


def _part(page: Page, rules: tuple[float, float]) -> BBox | None:
    """The box between the first and the last rule as long as those of the table."""
    length = rules[1] - rules[0]
    alike = [
        d.bbox
        for d in page.drawings
        if d.is_rule
        and abs(d.bbox[2] - d.bbox[0] - length) <= limits.edge
        and abs(d.bbox[0] - rules[0]) <= limits.shift
    ]
    if not alike:
        return None
    top, bottom = min(rule[1] for rule in alike), max(rule[3] for rule in alike)
    left = min(rule[0] for rule in alike)
    if bottom - top < limits.edge or _letters(page, 0.0, top) > limits.letters:
        return None
    return left, top, left + length, bottom


def _letters(page: Page, top: float, bottom: float) -> int:
    """Letters of the lines between two heights, points."""
    return sum(
        len(line.text)
        for line in page.lines
        if top <= (line.bbox[1] + line.bbox[3]) / 2 <= bottom
    )


def join_areas(areas: Sequence[TableArea]) -> TableArea:
    """The parts of a table below one another as one; heads that are repeated are left out."""
    first = areas[0]
    lines = text_lines(first)
    head = [_text(line) for line in lines[: count_head_lines(lines, first)]]
    joined = first
    for area in areas[1:]:
        joined = _below(joined, _without_head(area, head))
    return joined


def _text(line: TextLine) -> str:
    return "".join(
        word.text for segment in line.segments for word in segment.words
    )


def _without_head(area: TableArea, head: Sequence[str]) -> TableArea:
    """A part without the lines of the table's head, where it begins with them."""
    lines = text_lines(area)
    if not head or [_text(line) for line in lines[: len(head)]] != list(head):
        return area
    end = max(line.baseline for line in lines[: len(head)]) + area.em / 2
    turned = max(
        (word.y1 for word in area.words if not word.level and word.y0 < end),
        default=end,
    )
    cut = max(end, turned)
    return replace(
        area,
        words=tuple(
            word for word in area.words if (word.y0 + word.y1) / 2 > end
        ),
        level_rules=tuple(
            rule for rule in area.level_rules if rule.place > cut - area.em
        ),
        upright_rules=tuple(
            rule._replace(start=max(rule.start, end))
            for rule in area.upright_rules
        ),
    )


def _below(upper: TableArea, lower: TableArea) -> TableArea:
    """A part moved below another."""
    if not lower.words:
        return upper
    bottom = max(
        *(word.y1 for word in upper.words),
        *(r.place for r in upper.level_rules),
        0.0,
    )
    top = min(
        *(word.y0 for word in lower.words),
        *(r.place for r in lower.level_rules),
        1e6,
    )
    down = bottom - top + limits.gap * upper.em
    across = upper.x0 - lower.x0
    moved = [_moved(word, across, down) for word in lower.words]
    level = [
        Rule(r.place + down, r.start + across, r.end + across)
        for r in lower.level_rules
    ]
    upright = [
        Rule(r.place + across, r.start + down, r.end + down)
        for r in lower.upright_rules
    ]
    return replace(
        upper,
        words=(*upper.words, *moved),
        level_rules=(*upper.level_rules, *level),
        upright_rules=(*upper.upright_rules, *upright),
    )


def _moved(word: Word, across: float, down: float) -> Word:
    return word._replace(
        x0=word.x0 + across,
        x1=word.x1 + across,
        y0=word.y0 + down,
        y1=word.y1 + down,
        baseline=word.baseline + down,
    )
