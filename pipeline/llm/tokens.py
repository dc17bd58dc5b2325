"""How many tokens a text is, estimated on the safe side without the model's own tokenizer.

Providers state four characters, blanks included, to a token of English prose. This gives a
little more than that, the more so the more digits and symbols there are. What the endpoint
reports (`usage`) corrects it during a run.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class TokenWeights:
    """Tokens a character, by its kind."""

    letter: float = 0.27
    """A Latin letter: with the blanks of prose, four characters to a token and a little more."""
    digit: float = 0.7
    """From one in three (OpenAI) to one each (Qwen, Llama, Gemini)."""
    space: float = 0.05
    """Most blanks are part of the word that follows."""
    punctuation: float = 0.6
    """An ASCII punctuation mark."""
    wide: float = 1.1
    """A CJK character; from 0.7 (new vocabularies) to 1.3."""
    other: float = 1.2
    """Any other character: Greek, mathematical symbols, accents."""


@dataclass(frozen=True, slots=True)
class CountLimits:
    """Which counts of an endpoint are believed."""

    margin: float = 1.03
    """Kept above what the endpoint has reported so far."""
    lowest: float = 0.5
    """Reported to estimated tokens; a count below is a mistake, or the prompt was cut."""
    highest: float = 3.0
    """Reported to estimated tokens; a count above teaches nothing."""
    long_prompt: int = 2_000
    """Tokens of a prompt from which on an estimate is good enough to doubt a count."""
    impossible: float = 10.0
    """Times the estimate, or the limit of a reply: a count above is not even booked."""


weights = TokenWeights()
count_limits = CountLimits()


def estimate_tokens(text: str) -> int:
    """Count the tokens of a text, rather too many than too few."""
    total = sum(
        _weight(letter) * count for letter, count in Counter(text).items()
    )
    return round(total) + 1


@cache
def _weight(character: str) -> float:
    if not character.isascii():
        wide = unicodedata.east_asian_width(character) in "WF"
        return weights.wide if wide else weights.other
    if character.isalpha():
        return weights.letter
    if character.isdigit():
        return weights.digit
    return weights.space if character.isspace() else weights.punctuation


class Calibration:
    """The highest ratio of reported to estimated tokens, once there is one."""

    def __init__(self) -> None:
        self._highest = 0.0

    @property
    def factor(self) -> float:
        """What an estimate is multiplied with."""
        return self._highest * count_limits.margin if self._highest else 1.0

    def learn(self, estimated: int, reported: int) -> None:
        """Take in what the endpoint counted for a text of that estimate."""
        ratio = reported / max(estimated, 1)
        if count_limits.lowest <= ratio <= count_limits.highest:
            self._highest = max(ratio, self._highest)
