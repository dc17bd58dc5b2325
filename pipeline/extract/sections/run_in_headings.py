"""Parts numbered headings from the paragraphs into which they run: "3.1. Speech encoder. The …".

Mathematical and physical journals set their subsections so (amsart, SIAM, APS).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.pdf.page import Line, Span

Placed = tuple[int, Span]
"""A span with the number of its line in the row."""


@dataclass(frozen=True, slots=True)
class RunInRules:
    """What a heading that runs into its paragraph looks like."""

    number: re.Pattern[str] = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s")
    title: re.Pattern[str] = re.compile(
        r"(?:\d{1,2}(?:\.\d{1,2})+\.?\s*)?[^\W\d_][^.:]*[.:]\s*"
    )
    words: int = 12
    """Words of a title at most."""


_rules = RunInRules()


def part_headings(rows: Iterable[Row], font: str) -> Iterator[Row]:
    """The rows, those with such a heading in two; `font` is that of the text."""
    for row in rows:
        if _rules.number.match(row.text) is None:
            yield row
            continue
        spans = [
            (number, span)
            for number, line in enumerate(row.lines)
            for span in line.spans
        ]
        end = _end_of_title(spans, font)
        yield from _parted(row, spans, end) if end else [row]


def _end_of_title(spans: Sequence[Placed], font: str) -> int:
    """Index of the first span behind a title in another font than the text; 0 without one."""
    plain = [span.font == font and _is_worded(span) for _, span in spans]
    end = plain.index(True) if True in plain else 0
    title = "".join(span.text for _, span in spans[:end]).strip()
    fits = len(title.split()) <= _rules.words
    return end if fits and _rules.title.fullmatch(title) else 0


def _is_worded(span: Span) -> bool:
    return any(map(str.isalpha, span.text))


def _parted(row: Row, spans: Sequence[Placed], end: int) -> Iterator[Row]:
    """The heading without its stop, and the text behind it."""
    for part in (_without_stop(spans[:end]), spans[end:]):
        lines = tuple(
            _line(row.lines[number], tuple(span for _, span in group))
            for number, group in groupby(part, key=lambda placed: placed[0])
        )
        yield Row(lines, row.page, row.column, row.place, row.margin)


def _without_stop(spans: Sequence[Placed]) -> list[Placed]:
    kept = list(spans)
    while kept:
        number, span = kept.pop()
        if text := span.text.rstrip(" .:"):
            return [*kept, (number, span._replace(text=text))]
    return kept


def _line(line: Line, spans: tuple[Span, ...]) -> Line:
    if spans == line.spans:
        return line
    longest = max(spans, key=lambda span: len(span.text))
    part = line.with_spans(spans)
    return replace(part, size=longest.size, font=longest.font)
