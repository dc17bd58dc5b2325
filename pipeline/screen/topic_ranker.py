"""Scores papers against one topic, by what a corpus shows of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.paper import Paper, Reason, Topic, Verdict
from pipeline.screen.learning.lesson import (
    Choice,
    Lesson,
    learn_lesson,
    no_lesson,
    prove_by_ratings,
)
from pipeline.screen.learning.ratings import Ratings, no_ratings
from pipeline.screen.learning.relevance_model import relevance_limits
from pipeline.screen.preferences import Taste, no_taste
from pipeline.screen.terms.background import Background
from pipeline.screen.terms.corpus import Corpus
from pipeline.screen.terms.paper_text import PaperText
from pipeline.screen.terms.phrase_evidence import (
    EvidenceReader,
    TopicEvidence,
    no_evidence,
)
from pipeline.screen.terms.query_expansion import Query, expand_topic
from pipeline.screen.topic_rules import TopicRules, Weighed, proof_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class RankingLimits:
    """What bounds a verdict, and what of it is told."""

    sample: int = 2000
    """Papers that the likeness is learned from; more change no verdict."""
    against: float = 12.0
    """Log odds that an excluded phrase in the title takes away: more than anything gives."""
    rated: float = 0.97
    """Score of a paper that the reader kept, at least; a skipped one has at most the rest."""
    lesson: float = 0.5
    """Log odds from which a lesson of the ratings is told."""
    alike: float = 0.5
    """Likeness from which it is told."""
    told: int = 3
    """Phrases told for each place."""


ranking_limits = RankingLimits()


class TopicRanker:
    """Judges papers against one topic, by what a corpus shows of it."""

    def __init__(
        self,
        topic: Topic,
        corpus: Corpus,
        ratings: Ratings = no_ratings,
    ) -> None:
        self.topic = topic
        self._corpus = corpus
        queries = expand_topic(topic, corpus.background.abbreviations)
        self._readers = [
            _evidence_reader(query, corpus.background) for query in queries
        ]
        evidence = [self._read(text) for text in corpus.texts]
        self._rules = self._learn_rules(evidence, proof_of(evidence))
        self._known = self._rules.weigh(corpus, evidence, own=True)
        self._taught = self._rules
        self._taught_odds = self._known.odds
        self._lesson = self._learn(ratings)

    @property
    def evidence(self) -> Sequence[TopicEvidence]:
        """What the words of each paper of the corpus say."""
        return self._known.evidence

    def figures(self) -> Floats:
        """What the relevance model weighs, a row for each paper of the corpus."""
        return self._rules.figures(self._corpus, self._known)

    def judge(
        self, papers: Sequence[Paper], taste: Taste = no_taste
    ) -> list[Verdict]:
        """Judge papers, in their order."""
        places = [self._corpus.find(paper) for paper in papers]
        known = self._verdicts(papers, places, taste)
        fresh = [
            paper
            for paper, place in zip(papers, places, strict=True)
            if place is None
        ]
        rest = self._judge_fresh(fresh, taste)
        return [
            next(rest) if place is None else next(known) for place in places
        ]

    def _verdicts(
        self,
        papers: Sequence[Paper],
        places: Sequence[int | None],
        taste: Taste,
    ) -> Iterator[Verdict]:
        changes = self._lesson.changes(
            self._known.odds, self._taught_odds, self._corpus.rows
        )
        for paper, place in zip(papers, places, strict=True):
            if place is not None:
                yield self._verdict(paper, self._known, changes, place, taste)

    def _judge_fresh(
        self, papers: Sequence[Paper], taste: Taste
    ) -> Iterator[Verdict]:
        """Judge papers that the corpus does not hold, some thousands at a time."""
        for start in range(0, len(papers), ranking_limits.sample):
            yield from self._judge_chunk(
                papers[start : start + ranking_limits.sample],
                taste,
            )

    def _judge_chunk(
        self, papers: Sequence[Paper], taste: Taste
    ) -> Iterator[Verdict]:
        read = [
            place for place, one in enumerate(papers) if self._may_speak(one)
        ]
        texts = {place: PaperText(papers[place]) for place in read}
        evidence = {place: self._read(text) for place, text in texts.items()}
        # Only those that hold a word of the topic can be kept, so only they are compared further.
        spoken = [place for place in read if evidence[place] is not no_evidence]
        corpus = Corpus(
            [texts[place] for place in spoken],
            self._corpus.background,
        )
        found = [evidence[place] for place in spoken]
        weighed = self._rules.weigh(corpus, found, own=False)
        changes = self._changes(corpus, weighed)
        rows = {place: row for row, place in enumerate(spoken)}
        for place, paper in enumerate(papers):
            row = rows.get(place)
            yield self._verdict(paper, weighed, changes, row, taste)

    def _changes(self, corpus: Corpus, weighed: Weighed) -> Floats:
        """Log odds that the ratings add for papers that the corpus does not hold."""
        if self._taught is self._rules:
            return 0.0 * weighed.odds
        taught = self._taught.weigh(corpus, weighed.evidence, own=False)
        return self._lesson.changes(weighed.odds, taught.odds, corpus.rows)

    def _may_speak(self, paper: Paper) -> bool:
        text = f"{paper.title}\n{paper.abstract}\n{paper.comment}"
        text = f"{text}\n{text.lower()}"
        return any(reader.may_speak(text) for reader in self._readers)

    def _read(self, text: PaperText) -> TopicEvidence:
        """The evidence for the alternative that the paper speaks for most."""
        found = [reader.read(text) for reader in self._readers]
        return (
            max(found, key=lambda one: one.title + one.strength)
            if found[1:]
            else found[0]
        )

    def _learn_rules(
        self, evidence: Sequence[TopicEvidence], proof: Floats
    ) -> TopicRules:
        configured = bool(self.topic.phrases or self.topic.signs)
        return TopicRules(self._corpus, evidence, proof, configured=configured)

    def _learn(self, ratings: Ratings) -> Lesson:
        rated = ratings.about(self.topic.name)
        choices = {paper_id: one.rating for paper_id, one in rated.items()}
        if not choices:
            return no_lesson
        newest = {
            text.paper.id: place
            for place, text in enumerate(self._corpus.texts)
            if text.paper.id in choices
        }
        places = list(newest.values())
        made = [choices[paper_id] for paper_id in newest]
        self._teach(places, made)
        return learn_lesson(
            choices,
            made,
            self._taught_odds[places],
            self._corpus.rows.take(places),
            len(self._corpus.background.terms),
        )

    def _teach(self, places: Sequence[int], choices: Sequence[Choice]) -> None:
        """Let the rated papers show what the topic's papers have in common."""
        proof = prove_by_ratings(proof_of(self.evidence), places, choices)
        self._taught = self._learn_rules(self.evidence, proof)
        taught = self._taught.weigh(self._corpus, self.evidence, own=True)
        self._taught_odds = taught.odds

    def _verdict(
        self,
        paper: Paper,
        weighed: Weighed,
        changes: Floats,
        row: int | None,
        taste: Taste,
    ) -> Verdict:
        """Judge one paper by its row; None where it holds no word of the topic."""
        evidence = no_evidence if row is None else weighed.evidence[row]
        rules = (
            relevance_limits.never if row is None else float(weighed.odds[row])
        )
        lesson = 0.0 if row is None else float(changes[row])
        alike = 0.0 if row is None else weighed.alike(row)
        taken = taste.of_authors(paper.authors)
        odds = (
            rules
            + lesson
            + taken.shift
            - ranking_limits.against * evidence.against
        )
        rated = self._lesson.rated.get(paper.id, "")
        score = round(_bound_by_rating(_logistic(odds), rated), 4)
        reasons = _reasons(evidence, alike, lesson, rated) + taken.reasons
        keep = score >= self.topic.threshold
        return Verdict(paper.id, self.topic.name, score, keep, reasons)


