"""The one line of a review without a model: the sentence that says best what the paper does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.summarize.extractive.sentence_tests import (
    is_about_work,
    is_of_method,
    is_of_others,
    is_presenting,
    is_promise,
    is_result,
)
from pipeline.summarize.extractive.sentences.abstract_roles import Role
from pipeline.summarize.extractive.sentences.collected import Sentence
from pipeline.summarize.extractive.sentences.section_kinds import (
    ABSTRACT,
    CLOSING,
    OPENING,
)


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """How sentences speak that say what a paper does."""

    proposes: re.Pattern[str] = re.compile(
        r"\b(?:propos|present|introduc|develop|design)(?:e|es|ed|s)\b|提出|设计",
        re.IGNORECASE,
    )
    announces: re.Pattern[str] = re.compile(
        r"(?:in|with) (?:this|the present) \w+,? we\b|this (?:\w+ )?(?:paper|work|article|study|survey"
        r"|review)\b|本文|该文",
        re.IGNORECASE,
    )
    """Beginnings that announce what follows: "In this paper, we", "This survey"."""
    begins: re.Pattern[str] = re.compile(
        r"(?:(?:in|with) (?:this|the present) \w+,? |here,? )?(?:we|this (?:\w+ )?(?:paper|work|article|study"
        r"|survey|review|letter|thesis|report))\b|本文|该文|我们",
        re.IGNORECASE,
    )
    """Beginnings with the work as the subject."""
    besides: re.Pattern[str] = re.compile(
        r"\b(?:(?<!but )also|further|furthermore|additionally|moreover|besides)\b|还|此外",
        re.IGNORECASE,
    )
    """What adds a second thing to a first one."""


_words = SummaryWords()


def summary_sentence(
    abstract: Sequence[tuple[Sentence, Role]],
    more: Iterable[Sentence],
    longest: int,
) -> Sentence | None:
    """Give the sentence that says best what the paper does, of the abstract if one does.

    Args:
        abstract: its sentences with their roles.
        more: sentences that may say it elsewhere, best first.
        longest: characters that it may have, if one so short does.
    """
    told = list(_of_work(abstract))
    saying = [
        one for one in told if is_presenting(one) or _begins_with_work(one)
    ]
    elsewhere = [one for one in more if _says_it_elsewhere(one)]
    short = [one for one in (*saying, *elsewhere) if len(one.text) <= longest]
    passive = (
        one
        for one, role in abstract
        if one.alone and role == "method" and is_of_method(one)
    )
    ranked = (*sorted(short, key=_detour), *saying, *told, *passive)
    return next(iter(ranked), None)


def _of_work(
    abstract: Iterable[tuple[Sentence, Role]],
) -> Iterator[Sentence]:
    """The sentences of an abstract on the work itself that make sense alone."""
    for one, role in abstract:
        if not one.alone or is_of_others(one):
            continue
        fits = role in ("method", "result") or bool(one.part)
        if fits and (one.own or is_presenting(one)):
            yield one


def _says_it_elsewhere(one: Sentence) -> bool:
    return (
        one.alone
        and one.leads
        and one.place in (OPENING, CLOSING)
        and is_presenting(one)
        and is_about_work(one)
    )


def _begins_with_work(one: Sentence) -> bool:
    """Tell whether a sentence begins with the work as its subject: "In this work, we …"."""
    return bool(_words.begins.match(one.text))


def _detour(one: Sentence) -> int:
    """How far a sentence is from saying first what is presented: 0 for "We propose …"."""
    elsewhere = one.place != ABSTRACT
    proposes = bool(_words.proposes.search(one.text))
    return (
        2 * bool(_words.besides.search(one.text))
        + (not _begins_with_work(one))
        + 3 * (not is_presenting(one))
        + 2 * is_result(one)
        + is_promise(one)
        + elsewhere * (1 if proposes else 2)
        - (not elsewhere and bool(_words.announces.match(one.text)))
    )
