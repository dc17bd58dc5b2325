"""Follows a caption from its first row to its last: over lines, paragraphs and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.figures.caption_detection import (
    Start,
    match_start,
    only_label,
    rest_of_line,
)
from pipeline.extract.figures.caption_detection import limits as start_limits
from pipeline.extract.layout.body_text import SAME_SIZE, Style
from pipeline.extract.layout.page_rows import SAME_BASELINE, PageRow, row, wordy
from pipeline.extract.pdf.page import Page


@dataclass(frozen=True, slots=True)
class CaptionLimits:
    """How far a caption goes on; lengths without a unit are of the font size."""

    unfinished: float = 1.75
    """Distance of baselines where the line before is full and its sentence not ended."""
    leading: float = 1.05
    """Of the text's leading: captions are set no wider than double-spaced text."""
    steady: float = 1.12
    """By what a step may pass the one before in the same caption."""
    centred: float = 3.0
    """Points by which the middles of centred lines may differ."""
    indent: float = 2.5
    """Of a line against the caption's left edge."""
    hanging: float = 1.5
    """Of a hanging line against the words behind the label."""
    column_gap: float = 4.0
    """Between the halves of a caption in two columns."""
    script: float = 0.85
    """Of the size beside it: smaller rows are superscripts and subscripts."""
    words: int = 4
    """Words in a row that begins another paragraph of the caption."""


limits = CaptionLimits()


@dataclass(frozen=True, slots=True)
class LinePatterns:
    """What ends a caption, and how its lines end."""

    body_of_algorithm: re.Pattern[str]
    """The first line of an algorithm."""
    ended: tuple[str, ...]
    """How sentences end."""
    address: re.Pattern[str]
    """An address of the figure itself."""


patterns = LinePatterns(
    body_of_algorithm=re.compile(
        r"(?:\d+\s*[:.]?\s|Requires?\b|Ensures?\b|Inputs?\b|Outputs?\b|Data\b|Results?\b"
        r"|Parameters?\b)"
    ),
    ended=(".", "!", "?", ":"),
    address=re.compile(r"\W*(doi\b|https?:)", re.IGNORECASE),
)


class CaptionLine(NamedTuple):
    """Rows that stand on one line of a caption."""

    rows: tuple[int, ...]
    """Indices into the page's rows."""
    whole: PageRow
    """The same as one row."""

    @property
    def left(self) -> float:
        """Points."""
        return self.whole.bbox[0]

    @property
    def right(self) -> float:
        """Points."""
        return self.whole.bbox[2]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What following a caption needs to know of its page."""

    page: Page
    rows: Sequence[PageRow]
    taken: frozenset[int]
    """Rows that begin captions."""
    style: Style


Lines = Sequence[CaptionLine]


def caption_lines(start: Start, sheet: Sheet) -> list[CaptionLine]:
    """The lines of the caption that begins with a row, in the order of reading."""
    lines = _followed(start.row, start, sheet)
    return lines + _second_column(lines, start, sheet)


def _followed(first: int, start: Start, sheet: Sheet) -> list[CaptionLine]:
    """Lines from a row downwards as far as the caption goes."""
    lines = [_line_from(first, sheet)]
    while (following := _next_line(lines, start, sheet)) is not None:
        lines.append(following)
    return lines


def _second_column(
    lines: Lines, start: Start, sheet: Sheet
) -> list[CaptionLine]:
    """The right half of a caption set in two columns, as Springer's journals do."""
    own_size = abs(start.size - sheet.style.size) > SAME_SIZE
    if (
        len(lines) < 2  # noqa: PLR2004
        or not own_size
        or lines[-1].whole.text.endswith((".", ")"))
    ):
        return []
    for i, r in enumerate(sheet.rows):
        if i not in sheet.taken and _begins_column(r, lines):
            half = _followed(i, start, sheet)
            return half if abs(len(half) - len(lines)) <= 1 else []
    return []


def _begins_column(r: PageRow, lines: Lines) -> bool:
    """A row stands level with the caption's first line, a gutter to the right of the caption."""
    first, right = lines[0].whole, _right(lines)
    level = abs(r.baseline - first.baseline) <= SAME_BASELINE * r.size
    near = (
        start_limits.piece_gap * r.size
        < r.bbox[0] - right
        <= limits.column_gap * r.size
    )
    alike = abs(r.size - first.size) <= SAME_SIZE / 2
    return level and near and alike and wordy(r.text)


# ---- lines


def _line_from(i: int, sheet: Sheet, right: float | None = None) -> CaptionLine:
    """The line that begins with row i; pieces of it that begin beyond `right` are left out."""
    line = [i]
    while (k := rest_of_line(sheet.rows, line[-1])) is not None:
        beyond = right is not None and sheet.rows[k].bbox[0] >= right
        if k in sheet.taken or k in line or beyond:
            break
        line.append(k)
    pieces = [
        (k, sheet.page.lines[k]) for i in line for k in sheet.rows[i].lines
    ]
    return CaptionLine(tuple(line), row(pieces))


def _left(lines: Lines) -> float:
    """The left edge of what is read so far."""
    return min(line.left for line in lines)


def _right(lines: Lines) -> float:
    """The right edge of what is read so far."""
    return max(line.right for line in lines)


def _next_line(lines: Lines, start: Start, sheet: Sheet) -> CaptionLine | None:
    """The caption's next line, or None where it ends."""
    x0, x1 = _left(lines), _right(lines)
    last = sheet.rows[lines[-1].rows[0]]
    base = max(sheet.rows[i].baseline for i in lines[-1].rows)
    for i, r in enumerate(sheet.rows):
        step = r.baseline - base
        if step <= SAME_BASELINE * r.size or i in sheet.taken:
            continue
        reach = _reach(lines) * max(r.size, last.size)
        if step > max(reach, limits.leading * sheet.style.leading):
            return None
        if r.bbox[0] > x1 or r.bbox[2] < x0 - 1 or _is_script(r, last):
            continue
        line = _line_from(i, sheet, x1)
        return line if _goes_on(lines, line.whole, start, sheet) else None
    return None


