"""One paper: its page, the passage of a statement, its pictures."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.common.output_layout import pictures_folder
from pipeline.config import Config
from pipeline.extract.pdf.page_image import PageImage
from pipeline.extract.worker import pool
from pipeline.paper import Paper, Review
from pipeline.render.html.paper_page import PaperPage, paper_page
from pipeline.render.html.review_sections import Statement, find_statement
from pipeline.run.pdf_on_demand import pdf_of
from pipeline.store import Store

PASSAGES_KEPT = 64
"""Drawn pages that are kept: about 10 MB."""
MARK = (255, 214, 10, 110)
"""Yellow of a marker, RGBA."""


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper of the store with its newest review."""

    paper: Paper
    review: Review | None


def find_paper(
    store: Store, config: Config, paper_id: str
) -> FoundPaper | None:
    """Find a paper in the version that was reviewed, else in its newest."""
    wanted = config.output.language
    review = store.results.review(paper_id, wanted) or store.results.review(
        paper_id
    )
    paper = store.papers.get(paper_id, review.version if review else None)
    return FoundPaper(paper, review) if paper else None


def page_of(store: Store, found: FoundPaper) -> PaperPage:
    """Make the page of a paper."""
    paper = found.paper
    versions = [*store.papers.versions(paper.id)]
    until = [one for one in versions if one.version <= paper.version] or [paper]
    ratings = {
        one.topic: one.rating
        for one in store.nights.ratings()
        if one.paper_id == paper.id
    }
    return paper_page(
        until,
        store.results.document(paper.id, paper.version),
        found.review,
        [one.topic for one in store.papers.seen_by(paper.id)],
        ratings,
        read=paper.id in store.marks.read_ids(),
    )


def statement_of(found: FoundPaper, key: str) -> Statement | None:
    """Find a statement that has a quote and a page."""
    statement = find_statement(found.review, key) if found.review else None
    return (
        statement if statement and statement.quote and statement.page else None
    )


class PassageCache:
    """Pages drawn with a quote marked; the last ones are kept in memory."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def draw(self, paper: Paper, statement: Statement) -> bytes:
        """Draw the page of a statement with its quote marked, as PNG.

        Raises:
            ScreenError: the PDF cannot be had or drawn.
        """
        name = (paper.versioned_id, f"{statement.page} {statement.quote}")
        with self._lock:
            found = self._kept.get(name)
        return found or self._keep(name, self._draw(paper, statement))

    def _draw(self, paper: Paper, statement: Statement) -> bytes:
        pdf = pdf_of(self._config, paper).read_bytes()
        page = statement.page or 1
        return mark_quote(
            pool.draw_page_safely(
                pdf, page, statement.quote, timeout=20.0, memory=1000
            )
        )

    def _keep(self, name: tuple[str, str], png: bytes) -> bytes:
        with self._lock:
            self._kept[name] = png
            if len(self._kept) > PASSAGES_KEPT:
                self._kept.popitem(last=False)
        return png


def mark_quote(image: PageImage) -> bytes:
    """Lay a marker's yellow over the boxes of a quote; PNG."""
    from PIL import Image, ImageDraw

    page = Image.open(io.BytesIO(image.png)).convert("RGBA")
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in image.marks:
        box = (
            x0 * page.width,
            y0 * page.height,
            x1 * page.width,
            y1 * page.height,
        )
        pen.rectangle(box, fill=MARK)
    out = io.BytesIO()
    Image.alpha_composite(page, layer).convert("RGB").save(
        out, "PNG", compress_level=3
    )
    return out.getvalue()


def picture_of(
    store: Store, config: Config, paper_id: str, version: int, file: str
) -> Path | None:
    """Find the file of a paper's picture; only names that its document states are looked for."""
    document = store.results.outline(paper_id, version)
    paper = store.papers.get(paper_id, version)
    if document is None or paper is None:
        return None
    names = {
        PurePosixPath(figure.file).name
        for figure in document.figures
        if figure.file
    }
    if file not in names:
        return None
    path = config.out / pictures_folder(paper.slug, version) / file
    return path if path.is_file() else None
