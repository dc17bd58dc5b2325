"""How strongly the words of a paper speak for a topic: which phrases, how much of its name, and
where.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.screen.terms.paper_text import PaperText
from pipeline.screen.terms.phrases import (
    STOP_WORDS,
    Hit,
    Matcher,
    Phrase,
)
from pipeline.screen.terms.query_expansion import Query, Sign
from pipeline.screen.terms.tokenizer import (
    Place,
    TokenizedSentence,
    word_beginning,
)

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


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """How much a hit counts, by its company and its place."""

    mention: float = 0.3
    """What is left of a hit that is an example or a contrast."""
    lonely: float = 0.4
    """What is left of an abbreviation or a single word without other words of the field."""
    lonely_title: float = 0.8
    """The same in a title, where authors name what the paper is about."""
    company: int = 2
    """Words of the field that make a single word, or an abbreviation in capitals, sure."""
    sure: float = 0.9
    """Weight of a sign from which it needs no other one beside it."""
    near: int = 1
    """Words that may stand between two signs that belong together."""
    nearness: float = 0.7
    """Share of the doubt that is gone when signs of two words of the name stand together."""
    elsewhere: float = 0.6
    """What a word counts for in a sentence when it stands in another one."""
    floor: float = 0.1
    """What a missing word counts for, so that one of three does not make nothing of the rest."""
    again: float = 0.4
    """Share by which a second phrase for the topic in one sentence adds to the first."""
    excluded_elsewhere: float = 0.4
    """Share that an excluded phrase outside the title has of one in it."""
    enough: float = 0.4
    """Share of the topic's words below which a paper is not read for it."""
    sentences: int = 4
    """Sentences that add up; more of the same say nothing new."""


evidence_weights = EvidenceWeights()


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """What the words of a paper say, each figure 0 to 1."""

    title: float = 0.0
    """How much of the topic the title names."""
    best: float = 0.0
    """How much the best sentence of the abstract names."""
    whole: float = 0.0
    """How much the paper names, anywhere."""
    strength: float = 0.0
    """All sentences together, by place."""
    weakest: float = 0.0
    """How surely the least sure word of the name is there, anywhere."""
    against: float = 0.0
    """What speaks against it: excluded phrases, by place."""
    in_title: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def proof(self) -> float:
        """All of it as one figure. The title counts most: it names what a paper is about."""
        return (
            0.5 * self.title
            + 0.2 * self.best
            + 0.15 * self.strength
            + 0.15 * self.whole
        )


no_evidence = TopicEvidence()


