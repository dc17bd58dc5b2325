"""The one splitter of running text into sentences, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentencesRules:
    """Where a sentence ends, and where it only seems to."""

    end: re.Pattern[str] = re.compile(
        r"[.!?][\"'”’)\]]*(?=\s|$)|[。！？][”’）】]*"
    )
    short: re.Pattern[str] = re.compile(
        r"(?:\b(?:al|e\.g|i\.e|eg|ie|etc|cf|vs|resp|approx|viz|ca|w\.r\.t|a\.k\.a|figs?|eqs?|eqns?|secs?|sects?|tabs?|refs?|apps?|alg"
        r"|thm|def|prop|chap|nos?|vols?|pp?|dr|prof|mr|mrs|ms|st|inc|ltd|co|corp|univ|dept|u\.s|u\.k|ph\.d|jr)"
        r"|(?<![A-Za-z])[A-Za-z])\.$",
        re.IGNORECASE,
    )
    maybe_end: re.Pattern[str] = re.compile(
        r"(?:\b(?:al|etc|inc|ltd|u\.s|u\.k)|(?<![A-Za-z])[A-Z])\.$",
        re.IGNORECASE,
    )
    opener: re.Pattern[str] = re.compile(
        r"\s+(?:We|Our|In|The|This|These|Those|However|Moreover|It|They|To|For|While|Although|Here|As|On|By|With|Then|Thus)\b"
    )
    next_: re.Pattern[str] = re.compile(
        r"\s+[\"'“‘(\[]*[A-Z0-9\u4e00-\u9fff]|\s*$"
    )


_rules = SentencesRules()


def split_sentences(text: str) -> Iterator[str]:
    """Split a paragraph into sentences, each exactly as it stands in it.

    "et al.", "Fig. 3", "e.g.", initials and decimals end none.
    """
    start = 0
    for found in _rules.end.finditer(text):
        end = found.end()
        if found[0][0] in ".!?" and not _ends(text, found.start() + 1, end):
            continue
        if piece := text[start:end].strip():
            yield piece
        start = end
    if piece := text[start:].strip():
        yield piece


def _ends(text: str, dot: int, end: int) -> bool:
    """Tell whether the sign before `dot` ends a sentence that would be over at `end`."""
    if not _rules.next_.match(text, end):
        return False
    before = text[max(0, dot - 12) : dot]
    if not _rules.short.search(before):
        return True
    return not text[end:].strip() or bool(
        _rules.maybe_end.search(before) and _rules.opener.match(text, end)
    )
