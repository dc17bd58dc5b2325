"""Fit the weights of pipeline/screen/learning/relevance_model.py to the graded topics.

python bench/fit_relevance.py [--background FILE] [--errors TOPIC]

Prints what each topic scores when it is left out of the fit, and the weights fitted to all. The
topics marked "kept" in bench/topics.jsonl are never used.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.build_background import RECORDS, newest
from pipeline.paper import Topic
from pipeline.screen.learning import relevance_model as model
from pipeline.screen.learning.relevance_model import RelevanceModel
from pipeline.screen.terms.background import load_background, shipped_background
from pipeline.screen.terms.corpus import Corpus
from pipeline.screen.terms.paper_text import PaperText
from pipeline.screen.terms.phrase_evidence import no_evidence
from pipeline.screen.topic_ranker import TopicRanker

BENCH = Path(__file__).resolve().parent
LABELS = RECORDS.parent.parent / "labels"
SHARED = (
    ("Talking Head", "talking-head"),
    ("Virtual Human / Avatar", "avatar"),
)
PENALTY = 3.0
"""Ridge penalty on the standardised weights; less fails on corpora of a few hundred papers."""
THRESHOLD = 0.4
"""Chance from which keeping a paper raises F1; it becomes the score 0.5."""

COLUMNS = [5, 6, 9, 10, 11]
"""Figures that are weighed: two likenesses, proof as a share of the best, share of titles, and the
neighbours. The other figures repeat these, and with them the fit does worse on other topics.
"""
ALONE = [0, 1, 2, 3, 4]
"""Figures that are there without likeness."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Graded:
    name: str
    used: str
    figures: Floats
    grades: NDArray[np.int8]
    """1 on topic, 0 off, -1 left out."""
    words: NDArray[np.bool_]
    """Papers that hold any word of the topic."""


def graded_topics(ids: list[str]) -> list[tuple[str, str, set[str], set[str]]]:
    found = []
    for line in (
        (BENCH / "topics.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        entry = json.loads(line)
        if entry["on"] and not entry["used"].startswith("kept"):
            found.append(
                (
                    entry["topic"],
                    entry["used"],
                    set(entry["on"]),
                    set(entry["borderline"]),
                )
            )
    for name, file in SHARED:
        lines = (
            (LABELS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        )
        grades = {
            entry["id"].split("v")[0]: entry["grade"]
            for entry in map(json.loads, lines)
        }
        left = (
            set((LABELS / f"{file}.ungraded.txt").read_text().split())
            - grades.keys()
        )
        on = {one for one, grade in grades.items() if grade == 2}
        unsure = {one for one, grade in grades.items() if grade == 1} | left
        found.append((name, "shared", on, unsure))
    return [
        (name, used, on & set(ids), unsure) for name, used, on, unsure in found
    ]


def kept_of_absent(corpus: Corpus) -> int:
    """How many papers are kept of topics that no record is about; none would be right."""
    texts = (BENCH / "topics.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [text.paper for text in corpus.texts]
    kept = 0
    for entry in map(json.loads, texts):
        if entry["used"] == "absent":
            topic = Topic(entry["topic"], configured=False)
            verdicts = TopicRanker(topic, corpus).judge(papers)
            found = {one.paper_id for one in verdicts if one.keep}
            kept += len(found - set(entry["borderline"]))
    return kept


def measure(
    corpus: Corpus, name: str, used: str, on: set[str], unsure: set[str]
) -> Graded:
    ranker = TopicRanker(Topic(name, configured=False), corpus)
    ids = [text.paper.id for text in corpus.texts]
    grades = [1 if one in on else -1 if one in unsure else 0 for one in ids]
    figures = ranker.figures()
    words = np.array([one is not no_evidence for one in ranker.evidence])
    return Graded(name, used, figures, np.array(grades, dtype=np.int8), words)


def fit(topics: list[Graded], columns: list[int]) -> tuple[float, Floats]:
    """Logistic regression by Newton's method; start and weights for the plain figures."""
    rows, wanted, weights = [], [], []
    for topic in topics:
        used = (topic.grades >= 0) & topic.words
        rows.append(topic.figures[used][:, columns])
        wanted.append(topic.grades[used] == 1)
        weights.append(
            np.full(used.sum(), 3 / np.sqrt((topic.grades == 1).sum()))
        )
    table, target, weight = (
        np.vstack(rows),
        np.hstack(wanted).astype(float),
        np.hstack(weights),
    )
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    plain = np.column_stack([np.ones(len(table)), (table - middle) / spread])
    penalty = np.diag([0.0, *[PENALTY] * (plain.shape[1] - 1)])
    found = np.zeros(plain.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-plain @ found))
        slope = plain.T @ (weight * (target - chance)) - penalty @ found
        curve = (
            plain * (weight * chance * (1 - chance))[:, None]
        ).T @ plain + penalty
        found = found + np.linalg.solve(curve, slope)
    slopes = found[1:] / spread
    offset = float(np.log(THRESHOLD / (1 - THRESHOLD)))
    return float(found[0] - slopes @ middle) - offset, slopes


def f1(topic: Graded, odds: Floats) -> float:
    kept = odds >= 0
    good = int((kept & (topic.grades == 1)).sum())
    bad = int((kept & (topic.grades == 0)).sum())
    return 2 * good / max(1, good + bad + int((topic.grades == 1).sum()))


def best_f1(topic: Graded, odds: Floats) -> float:
    return max(
        f1(topic, odds - bar) for bar in np.unique(odds[topic.grades == 1])
    )


def score(
    topic: Graded, start: float, slopes: Floats, columns: list[int]
) -> Floats:
    odds = start + topic.figures[:, columns] @ slopes
    return np.where(topic.words, odds, model.relevance_limits.never)


def leave_one_out(
    topics: list[Graded], columns: list[int], *, tell: bool
) -> None:
    found = []
    for topic in topics:
        others = [one for one in topics if one is not topic]
        odds = score(topic, *fit(others, columns), columns)
        found.append((f1(topic, odds), best_f1(topic, odds)))
        if tell:
            print(
                f"{topic.name:42s} {topic.used:12s} {found[-1][0]:.3f} {found[-1][1]:.3f}"
            )
    decided, best = zip(*found, strict=True)
    print(
        f"mean F1 {mean(decided):.3f}, at the best threshold {mean(best):.3f}, least {min(decided):.3f}"
    )


def show(name: str, topics: list[Graded], columns: list[int]) -> None:
    start, slopes = fit(topics, columns)
    weights = dict(zip(columns, slopes.round(2).tolist(), strict=True))
    row = [weights.get(column, 0.0) for column in range(12)]
    evidence, likeness = tuple(row[:5]), tuple(row[5:11])
    if columns == ALONE:
        likeness = ()
    found = RelevanceModel(
        round(start, 2), evidence, likeness, neighbours=row[11]
    )
    print(f"{name} = {found}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--background", type=Path)
    args = parser.parse_args()
    background = (
        load_background(args.background.read_bytes())
        if args.background
        else shipped_background()
    )
    corpus = Corpus(
        [PaperText(paper) for paper in newest(RECORDS)], background, learn=True
    )
    ids = [text.paper.id for text in corpus.texts]
    topics = [measure(corpus, *graded) for graded in graded_topics(ids)]
    leave_one_out(topics, COLUMNS, tell=True)
    leave_one_out(topics, ALONE, tell=False)
    print(f"{kept_of_absent(corpus)} papers kept of topics that are not there")
    show("bare", topics, COLUMNS)
    show("bare_alone", topics, ALONE)


if __name__ == "__main__":
    main()
