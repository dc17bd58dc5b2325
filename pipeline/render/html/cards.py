"""A paper at a glance: what a reader needs to keep or to skip it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

from pipeline.anonymous_manuscript import named_place
from pipeline.citations.coins import coins
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.citations.venues import venue_of
from pipeline.common.clean import clean_line
from pipeline.common.reason_text import describe_reasons
from pipeline.common.sentences import split_sentences
from pipeline.paper import (
    Document,
    Entry,
    Figure,
    Paper,
    Review,
    Verdict,
)
from pipeline.render.pages import page_figures
from pipeline.render.pages.shown_statements import main_result
from pipeline.render.pages.view_models import links_of

Choice = Literal["", "keep", "skip"]


@dataclass(frozen=True, slots=True)
class CardsRules:
    """What a card shows of authors and of who is followed."""

    followed: frozenset[str] = frozenset({"author", "institution"})
    """Kinds of reasons that come from people and places that the reader follows."""
    most_authors: int = 6
    """Authors that are named; a paper of 3,001 names them and their number."""


_rules = CardsRules()


@dataclass(frozen=True, slots=True)
class Card:
    """One paper of a night."""

    paper_id: str
    version: int
    topic: str
    title: str
    translated: str
    """The title in the reader's language; "" where it is the same."""
    authors: str
    summary: str
    reasons: str
    """Why the paper was chosen, in words."""
    score: float
    institution: str
    venue: str
    code: str
    number: str
    """The result with the main number."""
    figure: str
    """File name of the method figure; "" where there is none."""
    figure_shape: tuple[int, int]
    """Width and height of the figure, in points of its page: its place before it is loaded."""
    submitted: date
    posted: date
    pdf_url: str
    followed: bool
    coins: str
    """The reference, for reference managers that list the papers of a page."""
    rating: Choice = ""
    read: bool = False


def card_of(
    entry: Entry,
    posted: date,
    language: str,
    *,
    rating: Choice = "",
    read: bool = False,
) -> Card:
    """Make the card of a paper in a post of that date."""
    review, title = entry.review, clean_line(tex_as_text(entry.paper.title))
    translated = clean_line(review.title)
    plain = plain_card(
        entry.paper, entry.verdict, entry.document, posted, language
    )
    return replace(
        plain,
        translated="" if translated == title else translated,
        summary=clean_line(review.summary.text),
        institution=clean_line(review.affiliation) or plain.institution,
        number=main_number(review),
        rating=rating,
        read=read,
    )


def plain_card(
    paper: Paper,
    verdict: Verdict,
    document: Document,
    posted: date,
    language: str,
) -> Card:
    """Make the card of a paper without a review: what its record and its PDF say."""
    venue = venue_of(paper)
    figure, shape = method_figure(document)
    return Card(
        paper_id=paper.id,
        version=paper.version,
        topic=verdict.topic,
        title=clean_line(tex_as_text(paper.title)),
        translated="",
        authors=short_authors(paper.authors),
        summary=next(
            split_sentences(clean_line(tex_as_text(paper.abstract))), ""
        ),
        reasons=describe_reasons(verdict.reasons, language),
        score=verdict.score,
        institution=clean_line(named_place(document.first_affiliation)),
        venue=venue.text if venue else "",
        code=links_of(paper, document)[0],
        number="",
        figure=figure,
        figure_shape=shape,
        submitted=paper.published.date(),
        posted=posted,
        pdf_url=paper.pdf_url,
        followed=any(one.kind in _rules.followed for one in verdict.reasons),
        coins=coins(paper),
    )


def method_figure(document: Document) -> tuple[str, tuple[int, int]]:
    """Name the file of the figure that stands for a paper, with its width and height in points;
    "" where there is none.
    """
    first, others = page_figures.shown(document)
    figure = first or next(iter(others), None)
    if figure is None:
        return "", (0, 0)
    return PurePosixPath(figure.file).name, _shape(figure)


def _shape(figure: Figure) -> tuple[int, int]:
    x0, y0, x1, y1 = figure.bbox
    return max(1, round(x1 - x0)), max(1, round(y1 - y0))


def short_authors(authors: Iterable[str]) -> str:
    """Name the first authors, and how many there are where they are many."""
    names = [clean_line(author) for author in authors]
    if len(names) <= _rules.most_authors:
        return ", ".join(names)
    return f"{', '.join(names[: _rules.most_authors])} … ({len(names)})"


def main_number(review: Review) -> str:
    """Give the statement on results with the main number; "" where there is none."""
    found = main_result(review)
    return clean_line(found.text) if found else ""
