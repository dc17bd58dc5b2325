"""Letterspaced capitals, as publishers set "A B S T R A C T" and "TA B LE 1", closed up."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterspacingRules:
    """What is known as letterspaced."""

    spaced: re.Pattern[str] = re.compile(
        r"(?:[A-Z]{1,2}\s{1,3}){2,}[A-Z]{1,2}(?![^\W\d_])"
    )
    """Capitals with a space after each letter or two, from the beginning of a line."""
    spaced_names: frozenset[str] = frozenset(("FIGURE", "TABLE", "SCHEME"))
    """Words that are known by three pieces: "TA B LE 1"."""
    spaced_pieces: int = 5
    """Pieces from which on any word is known: fewer are names of columns ("A B C D")."""


_rules = LetterspacingRules()


def close_letterspacing(line: str) -> str:
    """A line that begins with letterspaced capitals, closed up: "A B S T R A C T".

    Two spaces or more part its words: "A R T I C L E  I N F O".
    """
    found = _rules.spaced.match(line)
    if not found:
        return line
    words = re.split(r"\s{2,}", found[0])
    pieces = found[0].split()
    closed = " ".join("".join(word.split()) for word in words)
    known = closed in _rules.spaced_names
    if known or len(pieces) >= _rules.spaced_pieces:
        return closed + line[found.end() :]
    return line
