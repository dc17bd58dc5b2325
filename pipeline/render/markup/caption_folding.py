"""Long text in two parts: what is shown, and what is folded away."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.common.clean import clean_line
from pipeline.common.sentences import split_sentences
from pipeline.render.markup.formulas import pieces


@dataclass(frozen=True, slots=True)
class FoldWidths:
    """Widths in Latin letters; a Chinese character is two wide."""

    shown: int = 170
    """Of two lines of a caption."""
    slack: int = 60
    """Of what is rather shown than folded."""


fold_widths = FoldWidths()


@lru_cache(1024)
def fold(text: str, shown: int = fold_widths.shown) -> tuple[str, str]:
    """Cut a text where it passes two lines: behind a sentence, else between words.

    Formulas stay whole. What is short enough, or has no place to be cut, is one part.
    """
    line = clean_line(text)
    if display_width(line) <= shown + fold_widths.slack:
        return line, ""
    until = _fitting(line, shown)
    since = _fitting(line, shown // 3)
    words = [end for end in _word_ends(line) if since <= end <= until]
    ends = [
        end for end in _sentence_ends(line, set(words)) if since <= end <= until
    ]
    end = (ends or words or [0])[-1]
    return (line[:end].rstrip(), line[end:].lstrip()) if end else (line, "")


def display_width(text: str) -> int:
    """Measure a text in Latin letters."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _fitting(line: str, room: int) -> int:
    """Count the letters that fit into a width."""
    if line.isascii():
        return min(room, len(line))
    for at, sign in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if room < 0:
            return at
    return len(line)


def _sentence_ends(line: str, breaks: set[int]) -> Iterator[int]:
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
            yield from (
                at + i for i, sign in enumerate(piece.text) if sign == " "
            )
        at += len(piece.text)
