"""Reads the numbers before headings: 3, 3.1, IV., B, Appendix C."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?:(?P<word>appendix|annex|chapter|section|kapitel|anhang|annexe)\s+)?"
    r"(?P<number>(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2})*)(?P<stop>[.:)]|(?=\s)|$)\s*(?P<title>.*)",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


class Numbering(NamedTuple):
    """The number before a heading."""

    kind: str
    """"arabic", "roman", "letter"."""
    depth: int
    """1 for "3", 2 for "3.1"."""
    value: int
    """Of the first part: 3 for "3.1", 2 for "B"."""
    title: str
    """What follows the number."""
    appendix: bool
    """The word Appendix stands before the number."""


def numberings(text: str) -> tuple[Numbering, ...]:
    """Every way to read the number before a heading: "I" and "C" are letters and Roman numerals."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return ()
    first, *rest = found["number"].split(".")
    title, appendix = (
        found["title"],
        bool(found["word"])
        and found["word"].lower() not in {"section", "chapter"},
    )
    if not title and not appendix and not found["word"]:
        return ()
    if title and title[0].islower() and title[0].isascii():
        return ()
    depth = 1 + len(rest)
    if first.isdigit():
        return (Numbering("arabic", depth, int(first), title, appendix),)
    readings = []
    if first.isupper() and set(first) <= set(_ROMAN):
        readings.append(
            Numbering("roman", depth, _roman(first), title, appendix)
        )
    if (
        len(first) == 1
        and first.isupper()
        and (found["stop"] or rest or appendix or _titled(title))
    ):
        readings.append(
            Numbering("letter", depth, ord(first) - 64, title, appendix)
        )
    return tuple(readings)


def _titled(title: str) -> bool:
    """Words after a bare letter that make it a number: "A Proofs" is numbered, "A new method"
    is not.
    """
    return bool(title) and title[0].isupper()


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -a if a < b else a
        for a, b in zip(values, [*values[1:], 0], strict=True)
    )
