"""How well titles, abstracts, headings and the order of the text are read, against truth that
publishers and arXiv give.

    python bench/reading.py --pairs FOLDER [--errors]
    python bench/reading.py --records RECORDS.jsonl --pdfs FOLDER [--errors]

FOLDER of `--pairs` holds PDFs with their JATS XML beside them (paper.pdf, paper.xml), as the
open-access subset of PubMed Central hands them out: the same text from another source. RECORDS
are arXiv records with `file` and `abstract`, as in ../shared/arxiv/corpus_records.jsonl.

title, abstract: the letters are alike (similarity at least 0.95); an abstract also begins and
ends with the same words, so that no furniture passes. headings: share of the titles of the
first level that are sections of the first level; other level: share of those that are sections
of another one; unprinted: share of those that no line of the PDF begins with; precision: share of such sections that are
titles of any level, without those of the back matter. order: the share of lines (40 letters of a
paragraph, without formulas) that are found in the text one after the other. Exit 1 below the
limits: abstracts 0.95, order 0.99.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.errors import UnreadablePdf
from pipeline.extract.reader import read_pdf
from pipeline.extract.sections.heading_candidates import SPECIAL
from pipeline.paper import Document, Section

ALIKE = 0.95
"""Similarity from which two texts are the same."""
LINE = 40
"""Letters that are looked for at a time: about a line of a column."""
BEGIN = 20
"""Letters of a title with which a line of the PDF begins when it is printed."""
ENDS = 30
"""Letters of an abstract that must begin and end it."""
LIMITS = {"abstract": 0.95, "order": 0.99}
UNPRINTED = re.compile(
    r"supplement|electronic|supporting information|graphical", re.IGNORECASE
)
"""Titles of sections that publishers add to the XML alone."""
_NAME = re.compile(r"^(abstract|summary)\b[\s:.]*", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d[\d.]*|[IVXL]+|[A-Z])\s?[.:)|]*\s+(\|\s)?")
"""The number of a heading."""
APART = {
    "fig",
    "table-wrap",
    "boxed-text",
    "supplementary-material",
    "fn-group",
    "media",
}
"""Elements of JATS whose text is no running text."""
FORMULAS = {
    "inline-formula",
    "disp-formula",
    "tex-math",
    "{http://www.w3.org/1998/Math/MathML}math",
}


@dataclass
class Truth:
    """What a paper says, from another source than its PDF."""

    title: str = ""
    abstract: str = ""
    headings: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """Every title of the XML, of any level."""
    lines: list[str] = field(default_factory=list)
    """Letters of the running text in order, LINE at a time."""


def letters(text: str) -> str:
    """Letters alone, NFKC, lower case: no digits, since citations are raised numbers in one
    source and bracketed ones in the other.
    """
    return "".join(
        filter(str.isalpha, unicodedata.normalize("NFKC", text).lower())
    )


def alike(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


# ---- truth
def of_jats(path: Path) -> Truth:
    root = ET.parse(path).getroot()
    article = root if root.tag == "article" else root.find(".//article")
    assert article is not None, f"{path} is no JATS"
    body = article.find("body")
    return Truth(
        _text(article.find("front//article-title")),
        _abstract(article),
        [
            _text(s.find("title"))
            for s in article.findall("body/sec")
            if _printed(s)
        ],
        [_text(title) for title in article.iter("title")],
        list(_lines(body)) if body is not None else [],
    )


def _text(element: ET.Element | None) -> str:
    return (
        " ".join("".join(element.itertext()).split())
        if element is not None
        else ""
    )


def _abstract(article: ET.Element) -> str:
    for abstract in article.findall("front//abstract"):
        if not abstract.get("abstract-type"):
            return _NAME.sub("", " ".join(_blocks(abstract)))
    return ""


def _blocks(element: ET.Element) -> Iterator[str]:
    for child in element:
        if child.tag in {"p", "title"}:
            yield _text(child)
        elif _printed(child):
            yield from _blocks(child)


def _printed(section: ET.Element) -> bool:
    return not UNPRINTED.search(_text(section.find("title")))


def _lines(body: ET.Element) -> Iterator[str]:
    for paragraph in _paragraphs(body):
        for piece in _pieces(paragraph):
            run = letters(piece)
            for start in range(0, len(run) - LINE + 1, LINE):
                yield run[start : start + LINE]


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == "p":
            yield child
        elif child.tag not in APART:
            yield from _paragraphs(child)


def _pieces(paragraph: ET.Element) -> list[str]:
    """The text of a paragraph, cut at formulas and at what is set apart."""
    pieces = [""]

    def walk(element: ET.Element) -> None:
        pieces[-1] += element.text or ""
        for child in element:
            if child.tag in APART | FORMULAS:
                pieces.append("")
            else:
                walk(child)
            pieces[-1] += child.tail or ""

    walk(paragraph)
    return pieces


# ---- scores
def abstract_right(truth: str, found: str) -> bool:
    want, have = letters(truth), letters(found)
    return (
        alike(want, have)
        and alike(want[:ENDS], have[:ENDS])
        and alike(want[-ENDS:], have[-ENDS:])
    )


def headings_right(truth: Truth, document: Document) -> list[bool]:
    have = [letters(_bare(s.title)) for s in document.sections if s.level == 1]
    wanted = [letters(_bare(title)) for title in truth.headings]
    return [
        any(alike(title, other) for other in have) for title in wanted if title
    ]


def at_other_level(
    truth: Truth, document: Document, hits: Sequence[bool]
) -> list[str]:
    """Titles of the first level that are sections of another one: PDF and XML differ at times."""
    have = [letters(_bare(s.title)) for s in document.sections]
    titles = [title for title in truth.headings if letters(_bare(title))]
    return [
        title
        for title, hit in zip(titles, hits, strict=True)
        if not hit and any(alike(letters(_bare(title)), h) for h in have)
    ]


def unprinted(truth: Truth, pdf: Path) -> list[str]:
    """Titles that stand in the XML alone: no line of the PDF begins with them."""
    lines = [letters(_bare(line)) for line in _printed_lines(pdf)]
    wanted = {title: letters(_bare(title))[:BEGIN] for title in truth.headings}
    return [
        title
        for title, begin in wanted.items()
        if not any(line.startswith(begin) for line in lines)
    ]


def _printed_lines(pdf: Path) -> Iterator[str]:
    for page in pymupdf.open(pdf):
        for line in page.get_text().splitlines():
            yield " ".join(line.split())


def untrue_headings(truth: Truth, document: Document) -> list[str]:
    """Sections of the text, of the first level, that the XML has no title for."""
    known = [letters(_bare(title)) for title in truth.titles]
    return [
        section.title
        for section in _named_sections(document)
        if not any(alike(letters(_bare(section.title)), k) for k in known)
    ]


def _named_sections(document: Document) -> list[Section]:
    return [
        section
        for section in document.sections
        if section.level == 1
        and section.kind == "body"
        and section.title
        and not SPECIAL.fullmatch(section.title)
    ]


def _bare(title: str) -> str:
    """A heading without its number."""
    return _NUMBER.sub("", title) or title


def order_right(
    truth: Truth, document: Document
) -> tuple[int, list[str], list[str]]:
    """Lines found in order, those that are not found, and those that are found elsewhere."""
    kinds = ("body", "appendix", "abstract")
    parts = [s for s in document.sections if s.kind in kinds]
    text = letters(" ".join(p.text for s in parts for p in s.paragraphs))
    places, found, missed, last = [], [], [], 0
    for line in truth.lines:
        place = text.find(line, last)
        place = place if place >= 0 else text.find(line)
        if place < 0:
            missed.append(line)
            continue
        places.append(place)
        found.append(line)
        last = place + LINE
    kept = set(_longest_rise(places))
    moved = [found[i] for i in range(len(found)) if i not in kept]
    return len(kept), missed, moved


def _longest_rise(places: list[int]) -> Iterator[int]:
    """Indices of the longest series of places that go up."""
    tops: list[int] = []
    before: list[int] = []
    ends: list[int] = []
    for i, place in enumerate(places):
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
        before.append(ends[at - 1] if at else -1)
        ends[at : at + 1] = [i]
    i = ends[-1] if ends else -1
    while i >= 0:
        yield i
        i = before[i]


@dataclass
class Tally:
    """Right ones and all, by measure."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)

    def add(self, measure: str, right: int, total: int) -> None:
        self.right[measure] = self.right.get(measure, 0) + right
        self.total[measure] = self.total.get(measure, 0) + total

    def share(self, measure: str) -> float:
        return self.right[measure] / (self.total[measure] or 1)


