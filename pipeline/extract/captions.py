"""Finds the captions of figures, tables and algorithms: where they begin, their whole text, where they end.

A caption begins a row with its name and number ("Figure 3:", "TABLE IV", "Extended Data Fig. 2 |", "Algorithm 1"), and what
stands before it is not the same paragraph. Sentences that begin with "Figure 3 shows" are told apart by what
follows the number, by their size, and by the style that the other captions of the paper have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.page import Page
from pipeline.extract.prose import SAME_BASELINE, SAME_SIZE, Row, Style, row, within, wordy
from pipeline.extract.words import joined, normal
from pipeline.paper import BBox

Kind = Literal["figure", "table", "algorithm"]

LABEL_GAP = 3.0
"""Of the font size: between a label and the text that goes on behind it on the same line."""
PIECE_GAP = 1.3
"""Of the font size: between other pieces of one line that MuPDF took apart."""
COLUMN_GAP = 4.0
"""Of the font size: between the halves of a caption in two columns."""
SAME_PARAGRAPH = 1.45
"""Of the font size: distance of baselines in a caption; wider ones begin something else, unless all the text is so."""
UNFINISHED = 1.75
"""Of the font size: the same where the line before is full and its sentence not ended; formulae push lines apart."""
STEADY = 1.12
"""Factor by which a line's distance may pass that of the lines before it in the same caption."""
CENTRED = 3.0
"""Points by which the middles of centred lines may differ."""
LEAST_SCORE = 2
"""Signs of a caption that a row must show."""

