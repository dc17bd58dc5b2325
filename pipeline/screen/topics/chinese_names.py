"""Chinese names of topics, put into English by the words of the thesaurus.

A name is divided so that the fewest and longest known words cover it (maximum matching by dynamic
programming); the English words follow in the same order, since both languages put what qualifies
before what it qualifies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.thesaurus import Term, load_thesaurus

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_OTHER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_SEPARATOR = re.compile(r"\s*[/、，,；;|]\s*|\s+(?:or|OR)\s+")


@dataclass(frozen=True, slots=True)
class DivisionCosts:
    """What makes a division worse."""

    word: float = 1.0
    """Each word, so that long ones win."""
    building_block: float = 0.2
    """A word that is no topic by itself, so that whole terms win."""
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
    return bool(HAN.search(name))


def translate_chinese(name: str) -> Translation:
    """Put a Chinese name, or one in both languages, into English."""
    plain = unicodedata.normalize("NFKC", name).strip()
    parts = [part for part in _SEPARATOR.split(plain) if part]
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
    if whole := _shortened(text):
        return Translation(whole.en)
    division = _divide(text)
    words = [_english(part) for part in division.parts]
    unknown = [
        part
        for part in division.parts
        if isinstance(part, str) and is_chinese(part)
    ]
    return Translation(" ".join(filter(None, words)), "".join(unknown))


def _shortened(text: str) -> Term | None:
    """The one term whose Chinese name a longer name has before its last word.

    说话人头生成 is "talking head generation" and 生成 is "generation", so 说话人头 is
    "talking head", though no line of the thesaurus says so.
    """
    found = {
        shorter
        for term in load_thesaurus().terms
        for name in term.zh
        if len(name) > len(text) and name.startswith(text)
        for shorter in _before(term, name[len(text) :])
    }
    return found.pop() if len(found) == 1 else None


def _before(term: Term, last: str) -> Iterator[Term]:
    """Terms that are the English of a term without the English of its last Chinese word."""
    whole = compile_phrase(term.en).content
    for word in load_thesaurus().by_chinese.get(last.casefold(), ()):
        end = compile_phrase(word.en).content
        if end and whole[-len(end) :] == end:
            found = load_thesaurus().find(whole[: -len(end)])
            yield from (one for one in found if not one.is_word)


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
            "and",
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
        for term in names.get(text[start:end].casefold(), ())[:1]:
            extra = division_costs.building_block if term.is_word else 0.0
            yield end, term, division_costs.word + extra
    if latin := _OTHER.match(text, start):
        yield latin.end(), latin[0], division_costs.word
    else:
        yield start + 1, text[start], division_costs.unknown


@cache
def _longest() -> int:
    return max(map(len, load_thesaurus().by_chinese))
