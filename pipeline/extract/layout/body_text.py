"""Finds the running text of a paper, since figures and tables lie in what it leaves free.

Running text is set in columns: three or more lines above one another that begin and end at the
same x. The edges most of them share are the columns of the paper; every other line is judged by
those and by its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.extract.layout.page_rows import (
    EDGE,
    SAME_BASELINE,
    PageRow,
    below,
    boxes_of,
    wordy,
)


@dataclass(frozen=True, slots=True)
class BodyTextRules:
    """How running text is set: columns, sizes, indents, numbers of equations."""

    indent: float = 2.6
    """Of the font size: first lines and items of lists are indented by no more."""
    leading: float = 2.2
    """Of the font size: the widest distance of baselines within a paragraph (double-spaced
    manuscripts).
    """
    close: float = 1.5
    """Of the font size: distance of baselines at which a line goes on the paragraph above."""
    long: float = 13.0
    """Of the font size: the width from which a line can be one of running text (two dozen letters)."""
    column_share: float = 0.12
    """Of all justified lines: edges that fewer share are no column of the paper."""
    size_share: float = 0.025
    """Of the letters in justified lines: notes to tables stay below, the abstract alone is above."""
    small: float = 0.72
    """Of the text's size: smaller letters are notes, unless many are as small."""
    small_share: float = 0.1
    """Of all letters: so many small ones are text."""
    narrow: float = 6.0
    """Of the font size: the least width of text beside a figure."""
    wrapped_rows: int = 4
    """Rows of text beside a figure at least."""
    stretch: float = 4.0
    """Of the font size: the widest gap between words of a line that is stretched to fill its column."""
    number_gap: float = 3.0
    """Of the font size, between the number of a heading and its words."""
    number: re.Pattern[str] = re.compile(
        r"(\d{1,2}|[IVX]{1,5}|[A-Z])(\.\d{1,2}){0,3}[.):]?"
    )
    heading: re.Pattern[str] = re.compile(
        r"((\d{1,2}|[IVX]{1,5}|[A-Z])(\.\d{1,2}){0,3}[.):]?\s+[A-Z].*"
        r"|(Appendix|Annex|Supplement\w*|References|Bibliography|Acknowledg\w+|Abstract|Introduction|Conclusions?|Discussion"
        r"|Limitations?|Related Works?|Contents|Methods?|Results|Ethic\w+ .*|Broader Impacts?|Reproducibility .*)\b"
        r".{0,40})",
        re.IGNORECASE,
    )
    word: re.Pattern[str] = re.compile(r"[^\W\d_]{3}|[\u3040-\ud7af]{2}")
    """What a heading has and a row of cells ("F P", "P R") has not."""
    heading_words: int = 16
    """Words; headings are shorter."""


_rules = BodyTextRules()


SAME_SIZE = 0.6
"""Points."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the paper's running text is set."""

    size: float
    fonts: frozenset[str]
    sizes: frozenset[float]
    """Sizes, rounded to half a point, in which a notable part of the paper is set: text,
    references, abstract.
    """
    leading: float
    """Points between its baselines."""
    columns: tuple[tuple[float, float], ...]
    """x0, x1 of the columns met anywhere in the paper, most frequent first."""


def style_of(pages: Sequence[Sequence[PageRow]]) -> Style:
    """Size, fonts and columns of the running text of a paper, from the rows of its pages."""
    edges: Counter[tuple[float, float]] = Counter()
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    steps: Counter[float] = Counter()
    for rows in pages:
        next_row = below(rows)
        for i in justified(rows, next_row):
            r = rows[i]
            steps[round(2 * (rows[next_row[i]].baseline - r.baseline)) / 2] += (
                next_row[i] >= 0
            )
            edges[round(r.bbox[0]), round(r.bbox[2])] += 1
            sizes[round(r.size * 2) / 2] += len(r.text)
            fonts[r.font] += len(r.text)
    letters = sum(fonts.values())
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    return Style(
        size,
        frozenset(
            font
            for font, count in fonts.items()
            if count >= _rules.column_share * letters
        ),
        frozenset(
            s for s, n in sizes.items() if n >= _least_share(s, size) * letters
        ),
        steps.most_common(1)[0][0] if steps else 12.0,
        tuple(_columns(edges)),
    )


def _least_share(own: float, usual: float) -> float:
    """The share of all letters that those of a size have at least where they are text."""
    is_small = own < _rules.small * usual
    return _rules.small_share if is_small else _rules.size_share


def justified(rows: Sequence[PageRow], next_row: Sequence[int]) -> set[int]:
    """Rows in runs of three or more that begin and end at the same x; `next_row` is
    `below(rows)`.
    """
    pairs = {
        i: j
        for i, j in enumerate(next_row)
        if j >= 0 and _aligned(rows[i], rows[j])
    }
    return {k for i, j in pairs.items() if j in pairs for k in (i, j, pairs[j])}


