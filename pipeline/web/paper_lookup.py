"""One paper: its page, its statements, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.common.output_layout import pictures_folder
from pipeline.config import Config
from pipeline.paper import Paper, Review
from pipeline.render.html.paper_page import PaperPage, paper_page
from pipeline.render.html.review_sections import Statement, find_statement
from pipeline.store import Store


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