class EvidenceReader:
    """Looks for one alternative of a topic in many papers."""

    def __init__(self, query: Query, importance: Sequence[float]) -> None:
        self._query = query
        self._importance = importance
        self._signs: dict[Phrase, list[Sign]] = {}
        for sign in query.signs:
            self._signs.setdefault(sign.phrase, []).append(sign)
        self._against = frozenset(query.against)
        self._meanings = frozenset(phrase.content for phrase in self._signs)
        self._matcher = Matcher([*self._signs, *query.against])
        self._beginnings = [
            (_beginnings(sign.phrase), sign.covers) for sign in query.signs
        ]

    def may_speak(self, text: str) -> bool:
        """Tell from a text, and itself in lower case, whether it can name enough of the topic.

        Ten times as quick as reading, and never wrong about a paper that names half of the
        topic.
        """
        there: set[int] = set()
        for beginnings, covers in self._beginnings:
            if there.issuperset(covers):
                continue
            if all(map(text.__contains__, beginnings)):
                there.update(covers)
                if self._is_enough(there):
                    return True
        return False

    def _is_enough(self, words: Iterable[int]) -> bool:
        share = sum(self._importance[word] for word in words)
        return share >= evidence_weights.enough

    def read(self, text: PaperText) -> TopicEvidence:
        """Weigh one paper."""
        if self._matcher.first_words.isdisjoint(text.words):
            return no_evidence
        hits = [
            hit
            for hit in self._matcher.find(text.sentences)
            if not self._means_another(hit, text)
        ]
        return self._weigh(text, hits) if hits else no_evidence

    def _weigh(self, text: PaperText, hits: Sequence[Hit]) -> TopicEvidence:
        against = [hit for hit in hits if hit.phrase in self._against]
        for_it = [hit for hit in hits if hit.phrase in self._signs]
        covered = self._covered(for_it, text)
        everywhere = [max(column) for column in zip(*covered, strict=True)]
        named = [self._named(row, everywhere) for row in covered]
        abstract = [self._together(row) for row in covered[1:]]
        return TopicEvidence(
            title=named[0],
            best=max(abstract, default=0.0),
            whole=self._together(everywhere),
            strength=self._strength(for_it, named, text.sentences),
            weakest=min(everywhere),
            against=_against(against),
            in_title=_texts(hit for hit in for_it if hit.place is Place.TITLE),
            elsewhere=_texts(hit for hit in for_it if _is_own(hit)),
            mentioned=_texts(hit for hit in for_it if hit.mention),
            excluded=_texts(against),
        )

    def _strength(
        self,
        hits: Sequence[Hit],
        named: Sequence[float],
        sentences: Sequence[TokenizedSentence],
    ) -> float:
        parts = enumerate(zip(named, sentences, strict=True))
        return _add(
            _repeated(
                PLACE_WEIGHT[sentence.place] * value**2,
                self._names(hits, number),
            )
            for number, (value, sentence) in parts
            if value
        )

    def _covered(
        self, hits: Sequence[Hit], text: PaperText
    ) -> list[list[float]]:
        """Per sentence and word of the name, how surely the word is there."""
        table = [[0.0] * len(self._query.words) for _ in text.sentences]
        again = _repeated_words(hits)
        phrases = {hit.phrase for hit in hits}
        sure = {
            phrase: phrase in again or self._in_company(phrase, text)
            for phrase in phrases
        }
        together: dict[int, list[Hit]] = {}
        for hit in hits:
            together.setdefault(hit.sentence, []).append(hit)
        for hit in hits:
            factor = _factor(hit, sure=sure[hit.phrase])
            row = table[hit.sentence]
            beside = [
                one for one in together[hit.sentence] if _are_near(hit, one)
            ]
            for sign in self._signs[hit.phrase]:
                near = (
                    evidence_weights.nearness
                    if self._stands_with(sign, beside)
                    else 0.0
                )
                weight = (sign.weight + (1 - sign.weight) * near) * factor
                for word in sign.covers:
                    row[word] = max(row[word], weight)
        return table

    def _stands_with(self, sign: Sign, beside: Iterable[Hit]) -> bool:
        """Does a sign of another word of the name stand beside it, as in tumor segmentation?"""
        whole = len(sign.covers) == len(self._query.words)
        if sign.weight >= evidence_weights.sure or whole:
            return False
        return any(self._covers_another(other, sign) for other in beside)

    def _covers_another(self, hit: Hit, sign: Sign) -> bool:
        ours = set(sign.covers)
        return any(
            ours.isdisjoint(other.covers) for other in self._signs[hit.phrase]
        )

    def _in_company(self, phrase: Phrase, text: PaperText) -> bool:
        if len(phrase.words) > 1 or _distinct(phrase.abbreviation):
            return True
        if phrase.abbreviation in text.definitions:
            return True
        field = self._query.field.difference(phrase.words)
        return len(field & text.words) >= min(
            evidence_weights.company, len(field)
        )

    def _means_another(self, hit: Hit, text: PaperText) -> bool:
        """Tell whether the paper says that its abbreviation stands for something else."""
        meaning = text.definitions.get(hit.phrase.abbreviation)
        if meaning is None or meaning in self._meanings:
            return False
        words = set(meaning)
        return not any(
            2 * len(words & set(one)) > len(words) for one in self._meanings
        )

    def _names(self, hits: Iterable[Hit], number: int) -> int:
        """How many different phrases, standing apart, name the whole topic in a sentence."""
        found: list[Hit] = []
        for hit in hits:
            if (
                hit.sentence == number
                and self._names_all(hit)
                and _is_apart(hit, found)
            ):
                found.append(hit)
        return len(found)

    def _names_all(self, hit: Hit) -> bool:
        if hit.mention or len(hit.phrase.parts) > 1:
            return False
        whole = len(self._query.words)
        return any(
            len(sign.covers) == whole for sign in self._signs[hit.phrase]
        )

    def _named(self, row: list[float], everywhere: list[float]) -> float:
        if not any(row):
            return 0.0
        pairs = zip(row, everywhere, strict=True)
        return self._together(
            [
                max(here, evidence_weights.elsewhere * there)
                for here, there in pairs
            ]
        )

    def _together(self, row: Sequence[float]) -> float:
        """The words of the name as one: a geometric mean by their importance."""
        if not any(row):
            return 0.0
        parts = zip(row, self._importance, strict=True)
        return math.exp(
            sum(
                share * math.log(max(value, evidence_weights.floor))
                for value, share in parts
            )
        )


