"""Finds the captions of figures, tables and algorithms, whole: from where they begin down to
where they end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.caption_detection import (
    PIECE_GAP,
    SAME_PARAGRAPH,
    Kind,
    Start,
    choose_starts,
    find_starts,
    only_label,
    rest_of_line,
)
from pipeline.extract.layout.body_text import SAME_SIZE, Style
from pipeline.extract.layout.page_rows import SAME_BASELINE, Row, row, within, wordy
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Page
from pipeline.paper import BBox

COLUMN_GAP = 4.0
"""Of the font size: between the halves of a caption in two columns."""
UNFINISHED = 1.75
"""Of the font size: the same where the line before is full and its sentence not ended; formulae
push lines apart.
"""
STEADY = 1.12
"""Factor by which a line's distance may pass that of the lines before it in the same caption."""
CENTRED = 3.0
"""Points by which the middles of centred lines may differ."""
LONGEST_WORD = 40
"""Letters."""
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_BODY_OF_ALGORITHM = re.compile(
    r"(?:\d+\s*[:.]?\s|Requires?\b|Ensures?\b|Inputs?\b|Outputs?\b|Data\b|Results?\b|Parameters?\b)"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of one page."""

    kind: Kind
    label: str
    """The number as printed, with the letters that belong to it: "2", "IV", "S3"."""
    text: str
    """Whole, normalised, hyphens joined."""
    bbox: BBox
    rows: tuple[int, ...]
    """Indices into the page's rows."""
    size: float
    """Font size, in points."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What following a caption needs to know of its page."""

    page: Page
    rows: Sequence[Row]
    taken: frozenset[int]
    """Rows that begin captions."""
    style: Style


def find_captions(
    pages: Sequence[Page], rows: Sequence[Sequence[Row]], style: Style
) -> list[list[Caption]]:
    """The captions of every page, from top to bottom. `rows` are the rows of each page."""
    words = " ".join(line.text for page in pages for line in page.lines).lower()
    starts = [
        start
        for i in range(len(pages))
        for start in find_starts(i, pages[i], rows[i], style)
    ]
    chosen = choose_starts(starts)
    found = []
    for i, page in enumerate(pages):
        mine = [start for start in chosen if start.page == i]
        sheet = _Sheet(page, rows[i], frozenset(start.row for start in mine), style)
        found.append([_whole(start, sheet, words) for start in mine])
    return found


def _whole(start: Start, sheet: _Sheet, words: str) -> Caption:
    """Follow the caption downwards from its first row."""
    page, rows, taken = sheet.page, sheet.rows, sheet.taken
    mine = [_line_from(start.row, rows, taken)]
    while True:
        following = _next_line(mine, start, sheet)
        if following is None:
            break
        mine.append(following)
    mine += _second_column(mine, start, sheet)
    indices = {i for line in mine for i in line}
    parts = [
        row([(k, page.lines[k]) for i in line for k in rows[i].lines]) for line in mine
    ]
    boxes = [rows[i].bbox for i in indices]
    bbox = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    scripts = {
        i
        for i, r in enumerate(rows)
        if i not in indices and i not in taken and within(r.bbox, bbox)
    }
    return Caption(
        start.kind,
        start.label,
        _joined([p.text for p in parts], words),
        bbox,
        tuple(sorted(indices | scripts)),
        start.size,
    )


def _second_column(
    mine: list[list[int]], start: Start, sheet: _Sheet
) -> list[list[int]]:
    """The right half of a caption that is set in two columns below its figure, as Springer's
    journals do.
    """
    rows, taken, style = sheet.rows, sheet.taken, sheet.style
    first, last = rows[mine[0][0]], rows[mine[-1][-1]]
    right = max(rows[i].bbox[2] for line in mine for i in line)
    if abs(start.size - style.size) <= SAME_SIZE or len(mine) < 2:  # noqa: PLR2004 - one line needs no second column
        return []
    for i, r in enumerate(rows):
        level = abs(r.baseline - first.baseline) <= SAME_BASELINE * r.size
        near = PIECE_GAP * r.size < r.bbox[0] - right <= COLUMN_GAP * r.size
        if (
            level
            and near
            and i not in taken
            and abs(r.size - first.size) <= SAME_SIZE / 2
            and wordy(r.text)
        ):
            half = [[i]]
            while (following := _next_line(half, start, sheet)) is not None:
                half.append(following)
            ended = last.text.endswith((".", ")"))
            return half if abs(len(half) - len(mine)) <= 1 and not ended else []
    return []


def _line_from(i: int, rows: Sequence[Row], taken: frozenset[int]) -> list[int]:
    line = [i]
    while True:
        k = rest_of_line(rows, line[-1])
        if k is None or k in taken or k in line:
            return line
        line.append(k)


def _next_line(mine: list[list[int]], start: Start, sheet: _Sheet) -> list[int] | None:
    """The caption's next line, or None where it ends."""
    rows, taken = sheet.rows, sheet.taken
    x0 = min(rows[i].bbox[0] for line in mine for i in line)
    x1 = max(rows[i].bbox[2] for line in mine for i in line)
    last = rows[mine[-1][0]]
    base = max(rows[i].baseline for i in mine[-1])
    for i, r in enumerate(rows):
        step = r.baseline - base
        if step <= SAME_BASELINE * r.size or i in taken:
            continue
        if step > max(
            _reach(mine, rows) * max(r.size, last.size), 1.05 * sheet.style.leading
        ):
            return None
        if r.bbox[0] > x1 or r.bbox[2] < x0 - 1 or _script(r, last):
            continue
        line = [i]
        while (
            (k := rest_of_line(rows, line[-1])) is not None
            and k not in taken
            and rows[k].bbox[0] < x1
        ):
            line.append(k)
        return line if _goes_on(mine, line, start, sheet) else None
    return None


def _reach(mine: list[list[int]], rows: Sequence[Row]) -> float:
    """How far below the last line the next may stand, in font sizes."""
    last = rows[mine[-1][-1]]
    full = (
        max(rows[i].bbox[2] for line in mine for i in line) - last.bbox[2] <= last.size
    )
    ended = last.text.rstrip(" )”\"'").endswith((".", "!", "?", ":"))
    return UNFINISHED if len(mine) > 1 and full and not ended else SAME_PARAGRAPH


def _goes_on(
    mine: list[list[int]], line: list[int], start: Start, sheet: _Sheet
) -> bool:
    page, rows = sheet.page, sheet.rows
    new = row([(k, page.lines[k]) for i in line for k in rows[i].lines])
    old = row([(k, page.lines[k]) for i in mine[-1] for k in rows[i].lines])
    alone = len(mine) == 1 and only_label(old.text)
    same = (
        abs(new.size - old.size) <= SAME_SIZE
        or abs(_capitals(new, page) - _capitals(old, page)) <= SAME_SIZE
    )
    if not same and not (alone and new.size < start.size):
        return False
    if start.kind == "algorithm" and _BODY_OF_ALGORITHM.match(new.text):
        return False
    if _ruled_off(old, new, page):
        return False
    if len(mine) > 1:
        before = old.baseline - max(rows[i].baseline for i in mine[-2])
        if new.baseline - old.baseline > max(
            STEADY * before + 1,
            (_reach(mine, rows) - 0.3) * old.size
            if _reach(mine, rows) == UNFINISHED
            else 0.0,
        ):
            return False
    return alone or _fills(mine, old, new, rows)


def _script(r: Row, beside: Row) -> bool:
    """A superscript or subscript that stands alone."""
    return r.size < 0.85 * beside.size and r.width < 2 * beside.size


def _capitals(r: Row, page: Page) -> float:
    """The largest size in a row: in small capitals that of its first letters."""
    return max(
        float(span["size"])
        for i in r.lines
        for span in page.lines[i].raw
        if span["text"].strip()
    )


def _ruled_off(old: Row, new: Row, page: Page) -> bool:
    """A rule lies between two rows."""
    top, bottom = old.baseline - 0.2 * old.size, new.baseline - 0.5 * new.size
    return any(
        top < (drawing.bbox[1] + drawing.bbox[3]) / 2 < bottom
        and min(drawing.bbox[2], new.bbox[2]) - max(drawing.bbox[0], new.bbox[0])
        > new.width / 2
        and drawing.is_rule
        and not drawing.white
        for drawing in page.drawings
    )


def _fills(mine: list[list[int]], old: Row, new: Row, rows: Sequence[Row]) -> bool:
    """The last line had no room for the next one's first word, or both are centred."""
    x0 = min(rows[i].bbox[0] for line in mine for i in line)
    x1 = max(rows[i].bbox[2] for line in mine for i in line)
    middle = abs(old.bbox[0] + old.bbox[2] - new.bbox[0] - new.bbox[2]) / 2
    if middle <= CENTRED:
        return True
    if abs(new.bbox[0] - x0) > 2.5 * new.size:
        return False
    right = max(x1, new.bbox[2])
    first = new.text.split(" ", 1)[0]
    word = new.width * (len(first) + 1) / max(1, len(new.text))
    return right - old.bbox[2] <= word + new.size or old.text.endswith("-")


def _joined(lines: Sequence[str], words: str) -> str:
    """Lines as one string. A hyphen at a line's end goes, unless the paper (`words`) writes the
    word with one.
    """
    text = ""
    for line in map(normalise, lines):
        broken = _BROKEN.search(text[-LONGEST_WORD:])
        if broken and line[:1].islower():
            rest = line.split(" ", 1)[0].strip(".,;:()").lower()
            kept = (
                f"{broken[1].lower()}-{rest}" in words
                and broken[1].lower() + rest not in words
            )
            text = text + line if kept else text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text
