"""Train the learned half of the leak check: `python bench/train_leaks.py [--write] [--errors]`.

Reads bench/leak_lines/*.jsonl, one file a writer, and, where the shared data is present, real
lines (../shared/replies) and sentences of arXiv abstracts as lines without a leftover. Leaves
out one writer after another, trains on the others and prints what is found of the one left out.
--write trains on all and writes pipeline/summarize/leakage/classifier.json. The lines of
tests/summarize/leakage/lines.jsonl, a tenth of each writer's and more, are never trained on.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
import time
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.common.sentences import split_sentences
from pipeline.summarize.leakage import classifier, rules
from pipeline.summarize.leakage.classifier import LeakModel, clauses, grams

SHARED = ROOT.parent / "shared"
WEIGHTS = ROOT / "pipeline" / "summarize" / "leakage" / "classifier.json"
STRENGTH = 30.0
"""C of the regression; 10 and 100 are no better."""
CLAUSE = 0.5
"""Worth of a clause in training, where a line has 1."""
ABSTRACT = 0.3
"""Worth of a sentence of an abstract: there are many, and they are alike."""
ABSTRACTS = 12
"""One abstract in so many is trained on, the others are there to measure."""
SEEN = 2
"""Texts that a run of letters occurs in at least."""
KEPT = 40_000
"""Weights that are shipped, the largest."""
LEVELS = 127
NOTICE = ("written", "extracted", "careful")
"""Words of the notice that talks to the reader on purpose."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    label: str
    """leak, mixed (content and a leftover) or ok."""
    source: str
    plain: str
    worth: float = 1.0

    @property
    def bad(self) -> bool:
        return self.label != "ok"


def read(path: Path, source: str) -> list[Line]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [line_of(row["text"], row["label"], source) for row in rows]


def line_of(text: str, label: str, source: str, worth: float = 1.0) -> Line:
    return Line(
        text, label, source, rules.unquoted(rules.plain_markdown(text)), worth
    )


def all_lines() -> list[Line]:
    lines = [
        line
        for path in sorted(
            Path(__file__).with_name("leak_lines").glob("*.jsonl")
        )
        for line in read(path, path.stem)
    ]
    real = SHARED / "replies" / "lines.jsonl"
    return lines + (read(real, "real lines") if real.exists() else [])


def labels() -> list[Line]:
    """The words that our own posts are set in."""
    files = sorted((ROOT / "pipeline" / "render" / "words").glob("*.toml"))
    words = [
        pair
        for path in files
        for pair in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]
    return [
        line_of(text, "ok", "labels")
        for key, text in words
        if isinstance(text, str) and key not in NOTICE
    ]


def abstracts(trained_on: bool) -> list[Line]:
    """What posts quote of arXiv: sentences, titles and authors of the records that are trained
    on, or of the others.
    """
    path = SHARED / "arxiv" / "records.jsonl"
    rows = (
        map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if path.exists()
        else ()
    )
    chosen = (
        row
        for row in rows
        if (zlib.crc32(row["id"].encode()) % ABSTRACTS == 0) == trained_on
    )
    return [
        line_of(text, "ok", "abstracts", ABSTRACT)
        for row in chosen
        for text in quoted(row)
    ]


def stand_in() -> list[Line]:
    """Statements as ../shared's stand-in for a model writes them about records: short ones that
    name two things, such as every model writes.
    """
    tool = SHARED / "tools" / "llm_server.py"
    records = SHARED / "arxiv" / "records.jsonl"
    if not tool.exists() or not records.exists():
        return []
    frames = runpy.run_path(str(tool))["FRAMES"]
    rows = map(json.loads, records.read_text(encoding="utf-8").splitlines())
    words = [row["title"].split() for row in rows]
    pairs = [(one[0], one[-1]) for one in words[::ABSTRACTS] if one]
    return [
        line_of(f"{frame.format(a=a, b=b)}。", "ok", "stand-in", ABSTRACT)
        for frame, (a, b) in zip(cycle(frames), pairs, strict=False)
    ]


def quoted(row: dict[str, Any]) -> Iterator[str]:
    """Lines of a post that come from a record."""
    yield from split_sentences(row["abstract"])
    yield from (
        f"## {row['title']}",
        f"1. **Title**: {row['title']}",
        row["title"],
    )
    names = ", ".join(row["authors"])
    yield from (
        f"**Authors:{names}**",
        f"2. Authors: {names}",
        *row["authors"][:2],
    )


def train(lines: Sequence[Line]) -> LeakModel:
    """First on whole lines, then also on the clauses that this first model finds guilty."""
    texts = [line.plain for line in lines]
    bad = [line.bad for line in lines]
    worth = [line.worth for line in lines]
    first = fit(texts, bad, worth)
    for line in lines:
        parts = clauses(line.plain)
        if not parts:
            continue
        chosen = guilty(parts, line.label, first) if line.bad else parts
        texts += chosen
        bad += [line.bad] * len(chosen)
        worth += [CLAUSE * line.worth] * len(chosen)
    return fit(texts, bad, worth)


