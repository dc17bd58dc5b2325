"""A phrase as authors write it: word forms, hyphens, compounds, abbreviations, words in between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.screen.words import WORD, Place, Sentence, plain, stem

STOP_WORDS = frozenset(
    "a an and are as at be by can for from has have in into is it its of on or our such that the their then these this to under "
    "using via we were which while with within without do does not no but both than through over between across towards toward "
    "when where how what who if so more most all any each other also only into upon about based".split()
)
_TOGETHER = "+"
MENTION = re.compile(
    r"\b(?:such as|including|includ(?:e|es)|e g|for example|for instance|applications? (?:in|like|of|to|for|such)|ranging from|"
    r"like|unlike|in contrast to|beyond|other than|rather than|instead of|downstream (?:tasks?|applications?)|inspired by|"
    r"applicable to|extended? to|potential (?:for|in)|benefits?|widely used in|fields? (?:of|like)|areas? (?:of|like))\b"
)
MENTION_REACH = 9
"""Words before a hit within which "such as" makes it a mere mention: a list of five two-word examples."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a phrase stands."""

    phrase: Phrase
    place: Place
    sentence: int
    start: int
    end: int
    mention: bool = False
    """An example or a contrast ("such as …", "unlike …"), not the matter itself."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together; or, written "a + b", in one sentence."""

    text: str
    parts: tuple[tuple[str, ...], ...]
    """Stems of each part; one part unless written with +."""
    abbreviation: str = ""
    """The letters as they must be written, for VLN, NeRF, 3DGS."""

    @property
    def words(self) -> tuple[str, ...]:
        """All stems."""
        return tuple(word for part in self.parts for word in part)


@lru_cache(maxsize=4096)
def compile_phrase(text: str) -> Phrase:
    """Read a phrase of config.toml."""
    parts = tuple(tuple(map(stem, WORD.findall(plain(part)))) for part in text.split(_TOGETHER))
    parts = tuple(part for part in parts if part)
    return Phrase(text.strip(), parts, text.strip() if _is_abbreviation(text.strip()) else "")


def _is_abbreviation(text: str) -> bool:
    """VLN, NeRF, 3DGS: one word with at least two capitals, none of them only at the start."""
    return bool(re.fullmatch(r"\w{2,8}", text)) and sum(letter.isupper() for letter in text) >= 2


def initials(text: str) -> str:
    """The abbreviation that authors make of three or more words: VLN of Vision-and-Language Navigation."""
    words = [word for word in WORD.findall(plain(text)) if word.lower() not in STOP_WORDS]
    letters = "".join(word[0].upper() if not word[0].isdigit() else word.upper() for word in words)
    return letters if len(words) >= 3 else ""


class Matcher:
    """Finds many phrases in one pass over the words of a paper."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_start: dict[str, list[tuple[Phrase, tuple[str, ...]]]] = {}
        self._apart: list[Phrase] = []
        self._short: dict[str, list[Phrase]] = {}
        for phrase in dict.fromkeys(phrases):
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        if phrase.abbreviation:
            for form in (phrase.abbreviation, phrase.abbreviation + "s"):
                self._short.setdefault(form, []).append(phrase)
        elif len(phrase.parts) > 1:
            self._apart.append(phrase)
        elif phrase.parts:
            (words,) = phrase.parts
            self._by_start.setdefault(words[0], []).append((phrase, words))
            if len(words) > 1:
                joined = (stem("".join(words[:-1]) + words[-1]),)
                self._by_start.setdefault(joined[0], []).append((phrase, joined))

    def find(self, sentences: Sequence[Sentence]) -> Iterator[Hit]:
        """Every hit, in reading order of the sentences."""
        for number, words in enumerate(sentences):
            for at, word in enumerate(words.stems):
                for phrase, wanted in self._by_start.get(word, ()):
                    end = ends(wanted, words, at)
                    if end:
                        yield self._hit(phrase, number, words, at, end)
                for phrase in self._short.get(words.raw[at], ()):
                    yield self._hit(phrase, number, words, at, at + 1)
            for phrase in self._apart:
                spots = [next(occurrences(part, words), None) for part in phrase.parts]
                found = [spot for spot in spots if spot is not None]
                if len(found) == len(spots):
                    start = min(found)
                    yield self._hit(phrase, number, words, start, start + 1)

    def _hit(self, phrase: Phrase, number: int, words: Sentence, start: int, end: int) -> Hit:
        return Hit(phrase, words.place, number, start, end, _mentioned(words, start))


def occurrences(wanted: tuple[str, ...], words: Sentence) -> Iterator[int]:
    """Where these stems begin in the sentence."""
    return (at for at, word in enumerate(words.stems) if word == wanted[0] and ends(wanted, words, at))


def ends(wanted: tuple[str, ...], words: Sentence, at: int) -> int:
    """Where the stems that begin at `at` end; 0 when they do not follow. Between two words one more may stand: talking 3D head."""
    stems = words.stems
    if len(wanted) == 1:
        return at + 1 if not _is_name(words.raw[at]) else 0
    spot = at
    for word in wanted[1:]:
        if spot + 1 < len(stems) and stems[spot + 1] == word:
            spot += 1
        elif spot + 2 < len(stems) and stems[spot + 2] == word and words.raw[spot + 1].lower() not in STOP_WORDS:
            spot += 2
        else:
            return 0
    return spot + 1


def _is_name(raw: str) -> bool:
    """AvaTaR is the name of a system, not the word: capitals inside."""
    return any(letter.isupper() for letter in raw[1:]) and any(letter.islower() for letter in raw)


def _mentioned(words: Sentence, start: int) -> bool:
    if words.place is Place.TITLE:
        return False
    before = " ".join(words.raw[max(0, start - MENTION_REACH) : start]).lower()
    return bool(MENTION.search(before))
