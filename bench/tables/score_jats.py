"""Read the tables of published papers end to end: python bench/tables/score_jats.py FOLDER [--errors]

FOLDER holds PDFs with their JATS XML beside them, as bench/reading.py reads them: publishers mark
up the cells of their tables. Tables are found by their labels. Prints the share of numeric cells
of which the text, the heads and the label of the row are right. A publisher's markup is not the
print: heads may be split over cells that are one in print, so the figure is a lower bound.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.tables.cell_score import Fact, facts
from pipeline.errors import UnreadablePdf
from pipeline.extract.reader import read_pdf
from pipeline.extract.tables.table_csv import Cells
from pipeline.paper import Cell, Document

DOTS = str.maketrans("⋅•∙", "···")
SHOWN = 4
"""Wrong cells of a table that are printed."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", default="", help="names of papers, by commas")
    args = parser.parse_args()
    only = set(filter(None, args.only.split(",")))
    right = wanted = tables = 0
    for pdf in sorted(args.folder.glob("*.pdf")):
        if only and pdf.stem not in only:
            continue
        for label, some, all_ in _scores(pdf, errors=args.errors):
            right, wanted, tables = right + some, wanted + all_, tables + 1
            if args.errors and some < all_:
                print(f"{pdf.stem} {label}: {some}/{all_}")
    share = right / (wanted or 1)
    print(f"{tables} tables, {right}/{wanted} cells = {share:.3f}")
    return 0


def _scores(pdf: Path, *, errors: bool) -> Iterator[tuple[str, int, int]]:
    truth = dict(tables_of(pdf.with_suffix(".xml")))
    try:
        document = read_pdf(pdf).document if truth else None
    except UnreadablePdf:
        return
    for label, cells in truth.items():
        found = _table(document, label) if document else ()
        want, have = _folded(cells), _folded(found)
        if want:
            yield label, (want & have).total(), want.total()
        if errors and want - have:
            _show(want - have, have - want)


def _folded(cells: Cells) -> Counter[Fact]:
    """Facts without the differences of capitals and of the dot of products."""
    return Counter(
        (
            text.translate(DOTS).lower(),
            heads.translate(DOTS).lower(),
            labels.translate(DOTS).lower(),
        )
        for text, heads, labels in facts(cells, 1)
    )


def _show(missed: Counter[Fact], wrong: Counter[Fact]) -> None:
    for sign, cells in (("-", missed), ("+", wrong)):
        for cell in list(cells)[:SHOWN]:
            print("   ", sign, cell)


def _table(document: Document, label: str) -> Cells:
    for figure in document.figures:
        if figure.kind == "table" and figure.label == label:
            return figure.cells
    return ()


def tables_of(path: Path) -> Iterator[tuple[str, Cells]]:
    """The tables of a JATS file that are marked up, by their numbers."""
    for wrap in ET.parse(path).getroot().iter("table-wrap"):
        label = "".join(_texts(wrap.find("label")))
        number = re.search(r"\d+|[IVX]+$", label)
        tables = list(wrap.iter("table"))
        if number and len(tables) == 1 and tables[0].find("thead") is not None:
            yield number[0], tuple(_rows(tables[0]))


def _rows(table: ET.Element) -> Iterator[tuple[Cell, ...]]:
    for part in table:
        for row in part.iter("tr"):
            yield tuple(_cell(cell, head=part.tag == "thead") for cell in row)


def _cell(cell: ET.Element, *, head: bool) -> Cell:
    return Cell(
        " ".join("".join(_texts(cell)).split()),
        int(cell.get("rowspan") or 1),
        int(cell.get("colspan") or 1),
        head,
    )


def _texts(element: ET.Element | None) -> Iterator[str]:
    """The texts of an element, without the sources of formulas."""
    if element is None:
        return
    yield element.text or ""
    for child in element:
        if child.tag == "break":
            yield " "
        elif not child.tag.endswith(("annotation", "tex-math")):
            yield from _texts(child)
        yield child.tail or ""


if __name__ == "__main__":
    sys.exit(main())
