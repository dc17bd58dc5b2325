"""Parts of a page that rules set off: footnotes, and the steps of algorithms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.captions import Caption
from pipeline.extract.layout.body_text import Style
from pipeline.extract.layout.page_rows import EDGE, PageRow, within
from pipeline.extract.pdf.page import RULE_THICKNESS, Drawing
from pipeline.paper import BBox


@dataclass(frozen=True, slots=True)
class RegionLimits:
    """Where rules stand; lengths in points."""

    footnote_rule: float = 0.55
    """Of the column's width: the rule above footnotes is shorter."""
    footnote_gap: float = 16.0
    """From that rule to the first footnote's baseline."""
    smaller: float = 0.4
    """By which footnotes are smaller than the text, at least."""
    under_caption: float = 8.0
    """Between an algorithm's caption and the rule below it."""


limits = RegionLimits()


# ---- footnotes


def footnotes_of(
    rows: Sequence[PageRow], drawings: Sequence[Drawing], style: Style
) -> tuple[set[int], set[Drawing]]:
    """Rows of footnotes, and the short rules above them."""
    found: set[int] = set()
    rules: set[Drawing] = set()
    for drawing in drawings:
        x0, _, _, bottom = drawing.bbox
        column = next(
            (one for one in style.columns if abs(one[0] - x0) <= EDGE), None
        )
        if not column or not _is_footnote_rule(drawing, column, drawings):
            continue
        below = [i for i, row in enumerate(rows) if row.baseline > bottom]
        under = [i for i in below if _is_in_column(rows[i].bbox, column)]
        under.sort(key=lambda i: rows[i].baseline)
        if under and _are_notes([rows[i] for i in under], bottom, style):
            found.update(under)
            rules.add(drawing)
    return found, rules


def _is_in_column(box: BBox, column: tuple[float, float]) -> bool:
    return box[0] < column[1] and box[2] > column[0]


def _is_footnote_rule(
    rule: Drawing, column: tuple[float, float], drawings: Sequence[Drawing]
) -> bool:
    """Level, shorter than its column, with no rule below it in the column nor level with it."""
    x0, y0, x1, y1 = rule.bbox
    longest = limits.footnote_rule * (column[1] - column[0])
    if not rule.is_rule or y1 - y0 > RULE_THICKNESS or x1 - x0 > longest:
        return False
    return not any(
        other is not rule
        and other.bbox[3] > y0 - RULE_THICKNESS
        and _is_in_column(other.bbox, column)
        and other.is_rule
        for other in drawings
    )


def _are_notes(under: Sequence[PageRow], rule: float, style: Style) -> bool:
    """All rows under a rule are smaller than the text, and the first stands close."""
    close = under[0].baseline - rule <= limits.footnote_gap
    return close and all(
        row.size < style.size - limits.smaller for row in under
    )


# ---- algorithms


def ruled_rows(
    rows: Sequence[PageRow],
    drawings: Sequence[Drawing],
    captions: Sequence[Caption],
) -> set[int]:
    """Rows of algorithms: between the rule under a caption and the next one as wide."""
    level = (
        d.bbox
        for d in drawings
        if d.is_rule and d.bbox[3] - d.bbox[1] <= RULE_THICKNESS
    )
    rules = sorted(level, key=lambda rule: rule[1])
    found: set[int] = set()
    for caption in captions:
        box = (
            _steps_box(caption, rules) if caption.kind == "algorithm" else None
        )
        if box:
            found.update(
                i for i, row in enumerate(rows) if within(row.bbox, box)
            )
    return found


def _steps_box(caption: Caption, rules: Sequence[BBox]) -> BBox | None:
    """The box between the rule under an algorithm's caption and the next one as wide."""
    x0, _, x1, y1 = caption.bbox
    wide = [
        rule for rule in rules if rule[0] <= x0 + EDGE and rule[2] >= x1 - EDGE
    ]
    below = [rule for rule in wide if rule[1] >= y1 - EDGE]
    if not below or below[0][1] > y1 + limits.under_caption:
        return None
    first = below[0]
    ends = [rule for rule in below[1:] if _is_as_wide(rule, first)]
    return (
        (first[0] - EDGE, first[1], first[2] + EDGE, ends[0][3])
        if ends
        else None
    )


def _is_as_wide(rule: BBox, other: BBox) -> bool:
    return abs(rule[0] - other[0]) <= EDGE and abs(rule[2] - other[2]) <= EDGE
