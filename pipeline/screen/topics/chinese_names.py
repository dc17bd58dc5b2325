"""Chinese names of topics, put into English by the words of the thesaurus.

A name is divided so that the fewest and longest known words cover it (maximum matching by dynamic
programming); the English words follow in the same order, since both languages put what qualifies
before what it qualifies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.screen.terms.thesaurus import Term, load_thesaurus
from pipeline.screen.topics.shortened_names import shortened_names


@dataclass(frozen=True, slots=True)
class ChineseNamePatterns:
    """Of what a name in Chinese, or in both languages, is made."""

    character: re.Pattern[str] = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
    latin: re.Pattern[str] = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
    separator: re.Pattern[str] = re.compile(
        r"\s*[/、，,；;|]\s*|\s+(?:or|OR)\s+"
    )
    """Between names of which each is meant."""
    loose_and: re.Pattern[str] = re.compile(r"^and\b\s*|\s*\band$")
    """An "and" without a word on each side."""


_patterns = ChineseNamePatterns()


@dataclass(frozen=True, slots=True)
class DivisionCosts:
    """What makes a division worse."""

    word: float = 1.0
    """Each word, so that long ones win."""
    building_block: float = 0.2
    """A word that is no topic by itself, so that whole terms win."""
    shortened: float = 0.3
    """A word that only longer names of the thesaurus hold."""
    unknown: float = 4.0
    """A character that no word covers."""


division_costs = DivisionCosts()


@dataclass(frozen=True, slots=True)
class Translation:
    """A Chinese name in English."""

    english: str
    """ "" when nothing of it is known."""
    unknown: str = ""
    """Characters that no word covers."""


@dataclass(frozen=True, slots=True)
class _Division:
    cost: float
    parts: tuple[str | Term, ...] = ()


def is_chinese(name: str) -> bool:
    """Tell whether a name holds Chinese characters."""
    return bool(_patterns.character.search(name))


def count_characters(name: str) -> int:
    """Count the Chinese characters of a name."""
    return len(_patterns.character.findall(name))


def translate_chinese(name: str) -> Translation:
    """Put a Chinese name, or one in both languages, into English."""
    plain = unicodedata.normalize("NFKC", name).strip()
    parts = [part for part in _patterns.separator.split(plain) if part]
    found = [
        _translate(re.sub(r"\s+", "" if is_chinese(part) else " ", part))
        for part in parts
    ]
    english = " / ".join(
        dict.fromkeys(one.english for one in found if one.english)
    )
    return Translation(english, "".join(one.unknown for one in found))


def _translate(text: str) -> Translation:
    exact = load_thesaurus().by_chinese.get(text.casefold(), ())
    topics = [term.en for term in exact if not term.is_word]
    if topics:  # a name of two things: either is meant
        return Translation(" / ".join(topics))
    if whole := shortened_names().get(text.casefold()):
        return Translation(whole.en)
    division = _divide(text)
    words = [_english(part) for part in division.parts]
    unknown = [
        part
        for part in division.parts
        if isinstance(part, str) and is_chinese(part)
    ]
    return Translation(_join(words), "".join(unknown))


def _join(words: Iterable[str]) -> str:
    """The words in a row, without those that the one before ends with: sim-to-real transfer."""
    text = ""
    for word in words:
        if word and not f" {text}".endswith(f" {word}"):
            text = f"{text} {word}".strip()
    return _patterns.loose_and.sub("", text)


def _english(part: str | Term) -> str:
    if isinstance(part, Term):
        return "" if part.function and part.en in _UNSAID else part.en
    return "" if is_chinese(part) else part


_UNSAID = frozenset(
    [
        *(
            "based",
            "based on",
            "for",
            "by means of",
            "of",
            "in",
            "under",
            "about",
        ),
        *(
            "between",
            "from",
            "to",
            "with",
            "via",
            "towards",
            "research",
            "method",
            "technique",
        ),
        *(
            "application",
            "paper",
            "latest",
            "progress",
            "theory",
            "mechanism",
            "new",
        ),
    ]
)
"""English of function words that the name of a topic does without."""


def _divide(text: str) -> _Division:
    best = [
        _Division(0.0),
        *(_Division(float("inf")) for _ in text),
    ]
    for start in range(len(text)):
        if best[start].cost < float("inf"):
            for end, part, cost in _steps(text, start):
                total = best[start].cost + cost
                if total < best[end].cost:
                    best[end] = _Division(total, (*best[start].parts, part))
    return best[-1]


def _steps(text: str, start: int) -> Iterator[tuple[int, str | Term, float]]:
    """Words that begin at a place: where each ends, what it is, and what it costs."""
    names = load_thesaurus().by_chinese
    for end in range(start + 1, min(len(text), start + _longest()) + 1):
        name = text[start:end].casefold()
        for term in names.get(name, ())[:1]:
            extra = division_costs.building_block if term.is_word else 0.0
            yield end, term, division_costs.word + extra
        if shortened := shortened_names().get(name):
            yield end, shortened, division_costs.word + division_costs.shortened
    if latin := _patterns.latin.match(text, start):
        yield latin.end(), latin[0], division_costs.word
    else:
        yield start + 1, text[start], division_costs.unknown


@cache
def _longest() -> int:
    return max(map(len, load_thesaurus().by_chinese))