_NAMES: dict[Kind, str] = {
    "figure": r"fig(?:ure|\.|s\.|(?=[\s\d]))|scheme|chart|plate|exhibit|graph|map|listing|abbildung|abb\.|图|圖|図|그림",
    "table": r"tab(?:le|elle|leau|\.|(?=[\s\d]))|表|표",
    "algorithm": r"algorithm[eu]?s?|alg\.|algo\.|procedure|pseudo-?code|protocol|算法",
}
_BEFORE = r"(?:(?:supplement(?:ary|al)|suppl?\.|extended\s+data|appendix|online|web)\s+)?"
_NUMBER = (
    r"(?:(?P<label>(?:[A-Z]{1,2}[.\-–]?)?\d{1,3}(?:[.\-–]\d{1,2}){0,2}[a-z]?(?![\w%])|(?:[IVXLC]{1,6}(?:[.\-–][A-Z\d])?)(?!\w)"
    r"|[A-Z](?=\s*[:.|]|$)))"
)
_START = re.compile(
    r"(?P<head>\W{0,2}"
    + _BEFORE
    + "(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _NAMES.items())
    + r")[\s.\-–~]*(?:No\.\s*)?(?-i:"
    + _NUMBER
    + r"))(?P<mark>\s*(?:[:.|│—–]|\)(?=\s)|-(?=\s)))?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BODY_OF_ALGORITHM = re.compile(
    r"(?:\d+\s*[:.]?\s|Requires?\b|Ensures?\b|Inputs?\b|Outputs?\b|Data\b|Results?\b|Parameters?\b)"
)
_GOES_ON = re.compile(
    r"\s*[,;)(\]’'“]|\s*(?:and|or|in|of|to|for|on|is|are|was|were|has|have|we|with|from|as|by|can|also)\b|\s+[a-z]+(?:s|es|ed)\b"
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
class _Start:
    page: int
    row: int
    kind: Kind
    label: str
    word: str
    mark: str
    score: int
    size: float


def find_captions(pages: Sequence[Page], rows: Sequence[Sequence[Row]], style: Style) -> list[list[Caption]]:
    """The captions of every page, from top to bottom. `rows` are the rows of each page."""
    starts = [start for i in range(len(pages)) for start in _starts(i, pages[i], rows[i], style)]
    chosen = _choose(starts)
    found = []
    for i, page in enumerate(pages):
        mine = [start for start in chosen if start.page == i]
        taken = {start.row for start in mine}
        found.append([_whole(start, page, rows[i], taken, style) for start in mine])
    return found


def begins(text: str) -> bool:
    """A line begins like a caption, as far as its words alone tell."""
    return _START.match(text) is not None


def _starts(number: int, page: Page, rows: Sequence[Row], style: Style) -> Iterator[_Start]:
    for i, r in enumerate(rows):
        found = _START.match(r.text)
        if not found:
            continue
        kind = next(kind for kind in _NAMES if found[kind])
        score = _score(found, page, rows, i, style)
        if score >= LEAST_SCORE:
            word = found[kind]
            yield _Start(number, i, kind, _label(found), word, (found["mark"] or "").strip(), score, r.size)


def _label(found: re.Match[str]) -> str:
    return normal(found["label"]).strip()


def _score(found: re.Match[str], page: Page, rows: Sequence[Row], i: int, style: Style) -> int:
    """Signs that a row begins a caption, minus signs that a sentence goes on there."""
    r, rest, mark = rows[i], found["rest"], found["mark"]
    if _inside_paragraph(rows, i):
        return 0
    score = 0
    if mark:
        score += 2 if not rest or rest[:1].isspace() or mark.strip() in ":|" or rest[:1].isupper() else 0
    elif not rest.strip():
        score += 2 if not _rest_of_line(rows, i) or _label_font_differs(page, rows, i) else 1
    elif _GOES_ON.match(rest):
        score -= 2
    elif rest.strip()[:1].isupper():
        score += 1
    score += abs(r.size - style.size) > SAME_SIZE / 2
    score += _label_differs(found, page, r)
    return score


def _inside_paragraph(rows: Sequence[Row], i: int) -> bool:
    """The row above is one of the same paragraph: near, of the same font and size, at the same left edge or over it."""
    r = rows[i]
    for k in range(i - 1, -1, -1):
        other = rows[k]
        if r.baseline - other.baseline > SAME_PARAGRAPH * r.size:
            return False
        if (
            r.baseline - other.baseline > SAME_BASELINE * r.size
            and abs(other.size - r.size) <= SAME_SIZE / 2
            and abs(other.bbox[0] - r.bbox[0]) <= 2 * r.size
            and other.bbox[2] >= r.bbox[2] - 2 * r.size
            and wordy(other.text)
            and not _START.match(other.text)
        ):
            return True
    return False


def _rest_of_line(rows: Sequence[Row], i: int) -> int | None:
    """The row that goes on behind row i on the same line."""
    r = rows[i]
    only_label = (found := _START.fullmatch(r.text)) is not None and not found["rest"].strip()
    gap = (LABEL_GAP if only_label else PIECE_GAP) * r.size
    near = [
        k
        for k in range(max(0, i - 12), min(len(rows), i + 13))
        if k != i
        and abs(rows[k].baseline - r.baseline) <= SAME_BASELINE * r.size
        and 0 <= rows[k].bbox[0] - r.bbox[2] + 1 <= gap
    ]
    return min(near, key=lambda k: rows[k].bbox[0], default=None)


def _label_font_differs(page: Page, rows: Sequence[Row], i: int) -> bool:
    k = _rest_of_line(rows, i)
    return k is not None and page.lines[rows[k].lines[0]].raw[0]["font"] != rows[i].font


def _label_differs(found: re.Match[str], page: Page, r: Row) -> bool:
    """The label is set in bold, italic or another font than what follows it."""
    spans = page.lines[r.lines[0]].raw
    first = spans[0]["font"]
    length = len(found["head"].strip())
    if len(found["rest"].strip()) < 3:  # noqa: PLR2004 - nothing to compare with
        return page.lines[r.lines[0]].bold
    seen = 0
    for span in spans:
        if span["font"] != first and span["text"].strip():
            return bool(seen >= length - 2)
        seen += len(span["text"])
    return page.lines[r.lines[0]].bold


def _choose(starts: Sequence[_Start]) -> list[_Start]:
    """One caption a kind and label; of several the one set like the others."""
    habits: Counter[tuple[Kind, str, str]] = Counter(
        (start.kind, start.word, start.mark) for start in starts if start.score > LEAST_SCORE or start.mark
    )
    sizes = Counter(round(start.size) for start in starts if start.mark)

    def rank(start: _Start) -> tuple[float, ...]:
        return (habits[start.kind, start.word, start.mark] > 1, start.score, sizes[round(start.size)])

    best: dict[tuple[Kind, str], _Start] = {}
    for start in starts:
        key = start.kind, start.label.lower()
        if key not in best or rank(start) > rank(best[key]):
            best[key] = start
    return sorted(best.values(), key=lambda start: (start.page, start.row))


def _whole(start: _Start, page: Page, rows: Sequence[Row], taken: set[int], style: Style) -> Caption:
    """Follow the caption downwards from its first row."""
    mine = [_line_from(start.row, rows, taken)]
    while True:
        following = _next_line(mine, start, page, rows, taken, style)
        if following is None:
            break
        mine.append(following)
    mine += _second_column(mine, start, page, rows, taken, style)
    indices = {i for line in mine for i in line}
    parts = [row([(k, page.lines[k]) for i in line for k in rows[i].lines]) for line in mine]
    boxes = [rows[i].bbox for i in indices]
    bbox = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    scripts = {i for i, r in enumerate(rows) if i not in indices and i not in taken and within(r.bbox, bbox)}
    return Caption(
        start.kind, start.label, joined([p.text for p in parts]), bbox, tuple(sorted(indices | scripts)), start.size
    )


def _second_column(
    mine: list[list[int]], start: _Start, page: Page, rows: Sequence[Row], taken: set[int], style: Style
) -> list[list[int]]:
    """The right half of a caption that is set in two columns below its figure, as Springer's journals do."""
    first, last = rows[mine[0][0]], rows[mine[-1][-1]]
    right = max(rows[i].bbox[2] for line in mine for i in line)
    if abs(start.size - style.size) <= SAME_SIZE or len(mine) < 2:  # noqa: PLR2004 - one line needs no second column
        return []
    for i, r in enumerate(rows):
        level = abs(r.baseline - first.baseline) <= SAME_BASELINE * r.size
        near = PIECE_GAP * r.size < r.bbox[0] - right <= COLUMN_GAP * r.size
        if level and near and i not in taken and abs(r.size - first.size) <= SAME_SIZE / 2 and wordy(r.text):
            half = [[i]]
            while (following := _next_line(half, start, page, rows, taken, style)) is not None:
                half.append(following)
            ended = last.text.endswith((".", ")"))
            return half if abs(len(half) - len(mine)) <= 1 and not ended else []
    return []


def _line_from(i: int, rows: Sequence[Row], taken: set[int]) -> list[int]:
    line = [i]
    while True:
        k = _rest_of_line(rows, line[-1])
        if k is None or k in taken or k in line:
            return line
        line.append(k)


def _next_line(
    mine: list[list[int]], start: _Start, page: Page, rows: Sequence[Row], taken: set[int], style: Style
) -> list[int] | None:
    """The caption's next line, or None where it ends."""
    x0 = min(rows[i].bbox[0] for line in mine for i in line)
    x1 = max(rows[i].bbox[2] for line in mine for i in line)
    last = rows[mine[-1][0]]
    base = max(rows[i].baseline for i in mine[-1])
    for i, r in enumerate(rows):
        step = r.baseline - base
        if step <= SAME_BASELINE * r.size or i in taken:
            continue
        if step > max(_reach(mine, rows) * max(r.size, last.size), 1.05 * style.leading):
            return None
        if r.bbox[0] > x1 or r.bbox[2] < x0 - 1 or _script(r, last):
            continue
        line = [i]
        while (k := _rest_of_line(rows, line[-1])) is not None and k not in taken and rows[k].bbox[0] < x1:
            line.append(k)
        return line if _goes_on(mine, line, start, page, rows) else None
    return None


def _reach(mine: list[list[int]], rows: Sequence[Row]) -> float:
    """How far below the last line the next may stand, in font sizes."""
    last = rows[mine[-1][-1]]
    full = max(rows[i].bbox[2] for line in mine for i in line) - last.bbox[2] <= last.size
    ended = last.text.rstrip(" )”\"'").endswith((".", "!", "?", ":"))
    return UNFINISHED if len(mine) > 1 and full and not ended else SAME_PARAGRAPH


def _goes_on(mine: list[list[int]], line: list[int], start: _Start, page: Page, rows: Sequence[Row]) -> bool:
    new = row([(k, page.lines[k]) for i in line for k in rows[i].lines])
    old = row([(k, page.lines[k]) for i in mine[-1] for k in rows[i].lines])
    alone = len(mine) == 1 and _START.fullmatch(old.text) and not _START.fullmatch(old.text)["rest"].strip()  # type: ignore[index]
    same = abs(new.size - old.size) <= SAME_SIZE or abs(_capitals(new, page) - _capitals(old, page)) <= SAME_SIZE
    if not same and not (alone and new.size < start.size):
        return False
    if start.kind == "algorithm" and _BODY_OF_ALGORITHM.match(new.text):
        return False
    if _ruled_off(old, new, page):
        return False
    if len(mine) > 1:
        before = old.baseline - max(rows[i].baseline for i in mine[-2])
        if new.baseline - old.baseline > max(
            STEADY * before + 1, (_reach(mine, rows) - 0.3) * old.size if _reach(mine, rows) == UNFINISHED else 0.0
        ):
            return False
    return bool(alone) or _fills(mine, old, new, rows)


def _script(r: Row, beside: Row) -> bool:
    """A superscript or subscript that stands alone."""
    return r.size < 0.85 * beside.size and r.width < 2 * beside.size


def _capitals(r: Row, page: Page) -> float:
    """The largest size in a row: in small capitals that of its first letters."""
    return max(float(span["size"]) for i in r.lines for span in page.lines[i].raw if span["text"].strip())


def _ruled_off(old: Row, new: Row, page: Page) -> bool:
    """A rule lies between two rows."""
    top, bottom = old.baseline - 0.2 * old.size, new.baseline - 0.5 * new.size
    return any(
        top < (drawing.bbox[1] + drawing.bbox[3]) / 2 < bottom
        and min(drawing.bbox[2], new.bbox[2]) - max(drawing.bbox[0], new.bbox[0]) > new.width / 2
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
