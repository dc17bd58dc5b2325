"""What the name of a topic means: a configured one, English words, Chinese words, or nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.errors import UsageError
from pipeline.paper import Topic
from pipeline.screen.terms.background import shipped_background
from pipeline.screen.terms.thesaurus import load_thesaurus
from pipeline.screen.terms.tokenizer import stem
from pipeline.screen.terms.topic_words import (
    Alternative,
    split_topic,
)
from pipeline.screen.topics.chinese_names import (
    count_characters,
    is_chinese,
    translate_chinese,
)
from pipeline.translation import gettext as _

Resolve = Callable[[str], Topic]
"""The topic of a name, configured or bare: `Config.topic`."""


@dataclass(frozen=True, slots=True)
class NameLimits:
    """When a name is taken for another one, or for nothing."""

    word: float = 0.8
    """Similarity of two words from which one may be the other misspelt (difflib's ratio)."""
    unknown: float = 0.5
    """Share of Chinese characters that may be unknown."""
    term: float = 0.75
    """Similarity to a term of the thesaurus from which it is proposed."""


name_limits = NameLimits()


@dataclass(frozen=True, slots=True)
class Understanding:
    """A topic, and what there is to tell of how its name was read."""

    topic: Topic
    note: str = ""


def understand_topic(
    name: str, resolve: Resolve, configured: Iterable[str]
) -> Understanding:
    """Read a topic's name as it is given on the command line.

    Raises:
        UsageError: it is nearly the name of a configured topic, or nothing of it is known.
        ConfigError: it holds no word.
    """
    topic = resolve(name)
    if topic.configured:
        return Understanding(topic)
    named = split_topic(topic.name)
    as_it_stands = all(one.quoted and not one.words for one in named)
    near = find_near_miss(topic.name, configured)
    if near and not as_it_stands:
        raise UsageError(
            _('There is no topic "{topic}" in config.toml.', topic=topic.name),
            step=_(
                'Did you mean "{near}"? Words in quotes are taken as they stand.',
                near=near,
            ),
        )
    if is_chinese(topic.name):
        return _understand_chinese(topic.name, resolve)
    if not any(map(_is_known, named)):
        raise UsageError(
            _('Nothing is known of "{topic}".', topic=topic.name),
            step=_advice(topic.name),
        )
    return Understanding(topic)


def find_near_miss(name: str, configured: Iterable[str]) -> str:
    """The configured topic that a name misspells; "" where it names something else."""
    ours = _words(name)
    for other in configured:
        theirs = _words(other)
        if (
            ours != theirs
            and len(ours) == len(theirs)
            and all(map(_alike, ours, theirs))
        ):
            return other
    return ""


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _alike(first: str, second: str) -> bool:
    if first == second:
        return True
    longest = max(len(first), len(second))
    short = longest <= 3  # noqa: PLR2004 - 2D is not 3D, and GAN not GNN
    return (
        not short
        and difflib.SequenceMatcher(None, first, second).ratio()
        >= name_limits.word
    )


def _understand_chinese(name: str, resolve: Resolve) -> Understanding:
    found = translate_chinese(name)
    characters = count_characters(name)
    if (
        not found.english
        or len(found.unknown) >= name_limits.unknown * characters
    ):
        raise UsageError(
            _('Nothing is known of "{name}".', name=name)
            if not found.english
            else _(
                'Of "{name}" only "{english}" is known.',
                name=name,
                english=found.english,
            ),
            step=_(
                "Give the topic in English, or put it into config.toml with its "
                "phrases."
            ),
        )
    words = _(
        '"{name}" is understood as "{read}".', name=name, read=found.english
    )
    if found.unknown:
        left = _('Nothing is known of "{name}".', name=found.unknown)
        words = f"{words} {left}"
    return Understanding(resolve(found.english), words)


def _is_known(alternative: Alternative) -> bool:
    """Tell whether records or thesaurus have any of the words; quoted words are always right."""
    if alternative.quoted:
        return True
    words = {stem(word) for word in alternative.words}
    known = (
        words & shipped_background().terms.keys() or words & _thesaurus_words()
    )
    return bool(known) or any(
        _is_abbreviation(word) for word in alternative.words
    )


def _is_abbreviation(word: str) -> bool:
    background, thesaurus = (
        shipped_background(),
        load_thesaurus(),
    )
    return word.upper() in thesaurus.by_abbreviation or bool(
        background.abbreviations.means(word)
    )


@cache
def _thesaurus_words() -> frozenset[str]:
    names = load_thesaurus().by_name
    return frozenset(word for stems in names for word in stems)


def _advice(name: str) -> str:
    near = _near_terms(name)
    if near:
        return f'Did you mean "{near[0]}"? Words in quotes are taken as they stand.'
    return "Check the spelling; words in quotes are taken as they stand."


def _near_terms(name: str) -> Sequence[str]:
    terms = [term.en for term in load_thesaurus().terms if not term.is_word]
    return difflib.get_close_matches(
        name.casefold(), terms, n=1, cutoff=name_limits.term
    )
