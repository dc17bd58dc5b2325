"""Store → the face `site`: only the pages that new posts change are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from pipeline.common.thumbnails import ThumbnailSize, thumbnail
from pipeline.config import Config
from pipeline.paper import Entry, Figure, Paper, Post
from pipeline.render.html.cards import Card, card_of
from pipeline.render.html.paper_page import PaperPage, paper_page
from pipeline.render.html.trend_tables import Trends
from pipeline.render.pages import atom_feed, page_figures
from pipeline.render.sites.base import Rendered
from pipeline.render.static_site.site_links import (
    night_file,
    paper_file,
    site_files,
    thumbnail_file,
)
from pipeline.render.static_site.site_pages import (
    SiteRenderer,
    sitemap,
    static_files,
)
from pipeline.render.static_site.site_search import search_piece, week_of
from pipeline.run.posting.archive_trends import trends_of
from pipeline.run.posting.assemble_post import assemble, newest_posts
from pipeline.store import Store

SITE = "site"
_size = ThumbnailSize()


class SitePublisher:
    """Makes the files of a site from one store."""

    def __init__(self, config: Config, store: Store) -> None:
        self.config, self.store = config, store
        self.root = config.out / SITE
        self._language = config.output.language
        self._all_pictures = config.site.pictures == "all"
        self._pages = SiteRenderer(self._language, originals=self._all_pictures)

    def changed(self, days: Iterable[date]) -> Iterator[Rendered]:
        """Make what posts of these dates change, a night at a time; the first page last.

        Nights whose page is missing are made too: a stop in between heals by itself.
        """
        nights = self._nights()
        missing = {
            day for day in nights if not (self.root / night_file(day)).is_file()
        }
        wanted = sorted((set(days) & set(nights)) | missing)
        for day in wanted:
            yield self._night(day)
        for week in dict.fromkeys(week_of(day) for day in wanted):
            yield self._search_piece(week, nights)
        if wanted:
            yield self._lists(nights)

    def _nights(self) -> dict[date, int]:
        """Give each date that has posts, with the number of its papers."""
        papers: dict[date, set[str]] = {}
        for day, topic in self.store.posts.all():
            members = self.store.posts.members(topic, day)
            papers.setdefault(day, set()).update(
                one.paper_id for one in members
            )
        return {day: len(found) for day, found in papers.items()}

    def _posts(self, day: date) -> list[Post]:
        topics = [topic for _, topic in self.store.posts.all(day)]
        return [
            assemble(self.store, self.config, topic, day) for topic in topics
        ]

    def _found(self, day: date) -> Iterator[tuple[Card, Entry]]:
        """Give each paper of a night once, under the first of its topics."""
        seen: set[str] = set()
        for post in self._posts(day):
            for entry in post.entries:
                if entry.paper.id not in seen:
                    seen.add(entry.paper.id)
                    yield card_of(entry, day, self._language), entry

    def _night(self, day: date) -> Rendered:
        found = list(self._found(day))
        files = self._pages.night(day, [card for card, _ in found])
        pictures: dict[PurePosixPath, PurePosixPath] = {}
        for _, entry in found:
            thumbnails = dict(self._thumbnails(entry))
            view = self._view(entry, set(thumbnails))
            files |= self._pages.paper(view, entry.paper)
            files |= {path: made for path, made in thumbnails.items() if made}
            if self._all_pictures:
                pictures |= _originals(entry)
        return Rendered(SITE, files, pictures)

    def _view(self, entry: Entry, small: set[PurePosixPath]) -> PaperPage:
        paper, store = entry.paper, self.store
        versions = store.papers.versions(paper.id)
        until = [one for one in versions if one.version <= paper.version]
        topics = [one.topic for one in store.papers.seen_by(paper.id)]
        document = (
            store.results.document(paper.id, paper.version) or entry.document
        )
        page = paper_page(
            until or [paper], document, entry.review, topics, {}, read=False
        )
        return page if self._all_pictures else _only_drawn(page, small)

    def _thumbnails(
        self, entry: Entry
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Make the small copy of the method figure; no bytes where it is there already."""
        first, others = page_figures.shown(entry.document)
        figure = first or next(iter(others), None)
        if figure is None:
            return
        target = thumbnail_file(
            entry.paper.id, entry.paper.version, figure.file
        )
        if (self.root / target).is_file():
            yield target, b""
            return
        source = self.config.out / page_figures.source(entry.paper, figure)
        made = thumbnail(source, _size)
        if made:
            yield target, made

    def _search_piece(self, week: str, nights: Iterable[date]) -> Rendered:
        days = sorted(
            (day for day in nights if week_of(day) == week), reverse=True
        )
        found = [one for day in days for one in self._found(day)]
        path = PurePosixPath("search", f"{week}.js")
        return Rendered(SITE, {path: search_piece(week, found)})

    def _lists(self, nights: dict[date, int]) -> Rendered:
        """Make the pages that list others: the first page, archive, trends, feed, sitemap."""
        newest = sorted(nights, reverse=True)
        cards = [card for card, _ in self._found(newest[0])]
        trends = trends_of(self.store, newest[0])
        topics = sorted({topic for _, topic in self.store.posts.all()})
        papers = {
            one.paper_id
            for day, topic in self.store.posts.all()
            for one in self.store.posts.members(topic, day)
        }
        files = (
            self._pages.first_page(newest[0], cards, newest)
            | self._pages.archive(nights, topics)
            | self._pages.trends(trends, _plot(trends))
            | sitemap(self.config.site.url, newest, sorted(papers))
            | static_files()
        )
        return Rendered(SITE, files | {site_files.feed: self._feed()})

    def _feed(self) -> bytes:
        root = self.config.site.url.rstrip("/")
        site = atom_feed.FeedSource(
            "arXiv",
            self._language,
            url=f"{root}/" if root else "",
            feed_url=f"{root}/feed.xml" if root else "",
            picture=self._picture_address if root else atom_feed.no_picture,
            page=(lambda paper: f"{root}/{paper_file(paper.id)}")
            if root
            else None,
        )
        posts = newest_posts(self.store, self.config, self.store.posts.all())
        return atom_feed.atom(posts, site)

    def _picture_address(self, paper: Paper, figure: Figure) -> str:
        path = thumbnail_file(paper.id, paper.version, figure.file)
        return f"{self.config.site.url.rstrip('/')}/{path}"


def _only_drawn(page: PaperPage, small: set[PurePosixPath]) -> PaperPage:
    """Leave out the pictures of which the site has no copy; their captions stay."""
    figures = tuple(
        figure
        if thumbnail_file(page.paper_id, page.version, figure.file) in small
        else replace(figure, file="")
        for figure in page.figures
    )
    return replace(page, figures=figures)


def _originals(entry: Entry) -> dict[PurePosixPath, PurePosixPath]:
    folder = PurePosixPath("figures", page_figures.folder(entry.paper))
    return {
        folder / page_figures.file_name(figure): page_figures.source(
            entry.paper, figure
        )
        for figure in entry.document.figures
        if PurePosixPath(figure.file).name
    }


def _plot(trends: Trends) -> bytes | None:
    """Plot the weeks; nothing where the library for plots is not installed."""
    try:
        from pipeline.render.html.trend_plots import plot_weeks

        return plot_weeks(trends, "")
    except ImportError:
        return None
