"""Measure reviews without a model, by a reader's grades: `python bench/extractive.py sheet|count`.

sheet PDF … [--known SHEET …] [--read FOLDER] [--kept | --tuning]
    prints every statement of the papers' extractive reviews, with the item it stands under:

        ## paper.pdf: Title
        [ ] 6(1) Background, p1 | Sentence of the paper.

    A reader puts a letter into each pair of brackets. `--known` fills in the grades that
    older sheets gave to the same statement under the same item. Papers are divided by a hash
    of their name: a third is kept from whoever writes rules (`--kept`, to be looked at once).
count SHEET …
    counts the letters by item, and tells how many lines have none:

        o  sensible alone, right item
        s  senseless alone: a fragment, furniture, "this" or "it" that nothing explains
        w  sensible, but it does not answer its item
        f  others' work told as the paper's own

    `s` and `f` are also wrong for their item; each line has one letter, the worst that fits
    (f, s, w).
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.errors import ReviewIncomplete
from pipeline.paper import Document, Paper, Review
from pipeline.reading_log.weekly import gist
from pipeline.render.html.review_sections import review_sections
from pipeline.render.pages.view_models import main_result
from pipeline.review_fields import BY_KEY
from pipeline.summarize.extractive.summarizer import summarize_extractively

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LINE = re.compile(
    r"\[(?P<grade>.?)\] (?P<item>[^|]*?)(?:, p\d+)? \| (?P<text>.*)"
)
GRADES = "oswf"

Line = tuple[str, int | None, str]
"""The item, the page and the text of a statement."""


def is_kept(name: str) -> bool:
    """Tell whether a paper is kept from whoever writes rules: one in three."""
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def read_document(path: Path, folder: Path) -> Document:
    """Read a PDF, once for each folder of pickles."""
    from pipeline.extract.worker.pool import read

    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{path.name}.pickle"
    if not place.exists():
        reading = read(path.read_bytes(), timeout=120, memory=2000, draw=False)
        place.write_bytes(pickle.dumps(reading.document))
    document: Document = pickle.loads(place.read_bytes())
    return document


def review_of(name: str, document: Document) -> tuple[Paper, Review]:
    """Review a paper as `arxiv-screen read FILE` does without a model."""
    title, abstract = document.title, document.abstract
    paper = Paper(name, 0, title, abstract, document.authors, (), NOW, NOW)
    return paper, summarize_extractively(paper, document, "en")


def lines_of(paper: Paper, review: Review) -> Iterator[Line]:
    """All that a reader is shown of a review, in the order of a post."""
    main = main_result(review)
    if main:
        yield "Main number", main.page, main.text
    yield "Weekly line", None, gist(review, paper.abstract)
    aspects = {one.text: one.aspect for one in review.availability}
    for section in review_sections(review):
        for one in section.statements:
            aspect = aspects.get(one.text, "")
            about = f": {aspect}" if section.key == "availability" else ""
            yield f"{_label(section.key)}{about}", one.page, one.text


def _label(key: str) -> str:
    """The item of the format and its name: "6(1) Background"."""
    field = BY_KEY[key]
    return f"{field.item} {field.label('en')}".strip()


def grades_of(sheets: Iterable[Path]) -> Iterator[tuple[str, str, str, str]]:
    """Paper, item, statement and grade of each line of the sheets."""
    for sheet in sheets:
        paper = ""
        for line in sheet.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                paper = line.removeprefix("## ").partition(": ")[0]
            found = LINE.fullmatch(line)
            if found:
                yield paper, found["item"], found["text"], found["grade"]


def print_sheet(pdfs: list[Path], known: list[Path], folder: Path) -> None:
    """Print the statements of all papers, graded as far as grades are known."""
    given = {
        (paper, item, text): grade
        for paper, item, text, grade in grades_of(known)
    }
    for pdf in pdfs:
        document = read_document(pdf, folder)
        print(f"\n## {pdf.name}: {document.title}")
        try:
            paper, review = review_of(pdf.name, document)
        except ReviewIncomplete as error:
            print(f"no review: {error}")
            continue
        for item, page, text in lines_of(paper, review):
            grade = given.get((pdf.name, item, text), " ")
            where = f", p{page}" if page else ""
            print(f"[{grade}] {item}{where} | {text}")


def print_count(sheets: list[Path]) -> None:
    """Print by item how many statements have which grade, and the shares of all."""
    counts: dict[str, Counter[str]] = {}
    for _, item, _, grade in grades_of(sheets):
        counts.setdefault(item, Counter())[grade] += 1
    total: Counter[str] = Counter()
    for item, found in counts.items():
        total += found
        print(_row(item, found))
    print(_row("all", total))
    graded = sum(total[grade] for grade in GRADES)
    for grade, meaning in zip(
        "swf", ("senseless", "wrong item", "others' work"), strict=True
    ):
        print(f"{meaning:14} {total[grade] / max(1, graded):.3f}")
    if graded < total.total():
        print(f"without a grade: {total.total() - graded}")


def _row(item: str, found: Counter[str]) -> str:
    numbers = "  ".join(f"{grade} {found[grade]:4}" for grade in GRADES)
    return f"{item:40} {found.total():4}  {numbers}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = parser.add_subparsers(dest="task", required=True)
    sheet = tasks.add_parser("sheet")
    sheet.add_argument("pdfs", nargs="+", type=Path)
    sheet.add_argument("--known", nargs="*", type=Path, default=[])
    sheet.add_argument(
        "--read",
        type=Path,
        default=Path(tempfile.gettempdir()) / "extractive-bench",
    )
    half = sheet.add_mutually_exclusive_group()
    half.add_argument("--kept", action="store_true")
    half.add_argument("--tuning", action="store_true")
    tasks.add_parser("count").add_argument("sheets", nargs="+", type=Path)
    given = parser.parse_args()
    if given.task == "count":
        print_count(given.sheets)
        return
    wanted = [
        pdf
        for pdf in given.pdfs
        if not (given.kept or given.tuning) or is_kept(pdf.name) == given.kept
    ]
    print_sheet(wanted, given.known, given.read)


if __name__ == "__main__":
    main()
