"""What ratings do at the decision: F1 of each graded topic before and after them.

python bench/rating_effect.py [--ratings 20] [--draws 3]

Ratings are drawn as readers give them: from the top of the list and near the line. F1 is over the
papers that were not rated, which is what ratings teach, and over all, which is what a reader sees.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
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
TOP, NEAR = 30, 30
"""Papers that are rated: some of so many best ones, and some of so many nearest to the line."""
FROM_TOP = 0.4
"""Share of the ratings that is given to the best ones."""


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
) -> list[tuple[float, float, float, float]]:
    """F1 before and after on the papers that were not rated, and on all of them; a row a draw."""
    papers = {text.paper.id: text.paper for text in corpus.texts}
    topic, everything = Topic(name, configured=False), list(papers.values())
    judged = TopicRanker(topic, corpus).judge(everything)
    before = {one.paper_id for one in judged if one.keep}
    scores = {
        one.paper_id: one.score for one in judged if one.paper_id in on | off
    }
    found = []
    for draw in range(draws):
        drawn = draw_as_readers_rate(scores, count, draw)
        ratings = rated(papers, name, drawn, on)
        taught = TopicRanker(topic, corpus, ratings).judge(everything)
        after = {one.paper_id for one in taught if one.keep}
        rest = on - drawn, off - drawn
        if rest[0]:
            unseen = f1(before, *rest), f1(after, *rest)
            found.append((*unseen, f1(before, on, off), f1(after, on, off)))
    return found


def draw_as_readers_rate(
    scores: dict[str, float], count: int, seed: int
) -> set[str]:
    """Draw papers from the top of the list and from those near the line."""
    chance = random.Random(seed)
    best = sorted(scores, key=lambda one: (-scores[one], one))[:TOP]
    top = set(chance.sample(best, round(count * FROM_TOP)))
    doubtful = sorted(scores, key=lambda one: (abs(scores[one] - 0.5), one))
    near = [one for one in doubtful[:NEAR] if one not in top]
    return top | set(chance.sample(near, min(len(near), count - len(top))))


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
    print(f"{'':46s} papers not rated       all papers")
    for name, _, on, unsure in graded_topics(ids):
        off = set(ids) - on - unsure
        rows = effect(corpus, name, on, off, args.ratings, args.draws)
        if rows:
            table.append([mean(column) for column in zip(*rows, strict=True)])
            worst = min(row[1] - row[0] for row in rows)
            tell(name, table[-1], f"least change of a draw {worst:+.3f}")
    tell("mean", [mean(column) for column in zip(*table, strict=True)])
    for label, first in (("not rated", 0), ("all", 2)):
        few = sorted(table, key=lambda row: row[first])[:4]
        means = [mean(column) for column in zip(*few, strict=True)]
        tell(f"mean of the four worst, {label}", means)


def tell(label: str, row: Sequence[float], more: str = "") -> None:
    unseen, after, whole, whole_after = row
    print(
        f"{label:46s} {unseen:.3f} -> {after:.3f}   {whole:.3f} -> {whole_after:.3f}  {more}"
    )


if __name__ == "__main__":
    main()
