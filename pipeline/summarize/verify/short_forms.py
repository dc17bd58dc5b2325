"""Short forms of terms: their initials, with and without the small words among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.summarize.verify.quotes.folding import words_of


@dataclass(frozen=True, slots=True)
class AbbreviationLimits:
    """What counts as an abbreviated term."""

    longest: int = 7
    """Letters of a short form."""
    words: int = 3
    """Words of a term that is abbreviated, and letters of each; two initials stand in any paper."""
    times: int = 3
    """Times a paper says what is abbreviated, if the quote does not hold it."""
    small: frozenset[str] = frozenset(
        [
            "a",
            "an",
            "and",
            "as",
            "at",
            "by",
            "for",
            "from",
            "in",
            "of",
            "on",
            "or",
            "the",
            "to",
            "with",
        ]
    )
    """Words that a short form leaves out."""


limits = AbbreviationLimits()


def initials(words: Sequence[str]) -> frozenset[str]:
    """The initials of all runs of words, with and without the small ones among them."""
    large = [word for word in words if word not in limits.small]
    return _initials_of(words) | _initials_of(large)


def _initials_of(words: Sequence[str]) -> frozenset[str]:
    runs = (words[start:end] for start, end in _spans(len(words)))
    return frozenset("".join(word[0] for word in run) for run in runs)


def topic_initials(
    topic: Sequence[str], words: Sequence[str]
) -> frozenset[str]:
    """The initials of the terms of a topic that a paper says again and again.

    Args:
        topic: pieces of its title and abstract between punctuation marks.
        words: all of it, folded.
    """
    terms = {run for piece in topic for run in _terms(words_of(piece))}
    counted = Counter(run for run in _terms(words) if run in terms)
    often = (run for run, times in counted.items() if times >= limits.times)
    return frozenset("".join(word[0] for word in run) for run in often)


def _terms(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Runs of words that could make up a term: longer ones, without the small ones."""
    large = [word for word in words if word not in limits.small]
    long = [word.isalpha() and len(word) >= limits.words for word in large]
    for start, end in _spans(len(large)):
        if end - start >= limits.words and all(long[start:end]):
            yield tuple(large[start:end])


def _spans(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + 2, min(start + limits.longest, size) + 1):
            yield start, end
