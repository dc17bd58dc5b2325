"""What a number counts, as far as a short list of nouns in two languages tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from pipeline.summarize.verify.numerals import SCALES, WORDS, hanzi, normal
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.support.bindings import term_groups

Counts = Mapping[int, frozenset[float]]
"""By the number of a noun in concepts.toml: how many of it a text has."""


@dataclass(frozen=True, slots=True)
class CountForms:
    """Numbers in front of what they count; those of 48 × 48 pixels count none."""

    number: re.Pattern[str] = re.compile(
        r"(?<![\w.])(?<![×x*]\s)(?<![×x*])(\d+(?:,\d{3})*(?:\.\d+)?)(?!\d|\s?[×x*]\s?\d)"
        r"(?:\s*(万|亿|千|百|[KMBk]|million|billion|thousand)(?![A-Za-z]))?"
        r"|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|single(?!-))\b"
        r"|([一二两三四五六七八九十]+)(?=[个名位种层步轮张台块天周月年小分秒条次组类帧套])",
        re.IGNORECASE | re.ASCII,
    )
    reach: int = 34
    """Characters behind a number in which its noun begins."""
    end: re.Pattern[str] = re.compile(r"[,;:.，；。()（）]")


count_forms = CountForms()


def other_noun(statement: str, _quote: str, located: Located) -> str:
    """A number of the passage told of something else than what it counts there."""
    told, there = _nouns(statement), _nouns(located.text)
    near = _nouns(located.around)
    for value, nouns in told.items():
        strange = len(nouns) == 1 and not nouns & near.get(value, frozenset())
        if strange and value in there:
            return f"{value:g}"
    return ""


@lru_cache(maxsize=512)
def counts_in(text: str) -> Counts:
    """How many of each noun a text has."""
    found: dict[int, set[float]] = {}
    for value, noun in _counted(normal(text)):
        found.setdefault(noun, set()).add(value)
    return {noun: frozenset(values) for noun, values in found.items()}


def _nouns(text: str) -> dict[float, frozenset[int]]:
    """What each number of a text counts."""
    found: dict[float, frozenset[int]] = {}
    for noun, values in counts_in(text).items():
        for value in values:
            found[value] = found.get(value, frozenset()) | {noun}
    return found


def _counted(text: str) -> Iterator[tuple[float, int]]:
    numbers = list(count_forms.number.finditer(text))
    for number, following in zip_longest(numbers, numbers[1:]):
        end = following.start() if following else len(text)
        last = min(end, number.end() + count_forms.reach)
        behind = count_forms.end.split(text[number.end() : last])[0]
        for noun in _first_nouns(behind):
            yield _value(number), noun


def _first_nouns(text: str) -> Iterator[int]:
    """The numbers of the noun that begins first and of those it is made up with: video frames."""
    nouns = enumerate(term_groups().counted)
    found = sorted(
        (match.start(), match.end(), at)
        for at, one in nouns
        if (match := one.search(text))
    )
    last = found[0][0] if found else 0
    for start, end, noun in found:
        if text[last:start].strip():
            return
        yield noun
        last = max(last, end)


def _value(number: re.Match[str]) -> float:
    digits, scale, word, numeral = number.groups()
    if digits:
        return float(digits.replace(",", "")) * SCALES.get(
            (scale or "").lower(), 1.0
        )
    return WORDS[word.lower()] if word else float(hanzi(numeral))
