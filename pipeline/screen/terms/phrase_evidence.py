"""How strongly the words of a paper speak for a topic: which phrases, how much of its name, and
where.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.screen.terms.phrases import Hit, Matcher, Phrase
from pipeline.screen.terms.query_expansion import Query, Sign
from pipeline.screen.terms.tokenizer import Place, Sentence

PLACE_WEIGHT = {
    Place.TITLE: 0.72,
    Place.CLAIM: 0.52,
    Place.OWN: 0.4,
    Place.FIRST: 0.38,
    Place.LAST: 0.25,
    Place.BODY: 0.25,
    Place.COMMENT: 0.2,
}
"""Chance that a sentence there which names the whole topic means that the paper is about it."""
MENTION = 0.3
"""What is left of a hit that is an example or a contrast."""
LONELY = 0.4
"""What is left of an abbreviation or a single word without another word of the field in the
paper.
"""
COMPANY = 2
"""Words of the field that make a single word, or an abbreviation in capitals, sure of its sense."""
NEAR = 1
"""Words that may stand between two signs that belong together."""
NEARNESS = 0.7
"""Share of the doubt that is gone when two signs of different words of the name stand beside
each other.
"""
ELSEWHERE = 0.6
"""What a word of the name counts for in a sentence when it stands in another sentence of the
paper.
"""
FLOOR = 0.1
"""What a missing word counts for, so that one missing word of three does not make nothing of
the rest.
"""
AGAIN = 0.4
"""Share of its weight by which a second phrase for the topic in one sentence adds to the first."""
EXCLUDED_ELSEWHERE = 0.4
"""Share that an excluded phrase outside the title has of one in it."""
SENTENCES = 4
"""Sentences that add up; more of the same say nothing new."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the words of a paper say, each figure 0 to 1."""

    title: float = 0.0
    """How much of the topic the title names."""
    best: float = 0.0
    """How much the best sentence of the abstract names."""
    whole: float = 0.0
    """How much the paper names, anywhere."""
    strength: float = 0.0
    """All sentences together, by place."""
    against: float = 0.0
    """What speaks against it: excluded phrases, by place."""
    in_title: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


NOTHING = Evidence()


