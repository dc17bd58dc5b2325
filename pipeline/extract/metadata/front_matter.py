"""Parts the front of a paper (title, authors, affiliations) from its text, which begins with
the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.layout.reading_order import Row

ABSTRACT = re.compile(
    r"(?P<lead>(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|résumé|zusammenfassung|kurzfassung|摘\s*要|초록|요약|چکیده)"
    r"(?P<stop>\W*$|\s*[—–:.\-]+\s*|\s+(?=[A-Z])))",
    re.IGNORECASE,
)
FIRST_SECTION = re.compile(r"(1|I|A|S1)(\.1)?[.:]?\s+[^\W\d_]")
"""The number of a section with which a text without an abstract begins."""
LATEST = 2
"""The last page on which the abstract may begin: some papers have a title page."""
PROSE_ROWS = 3
"""Rows of running text that show where a text without the word Abstract begins."""
PROSE_WORDS = 6
"""Words of such a row."""
LOWER = 0.5
"""Of its words that begin with a small letter; names and addresses have fewer."""
WIDE_LETTERS = 15
"""Letters of such a row in scripts without spaces."""
BESIDE = 1.5
"""Of the font size by which a row of the next column stands higher than the abstract to be in
front of it.
"""


def split_front(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of the front, and those of the text from the abstract on."""
    early = [i for i, row in enumerate(rows) if row.page <= LATEST]
    start = next((i for i in early if ABSTRACT.match(rows[i].text)), None)
    if start is None:
        start = _first_prose([row for row in rows if row.page == 1])
        if 0 < start < len(rows) and FIRST_SECTION.match(rows[start - 1].text):
            start -= 1
    anchor = rows[start] if start < len(rows) else None
    front = [
        row
        for i, row in enumerate(rows)
        if i < start or (anchor and _above(row, anchor))
    ]
    known = {id(row) for row in front}
    return front, [row for row in rows if id(row) not in known]


def _above(row: Row, anchor: Row) -> bool:
    """In the next column but higher than the abstract: the second half of a list of authors."""
    return (
        row.page == anchor.page
        and row.baseline < anchor.baseline - BESIDE * anchor.size
    )


def _first_prose(rows: Sequence[Row]) -> int:
    """Index of the first of three rows of running text; all rows are front when there are none:
    a title page.
    """
    for i in range(len(rows) - PROSE_ROWS + 1):
        some = rows[i : i + PROSE_ROWS]
        if (
            all(map(_prose, some))
            and len({(row.place, row.column) for row in some}) == 1
        ):
            return i
    return len(rows)


def _prose(row: Row) -> bool:
    words = re.findall(r"[^\W\d_]+", row.text)
    if "@" in row.text:
        return False
    if len(words) >= PROSE_WORDS and sum(
        word[0].islower() for word in words
    ) >= LOWER * len(words):
        return True
    return sum("\u3000" <= letter <= "\ud7ff" for letter in row.text) >= WIDE_LETTERS
