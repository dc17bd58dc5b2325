"""Read typeset tables inside their boxes: python bench/tables/score_typeset.py FOLDER [--least 0.97]

FOLDER is what typeset_tables.py wrote. Prints the share of numeric cells of which the text, the
heads and the labels are right, and the time of a table; exits with 1 below `--least`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.tables.cell_score import cells_from, score
from pipeline.extract.pdf.page_reader import read_page
from pipeline.extract.tables.structure import read_cells

SPLITS = ("tuning", "kept")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=float, default=0.0)
    args = parser.parse_args()
    worst = 1.0
    for split in SPLITS:
        listed = args.folder / f"{split}.jsonl"
        entries = [json.loads(line) for line in listed.open(encoding="utf-8")]
        worst = min(worst, measure(split, args.folder, entries))
    return int(worst < args.least)


def measure(split: str, folder: Path, entries: list[dict[str, Any]]) -> float:
    """Print and return the share of numeric cells that are right."""
    right = wanted = 0
    seconds = 0.0
    boxed = [entry for entry in entries if entry["bbox"]]
    for entry in boxed:
        page = read_page(
            pymupdf.open(folder / f"{entry['file']}.pdf")[entry["page"] - 1]
        )
        started = time.process_time()
        found = read_cells(page, tuple(entry["bbox"]))
        seconds += time.process_time() - started
        some, all_ = score(cells_from(entry["rows"]), found, entry["stub"])
        right, wanted = right + some, wanted + all_
    share = right / wanted
    each = 1000 * seconds / len(boxed)
    print(
        f"{split}: {len(boxed)} tables, {right}/{wanted} cells = {share:.3f}, {each:.1f} ms"
    )
    return share


if __name__ == "__main__":
    sys.exit(main())
