"""Which heads and labels of a table a statement speaks of.

A label is read as its words. Of the labels that compete (the heads of one row of heads, the labels
of all rows) those are meant that share most with the statement; another one may be meant too if
the statement has a word of its own for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class LabelForms:
    """How labels are written."""

    word: re.Pattern[str] = re.compile(
        r"[A-Za-z0-9][A-Za-z0-9]*(?:[-/.+*'@][A-Za-z0-9]+)*|[\u3400-\u9fff]"
    )
    citation: re.Pattern[str] = re.compile(
        r"\[[\d, –-]*\]|\(?\b(?:19|20)\d\d[a-z]?\)?|\bet al\.?"
    )
    generic_words: str = (
        "method methods model models dataset datasets data task tasks metric metrics setting "
        "settings type types approach name category the of on for in and with to a an we is are "
        "by from as score scores result results value values number per all each"
    )
    generic: frozenset[str] = frozenset(generic_words.split())
    """Words of heads that tell no column from another."""
    counting_words: str = "two three four five six seven eight nine ten"
    counting: tuple[str, ...] = tuple(counting_words.split())
    """Numbers in words, from 2 on."""
    ours: str = "ours"
    letter: re.Pattern[str] = re.compile(r"[^\W\d]")
    name: re.Pattern[str] = re.compile(
        r"(?=.*[A-Za-z])(?:.*[A-Za-z]\d|.*\d[A-Za-z]|.+[A-Z]|^[A-Z]{2,})"
    )
    plural: re.Pattern[str] = re.compile(r"\w{2}[a-z]s$")


label_forms = LabelForms()


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a head or of the label of a row."""

    words: frozenset[str]
    names: frozenset[str]
    """Those that are written as a name: with a capital or a digit."""
    fixed: frozenset[str] = frozenset()
    """Those that nobody translates, with a capital inside or a digit: ReaL, ESTOI, top-5."""


@lru_cache(maxsize=8192)
def read_label(text: str) -> Label:
    """The words of a label, without citations, arrows and what tells nothing."""
    found = label_forms.word.findall(label_forms.citation.sub(" ", text))
    words = {
        _plain(word): word for word in found if len(word) > 1 or word.isdigit()
    }
    kept = {
        key: word
        for key, word in words.items()
        if key not in label_forms.generic
    }
    if any(label_forms.ours in one.split("-") for one in kept):
        kept.setdefault(label_forms.ours, label_forms.ours)
    names = {key for key, word in kept.items() if word != word.lower()}
    if not any(map(label_forms.letter.search, kept)):
        return Label(frozenset(), frozenset())
    fixed = {key for key, word in kept.items() if label_forms.name.search(word)}
    return Label(frozenset(kept), frozenset(names), frozenset(fixed))


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """The words of a statement, whole and in the parts that hyphens and slashes join."""
    words = [
        word
        for word in label_forms.word.findall(text)
        if len(word) > 1 or word.isdigit()
    ]
    parts = [
        part
        for word in words
        for part in re.split(r"[-/+]", word)
        if len(part) > 1
    ]
    return frozenset(map(_plain, [*words, *parts]))


def names_in(text: str) -> frozenset[str]:
    """The words of a statement that are written as names: with a capital inside, or a digit."""
    found = (
        word
        for word in label_forms.word.findall(text)
        if label_forms.name.search(word)
    )
    return frozenset(map(_plain, found))


def _plain(word: str) -> str:
    """A word without case, and without the s of a plural."""
    low = word.lower().rstrip(".")
    if low in label_forms.counting:
        return str(2 + label_forms.counting.index(low))
    if low in ("our", label_forms.ours):
        return label_forms.ours
    return low.removesuffix("s") if label_forms.plural.search(word) else low


def misplaced(
    own: str, rivals: Collection[str], said: frozenset[str]
) -> tuple[str, ...]:
    """The rivals that a statement means, where it does not mean the label itself.

    Args:
        own: the label of the value.
        rivals: all labels that compete, these among them.
        said: the words of the statement.
    """
    alone = said - _parts_of_labels(rivals, said)
    best = meant(rivals, alone)
    if not best:
        return ()
    return () if _may_be_meant(own, best, alone) else best


def _parts_of_labels(
    labels: Collection[str], said: frozenset[str]
) -> frozenset[str]:
    """The parts of compounds that are labels: "padding" where "non-padding" is one."""
    words = frozenset().union(*(read_label(one).words for one in labels))
    compounds = (word for word in words & said if "-" in word)
    return frozenset(part for one in compounds for part in one.split("-"))


def meant(labels: Collection[str], said: frozenset[str]) -> tuple[str, ...]:
    """The labels that share most words with a text, of those that it names."""
    named = [one for one in labels if _is_meant(read_label(one), said)]
    shared = [len(read_label(one).words & said) for one in named]
    most = max(shared, default=0)
    best = tuple(
        one for one, size in zip(named, shared, strict=True) if size == most
    )
    whole = tuple(one for one in best if read_label(one).words <= said)
    strange = any(_lacks_name(read_label(one), said) for one in best)
    return whole if whole and strange else best


def _lacks_name(label: Label, said: frozenset[str]) -> bool:
    """Whether a text lacks a word of a label that nobody translates: ReaL, ESTOI, top-5."""
    return bool(label.fixed - said)


def _is_meant(label: Label, said: frozenset[str]) -> bool:
    found = label.words & said
    if not found:
        return False
    return bool(found & label.names) or found == label.words


def _may_be_meant(own: str, best: Sequence[str], said: frozenset[str]) -> bool:
    label = read_label(own)
    if not label.words:
        return True
    found = label.words & said
    for one in best:
        rival = read_label(one)
        if found - rival.words:
            return True
        if found >= rival.words & said and _share(label, said) >= _share(
            rival, said
        ):
            return True
    return False


def _share(label: Label, said: frozenset[str]) -> float:
    return len(label.words & said) / len(label.words) if label.words else 0.0