def score(
    pdf: Path, truth: Truth, document: Document, tally: Tally
) -> Iterator[str]:
    """Add one paper to the tally; yields its errors."""
    name = pdf.stem
    if truth.title:
        right = alike(letters(truth.title), letters(document.title))
        tally.add("title", right, 1)
        if not right:
            yield f"{name} title: {document.title!r}"
    if truth.abstract:
        right = abstract_right(truth.abstract, document.abstract)
        tally.add("abstract", right, 1)
        if not right:
            shown = f"{document.abstract[:70]!r} … {document.abstract[-70:]!r}"
            yield f"{name} abstract: {shown}, truth ends {truth.abstract[-50:]!r}"
    if truth.headings:
        yield from _score_headings(pdf, truth, document, tally)
    if truth.lines:
        right_lines, missing, moved = order_right(truth, document)
        tally.add("order", right_lines, len(truth.lines))
        if right_lines < LIMITS["order"] * len(truth.lines):
            lost = f"{len(missing)} lines lost, {len(moved)} moved of {len(truth.lines)}"
            yield f"{name} order: {lost}: {missing[:6]} {moved[:4]}"


def _score_headings(
    pdf: Path, truth: Truth, document: Document, tally: Tally
) -> Iterator[str]:
    name = pdf.stem
    hits = headings_right(truth, document)
    tally.add("headings", sum(hits), len(hits))
    other = at_other_level(truth, document, hits)
    tally.add("other level", len(other), len(hits))
    if other:
        yield f"{name} headings: at another level {other}"
    absent = unprinted(truth, pdf)
    tally.add("unprinted", len(absent), len(hits))
    if absent:
        yield f"{name} headings: not in the PDF {absent}"
    if not all(hits):
        missed = [
            t for t, hit in zip(truth.headings, hits, strict=False) if not hit
        ]
        yield f"{name} headings: missed {missed}"
    extra = untrue_headings(truth, document)
    found = len(_named_sections(document))
    tally.add("precision", found - len(extra), found)
    if extra:
        yield f"{name} headings: untrue {extra}"