class Reader:
    """Looks for one topic in many papers."""

    def __init__(self, query: Query, importance: Sequence[float]) -> None:
        self._query = query
        self._importance = importance
        self._signs: dict[Phrase, list[Sign]] = {}
        for sign in query.signs:
            self._signs.setdefault(sign.phrase, []).append(sign)
        self._against = frozenset(query.against)
        self._matcher = Matcher([*self._signs, *query.against])

    def evidence(self, sentences: Sequence[Sentence]) -> Evidence:
        """Weigh one paper."""
        hits = self._matcher.find(sentences)
        if not hits:
            return NOTHING
        against = [hit for hit in hits if hit.phrase in self._against]
        for_it = [hit for hit in hits if hit.phrase in self._signs]
        covered = self._covered(for_it, sentences)
        everywhere = [max(column) for column in zip(*covered, strict=True)]
        named = [self._named(row, everywhere) for row in covered]
        abstract = [self._together(row) for row in covered[1:]]
        return Evidence(
            title=named[0],
            best=max(abstract, default=0.0),
            whole=self._together(everywhere) if for_it else 0.0,
            strength=_add(
                _repeated(
                    PLACE_WEIGHT[sentence.place] * value**2, self._names(for_it, number)
                )
                for number, (value, sentence) in enumerate(
                    zip(named, sentences, strict=True)
                )
            ),
            against=_against(against),
            in_title=_texts(hit for hit in for_it if hit.place is Place.TITLE),
            elsewhere=_texts(
                hit
                for hit in for_it
                if hit.place is not Place.TITLE and not hit.mention
            ),
            mentioned=_texts(hit for hit in for_it if hit.mention),
            excluded=_texts(against),
        )

    def _covered(
        self, hits: Sequence[Hit], sentences: Sequence[Sentence]
    ) -> list[list[float]]:
        """Per sentence and word of the name, how surely the word is there."""
        table = [[0.0] * len(self._query.words) for _ in sentences]
        sure: dict[Phrase, bool] = {}
        for hit in hits:
            if hit.phrase not in sure:
                sure[hit.phrase] = self._in_company(hit.phrase, sentences)
            factor = (MENTION if hit.mention else 1.0) * (
                1.0 if sure[hit.phrase] else LONELY
            )
            row = table[hit.sentence]
            for sign in self._signs[hit.phrase]:
                near = NEARNESS if self._beside(hit, sign, hits) else 0.0
                weight = (sign.weight + (1 - sign.weight) * near) * factor
                for word in sign.covers:
                    row[word] = max(row[word], weight)
        return table

    def _beside(self, hit: Hit, sign: Sign, hits: Sequence[Hit]) -> bool:
        """Does a sign of another word of the name stand beside it, as in tumor segmentation?"""
        if len(sign.covers) == len(self._query.words):
            return False
        return any(
            other.sentence == hit.sentence
            and 0 <= max(other.start - hit.end, hit.start - other.end) <= NEAR
            and any(
                not set(sign.covers) & set(its.covers)
                for its in self._signs[other.phrase]
            )
            for other in hits
        )

    def _in_company(self, phrase: Phrase, sentences: Sequence[Sentence]) -> bool:
        if len(phrase.words) > 1 or _distinct(phrase.abbreviation):
            return True
        field = self._query.field.difference(phrase.words)
        found = {
            word for sentence in sentences for word in sentence.stems if word in field
        }
        return len(found) >= min(COMPANY, len(field))

    def _names(self, hits: Iterable[Hit], number: int) -> int:
        """How many different phrases, standing apart, name the whole topic in a sentence."""
        whole = len(self._query.words)
        found: list[Hit] = []
        for hit in hits:
            full = any(len(sign.covers) == whole for sign in self._signs[hit.phrase])
            if (
                hit.sentence != number
                or hit.mention
                or not full
                or len(hit.phrase.parts) > 1
            ):
                continue
            if all(
                (hit.end <= other.start or hit.start >= other.end)
                and hit.phrase != other.phrase
                for other in found
            ):
                found.append(hit)
        return len(found)

    def _named(self, row: list[float], everywhere: list[float]) -> float:
        if not any(row):
            return 0.0
        return self._together(
            [
                max(here, ELSEWHERE * there)
                for here, there in zip(row, everywhere, strict=True)
            ]
        )

    def _together(self, row: Sequence[float]) -> float:
        """The words of the name as one: a geometric mean by their importance, nothing when all
        are missing.
        """
        if not any(row):
            return 0.0
        parts = zip(row, self._importance, strict=True)
        return math.exp(
            sum(share * math.log(max(value, FLOOR)) for value, share in parts)
        )


def _against(hits: Sequence[Hit]) -> float:
    """An excluded phrase in the title is certain; elsewhere it only speaks against."""
    if any(hit.place is Place.TITLE for hit in hits):
        return 1.0
    return EXCLUDED_ELSEWHERE * _add(
        PLACE_WEIGHT[hit.place] for hit in hits if not hit.mention
    )


def _distinct(abbreviation: str) -> bool:
    """NeRF and 3DGS are written like nothing else; FER and VLN could be anything."""
    return (bool(abbreviation) and not abbreviation.isupper()) or any(
        sign.isdigit() for sign in abbreviation
    )


def _add(weights: Iterable[float]) -> float:
    """The strongest weights as independent signs: 1 − Π(1 − weight)."""
    return 1 - math.prod(
        1 - weight for weight in sorted(weights, reverse=True)[:SENTENCES]
    )


def _repeated(weight: float, names: int) -> float:
    """A sentence that names the topic in two ways says more than one that does it once."""
    return 1 - (1 - weight) * (1 - AGAIN * weight) ** max(0, min(names, 3) - 1)


def _texts(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The phrases without those that another one contains, longest first where they cover each
    other.
    """
    texts = list(dict.fromkeys(hit.phrase.text for hit in hits))
    return tuple(
        text
        for text in texts
        if not any(text != other and f" {text} " in f" {other} " for other in texts)
    )
