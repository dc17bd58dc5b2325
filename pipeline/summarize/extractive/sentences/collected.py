"""The sentences of a paper that may be shown, each with what is known of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.paper import Claim, Document
from pipeline.summarize.extractive.sentences import sentence_choice
from pipeline.summarize.extractive.sentences.running_text import (
    TextPiece,
    pieces_of,
)
from pipeline.summarize.extractive.sentences.section_kinds import (
    ABSTRACT,
    placed_sections,
)
from pipeline.summarize.extractive.sentences.self_reference import (
    SelfReference,
    self_reference,
)
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.review.draft import short_quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the paper."""

    text: str
    """As it is shown: without "However, " or a bullet before it."""
    quote: str
    """As it stands in the paper."""
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
    leads: bool = False
    """Whether the work itself is what it speaks of first."""
    contribution: bool = False
    """Whether it is an entry of the list of contributions."""
    part: str = ""
    """Of a structured abstract, the part it stands in: "results"."""


def sentences_of(document: Document) -> list[Sentence]:
    """All sentences of prose, each once; references, appendices and what speaks to a model are
    left out.
    """
    seen: set[str] = set()
    own, names = self_reference(document), _odd_names(document)
    out = []
    for section, place, begin, size in placed_sections(document):
        for number, piece in enumerate(pieces_of(section)):
            if piece.text in seen or not _is_shown(piece.text, place, names):
                continue
            seen.add(piece.text)
            order = min(1.0, (begin + number) / max(1, size))
            out.append(_sentence(piece, place, section.title, order, own))
    return out


def _odd_names(document: Document) -> frozenset[str]:
    """Words that look run together and come so often that they are names: VQUBench; short ones
    that the paper explains or has in its abstract: EO.
    """
    found = Counter(
        word
        for section in document.sections
        for word in sentence_choice.glued_words(section.text)
    )
    often = {
        word
        for word, count in found.items()
        if count > 2  # noqa: PLR2004 - a slip of the reader comes once or twice
    }
    short = {
        name
        for section in document.sections
        for name in sentence_choice.explained_names(section.text)
    }
    return frozenset(often | short | {*document.abstract.split()})


def _is_shown(text: str, place: str, names: frozenset[str]) -> bool:
    return (
        sentence_choice.reads_well(
            text, abstract=place == ABSTRACT, names=names
        )
        and prompt_injection.find_injection(text) is None
    )


def _sentence(
    piece: TextPiece, place: str, section: str, order: float, own: SelfReference
) -> Sentence:
    text = sentence_choice.as_statement(piece.text)
    alone = sentence_choice.stands_alone(
        text
    ) and sentence_choice.names_its_subject(text, abstract=place == ABSTRACT)
    return Sentence(
        text,
        sentence_choice.without_link(piece.text),
        piece.page,
        place,
        section,
        order,
        alone,
        own=bool(own.anywhere.search(text)),
        leads=bool(own.leads.search(text)),
        contribution=piece.contribution,
        part=piece.part,
    )


def claim_of(one: Sentence) -> Claim:
    """Make a statement of a sentence."""
    return Claim(one.text, short_quote(one.quote), one.page)
