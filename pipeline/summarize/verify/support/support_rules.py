"""The rules of support, in order: each gives the words that a passage does not bear out, or ""."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from pipeline.summarize.verify import numbers, units
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.support import (
    bindings,
    comparisons,
    wording,
)

SupportRule = Callable[[str, str, Located], str]
"""The words to which it objects, of a statement, its quote and where that stands."""


@dataclass(frozen=True, slots=True)
class CountedNumbers:
    """Which numbers count something that a passage has to have."""

    smallest: float = 2.0
    """Smaller ones stand anywhere."""
    large: float = 100.0
    """From here on one that differs by its zeros alone is another one's by no chance."""
    listed: float = 3.0
    """Up to here a writer counts what a passage lists."""


_limits = CountedNumbers()


def unsupported_words(statement: str, quote: str, located: Located) -> str:
    """The words of a statement that its passage does not bear out; "" where no rule objects.

    Args:
        statement: what the review says.
        quote: its quote, as found.
        located: where the quote stands.
    """
    for rule in RULES:
        if found := rule(statement, quote, located):
            return found
    return ""


def _units(statement: str, _quote: str, located: Located) -> str:
    """A value with another unit, or another value with that unit."""
    return units.contradicted(statement, located.text, located.around)


def _counts(statement: str, _quote: str, located: Located) -> str:
    """Numbers that all stand nowhere near, where the passage has others."""
    if not re.search(r"\d", located.text):
        return ""
    near = numbers.index(located.around)
    told = numbers.read_numbers(statement)
    if any(map(near.holds, told)):
        return ""
    counts = [one for one in told if one.text.isdigit() and not one.about]
    large = [one.text for one in counts if one.value >= _limits.smallest]
    return large[0] if large else ""


def _other_count(statement: str, _quote: str, located: Located) -> str:
    """Whole numbers that are not of the paragraph, where the quoted sentence counts."""
    if not numbers.read_numbers(located.text):
        return ""
    near = numbers.index(located.block.text)
    told = numbers.read_numbers(statement)
    if any(map(near.holds, told)):
        return ""
    counts = [one for one in told if one.value == int(one.value)]
    large = [one.text for one in counts if one.value > _limits.listed]
    about = any(one.about for one in counts)
    return large[0] if large and not about else ""


def _other_magnitude(statement: str, _quote: str, located: Located) -> str:
    """A number of the passage with its point at another place: 20,000 for 200K."""
    numbers_told = numbers.read_numbers(statement)
    large = [one for one in numbers_told if one.value >= _limits.large]
    if not large:
        return ""
    quoted, near = map(numbers.index, (located.text, located.around))
    for told in large:
        if near.holds(told):
            continue
        moved = (told.value * shift for shift in (0.01, 0.1, 10.0, 100.0))
        if any(map(quoted.has_near, moved)):
            return told.text
    return ""


def _exchanged(statement: str, _quote: str, located: Located) -> str:
    """Two things that are bound the other way round."""
    return bindings.exchanged(statement, located.text)


def _replaced(statement: str, _quote: str, located: Located) -> str:
    """A term in the place of the opposite one."""
    return bindings.replaced(statement, located.text, located.window)


def _of_prose(rule: SupportRule) -> SupportRule:
    """A rule that says nothing of captions: these are headings more than sentences."""

    @wraps(rule)
    def checked(statement: str, quote: str, located: Located) -> str:
        return "" if located.is_caption else rule(statement, quote, located)

    return checked


RULES: tuple[SupportRule, ...] = (
    _of_prose(_units),
    _of_prose(wording.denied_otherwise),
    _of_prose(wording.overstated_extent),
    wording.credited_to_authors,
    wording.invented_release,
    wording.invented_use,
    _of_prose(_counts),
    _of_prose(_other_count),
    _of_prose(_other_magnitude),
    _of_prose(comparisons.reversed_direction),
    comparisons.exchanged_sides,
    comparisons.value_of_baseline,
    _of_prose(_exchanged),
    _of_prose(_replaced),
)
