"""From the words of a topic's name to the phrases that authors use for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from pipeline.paper import Topic
from pipeline.screen.terms.phrases import STOP_WORDS, Phrase, compile_phrase, initials
from pipeline.screen.terms.tokenizer import WORD, plain, stem

THESAURUS = Path(__file__).with_name("thesaurus.toml")

WHOLE = 1.0
"""Weight of words that stand together as in the name."""
ALONE = 0.7
"""Of one word of the name by itself: "image" without "super-resolution" beside it."""
SAME = 0.95
"""Of another name for the same thing."""
KIND = 0.65
"""Of a kind of the thing, or a usual sign of it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase, which words of the topic's name it stands for, and how surely."""

    phrase: Phrase
    covers: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """A topic as something that can be looked for."""

    words: tuple[str, ...]
    """Stems of the name; one empty word for a topic with phrases of its own, each of which is
    enough.
    """
    signs: tuple[Sign, ...]
    against: tuple[Phrase, ...] = ()
    field: frozenset[str] = frozenset()
    """Stems that belong to the field: company that makes a short word sure of its sense."""


def query(topic: Topic, *, literal: bool = False) -> Query:
    """What to look for: the configured phrases, or what the bare words grow into; `literal`:
    only these words.
    """
    against = tuple(map(compile_phrase, topic.exclude))
    if topic.phrases or topic.signs:
        short = initials(topic.name)
        texts = (*topic.phrases, *topic.signs, *([short] if short else []))
        signs = tuple(Sign(compile_phrase(text), (0,), WHOLE) for text in texts)
        return Query(("",), signs, against, _field(topic, signs))
    written = [
        word
        for word in WORD.findall(plain(topic.name))
        if word.lower() not in STOP_WORDS
    ]
    best: dict[tuple[Phrase, tuple[int, ...]], float] = {}
    for sign in _grow(written, literal=literal):
        key = sign.phrase, sign.covers
        best[key] = max(best.get(key, 0.0), sign.weight)
    signs = tuple(
        Sign(phrase, covers, weight) for (phrase, covers), weight in best.items()
    )
    return Query(tuple(map(stem, written)), signs, against, _field(topic, signs))


def _field(topic: Topic, signs: Iterable[Sign]) -> frozenset[str]:
    texts = [topic.name, topic.description, *(sign.phrase.text for sign in signs)]
    words = (
        word
        for text in texts
        for word in WORD.findall(plain(text))
        if word.lower() not in STOP_WORDS
    )
    return frozenset(map(stem, words))


def _grow(written: list[str], *, literal: bool) -> Iterator[Sign]:
    everything = tuple(range(len(written)))
    short = initials(" ".join(written))
    if short:
        yield Sign(compile_phrase(short), everything, SAME)
    for start, end in combinations(range(len(written) + 1), 2):
        covers = everything[start:end]
        part = compile_phrase(" ".join(written[start:end]))
        yield Sign(
            part, covers, WHOLE if len(covers) > 1 or len(written) == 1 else ALONE
        )
        if literal:
            continue
        for text in same().get(part.words, ()):
            yield Sign(compile_phrase(text), covers, SAME)
        for text in kinds().get(part.words, ()):
            yield Sign(compile_phrase(text), covers, KIND)


@cache
def _thesaurus() -> Mapping[str, object]:
    return tomllib.loads(THESAURUS.read_text(encoding="utf-8"))


@cache
def same() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Stems of a phrase → the phrases that may stand for it."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _thesaurus()["same"]:  # type: ignore[attr-defined]
        for text in line:
            words = compile_phrase(text).words
            found[words] = found.get(words, ()) + tuple(
                other for other in line if other != text
            )
    return found


@cache
def kinds() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Stems of a phrase → the phrases that name kinds of it."""
    return {
        compile_phrase(text).words: tuple(kinds)
        for text, kinds in _thesaurus()["kinds"].items()  # type: ignore[attr-defined]
    }