def _reach(lines: Lines) -> float:
    """How far below the last line the next may stand; formulae push lines apart."""
    last = lines[-1].whole
    full = _right(lines) - last.bbox[2] <= last.size
    if len(lines) > 1 and full and not _has_ended(last):
        return limits.unfinished
    return start_limits.same_paragraph


def _has_ended(line: PageRow) -> bool:
    return line.text.rstrip(" )”\"'").endswith(patterns.ended)


def _is_script(r: PageRow, beside: PageRow) -> bool:
    """A superscript or subscript that stands alone."""
    return r.size < limits.script * beside.size and r.width < 2 * beside.size


# ---- whether it goes on


def _goes_on(lines: Lines, new: PageRow, start: Start, sheet: Sheet) -> bool:
    """Whether a line below the caption's last one belongs to the caption."""
    old = lines[-1].whole
    label_alone = len(lines) == 1 and only_label(old.text)
    smaller = label_alone and new.size < start.size
    if not smaller and not _same_size(old, new, sheet.page):
        return False
    if start.kind == "algorithm" and patterns.body_of_algorithm.match(new.text):
        return False
    if _is_ruled_off(old, new, sheet.page) or not _is_steady(lines, new):
        return False
    if label_alone or _fills(lines, new) or _hangs(lines, new):
        return True
    return _begins_paragraph(lines, new, start, sheet)


def _same_size(old: PageRow, new: PageRow, page: Page) -> bool:
    """Two lines are set in one size, or in small capitals of one size."""
    if abs(new.size - old.size) <= SAME_SIZE:
        return True
    return abs(_capitals(new, page) - _capitals(old, page)) <= SAME_SIZE


def _capitals(r: PageRow, page: Page) -> float:
    """The largest size in a row: in small capitals that of its first letters."""
    spans = [span for i in r.lines for span in page.lines[i].spans]
    return max(span.size for span in spans if span.text.strip())


def _is_steady(lines: Lines, new: PageRow) -> bool:
    """The step to a line is no wider than the one before it."""
    if len(lines) == 1:
        return True
    old, reach = lines[-1].whole, _reach(lines)
    before = old.baseline - lines[-2].whole.baseline
    least = (reach - 0.3) * old.size if reach == limits.unfinished else 0.0
    return new.baseline - old.baseline <= max(limits.steady * before + 1, least)


def _is_ruled_off(old: PageRow, new: PageRow, page: Page) -> bool:
    """A rule lies between two rows."""
    top, bottom = old.baseline - 0.2 * old.size, new.baseline - 0.5 * new.size
    left, right, half = new.bbox[0], new.bbox[2], new.width / 2
    for drawing in page.drawings:
        x0, y0, x1, y1 = drawing.bbox
        if not top < (y0 + y1) / 2 < bottom:
            continue
        wide = min(x1, right) - max(x0, left) > half
        if wide and drawing.is_rule and not drawing.white:
            return True
    return False


def _fills(lines: Lines, new: PageRow) -> bool:
    """The last line had no room for the next one's first word, or both are centred."""
    x0, old = _left(lines), lines[-1].whole
    middle = abs(old.bbox[0] + old.bbox[2] - new.bbox[0] - new.bbox[2]) / 2
    if middle <= limits.centred:
        return True
    return abs(new.bbox[0] - x0) <= limits.indent * new.size and _no_room(
        lines, new
    )


def _no_room(lines: Lines, new: PageRow) -> bool:
    """The first word of a line would not have fitted into the line above."""
    old = lines[-1].whole
    right = max(_right(lines), new.bbox[2])
    first = new.text.split(" ", 1)[0]
    word = new.width * (len(first) + 1) / max(1, len(new.text))
    return right - old.bbox[2] <= word + new.size or old.text.endswith("-")


def _hangs(lines: Lines, new: PageRow) -> bool:
    """All lines but the first begin where the words behind the label begin."""
    first = lines[0].whole
    found = match_start(first.text)
    if len(lines) > 1:
        x = lines[1].whole.bbox[0]
    elif found and found["rest"].strip():
        rest = found["rest"].lstrip(" –—-")
        x = first.bbox[0] + first.width * (1 - len(rest) / len(first.text))
    else:
        return False
    aligned = abs(new.bbox[0] - x) <= limits.hanging * new.size
    return aligned and x > first.bbox[0] and _no_room(lines, new)


def _begins_paragraph(
    lines: Lines, new: PageRow, start: Start, sheet: Sheet
) -> bool:
    """Another paragraph of the caption: as close as lines are, and unlike the running text."""
    old, x0 = lines[-1].whole, _left(lines)
    if start.kind == "algorithm" or patterns.address.match(new.text):
        return False
    if len(new.text.split()) < limits.words or not wordy(new.text):
        return False
    close = (
        new.baseline - old.baseline <= start_limits.same_paragraph * new.size
    )
    if not close or abs(new.bbox[0] - x0) > limits.indent * new.size:
        return False
    if _is_bold(lines[0].whole, sheet.page) and not _is_bold(new, sheet.page):
        return True
    own_size = abs(new.size - sheet.style.size) > SAME_SIZE / 2
    return start.kind == "figure" and own_size and len(lines) > 1


def _is_bold(r: PageRow, page: Page) -> bool:
    return all(page.lines[i].bold for i in r.lines)
