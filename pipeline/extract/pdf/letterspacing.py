"""Letterspaced words, as publishers set "A B S T R A C T", "TA B LE 1" and "a b s t r a c t",
closed up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise


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
    small: re.Pattern[str] = re.compile(r"[^\W\d_](?:\s{1,3}[a-z]){4,11}")
    """Letters of which all but the first are small, each followed by a space: longer runs are
    several words.
    """
    short_word: str = "info"
    """A word of fewer letters that stands above the keywords of an article; others of four are
    variables.
    """
    vowel: re.Pattern[str] = re.compile(r"[aeiou]", re.IGNORECASE)


_rules = LetterspacingRules()


def close_letterspacing(line: str) -> str:
    """A line that begins with letterspaced capitals, or is letterspaced as a whole, closed up:
    "A B S T R A C T", "R e f e r e n c e s".

    Two spaces or more part its words: "A R T I C L E  I N F O".
    """
    if _is_small_word(line):
        return "".join(line.split())
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


def _is_small_word(line: str) -> bool:
    """A letterspaced word in small letters: names of panels and variables ("a b c d") follow
    the alphabet or have no vowel.
    """
    letters = line.lower().split()
    if letters == list(_rules.short_word):
        return True
    if not _rules.small.fullmatch(line):
        return False
    alphabetical = all(a <= b for a, b in pairwise(letters))
    return not alphabetical and _rules.vowel.search(line) is not None
