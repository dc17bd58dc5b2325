"""A phrase as authors write it: word forms, hyphens, compounds, abbreviations, words in between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.screen.terms.tokenizer import (
    WORD,
    Place,
    TokenizedSentence,
    clean_markup,
    has_example_words,
    stem,
)

STOP_WORDS = frozenset(
    Path(__file__)
    .with_name("function_words.txt")
    .read_text(encoding="utf-8")
    .split()
)


@dataclass(frozen=True, slots=True)
class PhrasesRules:
    """Signs in phrases, and how far before a hit it is looked for what makes it a mere mention."""

    together: str = "+"
    initials: int = 3
    """Words from which their initials are an abbreviation that means something."""
    mention_reach: int = 9
    """Words before a hit within which "such as" makes it a mere mention: a list of five two-word
    examples.
    """


_rules = PhrasesRules()


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

    def __hash__(self) -> int:
        """Hash the text alone: it is done very often, and a text keeps its hash."""
        return hash(self.text)

    @property
    def words(self) -> tuple[str, ...]:
        """All stems."""
        return tuple(word for part in self.parts for word in part)

    @property
    def content(self) -> tuple[str, ...]:
        """All stems but those of function words: (vision, langu, navig)."""
        return tuple(word for word in self.words if word not in STOP_WORDS)


@lru_cache(maxsize=20_000)
def compile_phrase(text: str) -> Phrase:
    """Read a phrase of config.toml."""
    parts = tuple(
        tuple(map(stem, WORD.findall(clean_markup(part))))
        for part in text.split(_rules.together)
    )
    parts = tuple(part for part in parts if part)
    return Phrase(
        text.strip(),
        parts,
        text.strip() if _is_abbreviation(text.strip()) else "",
    )


def _is_abbreviation(text: str) -> bool:
    """VLN, NeRF, 3DGS: one word with at least two capitals, none of them only at the start."""
    return (
        bool(re.fullmatch(r"\w{2,8}", text))
        and sum(letter.isupper() for letter in text) > 1
    )


def form_initials(text: str) -> str:
    """The abbreviation that authors make of three or more words: VLN of Vision-and-Language
    Navigation.
    """
    words = [
        word
        for word in WORD.findall(clean_markup(text))
        if word.lower() not in STOP_WORDS
    ]
    letters = "".join(
        word[0].upper() if not word[0].isdigit() else word.upper()
        for word in words
    )
    return letters if len(words) >= _rules.initials else ""


@dataclass(frozen=True, slots=True)
class _Start:
    """Stems to look for where the first of them stands, and the part of a phrase they are."""

    phrase: Phrase
    words: tuple[str, ...]
    part: int = 0
    joined: bool = False
    """Written as one word, as in LipSync."""


class Matcher:
    """Finds many phrases in one pass over the words of a paper."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._starts: dict[str, list[_Start]] = {}
        self._short: dict[str, Phrase] = {}
        for phrase in dict.fromkeys(phrases):
            if phrase.abbreviation:
                self._short |= {
                    phrase.abbreviation: phrase,
                    phrase.abbreviation + "s": phrase,
                }
                continue
            for number, words in enumerate(phrase.parts):
                self._start(_Start(phrase, words, number))
                if len(words) > 1:
                    self._start(
                        _Start(
                            phrase,
                            (stem("".join(words)),),
                            number,
                            joined=True,
                        )
                    )

        self.first_words = frozenset([*self._starts, *self._short])

    def _start(self, start: _Start) -> None:
        self._starts.setdefault(start.words[0], []).append(start)

    def find(self, sentences: Sequence[TokenizedSentence]) -> list[Hit]:
        """Every hit, sentence by sentence."""
        return [
            hit
            for number, words in enumerate(sentences)
            for hit in self._in_sentence(number, words)
        ]

    def _in_sentence(
        self, number: int, words: TokenizedSentence
    ) -> Iterator[Hit]:
        stems, raw = words.stems, words.raw
        starts, short = self._starts, self._short
        found = {at for at, word in enumerate(stems) if word in starts}
        if short and not short.keys().isdisjoint(raw):
            found.update(at for at, word in enumerate(raw) if word in short)
        places = sorted(found)
        apart: dict[Phrase, dict[int, int]] = {}
        for at in places:
            for start in starts.get(stems[at], ()):
                end = at + 1 if start.joined else ends(start.words, words, at)
                if end and len(start.phrase.parts) > 1:
                    apart.setdefault(start.phrase, {}).setdefault(
                        start.part, at
                    )
                elif end:
                    yield _hit(start.phrase, number, words, at, end)
            if raw[at] in short:
                yield _hit(short[raw[at]], number, words, at, at + 1)
        for phrase, spots in apart.items():
            if len(spots) == len(phrase.parts):
                at = min(spots.values())
                yield _hit(phrase, number, words, at, at + 1)


def _hit(
    phrase: Phrase,
    number: int,
    words: TokenizedSentence,
    start: int,
    end: int,
) -> Hit:
    return Hit(
        phrase,
        words.place,
        number,
        start,
        end,
        _mentioned(words, start),
    )


def ends(wanted: tuple[str, ...], words: TokenizedSentence, at: int) -> int:
    """Where the stems that begin at `at` end; 0 when they do not follow.

    Between two words one more may stand: talking 3D head.
    """
    stems = words.stems
    if len(wanted) == 1:
        return at + 1 if not _is_name(words.raw[at]) else 0
    spot = at
    for word in wanted[1:]:
        if spot + 1 < len(stems) and stems[spot + 1] == word:
            spot += 1
        elif (
            spot + 2 < len(stems)
            and stems[spot + 2] == word
            and words.raw[spot + 1].lower() not in STOP_WORDS
        ):
            spot += 2
        else:
            return 0
    return spot + 1


def _is_name(raw: str) -> bool:
    """AvaTaR is the name of a system, not the word: capitals inside."""
    if raw.islower() or raw.isupper():
        return False
    return any(letter.isupper() for letter in raw[1:])


def _mentioned(words: TokenizedSentence, start: int) -> bool:
    if words.stands is Place.TITLE:
        return False
    first = max(0, start - _rules.mention_reach)
    return words.gives_examples and has_example_words(words.raw[first:start])
