"""How long reading a paper takes, next to bare PyMuPDF (`get_text`, `get_drawings`) of the same
pages in one process.

    python bench/extraction_time.py [FOLDER or PDF …] [--draw]

Without arguments it reads ../shared/corpus/pdfs. Each paper is read twice and the second
reading counts, so that fonts and code are loaded for both sides alike. Processor time is
measured, since other work on the machine stretches the clock's. Limits: reading at most 2 x
bare, pictures at most 2 x reading. Exit 1 when one is passed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.errors import UnreadablePdf
from pipeline.extract.reader import read_pdf

CORPUS = (
    Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "pdfs"
)
LIMIT = 2.0


def bare(path: Path) -> float:
    """Seconds that PyMuPDF takes for the text and the drawings of all pages."""
    document = pymupdf.open(path)
    started = time.process_time()
    for page in document:
        page.get_text()
        page.get_drawings()
    return time.process_time() - started


def timed(path: Path, *, draw: bool) -> tuple[int, float]:
    """Pages, and seconds of the second of two readings."""
    read_pdf(path, draw=draw)
    started = time.process_time()
    pages = read_pdf(path, draw=draw).document.pages
    return pages, time.process_time() - started


def measure(path: Path, *, draw: bool) -> tuple[int, float, float, float]:
    """Pages, seconds of reading, of bare PyMuPDF, and of the pictures."""
    pages, reading = timed(path, draw=False)
    pictures = max(0.0, timed(path, draw=True)[1] - reading) if draw else 0.0
    bare(path)
    return pages, reading, bare(path), pictures


def row(
    name: str, pages: int, reading: float, plain: float, pictures: float
) -> str:
    per = 1000 / max(1, pages)
    ratio, drawn = reading / max(plain, 1e-9), pictures / max(reading, 1e-9)
    return f"{name:40} {pages:5} {reading * per:9.1f} {plain * per:9.1f} {ratio:7.2f} {pictures * per:9.1f} {drawn:7.2f}"


def main() -> int:
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
        print(
            f"no papers in {', '.join(map(str, args.paths))}", file=sys.stderr
        )
        return 2
    print(
        f"{'paper':40} {'pages':>5} {'ms/page':>9} {'bare':>9} {'ratio':>7} {'pictures':>9} {'ratio':>7}"
    )
    total = [0.0, 0.0, 0.0, 0.0]
    for paper in papers:
        try:
            figures = measure(paper, draw=args.draw)
        except (UnreadablePdf, pymupdf.FileDataError) as error:
            print(f"{paper.stem:40} {error}")
            continue
        total = [a + b for a, b in zip(total, figures, strict=True)]
        print(row(paper.stem, *figures))
    pages, reading, plain, pictures = total
    print(row("all", int(pages), reading, plain, pictures))
    return int(reading > LIMIT * plain or pictures > LIMIT * reading)


if __name__ == "__main__":
    sys.exit(main())
