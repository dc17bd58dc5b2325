"""From the words of a topic's name to the phrases that authors use for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from pipeline.paper import Topic
from pipeline.screen.terms.abbreviation_definitions import (
    Abbreviations,
    no_abbreviations,
)
from pipeline.screen.terms.phrases import (
    STOP_WORDS,
    Phrase,
    compile_phrase,
    form_initials,
)
from pipeline.screen.terms.thesaurus import Term, load_thesaurus
from pipeline.screen.terms.tokenizer import (
    WORD,
    clean_markup,
    stem,
)
from pipeline.screen.terms.topic_words import (
    Alternative,
    content_words,
    split_topic,
)


@dataclass(frozen=True, slots=True)
class SignWeights:
    """How surely a phrase stands for the words that it covers."""

    whole: float = 1.0
    """Words together as in the name; each phrase of a configured topic."""
    alone: float = 0.7
    """One word of the name by itself: "image" without "super-resolution" beside it."""
    same: float = 0.95
    """Another name for the same thing."""
    shorter: float = 0.4
    """A usual name that leaves a word out, for that word: "human" of "motion generation"."""
    kind: float = 0.65
    """A kind of the thing, or a usual sign of it."""
    within: float = 0.6
    """Share of its weight that one word of a usual term keeps where the others are not beside it:
    "synthesis" of "novel view synthesis".
    """
    within_same: float = 0.4
    """The same for another word for it: "generation" of "novel view synthesis"."""
    learned: float = 0.95
    """An abbreviation whose long form the records spell out."""
    papers: int = 2
    """Papers that spell an abbreviation out before its long form is looked for."""
    sense: float = 0.75
    """A long form of an abbreviation that the topic is named by."""


sign_weights = SignWeights()


FEW_SENSES = 2
"""Long forms of an abbreviation that are all looked for; of more, most are meant by nobody."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase, which words of the topic's name it stands for, and how surely."""

    phrase: Phrase
    covers: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """One alternative of a topic as something that can be looked for."""

    words: tuple[str, ...]
    """Stems of the name; one empty word for a topic with phrases of its own, each of which is
    enough.
    """
    signs: tuple[Sign, ...]
    against: tuple[Phrase, ...] = ()
    field: frozenset[str] = frozenset()
    """Stems that belong to the field: company that makes a short word sure of its sense."""


def expand_topic(
    topic: Topic,
    abbreviations: Abbreviations = no_abbreviations,
) -> tuple[Query, ...]:
    """Say what to look for: the configured phrases, or what the bare words grow into."""
    against = tuple(map(compile_phrase, topic.exclude))
    if topic.phrases or topic.signs:
        return (_configured(topic, against),)
    named = split_topic(topic.name)
    alternatives = (
        *named,
        *(long for one in named for long in _spelled_out(one)),
    )
    return tuple(
        _expand(topic, one, against, abbreviations) for one in alternatives
    )


def _spelled_out(
    alternative: Alternative,
) -> Iterator[Alternative]:
    """The long forms of an alternative that is an abbreviation, where it has few."""
    if len(alternative.words) == 1:
        terms = load_thesaurus().by_abbreviation.get(
            alternative.words[0].upper(), ()
        )
        if len(terms) <= FEW_SENSES:
            for term in terms:
                yield Alternative(content_words(term.en), (), term.en)


def _configured(topic: Topic, against: tuple[Phrase, ...]) -> Query:
    short = form_initials(topic.name)
    texts = (
        *topic.phrases,
        *topic.signs,
        *([short] if short else []),
    )
    signs = tuple(
        Sign(compile_phrase(text), (0,), sign_weights.whole) for text in texts
    )
    return Query(("",), signs, against, _field(topic, signs))


def _expand(
    topic: Topic,
    alternative: Alternative,
    against: tuple[Phrase, ...],
    abbreviations: Abbreviations,
) -> Query:
    words = alternative.words
    best: dict[tuple[Phrase, tuple[int, ...]], float] = {}
    found = (
        *_grow(alternative, abbreviations),
        *_exact(alternative),
    )
    for sign in found:
        key = sign.phrase, sign.covers
        best[key] = max(best.get(key, 0.0), sign.weight)
    signs = tuple(
        Sign(phrase, covers, weight)
        for (phrase, covers), weight in best.items()
    )
    stems = (*map(stem, words), *alternative.quoted)
    return Query(stems, signs, against, _field(topic, signs))


def _exact(alternative: Alternative) -> Iterator[Sign]:
    """Quoted phrases: each is a word of its own that nothing else stands for."""
    first = len(alternative.words)
    for at, text in enumerate(alternative.quoted, first):
        yield Sign(compile_phrase(text), (at,), sign_weights.whole)


def _field(topic: Topic, signs: Iterable[Sign]) -> frozenset[str]:
    texts = [
        topic.name,
        topic.description,
        *(sign.phrase.text for sign in signs),
    ]
    words = (
        word for text in texts for word in WORD.findall(clean_markup(text))
    )
    return frozenset(
        stem(word) for word in words if word.lower() not in STOP_WORDS
    )


