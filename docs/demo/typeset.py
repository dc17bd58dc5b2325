"""Typesets the demonstration's papers: `papers/*.md` here become `pipeline/demo/papers/*.pdf`
and `records.jsonl`.

    pip install reportlab && python docs/demo/typeset.py

A source is Markdown with a YAML head; fenced blocks hold figures, tables and equations as YAML.
Two columns on US letter paper, as computer vision conferences have them. Everything drawn is
vector.
"""
# ruff: noqa: INP001

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from figures import draw
from reportlab.lib.colors import black, white
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "pipeline" / "demo"

WIDTH, HEIGHT = letter
MARGIN, BOTTOM, GAP = 54, 60, 20
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
TEXT = HEIGHT - 2 * BOTTOM
"""Lengths in points."""

BODY = ParagraphStyle(
    "body",
    fontName="Times-Roman",
    fontSize=9.7,
    leading=11.6,
    alignment=TA_JUSTIFY,
    firstLineIndent=9,
)
FIRST = ParagraphStyle("first", BODY, firstLineIndent=0)
ABSTRACT = ParagraphStyle("abstract", FIRST, fontName="Times-Italic")
TITLE = ParagraphStyle(
    "title",
    fontName="Times-Bold",
    fontSize=15,
    leading=18,
    alignment=TA_CENTER,
    spaceAfter=10,
)
AUTHORS = ParagraphStyle(
    "authors",
    fontName="Times-Roman",
    fontSize=11,
    leading=14,
    alignment=TA_CENTER,
)
HEAD = ParagraphStyle(
    "head",
    fontName="Times-Bold",
    fontSize=11.8,
    leading=14,
    spaceBefore=8,
    spaceAfter=4,
    keepWithNext=1,
)
SUBHEAD = ParagraphStyle(
    "subhead", HEAD, fontSize=10.4, leading=12.5, spaceBefore=5, spaceAfter=3
)
ABSTRACT_HEAD = ParagraphStyle(
    "abstract head", HEAD, alignment=TA_CENTER, spaceBefore=0
)
CAPTION = ParagraphStyle("caption", FIRST, fontSize=8.8, leading=10.4)
CELL = ParagraphStyle(
    "cell",
    fontName="Times-Roman",
    fontSize=8.6,
    leading=10,
    alignment=TA_CENTER,
)
EQUATION = ParagraphStyle(
    "equation", CELL, fontName="Times-Italic", fontSize=10, leading=13
)
REFERENCE = ParagraphStyle(
    "reference",
    FIRST,
    fontSize=8.4,
    leading=9.8,
    leftIndent=16,
    firstLineIndent=-16,
    spaceAfter=1.5,
)
NOTE = ParagraphStyle("note", FIRST, fontSize=8, leading=9.4)

NOTE_HEIGHT = 36
DISCLAIMER = (
    "Written for the demonstration of arxiv-screen. The authors and their institutions do not exist; "
    "data, figures and results are made up."
)


