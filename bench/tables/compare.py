"""Compare table readers inside the same boxes: python bench/tables/compare.py TRUTH.jsonl PDFS

TRUTH is a list of tables with `file`, `page`, `bbox` and `rows`: FOLDER/kept.jsonl of
typeset_tables.py, or real.jsonl beside this file with the PDFs of ../shared/corpus. Readers that
are not installed are left out: pip install pdfplumber camelot-py.

No library says which rows are heads: each is given the truth's number of them, which is more than
it knows. Figures: the share of numeric cells right with all heads and labels (cell_score.py), and
the seconds of all tables, pages opened and interpreted among them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.tables.cell_score import cells_from, score
from pipeline.extract.pdf.page_reader import read_page
from pipeline.extract.tables.structure import read_cells
from pipeline.extract.tables.table_csv import Cells
from pipeline.paper import BBox, Cell

Reader = Callable[[Path, int, BBox, int], Cells]
Grid = Sequence[Sequence[str | None]]


def ours(pdf: Path, page: int, box: BBox, _: int) -> Cells:
    with pymupdf.open(pdf) as opened:
        return read_cells(read_page(opened[page - 1]), box)


def by_pymupdf(
    pdf: Path, page: int, box: BBox, heads: int, **options: str
) -> Cells:
    with pymupdf.open(pdf) as opened:
        found = (
            opened[page - 1]
            .find_tables(clip=pymupdf.Rect(box), **options)
            .tables
        )
        grids = [table.extract() for table in found]
    return with_heads(max(grids, key=len, default=[]), heads)


def by_pymupdf_text(pdf: Path, page: int, box: BBox, heads: int) -> Cells:
    return by_pymupdf(pdf, page, box, heads, strategy="text")


def by_pdfplumber(pdf: Path, page: int, box: BBox, heads: int) -> Cells:
    import pdfplumber  # type: ignore[import-not-found,unused-ignore]

    with pdfplumber.open(pdf) as opened:
        cropped = opened.pages[page - 1].crop(box, strict=False)
        settings = {"vertical_strategy": "text", "horizontal_strategy": "text"}
        found = cropped.extract_table() or cropped.extract_table(settings) or []
    return with_heads(found, heads)


def by_camelot(pdf: Path, page: int, box: BBox, heads: int) -> Cells:
    import camelot  # type: ignore[import-not-found,unused-ignore]

    with pymupdf.open(pdf) as opened:
        height = opened[page - 1].rect.height
    area = ",".join(
        f"{v:.1f}" for v in (box[0], height - box[1], box[2], height - box[3])
    )
    found = camelot.read_pdf(
        str(pdf), pages=str(page), flavor="stream", table_areas=[area]
    )
    grid = found[0].df.to_numpy().tolist() if len(found) else []
    return with_heads(grid, heads)


def with_heads(grid: Grid, heads: int) -> Cells:
    """Cells of a grid of texts, the first rows of which are heads."""
    return [
        [Cell(" ".join((text or "").split()), head=i < heads) for text in row]
        for i, row in enumerate(grid)
    ]


READERS: dict[str, Reader] = {
    "this reader": ours,
    "PyMuPDF find_tables": by_pymupdf,
    "PyMuPDF find_tables, text": by_pymupdf_text,
    "pdfplumber": by_pdfplumber,
    "camelot stream": by_camelot,
}


def measure(
    read: Reader, entries: Sequence[dict[str, Any]], folder: Path
) -> str:
    right = wanted = failed = 0
    started = time.process_time()
    for entry in entries:
        truth = cells_from(entry["rows"])
        heads = sum(all(cell.head for cell in row) for row in truth)
        try:
            pdf = folder / f"{entry['file']}.pdf"
            found = read(pdf, entry["page"], tuple(entry["bbox"]), heads)
        except ImportError:
            return "not installed"
        except Exception:  # noqa: BLE001 - a library that fails on a table has not read it
            found, failed = [], failed + 1
        some, all_ = score(truth, found, entry["stub"])
        right, wanted = right + some, wanted + all_
    seconds = time.process_time() - started
    return f"{right}/{wanted} = {right / wanted:.3f}, {seconds:.1f} s, {failed} failed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("--split", choices=("tuning", "kept"))
    args = parser.parse_args()
    lines = args.truth.open(encoding="utf-8")
    entries = [entry for entry in map(json.loads, lines) if entry["bbox"]]
    if args.split:
        entries = [entry for entry in entries if entry["split"] == args.split]
    for name, read in READERS.items():
        print(f"{name}: {measure(read, entries, args.pdfs)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
