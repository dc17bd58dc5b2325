"""Is this paper about this topic? A score from 0 to 1 for each paper, with its reason in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.paper import Paper, Reason, Topic, Verdict
from pipeline.screen.learning.ratings import NO_RATINGS, Lesson, Ratings
from pipeline.screen.preferences import NO_TASTE, Taste
from pipeline.screen.terms.phrase_evidence import Evidence, Reader
from pipeline.screen.terms.query_expansion import Query, query
from pipeline.screen.terms.tfidf import Direction, Statistics, Vector, counts, mean
from pipeline.screen.terms.tokenizer import Sentence, read

Text = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How evidence adds up to log odds. Fitted by logistic regression to graded records:
    bench/screening.py.
    """

    title: float
    whole: float
    strength: float
    likeness: float
    start: float

    def odds(self, evidence: Evidence, likeness: float) -> float:
        """Log odds that the paper is on topic."""
        return (
            self.start
            + self.title * evidence.title
            + self.whole * evidence.whole
            + self.strength * evidence.strength
            + self.likeness * min(likeness, LIKENESS_MOST)
        )


# Phrases of a configured topic are written by someone who knows the field: they decide,
# likeness only tips.
CONFIGURED = Scale(title=0.0, whole=0.0, strength=8.0, likeness=5.0, start=-6.0)
CONFIGURED_ALONE = Scale(title=0.0, whole=0.0, strength=8.0, likeness=0.0, start=-4.0)
# Bare words are anyone's words: what the papers have in common must agree.
BARE = Scale(title=2.4, whole=0.9, strength=2.1, likeness=10.0, start=-8.6)
BARE_ALONE = Scale(title=5.0, whole=3.0, strength=3.5, likeness=0.0, start=-8.0)

LIKENESS_MOST = 0.8
"""Likeness beyond this proves nothing more, so that it never keeps a paper without the words."""
AGAINST = 12.0
"""Log odds that an excluded phrase in the title takes away: more than anything gives."""
SAMPLE = 2000
"""Papers that the statistics are drawn from; more change no verdict."""
SMALLEST = 150
"""Papers below which shares of words mean nothing."""
SEEDS = 5
"""Papers that the words must prove before what they have in common is used."""
SEEDS_MOST = 60
SEED = 0.7
"""Evidence that proves a paper, of 1."""
NARROW = 1 / 3
"""Share of proven papers above which nothing is learned from them."""
RATED_KEEP = 0.97
"""Score of a paper that the reader kept, at least; a skipped one has at most the rest."""
WORTH_SAYING = 0.5
"""Log odds from which a lesson of the ratings is told."""
ALIKE = 0.5
"""Likeness from which it is told."""
MOST_TOLD = 3
"""Phrases told for each place."""


@dataclass(frozen=True, slots=True)
class Known:
    """A paper of the sample, read once."""

    paper: Paper
    text: Text
    vector: Vector
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Frame:
    """What one topic is judged with: its words, the statistics, what its papers have in common,
    what ratings taught.
    """

    topic: Topic
    reader: Reader
    statistics: Statistics
    known: Mapping[str, Known]
    direction: Direction | None
    seeds: Mapping[str, float]
    """Papers that gave the direction, with their weights."""
    lesson: Lesson

    @property
    def scale(self) -> Scale:
        """The constants that fit what is known."""
        if self.topic.phrases or self.topic.signs:
            return CONFIGURED if self.direction else CONFIGURED_ALONE
        return BARE if self.direction else BARE_ALONE

    def look(self, paper: Paper) -> Known:
        """The paper with what its words say; from the sample where it was read before."""
        known = self.known.get(paper.id)
        if known and known.paper is paper:
            return known
        text = read(paper)
        wanted = self.direction or self.lesson
        return Known(
            paper,
            text,
            self.statistics.vector(counts(text)) if wanted else {},
            self.reader.evidence(text),
        )

    def likeness(self, known: Known) -> float:
        """Likeness to what the proven papers have in common; 0 where that is not known."""
        if not self.direction:
            return 0.0
        weight = self.seeds.get(known.paper.id)
        if weight is None:
            return self.direction.likeness(known.vector)
        return self.direction.own_likeness(known.vector, weight)


def judge(
    topic: Topic,
    papers: Sequence[Paper],
    *,
    ratings: Ratings = NO_RATINGS,
    taste: Taste = NO_TASTE,
    background: Sequence[Paper] = (),
) -> list[Verdict]:
    """Judge papers against a topic, in their order. The same input gives the same verdicts.

    Args:
        topic: configured with phrases, or bare words.
        papers: what is judged, from one to many thousands.
        ratings: what the reader kept and skipped before.
        taste: authors to boost or to mute.
        background: papers seen before, on topic or not; they only show how common words are.
    """
    frame = _frame(topic, papers, background, ratings)
    return [_verdict(frame, paper, taste) for paper in papers]


