"""Authors and institutions that a group wants to see first, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import exp, log

from pipeline.paper import (
    Paper,
    Reason,
    ReasonKind,
    Topic,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class NameWeights:
    """What the names of people and places count for."""

    boost: float = 2.0
    """Log odds that a boosted name adds: lifts an uncertain paper over the threshold, never one
    that is off topic.
    """
    mute: float = -8.0
    """Log odds that a muted name takes: more than any evidence gives."""
    followed: float = 0.99
    """Score of a paper by a followed author."""


name_weights = NameWeights()


@dataclass(frozen=True, slots=True)
class Shift:
    """What names change, in log odds, and the reasons for it."""

    shift: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Taste:
    """Names to boost or to mute."""

    boost_authors: tuple[str, ...] = ()
    mute_authors: tuple[str, ...] = ()
    boost_institutions: tuple[str, ...] = ()
    mute_institutions: tuple[str, ...] = ()

    def of_authors(self, names: Iterable[str]) -> Shift:
        """What the authors of a paper change."""
        if not self.boost_authors and not self.mute_authors:
            return Shift()
        known = [_letters(name) for name in names]
        return _shift(
            "author",
            [
                name
                for name in self.boost_authors
                if any(_same_person(_letters(name), other) for other in known)
            ],
            [
                name
                for name in self.mute_authors
                if any(_same_person(_letters(name), other) for other in known)
            ],
        )

    def of_institutions(self, affiliations: Iterable[str]) -> Shift:
        """What the affiliations printed in the PDF change."""
        known = [f" {_letters(text)} " for text in affiliations]
        return _shift(
            "institution",
            [
                name
                for name in self.boost_institutions
                if any(f" {_letters(name)} " in text for text in known)
            ],
            [
                name
                for name in self.mute_institutions
                if any(f" {_letters(name)} " in text for text in known)
            ],
        )


no_taste = Taste()


def judge_by_authors(topic: Topic, papers: Iterable[Paper]) -> list[Verdict]:
    """Keep the papers of a topic's authors, whatever they are about."""
    followed = Taste(boost_authors=topic.authors)
    verdicts = []
    for paper in papers:
        reasons = followed.of_authors(paper.authors).reasons
        score = name_weights.followed if reasons else 0.0
        verdicts.append(
            Verdict(
                paper.id,
                topic.name,
                score,
                bool(reasons),
                reasons,
            )
        )
    return verdicts


def with_institutions(
    verdict: Verdict,
    affiliations: Iterable[str],
    taste: Taste,
    threshold: float,
) -> Verdict:
    """Weigh a verdict by the institutions that the PDF names. Idempotent."""
    taken = taste.of_institutions(affiliations)
    if not taken.reasons or any(
        one.kind == "institution" for one in verdict.reasons
    ):
        return verdict
    inside = min(max(verdict.score, 1e-6), 1 - 1e-6)
    score = round(
        1 / (1 + exp(-(log(inside / (1 - inside)) + taken.shift))),
        4,
    )
    reasons = verdict.reasons + taken.reasons
    return replace(
        verdict,
        score=score,
        keep=score >= threshold,
        reasons=reasons,
    )


def _shift(kind: ReasonKind, boosted: list[str], muted: list[str]) -> Shift:
    reasons = [
        *(Reason(kind, name, name_weights.boost) for name in boosted),
        *(Reason(kind, name, name_weights.mute) for name in muted),
    ]
    return Shift(
        sum({reason.weight for reason in reasons}),
        tuple(reasons),
    )


def _letters(name: str) -> str:
    """Lower case without accents, dots and commas; "Doe, Jane" turned round."""
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma else name
    plain = unicodedata.normalize("NFKD", turned)
    return " ".join(
        re.findall(
            r"\w+",
            "".join(
                sign for sign in plain if not unicodedata.combining(sign)
            ).casefold(),
        )
    )


def _same_person(first: str, second: str) -> bool:
    """Equal names, or equal surnames where one side has only the initial of the given name."""
    if first == second:
        return True
    ours, theirs = first.split(), second.split()
    if len(ours) < 2 or len(theirs) < 2 or ours[-1] != theirs[-1]:  # noqa: PLR2004 - one word alone has no given name
        return False
    short = min(ours[0], theirs[0], key=len)
    return len(short) == 1 and ours[0][0] == theirs[0][0]
