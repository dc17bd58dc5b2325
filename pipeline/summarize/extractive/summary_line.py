"""The one line of a review without a model: the sentence that says best what the paper does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.summarize.extractive.sentence_tests import (
    is_about_work,
    is_addition,
    is_inclusion,
    is_of_method,
    is_of_others,
    is_presenting,
    is_promise,
    is_result,
    is_studying,
    tells_where_to_get,
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
        r"|review|meta[- ]analysis|trial|report)\b|本文|该文",
        re.IGNORECASE,
    )
    """Beginnings that announce what follows: "In this paper, we", "This survey"."""
    begins: re.Pattern[str] = re.compile(
        r"(?:(?:in|with) (?:this|the present) \w+,? |here,? )?(?:we|this (?:\w+ )?(?:paper|work|article|study"
        r"|survey|review|letter|thesis|report|meta[- ]analysis|trial))\b"
        r"|(?:the|our) (?:aims?|objectives?|purpose|goal) (?:of (?:this|the|our) |(?:was|is) to\b)"
        r"|本文|该文|我们",
        re.IGNORECASE,
    )
    """Beginnings with the work as the subject."""
    word: re.Pattern[str] = re.compile(r"[a-z][\w-]{3,}|[\u3400-\u9fff]")
    titled: float = 2.0
    """Worth of having all words of the title, in steps of a detour."""
    near: float = 0.6
    """The same of a sentence in the passive that says what the whole paper does."""
    part: re.Pattern[str] = re.compile(
        r"\b(?:modules?|loss(?:es)?|metrics?|measures?|layers?|strateg(?:y|ies)|components?)\b|模块|损失",
        re.IGNORECASE,
    )
    """Parts of a method: a sentence on them seldom says what the whole is."""
    hedged: re.Pattern[str] = re.compile(
        r"\b(?:could|may|might|can be)\b|可能|有望", re.IGNORECASE
    )
    """What somebody may do one day with what was found."""


_words = SummaryWords()


def summary_sentence(
    abstract: Sequence[tuple[Sentence, Role]],
    more: Iterable[Sentence],
    title: str,
    longest: int,
) -> Sentence | None:
    """Give the sentence that says best what the paper does, of the abstract if one does.

    Where none does, the one on what was found that is nearest to the whole paper is given, and
    at last any of the abstract.

    Args:
        abstract: its sentences with their roles.
        more: all sentences of the paper, those first that are nearest to the whole.
        title: of the paper, whose words the sentence should have.
        longest: characters that it may have, if one so short does.
    """
    central = list(more)
    told = list(_of_work(abstract))
    saying = [
        one for one in told if is_presenting(one) or _begins_with_work(one)
    ]
    elsewhere = [one for one in central if _says_it_elsewhere(one)]
    short = [one for one in (*saying, *elsewhere) if len(one.text) <= longest]
    ranked = (
        *sorted(short, key=lambda one: _detour(one) - _nearness(one, title)),
        *saying,
        *(one for one in _passive(abstract) if _is_near(one, title)),
        *told,
        *_findings(abstract, central),
    )
    return next(iter(ranked), None)


def _nearness(one: Sentence, title: str) -> float:
    """What sharing words with the title is worth, at most `_words.titled`."""
    wanted = {*_words.word.findall(title.lower())}
    found = {*_words.word.findall(one.text.lower())}
    return _words.titled * len(wanted & found) / max(1, len(wanted))


def _is_near(one: Sentence, title: str) -> bool:
    """Whether a sentence is on the whole of what the title names, and not on one step of it."""
    return _nearness(one, title) >= _words.near


def _passive(
    abstract: Iterable[tuple[Sentence, Role]],
) -> Iterator[Sentence]:
    """The sentences of an abstract that say in the passive what was studied."""
    for one, role in abstract:
        told = is_presenting(one) or is_studying(one)
        fits = role == "method" and is_of_method(one)
        if one.alone and told and fits:
            yield one


def _findings(
    abstract: Sequence[tuple[Sentence, Role]], central: Sequence[Sentence]
) -> list[Sentence]:
    """The sentences of an abstract on what was found or done, then its others, each kind with
    the nearest to the whole paper first.
    """
    roles = {one.text: role for one, role in abstract}
    near = [
        one
        for one in central
        if one.alone and one.text in roles and not tells_where_to_get(one)
    ]
    return sorted(near, key=lambda one: _distance(one, roles[one.text]))


def _distance(one: Sentence, role: Role) -> int:
    """How far a sentence is from saying what a paper found or does."""
    if _words.hedged.search(one.text):
        return 3
    if is_inclusion(one):
        return 2
    if role == "result" or one.part == "meaning":
        return 0
    return {"method": 1, "meaning": 1}.get(role, 2)


def _of_work(
    abstract: Iterable[tuple[Sentence, Role]],
) -> Iterator[Sentence]:
    """The sentences of an abstract on the work itself that make sense alone."""
    for one, role in abstract:
        if not one.alone or is_of_others(one) or tells_where_to_get(one):
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
        2 * is_addition(one)
        + (not _begins_with_work(one))
        + (0 if is_presenting(one) else 1 if is_studying(one) else 3)
        + 2 * is_result(one)
        + is_promise(one)
        + bool(_words.part.search(one.text))
        + elsewhere * (1 if proposes else 2)
        - (not elsewhere and bool(_words.announces.match(one.text)))
    )
