"""A store of thousands of papers: what a run with nothing new costs, and `arxiv-screen status`.

    python bench/backlog.py [--papers 5000]

The store is filled through the program's own functions: posted papers, their Documents, and
pictures on disk.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import TOPIC, Row
from pipeline.extract.worker import pool
from pipeline.paper import Document, Paper, Verdict
from pipeline.store import Store

POSTS = 100
"""Nights that the papers are spread over."""
BEYOND_API, STATUS = 2.0, 0.5
"""Seconds."""


def fill(out: Path, count: int) -> None:
    """Papers read, reviewed, posted and kept with their pictures, as a year of nights leaves
    them.
    """
    store, (document, pictures) = Store.open(out), _read()
    now = datetime.now(UTC) - timedelta(days=POSTS + 10)
    for night in range(POSTS):
        at = now + timedelta(days=night)
        papers = [
            _paper(night * count // POSTS + number, at)
            for number in range(count // POSTS)
        ]
        with store.database.transaction():
            store.papers.add(papers, at)
            store.papers.judge(
                [Verdict(one.id, TOPIC, 0.9, keep=True) for one in papers],
                at,
            )
            for one in papers:
                store.results.save_document(one.id, one.version, document, at)
            store.posts.plan(TOPIC, at.date(), [(one.id, 1) for one in papers])
            store.posts.done(TOPIC, at.date())
            store.nights.haul(TOPIC, at.date(), len(papers))
        for one in papers:
            folder = out / "papers" / f"{one.slug}-v1"
            folder.mkdir(parents=True)
            for name, picture in pictures.items():
                (folder / name).write_bytes(picture[:100])
    store.coverage.mark(TOPIC, [datetime.now(UTC).date() - timedelta(days=1)])
    store.close()


def _read() -> tuple[Document, dict[str, bytes]]:
    pdf = min(workplace.SMALL.glob("*.pdf")).read_bytes()
    reading = pool.read(pdf, timeout=60, memory=2000, draw=True)
    pool.close()
    return reading.document, dict(reading.pictures)


def _paper(number: int, at: datetime) -> Paper:
    return Paper(
        f"{at:%y%m}.{number:05d}", 1, f"Talking Head Generation, Study {number}", "We animate a talking head.",
        ("Ada Example",), ("cs.CV",), at, at,
    )  # fmt: skip


def measure(count: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace.make_papers(folder, 0)
        fill(folder / "out", count)
        with workplace.arxiv(folder, "--latency", 0.3, "--rate", 3) as arxiv:
            config = workplace.configure(folder, arxiv, output__dir='"out"')
            empty = workplace.configure(
                folder / "empty", arxiv, output__dir='"out"'
            )
            yield "stored papers", count, "", True
            ran = workplace.run(config)
            asked = sum(workplace.stats(arxiv)["counts"].values())
            requests = 0.3 * asked + 3.0 * (asked - 1)
            yield "API requests of a run with nothing new", asked, "", True
            yield "posted", ran.posted, "0", ran.code == 0 and ran.posted == 0
            beyond = ran.seconds - requests
            yield (
                "its seconds beyond them",
                beyond,
                f"<= {BEYOND_API}",
                workplace.in_time(beyond <= BEYOND_API),
            )
            shown = min(_status(config) for _ in range(3))
            yield (
                "screen status, s (best of 3)",
                shown,
                f"<= {STATUS}",
                workplace.in_time(shown <= STATUS),
            )
            workplace.run(empty)
            nothing = min(_status(empty) for _ in range(3))
            yield (
                "  of which starting Python and the like, s",
                nothing,
                "",
                True,
            )


def _status(config: Path) -> float:
    begin = time.perf_counter()
    done = subprocess.run(
        workplace.command(config, "status", "--json"),
        capture_output=True,
        check=True,
        env=workplace.environment(),
    )
    seconds = time.perf_counter() - begin
    json.loads(done.stdout)
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=5000)
    args = parser.parse_args()
    return workplace.show(
        f"A store of {args.papers} papers", measure(args.papers)
    )


if __name__ == "__main__":
    sys.exit(main())