def papers(args: argparse.Namespace) -> Iterator[tuple[Path, Truth]]:
    if args.pairs:
        for pdf in sorted(args.pairs.glob("*.pdf")):
            yield pdf, of_jats(pdf.with_suffix(".xml"))
        return
    for line in args.records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield args.pdfs / record["file"], Truth(abstract=record["abstract"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pairs", type=Path, help="PDFs with their JATS XML")
    parser.add_argument(
        "--records", type=Path, help="arXiv records with `file`"
    )
    parser.add_argument(
        "--pdfs", type=Path, help="folder of the records' files"
    )
    parser.add_argument(
        "--errors", action="store_true", help="print what is wrong"
    )
    parser.add_argument(
        "--only", default="", help="names of papers, with commas"
    )
    args = parser.parse_args()
    tally, only = Tally(), set(filter(None, args.only.split(",")))
    for pdf, truth in papers(args):
        if only and pdf.stem not in only:
            continue
        try:
            document = read_pdf(pdf).document
        except UnreadablePdf as error:
            print(f"{pdf.stem}: {error}")
            continue
        for fault in score(pdf, truth, document, tally):
            if args.errors:
                print(fault)
    shares = {
        measure: round(tally.share(measure), 4) for measure in tally.total
    }
    print(json.dumps({"totals": tally.total, **shares}))
    return int(
        any(shares[m] < limit for m, limit in LIMITS.items() if m in shares)
    )


if __name__ == "__main__":
    sys.exit(main())
