"""How long reading a paper takes, next to bare PyMuPDF (`get_text`, `get_drawings`) of the same
pages in one process.

    python bench/extraction_time.py [FOLDER or PDF …] [--draw]

Without arguments it reads ../shared/corpus/pdfs. Each paper is read once, so that fonts and
code are loaded for both sides alike, and then three times each way, in turn; the least time
counts. Processor time is measured, since other work on the machine stretches the clock's.
Limits: reading at most 1.75 x bare, without the cells of tables at most 1.55 x, pictures at most
1.2 x reading. Exit 1 when one is passed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import partial
from operator import add, gt
from pathlib import Path
from unittest.mock import patch

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.errors import UnreadablePdf
from pipeline.extract.figures import floats
from pipeline.extract.reader import read_pdf

CORPUS = (
    Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "pdfs"
)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Times as ratios: what was measured in December 2026 with a margin of a tenth."""

    reading: float = 1.75
    """Of bare PyMuPDF."""
    without_cells: float = 1.55
    """Of bare PyMuPDF."""
    pictures: float = 1.2
    """Of reading."""


limits = TimeLimits()


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of processor time."""

    pages: int
    bare: float
    without_cells: float
    reading: float
    pictures: float

    def __add__(self, other: Times) -> Times:
        return Times(*(map(add, astuple(self), astuple(other))))

    @property
    def ratios(self) -> TimeLimits:
        """The ratios that have limits."""
        bare, reading = max(self.bare, 1e-9), max(self.reading, 1e-9)
        return TimeLimits(
            self.reading / bare,
            self.without_cells / bare,
            self.pictures / reading,
        )


def read_bare(path: Path) -> None:
    """Ask PyMuPDF for the text and the drawings of all pages."""
    for page in pymupdf.open(path):
        page.get_text()
        page.get_drawings()


def read_without_cells(path: Path) -> None:
    """Read a paper, but no table to its cells."""
    with patch.object(floats, "read_cells", lambda *_, **__: ()):
        read_pdf(path)


def seconds(read: Callable[[Path], object], path: Path) -> float:
    """Processor time of one call."""
    started = time.process_time()
    read(path)
    return time.process_time() - started


def measure(path: Path, *, draw: bool) -> Times:
    """The least time of each way to read a paper."""
    pages = read_pdf(path, draw=draw).document.pages
    ways = [read_bare, read_without_cells, read_pdf]
    if draw:
        ways.append(partial(read_pdf, draw=True))
    rounds = [[seconds(way, path) for way in ways] for _ in range(ROUNDS)]
    bare, without_cells, reading, *drawn = map(min, zip(*rounds, strict=True))
    pictures = max(0.0, drawn[0] - reading) if drawn else 0.0
    return Times(pages, bare, without_cells, reading, pictures)


def row(name: str, times: Times) -> str:
    """A line of the table: milliseconds a page, and ratios."""
    per = 1000 / max(1, times.pages)
    ratios = times.ratios
    return (
        f"{name:40} {times.pages:5} {times.bare * per:7.1f}"
        f" {times.reading * per:8.1f} {ratios.reading:6.2f}"
        f" {times.without_cells * per:8.1f} {ratios.without_cells:6.2f}"
        f" {times.pictures * per:8.1f} {ratios.pictures:6.2f}"
    )


def main() -> int:
    """Print a line for each paper and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument(
        "--draw", action="store_true", help="time the pictures too"
    )
    args = parser.parse_args()
    papers = [
        pdf
        for path in args.paths
        for pdf in (sorted(path.glob("*.pdf")) if path.is_dir() else [path])
    ]
    if not papers:
        paths = ", ".join(map(str, args.paths))
        print(f"no papers in {paths}", file=sys.stderr)
        return 2
    print(
        f"{'paper, ms a page':40} {'pages':>5} {'bare':>7} {'reading':>8}"
        f" {'ratio':>6} {'no cells':>8} {'ratio':>6} {'pictures':>8} {'ratio':>6}"
    )
    total = Times(0, 0.0, 0.0, 0.0, 0.0)
    for paper in papers:
        try:
            times = measure(paper, draw=args.draw)
        except (UnreadablePdf, pymupdf.FileDataError) as error:
            print(f"{paper.stem:40} {error}")
            continue
        total += times
        print(row(paper.stem, times), flush=True)
    print(row("all", total))
    found, allowed = astuple(total.ratios), astuple(limits)
    return int(any(map(gt, found, allowed)))


if __name__ == "__main__":
    sys.exit(main())
