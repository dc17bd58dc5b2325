"""What ratings do at the decision: F1 of each graded topic before and after them.

python bench/rating_effect.py [--ratings 20] [--draws 3]

Ratings are drawn from the papers on topic and those off topic that score highest; F1 is over the
papers that were not drawn.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.build_background import RECORDS, newest
from bench.fit_relevance import graded_topics
from pipeline.paper import Paper, Topic
from pipeline.screen.learning.ratings import Ratings, make_rating
from pipeline.screen.terms.background import shipped_background
from pipeline.screen.terms.corpus import Corpus
from pipeline.screen.terms.paper_text import PaperText
from pipeline.screen.topic_ranker import TopicRanker

AT = datetime(2026, 1, 1, tzinfo=UTC)
HARD = 40
"""Papers off topic that may be drawn, or three times as many as are on topic."""


def f1(kept: set[str], on: set[str], off: set[str]) -> float:
    good = len(kept & on)
    return 2 * good / max(1, good + len(kept & off) + len(on))


def effect(
    corpus: Corpus,
    name: str,
    on: set[str],
    off: set[str],
    count: int,
    draws: int,
) -> list[tuple[float, float]]:
    """F1 before and after, a pair a draw."""
    papers = {text.paper.id: text.paper for text in corpus.texts}
    topic, everything = Topic(name, configured=False), list(papers.values())
    before = {
        one.paper_id: one
        for one in TopicRanker(topic, corpus).judge(everything)
    }
    hard = sorted(off, key=lambda one: (-before[one].score, one))[
        : max(HARD, 3 * len(on))
    ]
    found = []
    for draw in range(draws):
        drawn = set(random.Random(draw).sample(sorted(on) + hard, count))
        after = TopicRanker(
            topic, corpus, rated(papers, name, drawn, on)
        ).judge(everything)
        kept = {one.paper_id for one in before.values() if one.keep}
        taught = {one.paper_id for one in after if one.keep}
        if on - drawn:
            rest = on - drawn, off - drawn
            found.append((f1(kept, *rest), f1(taught, *rest)))
    return found


def rated(
    papers: dict[str, Paper], name: str, drawn: set[str], on: set[str]
) -> Ratings:
    choices = ((one, "keep" if one in on else "skip") for one in sorted(drawn))
    return Ratings(
        tuple(
            make_rating(papers[one], name, choice, AT)
            for one, choice in choices
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--ratings", type=int, default=20)
    parser.add_argument("--draws", type=int, default=3)
    args = parser.parse_args()
    texts = [PaperText(paper) for paper in newest(RECORDS)]
    corpus = Corpus(texts, shipped_background(), learn=True)
    ids = [text.paper.id for text in texts]
    table = []
    for name, _, on, unsure in graded_topics(ids):
        off = set(ids) - on - unsure
        pairs = effect(corpus, name, on, off, args.ratings, args.draws)
        if pairs:
            table.append((mean(a for a, _ in pairs), mean(b for _, b in pairs)))
            worst = min(b - a for a, b in pairs)
            print(
                f"{name:42s} {table[-1][0]:.3f} {table[-1][1]:.3f} least change {worst:+.3f}"
            )
    for label, rows in (
        ("mean", table),
        ("mean of the four worst", sorted(table)[:4]),
    ):
        print(
            f"{label:42s} {mean(a for a, _ in rows):.3f} {mean(b for _, b in rows):.3f}"
        )


if __name__ == "__main__":
    main()