def _frame(
    topic: Topic, papers: Sequence[Paper], background: Sequence[Paper], ratings: Ratings
) -> Frame:
    sample = {paper.id: paper for paper in _sample([*background, *papers])}
    texts = {paper_id: read(paper) for paper_id, paper in sample.items()}
    terms = {paper_id: counts(text) for paper_id, text in texts.items()}
    statistics = Statistics(terms.values())
    reader = _reader(query(topic), statistics)
    known = {
        paper_id: Known(
            paper,
            texts[paper_id],
            statistics.vector(terms[paper_id]),
            reader.evidence(texts[paper_id]),
        )
        for paper_id, paper in sample.items()
    }
    seeds = _seeds(topic, known, statistics)
    direction = None
    if seeds:
        everything = mean([one.vector for one in known.values()])
        direction = Direction(
            [(known[paper_id].vector, weight) for paper_id, weight in seeds.items()],
            everything,
        )
    lesson = ratings.lesson(topic.name, statistics, [*background, *papers])
    return Frame(topic, reader, statistics, known, direction, seeds, lesson)


def _sample(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Papers evenly spread over all."""
    return papers[:: max(1, math.ceil(len(papers) / SAMPLE))]


def _reader(wanted: Query, statistics: Statistics) -> Reader:
    return Reader(wanted, _importance(wanted, statistics))


def _importance(wanted: Query, statistics: Statistics) -> tuple[float, ...]:
    """Share of each word of the name: rare words say more."""
    known = statistics.size >= SMALLEST
    weights = [0.5 + statistics.rarity(word) if known else 1.0 for word in wanted.words]
    return tuple(weight / sum(weights) for weight in weights)


def _seeds(
    topic: Topic, known: Mapping[str, Known], statistics: Statistics
) -> dict[str, float]:
    """Papers proven by the words, with their weights.

    Of bare words half the proof must come from the words themselves: other names for them may
    be too wide. None when nearly all are proven, since a corpus that is the topic itself shows
    no contrast.
    """
    if len(known) < SMALLEST:
        return {}
    proof = {paper_id: _proof(one.evidence) for paper_id, one in known.items()}
    if not (topic.phrases or topic.signs):
        literal = _reader(query(topic, literal=True), statistics)
        for paper_id, one in known.items():
            if proof[paper_id]:
                proof[paper_id] = (
                    proof[paper_id] + _proof(literal.evidence(one.text))
                ) / 2
    sure = sorted(
        (paper_id for paper_id in proof if proof[paper_id] >= SEED),
        key=lambda it: (-proof[it], it),
    )
    if not SEEDS <= len(sure) <= NARROW * len(proof):
        return {}
    return {paper_id: proof[paper_id] ** 2 for paper_id in sure[:SEEDS_MOST]}


def _proof(evidence: Evidence) -> float:
    """The title counts most: it names what a paper is about."""
    return (
        0.5 * evidence.title
        + 0.2 * evidence.best
        + 0.15 * evidence.strength
        + 0.15 * evidence.whole
    )


def _verdict(frame: Frame, paper: Paper, taste: Taste) -> Verdict:
    known = frame.look(paper)
    likeness = frame.likeness(known)
    lesson = frame.lesson.shift(known.vector)
    taken = taste.of_authors(paper.authors)
    odds = (
        frame.scale.odds(known.evidence, likeness)
        - AGAINST * known.evidence.against
        + lesson
        + taken.shift
    )
    score = 1 / (1 + math.exp(-odds))
    rated = frame.lesson.rated.get(paper.id, "")
    if rated:
        score = (
            max(score, RATED_KEEP) if rated == "keep" else min(score, 1 - RATED_KEEP)
        )
    score = round(score, 4)
    reasons = _reasons(known.evidence, likeness, lesson, rated)
    return Verdict(
        paper.id,
        frame.topic.name,
        score,
        score >= frame.topic.threshold,
        reasons + taken.reasons,
    )


def _reasons(
    evidence: Evidence, likeness: float, lesson: float, rated: str
) -> tuple[Reason, ...]:
    """What the verdict rests on, the strongest first."""
    found = [Reason("rated", rated, 1.0 if rated == "keep" else -1.0)] if rated else []
    found += [Reason("title", text) for text in evidence.in_title[:MOST_TOLD]]
    rest = [text for text in evidence.elsewhere if text not in evidence.in_title]
    found += [Reason("abstract", text) for text in rest[:MOST_TOLD]]
    if not found and evidence.mentioned:
        found.append(Reason("mention", evidence.mentioned[0]))
    if likeness >= ALIKE:
        found.append(Reason("similar", weight=likeness))
    found += [Reason("exclude", text, -1.0) for text in evidence.excluded[:MOST_TOLD]]
    if abs(lesson) >= WORTH_SAYING:
        found.append(Reason("ratings", weight=lesson))
    return tuple(found)