def _repeated_words(hits: Iterable[Hit]) -> frozenset[Phrase]:
    """Words that several sentences use: they are what the paper is about, not an aside."""
    places = {
        (hit.phrase, hit.sentence)
        for hit in hits
        if not hit.phrase.abbreviation
    }
    sentences = Counter(phrase for phrase, _ in places)
    return frozenset(
        phrase for phrase, number in sentences.items() if number > 1
    )


def _beginnings(phrase: Phrase) -> tuple[str, ...]:
    """What a text holds that has a phrase: an abbreviation as written, beginnings of words."""
    if phrase.abbreviation:
        return (phrase.abbreviation,)
    return tuple(
        word_beginning(word) for word in phrase.words if word not in STOP_WORDS
    )


def _factor(hit: Hit, *, sure: bool) -> float:
    lonely = (
        evidence_weights.lonely_title
        if hit.place is Place.TITLE
        else evidence_weights.lonely
    )
    return (evidence_weights.mention if hit.mention else 1.0) * (
        1.0 if sure else lonely
    )


def _are_near(hit: Hit, other: Hit) -> bool:
    return (
        0
        <= max(other.start - hit.end, hit.start - other.end)
        <= evidence_weights.near
    )


def _is_apart(hit: Hit, others: Iterable[Hit]) -> bool:
    return all(
        (hit.end <= other.start or hit.start >= other.end)
        and hit.phrase != other.phrase
        for other in others
    )


def _is_own(hit: Hit) -> bool:
    return hit.place is not Place.TITLE and not hit.mention


def _against(hits: Sequence[Hit]) -> float:
    """An excluded phrase in the title is certain; elsewhere it only speaks against."""
    if any(hit.place is Place.TITLE for hit in hits):
        return 1.0
    weights = (PLACE_WEIGHT[hit.place] for hit in hits if not hit.mention)
    return evidence_weights.excluded_elsewhere * _add(weights)


def _distinct(abbreviation: str) -> bool:
    """NeRF and 3DGS are written like nothing else; FER and VLN could be anything."""
    if not abbreviation:
        return False
    return not abbreviation.isupper() or any(
        sign.isdigit() for sign in abbreviation
    )


def _add(weights: Iterable[float]) -> float:
    """The strongest weights as independent signs: 1 − Π(1 − weight)."""
    strongest = sorted(weights, reverse=True)[: evidence_weights.sentences]
    return 1 - math.prod(1 - weight for weight in strongest)


def _repeated(weight: float, names: int) -> float:
    """A sentence that names the topic in two ways says more than one that does it once."""
    more = max(0, min(names, 3) - 1)
    return 1 - (1 - weight) * (1 - evidence_weights.again * weight) ** more


def _texts(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The phrases without those that another one contains."""
    texts = list(dict.fromkeys(hit.phrase.text for hit in hits))
    return tuple(text for text in texts if not _is_inside(text, texts))


def _is_inside(text: str, texts: Iterable[str]) -> bool:
    return any(text != other and f" {text} " in f" {other} " for other in texts)
