"""Parts the front of a paper (title, authors, affiliations) from its text, which begins with
the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.sections.abstract import FRONT_NOTE, LABEL

ABSTRACT = re.compile(
    r"(?P<lead>(?P<word>(?i:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|résumé|zusammenfassung|kurzfassung"
    r"|resumen|resumo|riassunto|摘\s*要|초록|요약|چکیده))"
    r"(?P<stop>\W*$|\s*[—–:：.\-]+\s*|\s+(?=[^\W\d_])))",
)
"""The word that names an abstract, alone or before its text."""


@dataclass(frozen=True, slots=True)
class FrontMatterRules:
    """Where the abstract of a paper begins, with or without its heading."""

    first_section: re.Pattern[str] = re.compile(
        r"(1|I|A|S1)(\.1)?[.:]?\s+[^\W\d_]"
    )
    """The number of a section with which a text without an abstract begins."""
    latest: int = 2
    """The last page on which the abstract may begin: some papers have a title page."""
    prose_rows: int = 3
    """Rows of running text that show where a text without the word Abstract begins."""
    prose_words: int = 6
    """Words of such a row."""
    lower: float = 0.5
    """Of its words that begin with a small letter; names and addresses have fewer."""
    wide_letters: int = 15
    """Letters of such a row in scripts without spaces."""
    following: float = 1.5
    """Of the font size: the widest distance of two rows of one paragraph."""
    same_size: float = 0.3
    """Points by which rows of one paragraph differ."""
    larger: float = 3.0
    """Points by which a title is larger than the text, and no abstract is."""
    full: float = 4.0
    """Of the font size, that a full row leaves free at its end."""
    beside: float = 1.5
    """Of the font size by which a row of the next column stands higher than the abstract to be in
    front of it.
    """


_rules = FrontMatterRules()


def split_front(
    rows: Sequence[Row], size: float
) -> tuple[list[Row], list[Row]]:
    """The rows of the front, and those of the text from the abstract on.

    `size` is the font size of the text, in points.
    """
    early = [i for i, row in enumerate(rows) if row.page <= _rules.latest]
    start = next((i for i in early if names_abstract(rows[i])), None)
    if start is None:
        start = _first_prose([row for row in rows if row.page == 1], size)
        if 0 < start < len(rows) and _rules.first_section.match(
            rows[start - 1].text
        ):
            start -= 1
    anchor = rows[start] if start < len(rows) else None
    front = [
        row
        for i, row in enumerate(rows)
        if i < start or (anchor and _above(row, anchor))
    ]
    known = {id(row) for row in front}
    return front, [row for row in rows if id(row) not in known]


def names_abstract(row: Row) -> bool:
    """True for "Abstract", alone, before a stop, or set otherwise than the words after it."""
    found = ABSTRACT.match(row.text)
    if not found:
        return False
    if found["stop"].strip() or found.end() == len(row.text):
        return True
    return (
        found["word"].isupper()
        or row.lines[0].spans[0].text.strip() == found["word"]
    )


def _above(row: Row, anchor: Row) -> bool:
    """In the next column but higher than the abstract: the second half of a list of authors."""
    return (
        row.page == anchor.page
        and row.baseline < anchor.baseline - _rules.beside * anchor.size
    )


def _first_prose(rows: Sequence[Row], size: float) -> int:
    """Index of the first row of running text; all rows are front when there is none: a title page."""
    note = False
    for i in range(len(rows) - _rules.prose_rows + 1):
        some = rows[i : i + _rules.prose_rows]
        if LABEL.fullmatch(some[0].text) and _prose(some[1]):
            return i
        if some[0].size > size + _rules.larger:
            continue
        note = bool(FRONT_NOTE.match(rows[i].text)) or (
            note and _follows(rows[i - 1], rows[i])
        )
        alike = len({(row.place, row.column) for row in some}) == 1
        if not note and alike and all(map(_prose, some)):
            return _first_part(rows, _paragraph_start(rows, i))
    return len(rows)


def _paragraph_start(rows: Sequence[Row], i: int) -> int:
    """Index of the first row of the paragraph that row `i` stands in."""
    while i > 0 and _follows(rows[i - 1], rows[i]) and _is_full(rows[i - 1]):
        i -= 1
    return i


def _first_part(rows: Sequence[Row], i: int) -> int:
    """Index of the first row of an abstract of labelled parts ("Methods: …"), of which row `i`
    begins one: short parts above it are no three rows long.
    """
    first = i
    while (
        i > 0 and _is_labelled(rows[first]) and _is_next(rows[i - 1], rows[i])
    ):
        i -= 1
        if _is_labelled(rows[i]):
            first = i
    return first


def _is_labelled(row: Row) -> bool:
    label = LABEL.match(row.text)
    return label is not None and label[0].rstrip().endswith((":", "."))


def _follows(above: Row, row: Row) -> bool:
    return _is_next(above, row) and row.main.bold == above.main.bold


def _is_next(above: Row, row: Row) -> bool:
    """The next row of text in one size, close below."""
    step = row.baseline - above.baseline
    return (
        row.place == above.place
        and 0 < step <= _rules.following * row.size
        and abs(row.size - above.size) < _rules.same_size
    )


def _is_full(row: Row) -> bool:
    return row.slack <= row.size * _rules.full and "@" not in row.text


def _prose(row: Row) -> bool:
    words = re.findall(r"[^\W\d_]+", row.text)
    if "@" in row.text:
        return False
    if len(words) >= _rules.prose_words and sum(
        word[0].islower() for word in words
    ) >= _rules.lower * len(words):
        return True
    return (
        sum("\u3000" <= letter <= "\ud7ff" for letter in row.text)
        >= _rules.wide_letters
    )