def _aligned(a: PageRow, b: PageRow) -> bool:
    return (
        abs(a.bbox[0] - b.bbox[0]) <= EDGE
        and abs(a.bbox[2] - b.bbox[2]) <= EDGE
        and abs(a.size - b.size) <= SAME_SIZE
        and a.width >= _rules.long * a.size
        and b.baseline - a.baseline <= _rules.leading * a.size
        and wordy(a.text)
    )


def _columns(
    edges: Counter[tuple[float, float]],
) -> Iterator[tuple[float, float]]:
    left = Counter(edges)
    total = sum(edges.values())
    while left:
        (x0, x1), _ = left.most_common(1)[0]
        near = [
            e for e in left if abs(e[0] - x0) <= EDGE and abs(e[1] - x1) <= EDGE
        ]
        if sum(left[e] for e in near) >= max(
            3, _rules.column_share * total / 2
        ):
            yield float(x0), float(x1)
        for e in near:
            del left[e]


def prose_of(
    rows: Sequence[PageRow],
    style: Style,
    framed: Collection[int],
    captions: Collection[int],
) -> set[int]:
    """Indices of rows that are running text or headings.

    `framed` are rows inside a drawn box and `captions` rows of captions: neither is running text.
    """
    free = [
        i for i in range(len(rows)) if i not in framed and i not in captions
    ]
    kept = [rows[i] for i in free]
    next_row = below(kept)
    sure = {
        k
        for k in justified(kept, next_row)
        if _placed(kept[k], style) and _text_sized(kept[k], style)
    }
    sure |= {k for k, r in enumerate(kept) if _fills_column(r, style)}
    sure |= {k for k, r in enumerate(kept) if is_heading(r, style)}
    sure |= set(_numbered_headings(kept, style))
    sure |= _wrapped(kept, next_row, sure, style)
    _grow(kept, next_row, sure, style)
    sure |= set(_stretched(kept, sure, style))
    return {free[k] for k in sure}


def _text_sized(r: PageRow, style: Style) -> bool:
    return r.size > style.size - 1 or any(
        abs(r.size - size) <= SAME_SIZE / 2 for size in style.sizes
    )


def _placed(r: PageRow, style: Style) -> bool:
    """At an edge of a column or in the middle of one, and wide enough not to be a table's cell."""
    for x0, x1 in style.columns:
        at_edge = (
            abs(r.bbox[0] - x0) <= EDGE + _rules.indent * r.size
            or abs(r.bbox[2] - x1) <= EDGE
        )
        centred = abs(r.bbox[0] - x0 - (x1 - r.bbox[2])) <= 2 * EDGE
        inside = r.bbox[0] >= x0 - EDGE and r.bbox[2] <= x1 + EDGE
        if inside and (at_edge or centred) and r.width >= 0.4 * (x1 - x0):
            return True
    return False


def _fills_column(r: PageRow, style: Style) -> bool:
    if (
        abs(r.size - style.size) > SAME_SIZE
        or r.font not in style.fonts
        or not wordy(r.text)
    ):
        return False
    return any(
        -EDGE <= r.bbox[0] - x0 <= _rules.indent * r.size
        and abs(r.bbox[2] - x1) <= EDGE
        for x0, x1 in style.columns
    )


def is_heading(r: PageRow, style: Style) -> bool:
    """Numbered or known words, larger or bolder than the text, at a column's left edge or in
    its middle.
    """
    if r.size < style.size + 0.8 and r.font in style.fonts:
        return False
    if r.size < style.size - SAME_SIZE or not _reads_as_heading(r.text):
        return False
    return any(
        abs(r.bbox[0] - x0) <= EDGE
        or abs(r.bbox[0] - x0 - (x1 - r.bbox[2])) <= 2 * EDGE
        for x0, x1 in style.columns
    )


def _reads_as_heading(text: str) -> bool:
    short = len(text.split()) <= _rules.heading_words
    if not short or not _rules.heading.fullmatch(text):
        return False
    return _rules.word.search(text) is not None


def _numbered_headings(rows: Sequence[PageRow], style: Style) -> Iterator[int]:
    """Headings whose number stands apart from their words."""
    for k, (a, b) in enumerate(pairwise(rows)):
        level = (
            abs(a.baseline - b.baseline) <= SAME_BASELINE * a.size
            and abs(a.size - b.size) <= SAME_SIZE
        )
        if (
            level
            and 0 < b.bbox[0] - a.bbox[2] <= _rules.number_gap * a.size
            and _rules.number.fullmatch(a.text)
        ):
            both = (
                a.bbox[0],
                min(a.bbox[1], b.bbox[1]),
                b.bbox[2],
                max(a.bbox[3], b.bbox[3]),
            )
            if is_heading(
                PageRow(
                    both, f"{a.text} {b.text}", b.baseline, b.size, b.font, ()
                ),
                style,
            ):
                yield k
                yield k + 1


