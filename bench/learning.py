"""Do twenty ratings help? The auc on the rest of the graded records before and after, averaged over draws.

python bench/learning.py [--draws 20] [--ratings 20]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.config import load
from pipeline.paper import Paper, Topic
from pipeline.screen.rank import judge
from pipeline.screen.ratings import Ratings, rate
from pipeline.screen.records import read_record

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TOPICS = (
    ("Talking Head", "talking-head", True),
    ("Virtual Human / Avatar", "avatar", True),
    ("talking head", "talking-head", False),
    ("virtual human avatar", "avatar", False),
)


def auc(scores: Mapping[str, float], on: Iterable[str], off: Iterable[str]) -> float:
    pairs = [(scores[good], scores[bad]) for good in on for bad in off]
    return sum((good > bad) + 0.5 * (good == bad) for good, bad in pairs) / len(pairs)


def grades_of(name: str) -> dict[str, int]:
    lines = (SHARED / "labels" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record["grade"] for record in map(json.loads, lines)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--ratings", type=int, default=20)
    args = parser.parse_args()
    lines = (SHARED / "arxiv" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    papers = {paper.id: paper for paper in (read_record(json.loads(line)) for line in lines)}
    print(f"{'topic':28s} {'rules':>7s} {'rated':>7s} {'worst':>8s}   over {args.draws} draws of {args.ratings}")
    for name, file, configured in TOPICS:
        topic = load().topic(name) if configured else Topic(name, configured=False)
        before, after = compare(topic, papers, grades_of(file), args.draws, args.ratings)
        worst = min(new - old for old, new in zip(before, after, strict=True))
        label = name if configured else f"{name} (bare)"
        print(f"{label:28s} {sum(before) / len(before):7.4f} {sum(after) / len(after):7.4f} {worst:+8.4f}")


def compare(
    topic: Topic, papers: Mapping[str, Paper], grades: Mapping[str, int], draws: int, size: int
) -> tuple[list[float], list[float]]:
    some = list(papers.values())
    rules = {verdict.paper_id: verdict.score for verdict in judge(topic, some)}
    before, after = [], []
    for draw in range(draws):
        clear = sorted(paper_id for paper_id, grade in grades.items() if grade != 1 and paper_id in papers)
        drawn = random.Random(draw).sample(clear, size)
        at = datetime(2026, 1, 1, tzinfo=UTC)
        choices = (rate(papers[i], topic.name, "keep" if grades[i] == 2 else "skip", at) for i in drawn)
        taught = {verdict.paper_id: verdict.score for verdict in judge(topic, some, ratings=Ratings(tuple(choices)))}
        rest = [paper_id for paper_id in clear if paper_id not in drawn]
        on, off = [i for i in rest if grades[i] == 2], [i for i in rest if grades[i] == 0]
        if on and off:
            before.append(auc(rules, on, off))
            after.append(auc(taught, on, off))
    return before, after


if __name__ == "__main__":
    main()
