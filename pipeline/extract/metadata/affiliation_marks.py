"""Marks that tie authors to places: the text of a front or a footnote, cut before each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.extract.pdf.page import Line

RAISED = 0.8
"""Of the row's font size that raised marks have at most."""
_SIGNS = "*∗†‡§¶‖#⋆★✉✝⊕⊗◇♠♣♡♢"
_MARKS = re.compile(
    rf"(?:(?:\d{{1,4}}|X|(?<![^\W\d_])[a-zΑ-ω](?![^\W\d_])|[{_SIGNS}])[\s,;.&+()\[\]−–-]*|[\s,;.&+()\[\]−–-]+)+"
)
_ORCID = re.compile(r"\[?\d{4}[−–-]\d{4}[−–-]\d{4}[−–-]\d{3,4}X?\s*\]?")
_RAISED_DIGITS = re.compile(
    "([\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:,[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*)"
)
_LEVEL = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_SYMBOLS = re.compile(rf"[{_SIGNS}]+")
_SINGLE = re.compile(rf"\d{{1,2}}|[a-zΑ-ω]|[{_SIGNS}]")
_NUMBERED = re.compile(r"(\d{1,2})\s*(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a row: text after a mark, or the text that stands before the first mark."""

    mark: str
    text: str
    line: Line
    row: int


def cut_at_marks(
    spans: Sequence[dict[str, Any]], line: Line, row: int
) -> Iterator[Piece]:
    """The spans of a line, cut before each mark."""
    mark, text = "", ""
    for span in _raised_apart(spans):
        if is_mark(span, line):
            if text.strip():
                yield Piece(mark, text, line, row)
                mark, text = "", ""
            mark += span["text"]
        else:
            text += span["text"]
    if text.strip() or mark.strip():
        yield _numbered(Piece(mark, text, line, row))


def _raised_apart(spans: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The spans, with marks that are typed as raised digits ("¹University of …") in spans of
    their own.
    """
    for span in spans:
        if not _RAISED_DIGITS.search(span["text"]):
            yield span
            continue
        for part in filter(None, _RAISED_DIGITS.split(span["text"])):
            raised = _RAISED_DIGITS.fullmatch(part)
            yield (
                {**span, "text": part.translate(_LEVEL), "flags": span["flags"] | 1}
                if raised
                else {**span, "text": part}
            )


def _numbered(piece: Piece) -> Piece:
    """A number in plain type before a name is a mark too."""
    found = _NUMBERED.match(piece.text.lstrip()) if not piece.mark.strip() else None
    if found is None:
        return piece
    return Piece(found[1], piece.text.lstrip()[found.end() :], piece.line, piece.row)


def is_mark(span: dict[str, Any], line: Line) -> bool:
    """Whether a span of a line is nothing but marks: signs such as a dagger, or raised numbers
    and letters.
    """
    text = span["text"].strip()
    if not text:
        return False
    if _SYMBOLS.fullmatch(text):
        return True
    raised = bool(span["flags"] & 1) or span["size"] <= RAISED * _largest(line)
    return raised and bool(_MARKS.fullmatch(text))


def _largest(line: Line) -> float:
    return float(max(span["size"] for span in line.raw))


def marks_in(text: str) -> list[str]:
    """The single marks of a run of them: "1,2∗" holds three."""
    return _SINGLE.findall(_ORCID.sub("", text))
