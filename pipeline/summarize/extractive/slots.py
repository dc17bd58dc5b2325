"""The items of an extractive review and the sentences of a paper that may answer them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.common.sentences import split_sentences
from pipeline.paper import Document, Section
from pipeline.summarize.extractive import sentence_choice
from pipeline.summarize.leakage import prompt_injection

ABSTRACT, OPENING, RELATED, METHOD, RESULTS, CLOSING = (
    "abstract",
    "opening",
    "related",
    "method",
    "results",
    "closing",
)


@dataclass(frozen=True, slots=True)
class SlotsRules:
    """Limits and patterns of slots."""

    elsewhere: float = -0.6
    """What a sentence is worth in a section where an item is not looked for."""
    avoided: float = -1.2
    """What a sentence loses that speaks of something else."""
    context: float = -0.8
    """What a sentence loses that leans on the one before it."""
    figure: re.Pattern[str] = re.compile(r"\d+\.\d+|\d\s?%|\d+\s?×|倍")
    we: re.Pattern[str] = re.compile(
        r"\b(?:we|our|ours|this (?:paper|work|article|study|survey|review|thesis))\b|本文|我们|本研究",
        re.IGNORECASE,
    )
    presented: re.Pattern[str] = re.compile(
        r"\b(?:propos|present|introduc|develop|call|name|dub|term|design)\w*\b[^.;]{0,120}?\b([A-Z][\w-]*[A-Z0-9][\w-]*)"
    )
    """The name of what a paper presents, behind the verb that presents it."""


_rules = SlotsRules()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the paper."""

    text: str
    page: int
    place: str
    """Kind of the section it stands in."""
    section: str
    order: float
    """0 at the beginning of its kind of section, 1 at its end."""
    alone: bool
    """Whether it can be understood without the one before."""
    own: bool
    """Whether it speaks of the work itself: we, our, this paper, the name of what is presented."""


@dataclass(frozen=True, slots=True)
class Item:
    """What answers one item of the review."""

    places: dict[str, float]
    """Kinds of sections and how much they are worth."""
    cues: re.Pattern[str]
    avoid: re.Pattern[str]
    weight: float
    """Of a cue."""
    early: float
    """What standing first is worth."""
    own: float = 0.0
    """What it is worth that a sentence speaks of the work itself."""
    figures: float = 0.0
    """What a value in it is worth."""

    def fit(self, sentence: Sentence) -> float:
        """How well a sentence answers the item, whatever it is about."""
        place = self.places.get(
            sentence.place, _rules.elsewhere
        ) + self.early * (1 - sentence.order)
        words = self.weight * bool(
            self.cues.search(sentence.text)
        ) + _rules.avoided * bool(self.avoid.search(sentence.text))
        said = self.own * sentence.own + self.figures * bool(
            _rules.figure.search(sentence.text)
        )
        return (
            place + words + said + (0.0 if sentence.alone else _rules.context)
        )


@cache
def items() -> dict[str, Item]:
    """The items of extractive.toml by name, in the order in which they choose."""
    return {
        one["name"]: Item(
            places=one["places"],
            cues=_any(one["cues"]),
            avoid=_any(one.get("avoid", ["(?!)"])),
            weight=one["weight"],
            early=one["early"],
            own=one.get("own", 0.0),
            figures=one.get("figures", 0.0),
        )
        for one in _data()["item"]
    }


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(
        files("pipeline.summarize.extractive")
        .joinpath("slots.toml")
        .read_text(encoding="utf-8")
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def sentences_of(document: Document) -> list[Sentence]:
    """All sentences of prose, each once; references, appendices and what speaks to a model are
    left out.
    """
    seen: set[str] = set()
    own = _own(document)
    out = []
    for section, place, begin, size in _placed(document):
        for number, (text, page) in enumerate(_pieces(section)):
            if (
                text not in seen
                and sentence_choice.reads_well(text)
                and prompt_injection.find_injection(text) is None
            ):
                seen.add(text)
                order = min(1.0, (begin + number) / max(1, size))
                out.append(
                    Sentence(
                        text,
                        page,
                        place,
                        section.title,
                        order,
                        sentence_choice.stands_alone(text),
                        bool(own.search(text)),
                    )
                )
    return out


def _own(document: Document) -> re.Pattern[str]:
    """What speaks of the work itself."""
    name, colon, _ = document.title.partition(":")
    names = {found[1] for found in _rules.presented.finditer(document.abstract)}
    names |= {name} if colon and name and " " not in name.strip() else set()
    return re.compile(
        "|".join(
            [
                _rules.we.pattern,
                *(rf"\b{re.escape(name)}\b" for name in sorted(names)),
            ]
        ),
        re.IGNORECASE,
    )


def _pieces(section: Section) -> Iterator[tuple[str, int]]:
    for paragraph in section.paragraphs:
        end = 0
        for text in split_sentences(paragraph.text):
            begin = max(0, paragraph.text.find(text, end))
            end = begin + len(text)
            yield text, paragraph.page_at(begin)


def _placed(document: Document) -> Iterator[tuple[Section, str, int, int]]:
    """Each section with its kind, where in all text of that kind it begins, and of how many
    sentences that is.
    """
    sections = [
        section
        for section in document.sections
        if section.kind in ("body", "abstract")
    ]
    kinds = list(_kinds(sections))
    sizes = [sum(1 for _ in _pieces(section)) for section in sections]
    begun = dict.fromkeys(kinds, 0)
    for section, kind, size in zip(sections, kinds, sizes, strict=True):
        total = sum(
            other
            for other, same in zip(sizes, kinds, strict=True)
            if same == kind
        )
        yield section, kind, begun[kind], total
        begun[kind] += size


def _kinds(sections: Sequence[Section]) -> Iterator[str]:
    """The kind of each section: by its title, its parent's, or where it stands in a paper
    without such titles.
    """
    parents: dict[int, str] = {}
    bodies = [
        place
        for place, section in enumerate(sections)
        if section.kind == "body"
    ]
    for place, section in enumerate(sections):
        above = next(
            (
                parents[level]
                for level in range(section.level - 1, 0, -1)
                if level in parents
            ),
            "",
        )
        own = (
            ABSTRACT
            if section.kind == "abstract"
            else above
            if above in (RELATED, METHOD, RESULTS)
            else ""
        )
        own = own or _kind(section.title) or above
        own = own or (
            OPENING
            if place in bodies[:1]
            else CLOSING
            if place in bodies[-1:]
            else METHOD
        )
        parents = {
            level: kind
            for level, kind in parents.items()
            if level < section.level
        } | {section.level: own}
        yield own


def _kind(title: str) -> str:
    plain = title.lower()
    return next(
        (
            place
            for place, words in _data()["places"].items()
            if re.search(words, plain)
        ),
        "",
    )
