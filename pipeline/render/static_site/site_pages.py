"""The pages of a site as files; all of it pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath
from typing import get_args
from xml.sax.saxutils import escape

from pipeline.citations.formats import Format, format_references
from pipeline.common.clean import safe_url
from pipeline.paper import Paper
from pipeline.render.html.cards import Card
from pipeline.render.html.environment import STATIC, render_html
from pipeline.render.html.paper_page import PaperPage
from pipeline.render.html.trend_tables import Trends
from pipeline.render.static_site.site_links import (
    FileLinks,
    citation_file,
    night_file,
    paper_file,
    site_files,
)
from pipeline.render.static_site.site_search import week_of


@dataclass(frozen=True, slots=True)
class SitePagesRules:
    """The pages of a site and its shared files."""

    pages: tuple[str, ...] = ("tonight", "archive", "trends")
    shared: tuple[str, ...] = ("site.css", "archive.js")
    """Files of static/ that a site has: without the triage script."""
    nights: int = 30
    """Nights that the first page lists; the archive has all."""


_rules = SitePagesRules()


Files = dict[PurePosixPath, str | bytes]


class SiteRenderer:
    """Makes the pages of a site in one language."""

    def __init__(self, language: str, *, originals: bool = False) -> None:
        """`originals` when papers show their figures in full size."""
        self._language, self._originals = language, originals

    def _page(
        self, path: PurePosixPath, template: str, here: str, **values: object
    ) -> Files:
        """Make one page; without a token no page has anything to change."""
        links = FileLinks(
            path, originals=self._originals and template == "paper.html"
        )
        text = render_html(
            template,
            self._language,
            links,
            token="",
            pages=_rules.pages,
            here=here,
            **values,
        )
        return {path: text}

    def night(self, day: date, cards: Sequence[Card]) -> Files:
        """Make the page of a night, best papers first."""
        return self._tonight(night_file(day), day, cards, [])

    def first_page(
        self, day: date, cards: Sequence[Card], nights: Sequence[date]
    ) -> Files:
        """Make the page of the newest night, with links to those before."""
        return self._tonight(
            site_files.index, day, cards, nights[: _rules.nights]
        )

    def _tonight(
        self,
        path: PurePosixPath,
        day: date,
        cards: Sequence[Card],
        nights: Sequence[date],
    ) -> Files:
        best = sorted(cards, key=lambda card: (-card.score, card.paper_id))
        return self._page(
            path,
            "tonight.html",
            "tonight",
            heading=str(day),
            cards=[replace(card, code=safe_url(card.code)) for card in best],
            nights=nights,
        )

    def paper(self, view: PaperPage, paper: Paper) -> Files:
        """Make the page of a paper, and references to it in every format."""
        files = self._page(
            paper_file(paper.id),
            "paper.html",
            "",
            view=replace(view, code=safe_url(view.code)),
            chosen="",
            passage=None,
        )
        forms: tuple[Format, ...] = get_args(Format)
        for form in forms:
            files[citation_file(paper.id, form)] = format_references(
                [paper], form
            )
        return files

    def archive(
        self, nights: Mapping[date, int], topics: Sequence[str]
    ) -> Files:
        """Make the page that searches, with all nights by month."""
        newest = sorted(nights, reverse=True)
        months = [
            (month, [(day, nights[day]) for day in days])
            for month, days in groupby(newest, key=lambda day: f"{day:%Y-%m}")
        ]
        return self._page(
            site_files.archive,
            "site_archive.html",
            "archive",
            weeks=list(dict.fromkeys(week_of(day) for day in newest)),
            topics=topics,
            months=months,
        )

    def trends(self, trends: Trends, plot: bytes | None) -> Files:
        """Make the page of trends, with a plot where there is one."""
        file = site_files.plot
        files: Files = {file: plot} if plot else {}
        address = f"./{file}" if plot else ""
        page = self._page(
            site_files.trends,
            "trends.html",
            "trends",
            trends=trends,
            plot=address,
        )
        return files | page


def static_files() -> Files:
    """Give the style sheet and the script of a site."""
    return {
        PurePosixPath("static", name): (STATIC / name).read_bytes()
        for name in _rules.shared
    }


def sitemap(url: str, nights: Iterable[date], papers: Iterable[str]) -> Files:
    """List the pages for search engines; only where the address of the site is known."""
    root = safe_url(url).rstrip("/")
    if not root:
        return {}
    paths = [
        site_files.index,
        site_files.archive,
        site_files.trends,
        *map(night_file, nights),
        *map(paper_file, papers),
    ]
    lines = [
        f"<url><loc>{escape(f'{root}/{path}')}</loc></url>" for path in paths
    ]
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>\n",
        ]
    )
    return {PurePosixPath("sitemap.xml"): text}
