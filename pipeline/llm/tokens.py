"""How many tokens a text is, without the model's own tokenizer: an estimate that errs on the
safe side.

Providers state four characters, blanks included, to a token of English prose. This gives a
little more than that, the more so the more digits and symbols there are. What the endpoint
reports (`usage`) corrects it during a run.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

LETTER = 0.27
"""Tokens a Latin letter: with the blanks of prose, four characters to a token and a little more."""
DIGIT = 0.7
"""Tokens a digit: from one in three (OpenAI) to one each (Qwen, Llama, Gemini)."""
SPACE = 0.05
"""Tokens a blank: most are part of the word that follows."""
MARK = 0.6
"""Tokens an ASCII punctuation mark."""
WIDE = 1.1
"""Tokens a CJK character; from 0.7 (new vocabularies) to 1.3."""
OTHER = 1.2
"""Tokens any other character: Greek, mathematical symbols, accents."""
MARGIN = 1.03
"""Kept above what the endpoint has reported so far."""
WILD = (0.5, 3.0)
"""A reported count outside these multiples of the estimate is a mistake of the endpoint."""


def estimate(text: str) -> int:
    """Tokens of the text, rather too many than too few."""
    return (
        round(
            sum(
                _weight(character) * count for character, count in Counter(text).items()
            )
        )
        + 1
    )


@cache
def _weight(character: str) -> float:
    if character.isascii():
        if character.isalpha():
            return LETTER
        return DIGIT if character.isdigit() else SPACE if character.isspace() else MARK
    return WIDE if unicodedata.east_asian_width(character) in "WF" else OTHER


class Calibration:
    """The highest ratio of reported to estimated tokens, once there is one."""

    def __init__(self) -> None:
        self._seen: list[float] = []

    @property
    def factor(self) -> float:
        """What an estimate is multiplied with."""
        return max(self._seen) * MARGIN if self._seen else 1.0

    def learn(self, estimated: int, reported: int) -> None:
        """Take in what the endpoint counted for a text of that estimate."""
        ratio = reported / max(estimated, 1)
        if WILD[0] <= ratio <= WILD[1]:
            self._seen = [max([ratio, *self._seen])]