def guilty(parts: list[str], label: str, by: LeakModel) -> list[str]:
    """The clauses that are taken for a leftover: the worst of a mixed line, all doubtful ones
    of others.
    """
    scores = [by.score(part) for part in parts]
    return [
        part
        for part, score in zip(parts, scores, strict=True)
        if score == max(scores) or (label == "leak" and score > 0)
    ]


def fit(
    texts: Sequence[str], bad: Sequence[bool], worth: Sequence[float]
) -> LeakModel:
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=grams, binary=True, min_df=SEEN)
    found = vectorizer.fit_transform(texts).astype(float)
    yes, weight = np.array(bad), np.array(worth)
    ratio = np.sqrt(np.abs(log_ratio(found, yes, weight)))
    sizes = np.array([len(grams(text)) for text in texts]) ** -0.5
    scaled = sparse.diags(sizes) @ found @ sparse.diags(ratio)
    regression = LogisticRegression(
        C=STRENGTH,
        class_weight="balanced",
        solver="liblinear",
        max_iter=3000,
        random_state=0,
    ).fit(scaled, yes, sample_weight=weight)
    return compact(
        vectorizer.get_feature_names_out(),
        ratio * regression.coef_[0],
        float(regression.intercept_[0]),
    )


def log_ratio(found: Any, bad: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """How much oftener each feature stands in leftovers than in fine lines, in logarithms."""
    counts = [found[kind].T @ worth[kind] + 0.5 for kind in (bad, ~bad)]
    return np.log(counts[0] / counts[0].sum()) - np.log(
        counts[1] / counts[1].sum()
    )


def compact(
    names: Sequence[str], weights: np.ndarray, bias: float
) -> LeakModel:
    """The model with its largest weights alone, as small whole numbers."""
    order = np.argsort(-np.abs(weights), kind="stable")[:KEPT]
    scale = float(np.abs(weights).max()) / LEVELS
    units = np.rint(weights / scale).astype(int)
    kept = sorted((str(names[at]), int(units[at])) for at in order if units[at])
    return LeakModel(dict(kept), round(scale, 6), round(bias, 4))


# ---- the table
# ---------------------------------------------------------------------------------------------------


def row(name: str, lines: Sequence[Line], scores: Sequence[float]) -> str:
    cells = []
    for way in (by_patterns, by_model, by_both):
        for kind in (True, False):
            these = [
                way(line, score)
                for line, score in zip(lines, scores, strict=True)
                if line.bad == kind
            ]
            cells.append(
                f"{100 * sum(these) / len(these):6.1f} %"
                if these
                else "        "
            )
    return f"{name:12s} {len(lines):6d}  " + "  ".join(cells)


def by_patterns(line: Line, _score: float) -> bool:
    return rules.patterned(rules.plain_markdown(line.text)) is not None


def by_model(_line: Line, score: float) -> bool:
    return score > rules.leak_odds.alone


def by_both(line: Line, score: float) -> bool:
    found = rules.patterned(rules.plain_markdown(line.text))
    return (
        score > rules.leak_odds.alone
        if found is None
        else found.sure or score > rules.leak_odds.backed
    )


def judged(lines: Iterable[Line], by: LeakModel) -> list[float]:
    return [classifier.judge(line.plain, by)[0] for line in lines]


def leave_out(
    lines: Sequence[Line], negatives: Sequence[Line]
) -> dict[str, tuple[list[Line], list[float]]]:
    """For each source: its lines and their scores by a model that was trained on the others."""
    result = {}
    for source in dict.fromkeys(line.source for line in lines):
        others = [line for line in lines if line.source != source]
        own = [line for line in lines if line.source == source]
        result[source] = (own, judged(own, train([*others, *negatives])))
    return result


def write(model: LeakModel) -> None:
    data = {"bias": model.bias, "scale": model.scale, "weights": model.weights}
    WEIGHTS.write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    lines = all_lines()
    negatives = [*labels(), *abstracts(trained_on=True), *stand_in()]
    held = read(
        ROOT / "tests" / "summarize" / "leakage" / "lines.jsonl", "held out"
    )
    print(
        f"{'left out':12s} {'lines':>6s}  "
        + "  ".join(f"{name:>18s}" for name in ("patterns", "learned", "both"))
    )
    print(f"{'':12s} {'':6s}  " + "  ".join(["   found     false"] * 3))
    result = leave_out(lines, negatives)
    for source, (own, scores) in result.items():
        print(row(source, own, scores), flush=True)
    everything = [line for own, _ in result.values() for line in own]
    scores = [score for _, some in result.values() for score in some]
    print(row("all", everything, scores))

    if args.errors:
        show_errors(everything, scores)
    started = time.perf_counter()
    final = train([*lines, *negatives])
    print(f"trained on all in {time.perf_counter() - started:.0f} s")
    for name, rest in (
        ("held out", held),
        ("abstracts", abstracts(trained_on=False)),
    ):
        print(row(name, rest, judged(rest, final)))
    if args.write:
        write(final)


def show_errors(lines: Sequence[Line], scores: Sequence[float]) -> None:
    for line, score in zip(lines, scores, strict=True):
        if by_both(line, score) != line.bad:
            hit = "pattern" if by_patterns(line, score) else ""
            print(
                f"{line.source} {line.label} {score:5.2f} {hit} {line.text[:160]}"
            )


if __name__ == "__main__":
    main()
