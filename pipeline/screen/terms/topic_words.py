"""A topic's name as alternatives: what "A / B", "A or B", "A, B and C" and quotes mean.

Between alternatives any one is enough; within one all words are wanted. A name that is a term of
the field as a whole ("localization and mapping") is never taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.screen.terms.phrases import (
    STOP_WORDS,
    compile_phrase,
)
from pipeline.screen.terms.thesaurus import load_thesaurus
from pipeline.screen.terms.tokenizer import WORD, clean_markup


@dataclass(frozen=True, slots=True)
class TopicWordsRules:
    """How words of a topic are parted, joined and quoted."""

    between: re.Pattern[str] = re.compile(
        r"\s+/\s*|\s*/\s+|\s*[,;|，；、]\s*(?:(?:and|or)\s+)?|\s+(?:or|OR|vs\.?|versus)\s+"
    )
    and_: re.Pattern[str] = re.compile(r"\s+(?:and|AND|&)\s+")
    slash: re.Pattern[str] = re.compile(r"(\w+)/(\w+)")
    quoted: re.Pattern[str] = re.compile(r'["“”«»]([^"“”«»]+)["“”«»]')


_rules = TopicWordsRules()


_NO_TOPIC = frozenset(
    [
        *(
            "research",
            "study",
            "method",
            "technique",
            "approach",
            "paper",
            "application",
        ),
        *(
            "work",
            "recent",
            "latest",
            "advance",
            "progress",
            "topic",
            "problem",
            "task",
        ),
    ]
)
"""Words that say nothing of what a topic is about."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that a topic is about."""

    words: tuple[str, ...]
    """Content words as written."""
    quoted: tuple[str, ...] = ()
    """Phrases in quotes: they must stand so."""
    text: str = ""
    """As given, without the quotes."""


def split_topic(name: str) -> tuple[Alternative, ...]:
    """Read the name of a topic given by its words."""
    parts = [
        part for part in _split(clean_markup(name).strip()) if part.strip()
    ]
    read = [_read(part) for part in parts]
    found = dict.fromkeys(one for one in read if one.words or one.quoted)
    return tuple(found) or (
        Alternative(tuple(WORD.findall(clean_markup(name)))),
    )


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that can be looked for, as written."""
    words = WORD.findall(clean_markup(text))
    telling = tuple(word for word in words if _is_telling(word))
    return telling or tuple(words)


def _is_telling(word: str) -> bool:
    lower = word.lower()
    return lower not in STOP_WORDS and lower.removesuffix("s") not in _NO_TOPIC


def _read(part: str) -> Alternative:
    quoted = tuple(text.strip() for text in _rules.quoted.findall(part))
    rest = _rules.quoted.sub(" ", part)
    words = content_words(rest) if WORD.search(rest) else ()
    return Alternative(words, quoted, rest.strip())


def _split(name: str) -> Iterator[str]:
    if _is_term(name):
        yield name
        return
    listed = [
        part for part in _outside_quotes(_rules.between, name) if part.strip()
    ]
    for part in _complete(listed):
        for one in _distribute_slash(part):
            yield from _split_and(one)


def _is_term(name: str) -> bool:
    terms = load_thesaurus().find(compile_phrase(name).content)
    return any(not term.is_word for term in terms)


def _outside_quotes(pattern: re.Pattern[str], text: str) -> list[str]:
    """Split where the separator does not stand within quotes."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\0{len(held) - 1}\0"

    masked = _rules.quoted.sub(hold, text)
    parts = pattern.split(masked)
    return [
        re.sub(
            "\0(\\d+)\0",
            lambda found: held[int(found[1])],
            part,
        )
        for part in parts
    ]


def _complete(parts: list[str]) -> Iterator[str]:
    """Give a lone word of a list the words that its neighbour has before or after it.

    "object detection, segmentation" is about object segmentation; "Virtual Human / Avatar" about
    avatars.
    """
    before: list[str] = []
    for part in parts:
        shares = len(before) > 1 and _is_building_block(part)
        whole = " ".join([*before[:-1], part]) if shares else part
        before = whole.split()
        yield whole


def _is_building_block(part: str) -> bool:
    """Tell whether a part is one word that names no topic by itself, such as "tracking"."""
    terms = load_thesaurus().find(compile_phrase(part).content)
    return (
        len(part.split()) == 1
        and bool(terms)
        and all(term.is_word for term in terms)
    )


def _distribute_slash(part: str) -> Iterator[str]:
    """Read "image/video editing" as image editing and video editing."""
    found = _rules.slash.search(part)
    if not found:
        yield part
        return
    for choice in found.groups():
        yield from _distribute_slash(
            part[: found.start()] + choice + part[found.end() :]
        )


def _split_and(part: str) -> Iterator[str]:
    if _is_term(part):
        yield part
        return
    sides = [
        side.strip()
        for side in _outside_quotes(_rules.and_, part)
        if side.strip()
    ]
    if len(sides) == 2:  # noqa: PLR2004 - "A and B"; more are taken as they stand
        yield from _share_words(sides[0], sides[1])
    else:
        yield from sides


def _share_words(left: str, right: str) -> Iterator[str]:
    """Give a lone word the words that it shares: depth and normal estimation."""
    ours, theirs = left.split(), right.split()
    if len(ours) == 1 and len(theirs) > 1 and not _is_term(left):
        yield " ".join([*ours, *theirs[1:]])
        yield right
    elif len(theirs) == 1 and len(ours) > 1 and not _is_term(right):
        yield left
        yield " ".join([*ours[:-1], *theirs])
    else:
        yield left
        yield right
