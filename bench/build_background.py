"""Build pipeline/screen/terms/background.npz from arXiv records, whose metadata is CC0.

python bench/build_background.py [RECORDS.jsonl] [--half 0|1] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.paper import Paper
from pipeline.screen.records import read_record
from pipeline.screen.terms.background import (
    SHIPPED,
    build_background,
    dump_background,
)
from pipeline.screen.terms.paper_text import PaperText

RECORDS = (
    Path(__file__).resolve().parent.parent.parent
    / "shared"
    / "arxiv"
    / "records.jsonl"
)


def newest(path: Path) -> list[Paper]:
    """The newest version of each record of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    papers = [read_record(json.loads(line)) for line in lines]
    return list({paper.id: paper for paper in papers}.values())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("records", type=Path, nargs="?", default=RECORDS)
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="every other record only"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED)
    args = parser.parse_args()
    papers = newest(args.records)
    chosen = papers if args.half is None else papers[args.half :: 2]
    background = build_background([PaperText(paper) for paper in chosen])
    args.out.write_bytes(dump_background(background))
    print(f"{len(chosen)} papers, {len(background.terms)} terms: {args.out}")


if __name__ == "__main__":
    main()
