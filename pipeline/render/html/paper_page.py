"""One paper in full, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from pipeline.anonymous_manuscript import named_place
from pipeline.citations.meta_tags import meta_tags
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.citations.venues import venue_of
from pipeline.common.clean import clean_line
from pipeline.paper import Account, Cell, Document, Figure, Paper, Review
from pipeline.render.html.cards import method_figure
from pipeline.render.html.review_sections import ReviewSection, review_sections
from pipeline.render.pages.view_models import links_of

no_account = Account()
unread = Document(pages=0, title="", abstract="", language="")
"""Stands in for a paper that has not been read."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure or table with its caption, its picture and, of a table, its cells."""

    label: str
    caption: str
    file: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What the page of a paper shows."""

    paper_id: str
    version: int
    title: str
    translated: str
    authors: tuple[str, ...]
    submitted: date
    versions: tuple[tuple[int, date], ...]
    topics: tuple[str, ...]
    institution: str
    venue: str
    code: str
    abs_url: str
    pdf_url: str
    doi: str
    abstract: str
    sections: tuple[ReviewSection, ...] = ()
    model: str = ""
    extractive: bool = False
    account: Account = no_account
    cue: str = ""
    cue_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    figures: tuple[FigureView, ...] = ()
    method_figure: tuple[str, tuple[int, int]] = ("", (0, 0))
    """File name of the figure that a card shows too, "" where there is none; its width and height
    in points, so that the page does not move when it comes.
    """
    ratings: Mapping[str, str] = field(default_factory=dict)
    """Of this reader, by topic."""
    read: bool = False
    meta_tags: tuple[tuple[str, str], ...] = ()
    """What the head of the page says of the paper, for reference managers."""


def paper_page(
    versions: Sequence[Paper],
    document: Document | None,
    review: Review | None,
    topics: Sequence[str],
    ratings: Mapping[str, str],
    *,
    read: bool,
) -> PaperPage:
    """Make the page of a paper from its versions, newest last, and what is known of it."""
    paper, held = versions[-1], document or unread
    venue = venue_of(paper)
    title = clean_line(tex_as_text(paper.title))
    translated = clean_line(review.title) if review else ""
    return PaperPage(
        paper_id=paper.id,
        version=paper.version,
        title=title,
        translated="" if translated == title else translated,
        authors=tuple(map(clean_line, paper.authors)),
        submitted=paper.published.date(),
        versions=tuple((one.version, one.updated.date()) for one in versions),
        topics=tuple(topics),
        institution=clean_line(
            (review and review.affiliation)
            or named_place(held.first_affiliation)
        ),
        venue=venue.text if venue else "",
        code=links_of(paper, held)[0],
        abs_url=paper.abs_url,
        pdf_url=paper.pdf_url,
        doi=clean_line(paper.doi),
        abstract=clean_line(tex_as_text(paper.abstract)),
        sections=review_sections(review) if review else (),
        model=review.model if review else "",
        extractive=bool(review and review.extractive),
        account=review.account if review else no_account,
        cue=clean_line(review.cue) if review else "",
        cue_pages=review.cue_pages if review else (),
        warnings=_warnings(review, held),
        figures=tuple(map(_figure, held.figures)),
        method_figure=method_figure(held),
        ratings=ratings,
        read=read,
        meta_tags=tuple(meta_tags(paper)),
    )


def _warnings(review: Review | None, document: Document) -> tuple[str, ...]:
    both = (review.warnings if review else ()) + document.warnings
    return tuple(dict.fromkeys(map(clean_line, both)))


def _figure(figure: Figure) -> FigureView:
    file = PurePosixPath(figure.file).name
    return FigureView(
        figure.label, clean_line(figure.caption), file, figure.cells
    )
