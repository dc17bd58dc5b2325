"""Is this paper about this topic? A score from 0 to 1 for each paper, with its reasons."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.garbage_collection import collector_paused
from pipeline.paper import Paper, Topic, Verdict
from pipeline.screen.learning.ratings import Ratings, no_ratings
from pipeline.screen.preferences import Taste, no_taste
from pipeline.screen.terms.background import Background, shipped_background
from pipeline.screen.terms.corpus import Corpus, PaperReader
from pipeline.screen.terms.paper_text import PaperText
from pipeline.screen.topic_ranker import TopicRanker, ranking_limits


@collector_paused()
def judge_papers(
    topic: Topic,
    papers: Sequence[Paper],
    *,
    ratings: Ratings = no_ratings,
    taste: Taste = no_taste,
    background: Sequence[Paper] = (),
    statistics: Background | None = None,
) -> list[Verdict]:
    """Judge papers against a topic, in their order. The same input gives the same verdicts.

    Args:
        topic: configured with phrases, or bare words.
        papers: what is judged, from one to many thousands.
        ratings: what the reader kept and skipped before.
        taste: authors to boost or to mute.
        background: papers seen before, on topic or not: they show what the topic's papers share.
        statistics: how common terms are; those that travel with the program by default.
    """
    texts = map(
        PaperText,
        sample_papers(topic, papers, background, ratings),
    )
    corpus = Corpus(texts, statistics or shipped_background(), learn=True)
    return TopicRanker(topic, corpus, ratings).judge(papers, taste)


class MultiTopicJudge:
    """Judges topic after topic; each record is read once for all of them."""

    def __init__(
        self,
        statistics: Background,
        ratings: Ratings,
        taste: Taste,
    ) -> None:
        self._statistics = statistics
        self._ratings = ratings
        self._taste = taste
        self._reader = PaperReader()
        self._corpus = Corpus((), statistics)

    @collector_paused()
    def judge(
        self,
        topic: Topic,
        papers: Sequence[Paper],
        background: Sequence[Paper],
    ) -> list[Verdict]:
        """Judge papers against a topic, in their order."""
        sample = sample_papers(topic, papers, background, self._ratings)
        texts = tuple(self._reader.read(sample))
        if texts != self._corpus.texts:
            self._corpus = Corpus(texts, self._statistics, learn=True)
        return TopicRanker(topic, self._corpus, self._ratings).judge(
            papers, self._taste
        )


def sample_papers(
    topic: Topic,
    papers: Sequence[Paper],
    background: Sequence[Paper],
    ratings: Ratings,
) -> list[Paper]:
    """Choose the papers to learn from: evenly spread over all, and those that were rated."""
    everything = {
        (paper.id, paper.version): paper for paper in (*background, *papers)
    }
    known = list(everything.values())
    chosen = known[:: max(1, math.ceil(len(known) / ranking_limits.sample))]
    there = {paper.id for paper in chosen}
    rated = {
        key: one
        for key, one in ratings.about(topic.name).items()
        if key not in there
    }
    missing = [paper for paper in known if paper.id in rated]
    texts = rated.keys() - {paper.id for paper in missing}
    told = [rated[one].as_paper() for one in sorted(texts) if rated[one].title]
    return [*chosen, *missing, *told]