def _wrapped(
    rows: Sequence[PageRow],
    next_row: Sequence[int],
    sure: set[int],
    style: Style,
) -> set[int]:
    """Text beside a figure within a column: long runs of narrow lines in the text's own font at
    the column's edge.
    """
    pairs = {
        i: j
        for i, j in enumerate(next_row)
        if j >= 0 and i not in sure and _narrow_pair(rows[i], rows[j], style)
    }
    found: set[int] = set()
    for start in pairs.keys() - pairs.values():
        run = [start]
        while run[-1] in pairs:
            run.append(pairs[run[-1]])
        if len(run) >= _rules.wrapped_rows:
            found.update(run)
    return found


def _narrow_pair(a: PageRow, b: PageRow, style: Style) -> bool:
    return (
        abs(a.bbox[0] - b.bbox[0]) <= EDGE
        and abs(a.bbox[2] - b.bbox[2]) <= EDGE
        and a.font in style.fonts
        and abs(a.size - style.size) <= SAME_SIZE / 2
        and abs(b.size - a.size) <= SAME_SIZE / 2
        and a.width >= _rules.narrow * a.size
        and abs(b.baseline - a.baseline - style.leading) <= SAME_SIZE
        and any(
            abs(a.bbox[0] - x0) <= EDGE or abs(a.bbox[2] - x1) <= EDGE
            for x0, x1 in style.columns
        )
        and wordy(a.text)
    )


def _grow(
    rows: Sequence[PageRow],
    next_row: Sequence[int],
    sure: set[int],
    style: Style,
) -> None:
    """Add the last and first lines of paragraphs: close to sure ones, of the same size, alone
    on their line.
    """
    pairs = [
        (i, j)
        for i, j in enumerate(next_row)
        if j >= 0
        and not (i in sure and j in sure)
        and _continues(rows[i], rows[j], style)
    ]
    alone = _alone(rows, style) if pairs else set()
    changed = bool(pairs)
    while changed:
        changed = False
        for i, j in pairs:
            new = j if i in sure else i
            if (i in sure) != (j in sure) and new in alone:
                sure.add(new)
                changed = True


def _continues(a: PageRow, b: PageRow, style: Style) -> bool:
    return (
        b.baseline - a.baseline <= _rules.close * max(a.size, b.size)
        and abs(a.size - b.size) <= SAME_SIZE
        and any(
            x0 - EDGE <= min(a.bbox[0], b.bbox[0])
            and max(a.bbox[2], b.bbox[2]) <= x1 + EDGE
            for x0, x1 in style.columns
        )
    )


def _stretched(
    rows: Sequence[PageRow], sure: set[int], style: Style
) -> Iterator[int]:
    """Pieces of lines that together fill a column beside sure lines: justification or a lead in
    bold parts them.
    """
    boxes, base = boxes_of(rows), np.array([r.baseline for r in rows])
    for x0, x1 in style.columns:
        within = (boxes[:, 0] >= x0 - EDGE) & (boxes[:, 2] <= x1 + EDGE)
        inside = np.flatnonzero(within).tolist()
        known = base[[k for k in inside if k in sure]]
        open_rows = [k for k in inside if k not in sure]
        for group in _level(rows, open_rows):
            size = max(rows[k].size for k in group)
            near = (
                len(known)
                and np.abs(known - base[group[0]]).min() <= _rules.close * size
            )
            if len(group) > 1 and near and _fill(rows, group, x0, x1, size):
                yield from group


def _level(rows: Sequence[PageRow], indices: list[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for k in indices:
        if (
            group
            and rows[k].baseline - rows[group[-1]].baseline
            > SAME_BASELINE * rows[k].size
        ):
            yield sorted(group, key=lambda k: rows[k].bbox[0])
            group = []
        group.append(k)
    if group:
        yield sorted(group, key=lambda k: rows[k].bbox[0])


def _fill(
    rows: Sequence[PageRow], group: list[int], x0: float, x1: float, size: float
) -> bool:
    gaps = [rows[b].bbox[0] - rows[a].bbox[2] for a, b in pairwise(group)]
    return (
        -EDGE <= rows[group[0]].bbox[0] - x0 <= _rules.indent * size
        and abs(rows[group[-1]].bbox[2] - x1) <= EDGE
        and max(gaps) <= _rules.stretch * size
        and wordy(" ".join(rows[k].text for k in group))
    )


def _alone(rows: Sequence[PageRow], style: Style) -> set[int]:
    """Rows with nothing else on their line within their column: cells of tables have neighbours."""
    boxes, base = boxes_of(rows), np.array([r.baseline for r in rows])
    size, found = np.array([r.size for r in rows]), set()
    level = np.abs(base[:, None] - base) <= SAME_BASELINE * size[:, None]
    for x0, x1 in style.columns:
        touching = (boxes[:, 0] < x1 - EDGE) & (boxes[:, 2] > x0 + EDGE)
        inside = (boxes[:, 0] >= x0 - EDGE) & (boxes[:, 2] <= x1 + EDGE)
        found.update(
            np.flatnonzero(
                inside & ((level & touching).sum(axis=1) == 1)
            ).tolist()
        )
    return found