def _grow(
    alternative: Alternative, abbreviations: Abbreviations
) -> Iterator[Sign]:
    words = alternative.words
    everything = tuple(range(len(words)))
    if short := form_initials(" ".join(words)):
        yield Sign(
            compile_phrase(short),
            everything,
            sign_weights.sense,
        )
    if words and alternative.text:
        yield Sign(
            compile_phrase(alternative.text),
            everything,
            sign_weights.whole,
        )
    bound = _words_of_terms(words)
    for start, end in combinations(range(len(words) + 1), 2):
        signs = _grow_span(
            words[start:end],
            everything[start:end],
            len(words),
            abbreviations,
        )
        lone = end - start == 1 and start in bound
        yield from _weaken(signs, words[start]) if lone else signs


def _words_of_terms(words: tuple[str, ...]) -> frozenset[int]:
    """Places of words that make a usual term with their neighbours, as a part of the name."""
    spans = combinations(range(len(words) + 1), 2)
    terms = [
        range(start, end)
        for start, end in spans
        if 1 < end - start < len(words) and _is_usual(words[start:end])
    ]
    return frozenset(place for term in terms for place in term)


def _is_usual(words: tuple[str, ...]) -> bool:
    found = load_thesaurus().find(compile_phrase(" ".join(words)).content)
    return any(not term.is_word for term in found)


def _weaken(signs: Iterable[Sign], word: str) -> Iterator[Sign]:
    """Count a word of a usual term, or what stands for it alone, for less."""
    for sign in signs:
        own = sign.phrase.content == compile_phrase(word).content
        share = sign_weights.within if own else sign_weights.within_same
        yield replace(sign, weight=sign.weight * share)


def _grow_span(
    words: tuple[str, ...],
    covers: tuple[int, ...],
    size: int,
    abbreviations: Abbreviations,
) -> Iterator[Sign]:
    part = compile_phrase(" ".join(words))
    together = len(covers) > 1 or size == 1
    yield Sign(
        part,
        covers,
        sign_weights.whole if together else sign_weights.alone,
    )
    for short in abbreviations.of(part.content):
        yield Sign(compile_phrase(short), covers, sign_weights.learned)
    for term in load_thesaurus().find(part.content):
        yield from _names(term, part, covers)
    if part.abbreviation:
        yield from _long_forms(part, covers, abbreviations)


def _names(term: Term, part: Phrase, covers: tuple[int, ...]) -> Iterator[Sign]:
    for name in (*term.names, *term.short):
        phrase = compile_phrase(name)
        if phrase.content == part.content:
            continue
        if leaves_out(phrase, part):
            yield Sign(phrase, covers, sign_weights.shorter)
            yield Sign(
                phrase,
                _named_words(phrase, part, covers),
                sign_weights.same,
            )
        else:
            yield Sign(phrase, covers, sign_weights.same)
    for kind in term.kinds:
        yield Sign(compile_phrase(kind), covers, sign_weights.kind)
        for other in load_thesaurus().find(compile_phrase(kind).content):
            for name in (*other.same, *other.short):
                yield Sign(
                    compile_phrase(name),
                    covers,
                    sign_weights.kind,
                )


def leaves_out(name: Phrase, part: Phrase) -> bool:
    """Tell whether a name has only some of the words: motion synthesis of human motion generation."""
    if name.abbreviation or len(name.content) >= len(part.content):
        return False
    return all(_synonyms(word) & set(part.content) for word in name.content)


def _named_words(
    name: Phrase, part: Phrase, covers: tuple[int, ...]
) -> tuple[int, ...]:
    """The words of a part that a shorter name has, by themselves or by a synonym."""
    there = frozenset().union(*map(_synonyms, name.content))
    pairs = zip(part.content, covers, strict=False)
    return tuple(at for word, at in pairs if word in there)


@cache
def _synonyms(word: str) -> frozenset[str]:
    """Single words that stand for a word, itself among them."""
    terms = load_thesaurus().find((word,))
    names = (
        compile_phrase(name).content for term in terms for name in term.names
    )
    return frozenset([word, *(name[0] for name in names if len(name) == 1)])


def _long_forms(
    part: Phrase,
    covers: tuple[int, ...],
    abbreviations: Abbreviations,
) -> Iterator[Sign]:
    """What an abbreviation in the name stands for; where several things, each a little less."""
    terms = load_thesaurus().by_abbreviation.get(part.abbreviation.upper(), ())
    weight = sign_weights.same if len(terms) == 1 else sign_weights.sense
    for term in terms:
        for name in term.names:
            yield Sign(compile_phrase(name), covers, weight)
    for stems, papers in abbreviations.means(part.abbreviation).most_common(1):
        if papers >= sign_weights.papers:
            yield Sign(
                Phrase(" ".join(stems), (stems,)),
                covers,
                sign_weights.learned,
            )
