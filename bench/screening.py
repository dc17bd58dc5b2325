"""How well papers are judged, on the graded records: configured topics, bare words, ratings, time.

python bench/screening.py [--draws 20] [--errors]

The labels of shared/ hold grades for two configured topics; bench/topics.jsonl holds ours for
bare words (ids only). `used`: the constants were fitted on a topic ("tuned"), it was looked at for
confirmation ("held out"), graded after everything was done ("fresh", "development"), or is never
looked at in detail ("kept"). Two readers graded the full abstracts, and what they disagreed on is
borderline; topics marked "one reader" were graded by one, among all records that a generous
search for words of the field found. Topics marked "absent" have no record on topic:
bench/fit_relevance.py counts what is kept of them. Records that are not named there are off topic;
auc is over those that hold at least half of the words.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.common.reason_text import describe_reasons
from pipeline.config_file import load
from pipeline.paper import Paper, Topic, Verdict
from pipeline.screen.learning.ratings import Ratings, make_rating, no_ratings
from pipeline.screen.rank import judge_papers
from pipeline.screen.records import read_record
from pipeline.screen.terms.query_expansion import expand_topic
from pipeline.screen.terms.tokenizer import read_sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GRADED = (
    ("Talking Head", "talking-head"),
    ("Virtual Human / Avatar", "avatar"),
)
AT = datetime(2026, 1, 1, tzinfo=UTC)

Judged = Mapping[str, Verdict]


def lines(path: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def records() -> dict[str, Paper]:
    papers = (
        read_record(record)
        for record in lines(SHARED / "arxiv" / "records.jsonl")
    )
    return {paper.id: paper for paper in papers}


def run(
    topic: Topic, papers: Mapping[str, Paper], ratings: Ratings = no_ratings
) -> Judged:
    return {
        verdict.paper_id: verdict
        for verdict in judge_papers(
            topic, list(papers.values()), ratings=ratings
        )
    }


def auc(judged: Judged, on: Collection[str], off: Collection[str]) -> float:
    pairs = [
        (judged[good].score, judged[bad].score) for good in on for bad in off
    ]
    return sum((good > bad) + 0.5 * (good == bad) for good, bad in pairs) / max(
        1, len(pairs)
    )


def rates(
    judged: Judged, on: Collection[str], off: Collection[str]
) -> tuple[float, float, float]:
    """Recall, precision and their harmonic mean."""
    right = sum(judged[one].keep for one in on)
    wrong = sum(judged[one].keep for one in off)
    recall, precision = right / len(on), right / max(1, right + wrong)
    return (
        recall,
        precision,
        2 * recall * precision / max(1e-9, recall + precision),
    )


def grades_of(
    name: str, papers: Mapping[str, Paper]
) -> tuple[dict[str, int], set[str]]:
    """Grades, and the records that are left out."""
    grades = {
        str(record["id"]): int(str(record["grade"]))
        for record in lines(SHARED / "labels" / f"{name}.jsonl")
    }
    left_out = set(
        (SHARED / "labels" / f"{name}.ungraded.txt")
        .read_text(encoding="utf-8")
        .split()
    )
    return {
        one: grade for one, grade in grades.items() if one in papers
    }, left_out - grades.keys()


def configured(papers: Mapping[str, Paper], draws: int) -> None:
    print(
        f"{'configured topic':42s} {'recall':>7s} {'prec.':>7s} {'auc':>7s}   {'auc, 20 ratings':>15s} {'worst':>8s}"
    )
    for name, file in GRADED:
        grades, left_out = grades_of(file, papers)
        on = [one for one, grade in grades.items() if grade == 2]
        off = [one for one, grade in grades.items() if grade == 0]
        background = [
            one for one in papers if one not in grades and one not in left_out
        ]
        for topic in (
            load().topic(name),
            Topic(name, configured=False),
        ):
            judged = run(topic, papers)
            recall, precision, _ = rates(judged, on, off + background)
            taught, worst = learning(
                topic, papers, judged, on=on, off=off, draws=draws
            )
            label = (
                topic.name if topic.configured else f"{topic.name} (bare words)"
            )
            print(
                f"{label:42s} {recall:7.3f} {precision:7.3f} {auc(judged, on, off):7.4f}   {taught:15.4f} {worst:+8.4f}"
            )


def learning(
    topic: Topic,
    papers: Mapping[str, Paper],
    rules: Judged,
    *,
    on: Sequence[str],
    off: Sequence[str],
    draws: int,
) -> tuple[float, float]:
    """Mean auc on the rest after twenty ratings drawn at random, and the worst change of a draw."""
    after, change = [], []
    for draw in range(draws):
        drawn = set(random.Random(draw).sample(sorted([*on, *off]), 20))
        choices = [
            make_rating(
                papers[one], topic.name, "keep" if one in on else "skip", AT
            )
            for one in sorted(drawn)
        ]
        taught = run(topic, papers, Ratings(tuple(choices)))
        good, bad = (
            [one for one in on if one not in drawn],
            [one for one in off if one not in drawn],
        )
        if good and bad:
            after.append(auc(taught, good, bad))
            change.append(after[-1] - auc(rules, good, bad))
    return mean(after), min(change)


def bare(
    papers: Mapping[str, Paper],
    tell: Callable[[str, Judged, Collection[str], Collection[str]], None],
    *,
    kept: bool,
) -> None:
    print(
        f"\n{'bare words':42s} {'recall':>7s} {'prec.':>7s} {'F1':>7s} {'auc':>7s}   used"
    )
    found: dict[str, list[tuple[float, float]]] = {}
    stems = {
        one: {
            stem
            for sentence in read_sentences(paper)
            for stem in sentence.stems
        }
        for one, paper in papers.items()
    }
    for entry in map(dict, lines(ROOT / "bench" / "topics.jsonl")):
        if not entry["on"] or entry["used"].startswith("kept") != kept:
            continue
        topic = Topic(str(entry["topic"]), configured=False)
        labels: dict[str, Any] = entry
        on = list(map(str, labels["on"]))
        borderline = set(map(str, labels["borderline"]))
        off = [one for one in papers if one not in borderline and one not in on]
        names = [query.words for query in expand_topic(topic)]
        hard = [
            one
            for one in off
            if any(_has_half(words, stems[one]) for words in names)
        ]
        judged = run(topic, papers)
        recall, precision, both = rates(judged, on, off)
        area = auc(judged, on, hard)
        found.setdefault(str(entry["used"]), []).append((both, area))
        print(
            f"{topic.name:42s} {recall:7.3f} {precision:7.3f} {both:7.3f} {area:7.3f}   {entry['used']}"
        )
        tell(topic.name, judged, on, off)
    for used, figures in found.items():
        f1, area = (mean(column) for column in zip(*figures, strict=True))
        print(f"{'mean, ' + used:42s} {'':7s} {'':7s} {f1:7.3f} {area:7.3f}")


def _has_half(words: Sequence[str], stems: Collection[str]) -> bool:
    return 2 * sum(word in stems for word in words) >= len(words)


def say_errors(
    _: str, judged: Judged, on: Collection[str], off: Collection[str]
) -> None:
    for kind, ids in (
        ("missed", [x for x in on if not judged[x].keep]),
        ("kept", [x for x in off if judged[x].keep]),
    ):
        for one in ids:
            print(
                f"    {kind}: {one} {judged[one].score:.2f} {describe_reasons(judged[one].reasons)[:90]}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument(
        "--kept", action="store_true", help="the topics that nobody may tune on"
    )
    args = parser.parse_args()
    papers = records()
    if args.kept:
        bare(papers, lambda *_: None, kept=True)
        return
    began = time.process_time()
    run(load().topic("Talking Head"), papers)
    print(
        f"{len(papers)} records judged in {time.process_time() - began:.2f} s of CPU\n"
    )
    configured(papers, args.draws)
    bare(papers, say_errors if args.errors else lambda *_: None, kept=args.kept)


if __name__ == "__main__":
    main()
