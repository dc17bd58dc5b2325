"""Weighs how much speaks for a web address being the authors' own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.common.text import fold_letters
from pipeline.extract.metadata.links.link_mentions import LinkMention
from pipeline.extract.metadata.links.link_mentions import (
    limits as mention_limits,
)
from pipeline.extract.metadata.links.web_address import patterns as addresses


@dataclass(frozen=True, slots=True)
class OwnershipPoints:
    """Points for each sign; chosen by hand on the corpus."""

    own: int = 3
    """From here on an address is the authors' own."""
    code_offered: int = 2
    offered: int = 1
    released: int = 1
    we: int = 1
    front: int = 3
    abstract: int = 2
    anchor: int = 2
    availability: int = 1
    early: int = 1
    """In the text of the first pages."""
    named: int = 2
    """Bears the name of the paper's method or of an author."""
    others: int = -3
    """Said to be borrowed or used."""


points = OwnershipPoints()


@dataclass(frozen=True, slots=True)
class OwnershipLimits:
    """What an accident is."""

    name: int = 4
    """Letters from which on a name in an address is no accident."""


limits = OwnershipLimits()


@dataclass(frozen=True, slots=True)
class OwnershipPatterns:
    """Words for an address and against it."""

    code: re.Pattern[str]
    """Code."""
    offer: re.Pattern[str]
    """Something is offered."""
    release: re.Pattern[str]
    """Something is released."""
    we: re.Pattern[str]
    """The authors speak of themselves."""
    own_licence: re.Pattern[str]
    """A licence of one’s own code."""
    borrowed: re.Pattern[str]
    """Code of others."""
    used: re.Pattern[str]
    """Code of others that is used."""
    companies: frozenset[str]
    """Names that stand in fronts as well as in addresses of others."""


patterns = OwnershipPatterns(
    code=re.compile(
        r"\b(source ?codes?|codes?|codebase|implementations?|repos?|repositor(y|ies)"
        r"|library|github|software"
        r"|toolkit)\b",
        re.IGNORECASE,
    ),
    offer=re.compile(
        r"\b(availab\w*|releas\w*|found|provided?|accessib\w*|accessed|open[- ]?sourced?|public\w*"
        r"|hosted|share[ds]?|visit|see|here|at|in|via|from|link|made)\b",
        re.IGNORECASE,
    ),
    release=re.compile(
        r"\b(releas\w*|open[- ]?sourc\w*|made (publicly )?available|(be|been) made|publish\w*)\b",
        re.IGNORECASE,
    ),
    we=re.compile(
        r"\b(we|our|ours|us|this (work|paper|project|study))\b", re.IGNORECASE
    ),
    own_licence=re.compile(
        r"\b(MIT|BSD|GPL|LGPL|Apache|permissively|open[- ]source)\S*(\s?v?[\d.]+)?[- ]licen[cs]\w*"
        r"|\bunder (the|an?) [\w .-]{0,24}licen[cs]e",
        re.IGNORECASE,
    ),
    borrowed=re.compile(
        r"\b(borrow\w*|(is|are|was|were|built|build|builds) (based |built )?(up)?on|adapted"
        r"|modified"
        r"|et al|their|licen[cs]e|launched by|official (code|implementation|repositor\w+)"
        r"|re-?implement\w*|downloaded|thanks?|third[- ]party|provided by"
        r"|implementation (of|from|by) (?!our|the (proposed|experiments)|this))",
        re.IGNORECASE,
    ),
    used=re.compile(
        r"\b(adopt\w*|we (use|used|employ|employed|follow|followed|utili[sz]ed?|leverage)\b(?! to)"
        r"|using|use of)",
        re.IGNORECASE,
    ),
    companies=frozenset(
        [
            "google",
            "microsoft",
            "facebook",
            "research",
            "nvidia",
            "alibaba",
            "tencent",
            "adobe",
        ]
    ),
)


def is_own(mention: LinkMention, front: str, title: str) -> int:
    """The points of an address when it is the authors' own, else 0."""
    weight = _said(mention) + _placed(mention)
    if _is_named(mention.url, front, title):
        weight += points.named
    return weight if weight >= points.own else 0


def offers_code(mention: LinkMention) -> bool:
    """The sentence says that code is there, though the address is no repository."""
    said = (
        mention.page <= mention_limits.early or mention.place == "availability"
    )
    said = said or bool(patterns.we.search(mention.sentence))
    code = re.search(
        r"\b(codes?|repos?|repositor(y|ies))\b", mention.sentence, re.IGNORECASE
    )
    return said and mention.place != "front" and code is not None


def _said(mention: LinkMention) -> int:
    """Points for the words around an address."""
    sentence = mention.sentence
    code, offered = (
        patterns.code.search(sentence),
        patterns.offer.search(sentence),
    )
    released = bool(code and patterns.release.search(sentence))
    weight = points.released * released + points.we * bool(
        patterns.we.search(sentence)
    )
    if offered and code:
        weight += points.code_offered
    elif offered and len(sentence.split()) > 1:
        weight += points.offered
    others = patterns.borrowed.search(
        patterns.own_licence.sub(" ", sentence) if offered else sentence
    )
    if others or (patterns.used.search(sentence) and not released):
        weight += points.others
    return weight


def _placed(mention: LinkMention) -> int:
    """Points for where an address stands."""
    if mention.place == "anchor":
        return points.anchor * (mention.page <= mention_limits.early) + bool(
            patterns.code.search(mention.sentence)
        )
    if mention.place == "front":
        return points.front
    if mention.place == "abstract":
        return points.abstract
    weight = points.early * (
        mention.page <= mention_limits.early and mention.place != "mark"
    )
    return weight + points.availability * (mention.place == "availability")


def _is_named(url: str, front: str, title: str) -> bool:
    """Bears the name of the paper's method or of an author."""
    found = addresses.repository.match(url) or addresses.pages.match(url)
    if not found:
        return False
    owner, name = found["owner"] or "", found["name"] or ""
    if _is_method(title, name) or _is_method(title, owner):
        return True
    authors = (
        word.lower() for word in re.findall(r"[^\W\d_]+", front[len(title) :])
    )
    names = (
        {word for word in authors if len(word) >= limits.name}
        - patterns.companies
        - {"university"}
    )
    return any(word in owner.lower() for word in names)


def _is_method(title: str, name: str) -> bool:
    """A repository is called like the title's first words, or like what stands before its colon."""
    plain, head = fold_letters(name), fold_letters(title.partition(":")[0])
    if len(plain) < limits.name or len(head) < limits.name:
        return bool(plain) and plain == head
    same_start = plain.startswith(head) or head.startswith(plain)
    return same_start or _first_word(name) == _first_word(title) != ""


def _first_word(text: str) -> str:
    words: Iterable[str] = re.findall(r"[^\W_]+", text.lower())
    return next((word for word in words if len(word) > limits.name), "")
