"""Where the abstract ends: at keywords, licences and dates, at another size, weight or column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.layout.reading_order import Row


@dataclass(frozen=True, slots=True)
class AbstractLimits:
    """Limits of an abstract."""

    size: float = 0.4
    """Points by which letters of the text differ from those of the abstract."""
    row_letters: int = 30
    """Letters of a row whose size counts: shorter ones may hold a formula alone."""
    parted: float = 1.5
    """Of the font size: the distance of rows from which on a gap is seen."""


limits = AbstractLimits()

KEYWORDS = re.compile(
    r"(index terms|(additional )?key\s?-?words?( and phrases)?|keywords|ccs concepts"
    r"|categories and subject descriptors|general terms"
    r"|acm reference format|pacs numbers?|msc|mots[- ]cl[ée]s|schlüsselwörter|schlagwörter|키워드|descriptors"
    r"|palabras clave|palavras[- ]chave"
    r"|주제어)\b|abbreviations?\s*[:=]|(关键词|关键字)",
    re.IGNORECASE,
)
FRONT_NOTE = re.compile(
    r"[►▶▸■•\s]*(©|\(c\)\s?(19|20)\d\d|copyright\b|\W?\s?(19|20)\d\d (the )?authors?\b|\*?\s?correspond(ence|ing author)\b"
    r"|(received|accepted|revised|published( online)?|available online)\b.{0,30}\d"
    r"|e-?mail\s?:|doi\s?[:\d]|https?://(dx\.)?doi|(to|how to|please) cite\b|cite this\b"
    r"|citation\s?:|this is an? open[- ]access|full list of author|(academic )?editors?\s?:"
    r"|edited by|reviewed by|中图分类号|收稿日期)",
    re.IGNORECASE,
)
"""Begins a note that journals print around the abstract: licence, dates, addresses."""
LABEL = re.compile(
    r"(background|objectives?|aims?( and objectives?)?|purpose|introduction|context|design|setting|participants"
    r"|patients and methods|methods?|materials and methods|methodology(/principal findings)?|interventions?"
    r"|main outcome measures?|measurements|findings|results|principal findings|conclusions?(/significance)?"
    r"|methods and findings|methods and results|interpretation|significance|discussion|funding|trial registration"
    r"|limitations|implications)\W*",
    re.IGNORECASE,
)
"""A paragraph of an abstract in labelled parts."""


SUMMARY = re.compile(
    r"(author|plain[- ]language|lay|graphical|significance|visual)( summary| statement| abstract)?\W*"
    r"|highlights|strengths and limitations.*",
    re.IGNORECASE,
)
"""Names another text than the abstract."""


def abstract_end(rows: Sequence[Row]) -> int:
    """Index of the first row that is no part of the abstract with which the rows begin."""
    left, right = rows[0].bbox[0], rows[0].bbox[2]
    for i in range(1, len(rows)):
        row, before = rows[i], rows[i - 1]
        if _begins_other(rows, i):
            return i
        wider = row.bbox[0] < left - row.size and row.bbox[2] > right + row.size
        if i > 1 and wider and _has_ended(before):
            return i
        left, right = min(left, row.bbox[0]), max(right, row.bbox[2])
    return len(rows)


def _begins_other(rows: Sequence[Row], i: int) -> bool:
    row, before, first = rows[i], rows[i - 1], rows[min(1, i)]
    new = _has_ended(before) or _is_parted(before, row)
    if KEYWORDS.match(row.text):
        return True
    if new and FRONT_NOTE.match(row.text):
        return True
    if i < 2:  # noqa: PLR2004
        return False
    if all(_is_other_size(later, first) for later in rows[i : i + 2]):
        return True
    leaves = all(_is_beside(later, first) for later in rows[i : i + 2])
    return _has_ended(before) and (leaves or _is_lighter(rows, i))


def _is_beside(row: Row, first: Row) -> bool:
    """In another column of the page: a lone row may be a short one of the same text."""
    return row.column != first.column and row.page == first.page


def _is_other_size(row: Row, usual: Row) -> bool:
    long = len(row.text) > limits.row_letters
    return long and abs(row.size - usual.size) > limits.size


def _is_lighter(rows: Sequence[Row], i: int) -> bool:
    """A bold abstract is over where plain text begins."""
    row = rows[i]
    if not _is_parted(rows[i - 1], row) or LABEL.match(row.text):
        return False
    bold = sum(before.main.bold for before in rows[:i])
    return 2 * bold > i and not row.main.bold


def _is_parted(before: Row, row: Row) -> bool:
    """A gap, a column or a page lies between two rows."""
    step = row.baseline - before.baseline
    return row.place != before.place or step > limits.parted * row.size


def _has_ended(row: Row) -> bool:
    return row.text.endswith((".", "。"))