def _evidence_reader(query: Query, background: Background) -> EvidenceReader:
    weights = [0.5 + background.rarity(word) for word in query.words]
    return EvidenceReader(
        query,
        tuple(weight / sum(weights) for weight in weights),
    )


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def _bound_by_rating(score: float, rated: str) -> float:
    if rated == "keep":
        return max(score, ranking_limits.rated)
    return min(score, 1 - ranking_limits.rated) if rated else score


def _reasons(
    evidence: TopicEvidence,
    likeness: float,
    lesson: float,
    rated: str,
) -> tuple[Reason, ...]:
    """What the verdict rests on, the strongest first."""
    found = (
        [Reason("rated", rated, 1.0 if rated == "keep" else -1.0)]
        if rated
        else []
    )
    found += [
        Reason("title", text)
        for text in evidence.in_title[: ranking_limits.told]
    ]
    rest = [
        text for text in evidence.elsewhere if text not in evidence.in_title
    ]
    found += [Reason("abstract", text) for text in rest[: ranking_limits.told]]
    if not found and evidence.mentioned:
        found.append(Reason("mention", evidence.mentioned[0]))
    if likeness >= ranking_limits.alike:
        found.append(Reason("similar", weight=round(likeness, 2)))
    found += [
        Reason("exclude", text, -1.0)
        for text in evidence.excluded[: ranking_limits.told]
    ]
    if abs(lesson) >= ranking_limits.lesson:
        found.append(Reason("ratings", weight=round(lesson, 2)))
    return tuple(found)