def main() -> None:
    """Typeset every source."""
    records = []
    for path in sorted((HERE / "papers").glob("*.md")):
        head, blocks = read(path)
        typeset(head, blocks, TARGET / "papers" / f"{head['id']}.pdf")
        records.append(record(head))
    lines = (json.dumps(entry, ensure_ascii=False) for entry in records)
    (TARGET / "records.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def read(path: Path) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """The head of a source and its blocks: (kind, content)."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    pieces = re.split(
        r"^```(\w+)\n(.*?)^```\n", body, flags=re.MULTILINE | re.DOTALL
    )
    blocks: list[tuple[str, Any]] = []
    for text, kind, block in zip(
        pieces[0::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True
    ):
        blocks += [
            _plain(part) for part in re.split(r"\n\s*\n", text) if part.strip()
        ]
        blocks += [(kind, yaml.safe_load(block))] if kind else []
    return yaml.safe_load(head), blocks


def _plain(part: str) -> tuple[str, str]:
    text = " ".join(part.split())
    marks = re.match(r"(#+|\[\d+\])? ?(.*)", text)
    mark = marks[1] or "" if marks else ""
    return {"#": "section", "##": "subsection"}.get(
        mark, "reference" if mark else "text"
    ), text.lstrip("# ")


def record(head: dict[str, Any]) -> dict[str, Any]:
    """What arXiv would say of the paper."""
    names = ("id", "title", "abstract", "categories", "comment", "hours_ago")
    authors = [author["name"] for author in head["authors"]]
    return {name: head[name] for name in names} | {
        "abstract": " ".join(head["abstract"].split()),
        "authors": authors,
    }


def typeset(
    head: dict[str, Any], blocks: list[tuple[str, Any]], target: Path
) -> None:
    """Write one PDF."""
    top = _title(head)
    title_height = (
        sum(_height(flowable, WIDTH - 2 * MARGIN) for flowable in top) + 14
    )
    wide = next(
        (
            content
            for kind, content in blocks
            if kind == "figure" and content.get("wide")
        ),
        None,
    )
    wide_height = (
        _height(
            wide_figure := _figure(wide, WIDTH - 2 * MARGIN), WIDTH - 2 * MARGIN
        )
        + 12
        if wide
        else 0
    )
    document = BaseDocTemplate(
        str(target),
        pagesize=letter,
        title=head["title"],
        author=", ".join(a["name"] for a in head["authors"]),
        invariant=1,
    )
    first = [
        Frame(
            MARGIN,
            HEIGHT - BOTTOM - title_height,
            WIDTH - 2 * MARGIN,
            title_height,
            0,
            0,
            0,
            0,
        )
    ]
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [*first, *_columns(TEXT - title_height, NOTE_HEIGHT)],
                onPage=_with_note,
            ),
            PageTemplate(
                "second",
                _columns(TEXT - wide_height),
                onPage=partial(_with_wide, wide_figure if wide else None),
            ),
            PageTemplate("later", _columns(TEXT), onPage=_number),
        ]
    )
    story = [NextPageTemplate(["second", "later"]), *top, FrameBreak()]
    document.build([*story, *_abstract(head), *_story(blocks)])


def _columns(height: float, note: float = 0) -> list[Frame]:
    """Two columns; the left one leaves room for a footnote."""
    left, right = MARGIN, MARGIN + COLUMN + GAP
    return [
        Frame(left, BOTTOM + note, COLUMN, height - note, 0, 0, 0, 0),
        Frame(right, BOTTOM, COLUMN, height, 0, 0, 0, 0),
    ]


def _with_note(canvas: Canvas, document: BaseDocTemplate) -> None:
    """The disclaimer at the foot of the left column."""
    _number(canvas, document)
    note = Paragraph(DISCLAIMER, NOTE)
    note.wrapOn(canvas, COLUMN, NOTE_HEIGHT)
    note.drawOn(canvas, MARGIN, BOTTOM)
    canvas.setLineWidth(0.4)
    canvas.line(
        MARGIN, BOTTOM + NOTE_HEIGHT - 7, MARGIN + 90, BOTTOM + NOTE_HEIGHT - 7
    )


