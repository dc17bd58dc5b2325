"""A night beside its bound: how much of the work overlaps.

    python bench/night.py [--papers 60] [--latency 6] [--concurrency 8] [--executor local]

The bound is the slowest lane alone: listings at 3 s, downloads at their gate, reading on all
cores (measured here, with nothing else at work), model calls at their concurrency; and the last
paper's own way. The stand-in writes at random, so that the checks may leave an item of a review
empty: that paper is pending. Exit 1 when something is wrong, 3 when only a time is missed.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row
from pipeline.extract.worker import pool

SLACK = 1.15
FASTER = 5.0
API_INTERVAL, PDF_INTERVAL = 3.0, 1.0
LATENCY = 0.3
"""Seconds before each answer of arXiv."""


def reading_alone(pdfs: list[Path]) -> tuple[float, list[float]]:
    """Wall time of reading them on all cores, and each paper's own seconds."""

    def one(path: Path) -> float:
        begin = time.perf_counter()
        pool.read(path.read_bytes(), timeout=60, memory=2000, draw=True)
        return time.perf_counter() - begin

    begin = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        each = list(threads.map(one, pdfs))
    wall = time.perf_counter() - begin
    pool.close()
    return wall, each


def listings(counts: dict[str, int]) -> int:
    """Requests to the search API, OAI-PMH and the feed."""
    return sum(
        number
        for name, number in counts.items()
        if name.partition(" ")[0] in ("api", "oai", "atom")
    )


def measure(count: int, latency: float, concurrency: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pdfs = workplace.make_papers(folder, count)
        reading, each = reading_alone(pdfs)
        yield f"reading {count} papers alone, s", reading, "", True
        with (
            workplace.arxiv(folder, "--latency", LATENCY, "--rate", 3) as arxiv,
            workplace.server("llm_server.py", "--latency", latency) as model,
        ):
            config = workplace.configure(
                folder, arxiv, model, model__concurrency=str(concurrency)
            )
            ran = workplace.run(config)
            lanes = {
                "listings": API_INTERVAL
                * listings(workplace.stats(arxiv)["counts"]),
                "downloads": PDF_INTERVAL * count,
                "reading": reading,
                "model": math.ceil(count / concurrency) * latency,
            }
            calls = workplace.stats(model)["calls"]
            yield from (
                (f"bound of {lane}, s", seconds, "", True)
                for lane, seconds in lanes.items()
            )
            own = (
                API_INTERVAL
                + 2 * LATENCY
                + max(each)
                + latency * math.ceil(calls / count)
            )
            bound = SLACK * max(lanes.values()) + own
            serial = (
                lanes["listings"]
                + LATENCY * count
                + sum(each)
                + latency * calls
            )
            told = ran.posted + ran.pending
            yield "papers posted", ran.posted, "", ran.posted > count / 2
            yield "posted or pending", told, f"= {count}", told == count
            yield "model calls", calls, "", True
            yield (
                "wall time, s",
                ran.seconds,
                f"<= {SLACK} x {max(lanes.values()):.1f} + {own:.1f}",
                workplace.in_time(ran.seconds <= bound),
            )
            faster = serial / ran.seconds
            yield (
                "times as fast as one after another",
                faster,
                f">= {FASTER}",
                workplace.in_time(faster >= FASTER),
            )
            yield from workplace.politeness(arxiv)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--latency", type=float, default=6.0)
    parser.add_argument("--concurrency", type=int, default=8)
    args = parser.parse_args()
    title = f"A night of {args.papers} papers"
    return workplace.show(
        title, measure(args.papers, args.latency, args.concurrency)
    )


if __name__ == "__main__":
    sys.exit(main())
