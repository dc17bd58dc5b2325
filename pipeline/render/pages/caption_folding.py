"""Long text in two parts: what is shown, and what is folded away."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.common.clean import clean_line
from pipeline.common.sentences import split_sentences
from pipeline.render.pages.formulas import pieces

SHOWN = 170
"""Width of two lines of a caption, in Latin letters; a Chinese character is two wide."""
SLACK = 60
"""Width that is rather shown than folded."""


def fold(text: str, shown: int = SHOWN) -> tuple[str, str]:
    """Cut a text where it passes two lines: behind a sentence, else between words.

    Formulas stay whole. What is short enough, or has no place to be cut, is one part.
    """
    line = clean_line(text)
    if width(line) <= shown + SLACK:
        return line, ""
    end = _last_fitting(_sentence_ends(line), line, shown) or _last_fitting(
        _word_ends(line), line, shown
    )
    return (line[:end].rstrip(), line[end:].lstrip()) if end else (line, "")


def width(text: str) -> int:
    """Measure a text in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _last_fitting(ends: Iterator[int], line: str, shown: int) -> int:
    """Give the last end that fits, if that shows a third of the room at least."""
    fitting = [end for end in ends if shown / 3 <= width(line[:end]) <= shown]
    return fitting[-1] if fitting and fitting[-1] < len(line) else 0


def _sentence_ends(line: str) -> Iterator[int]:
    breaks = set(_word_ends(line))
    at = 0
    for sentence in split_sentences(line):
        at = line.index(sentence, at) + len(sentence)
        if at in breaks or line[at - 1] in "。！？":
            yield at


def _word_ends(line: str) -> Iterator[int]:
    """Places of blanks outside of formulas."""
    at = 0
    for piece in pieces(line):
        at = line.index(piece.text, at)
        if piece.kind in ("words", "stray"):
            yield from (at + i for i, sign in enumerate(piece.text) if sign == " ")
        at += len(piece.text)