def _number(canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(WIDTH / 2, 34, str(canvas.getPageNumber()))


def _with_wide(
    figure: list[Flowable] | None, canvas: Canvas, document: BaseDocTemplate
) -> None:
    """The figure over both columns at the top of the page."""
    _number(canvas, document)
    if figure:
        frame = Frame(MARGIN, BOTTOM, WIDTH - 2 * MARGIN, TEXT, 0, 0, 0, 0)
        frame.addFromList(list(figure), canvas)


def _title(head: dict[str, Any]) -> list[Flowable]:
    names = [
        f"{author['name']}<super>{','.join(map(str, author['at']))}</super>"
        for author in head["authors"]
    ]
    places = [
        f"<super>{n}</super>{name}"
        for n, name in enumerate(head["institutes"], 1)
    ]
    lines = [
        "&nbsp;&nbsp;&nbsp; ".join(names),
        *places,
        f'<font face="Courier" size="9">{head["mail"]}</font>',
    ]
    return [
        Paragraph(head["title"], TITLE),
        *(Paragraph(line, AUTHORS) for line in lines),
    ]


def _abstract(head: dict[str, Any]) -> list[Flowable]:
    return [
        Paragraph("Abstract", ABSTRACT_HEAD),
        Paragraph(head["abstract"], ABSTRACT),
    ]


def _story(blocks: list[tuple[str, Any]]) -> Iterator[Flowable]:
    numbers = {"section": 0, "subsection": 0, "equation": 0}
    style = FIRST
    for kind, content in blocks:
        if kind in ("section", "subsection"):
            yield _heading(kind, content, numbers)
        elif kind == "equation":
            numbers["equation"] += 1
            yield _equation(content, numbers["equation"])
        elif kind == "table":
            yield KeepTogether(_table(content))
        elif kind == "figure":
            yield from (
                []
                if content.get("wide")
                else [
                    KeepTogether(
                        [Spacer(0, 4), *_figure(content, COLUMN), Spacer(0, 6)]
                    )
                ]
            )
        else:
            yield Paragraph(
                _marked(content), REFERENCE if kind == "reference" else style
            )
        style = BODY if kind == "text" else FIRST


def _marked(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    text = re.sub(r"\^\{(.+?)\}", r"<super>\1</super>", text)
    return re.sub(r"_\{(.+?)\}", r"<sub>\1</sub>", text)


def _heading(kind: str, text: str, numbers: dict[str, int]) -> Paragraph:
    if text == "References":
        return Paragraph(text, HEAD)
    numbers[kind] += 1
    if kind == "section":
        numbers["subsection"] = 0
        return Paragraph(f"{numbers['section']}. {text}", HEAD)
    return Paragraph(
        f"{numbers['section']}.{numbers['subsection']}. {text}", SUBHEAD
    )


def _equation(text: str, number: int) -> Table:
    row = [Paragraph(_marked(text), EQUATION), Paragraph(f"({number})", CELL)]
    return Table(
        [row], colWidths=[COLUMN - 26, 26], spaceBefore=4, spaceAfter=5
    )


def _figure(content: dict[str, Any] | None, width: float) -> list[Flowable]:
    if not content:
        return []
    drawing = draw(content, width)
    drawing.hAlign = "CENTER"
    return [
        drawing,
        Spacer(0, 4),
        Paragraph(
            f"Figure {content['number']}. {_marked(content['caption'])}",
            CAPTION,
        ),
    ]


def _table(content: dict[str, Any]) -> list[Flowable]:
    rows = [
        [Paragraph(_marked(cell), CELL) for cell in row.split(" | ")]
        for row in content["rows"]
    ]
    numbers = len(rows[0]) - 1
    table = Table(
        rows,
        colWidths=content.get(
            "widths", [COLUMN - 50 * numbers, *[50] * numbers]
        ),
    )
    lines = [
        ("LINEABOVE", 0, 0.9),
        ("LINEBELOW", 0, 0.5),
        ("LINEBELOW", -1, 0.9),
    ]
    table.setStyle(
        [
            (name, (0, row), (-1, row), weight, black)
            for name, row, weight in lines
        ]
    )
    table.setStyle(
        [
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("BACKGROUND", (0, 0), (-1, -1), white),
        ]
    )
    caption = Paragraph(
        f"Table {content['number']}. {_marked(content['caption'])}", CAPTION
    )
    return [Spacer(0, 5), caption, Spacer(0, 3), table, Spacer(0, 7)]


def _height(flowable: Flowable | list[Flowable], width: float) -> float:
    if isinstance(flowable, list):
        return sum(_height(part, width) for part in flowable)
    return float(flowable.wrap(width, HEIGHT)[1] + flowable.getSpaceAfter())


if __name__ == "__main__":
    main()
