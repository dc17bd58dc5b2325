"""Addresses between the files of a site, relative to the page that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.paper import slug_of
from pipeline.render.pages.page_figures import copy_name
from pipeline.render.sites.base import up


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The files in the folder of a site of which there is one."""

    index: PurePosixPath
    archive: PurePosixPath
    trends: PurePosixPath
    plot: PurePosixPath
    feed: PurePosixPath


site_files = SiteFiles(
    index=PurePosixPath("index.html"),
    archive=PurePosixPath("archive.html"),
    trends=PurePosixPath("trends.html"),
    plot=PurePosixPath("trends.svg"),
    feed=PurePosixPath("feed.xml"),
)


def night_file(day: date) -> PurePosixPath:
    """Place the page of a night."""
    return PurePosixPath("nights", f"{day}.html")


def paper_file(paper_id: str) -> PurePosixPath:
    """Place the page of a paper."""
    return PurePosixPath("papers", f"{slug_of(paper_id)}.html")


def citation_file(paper_id: str, form: str) -> PurePosixPath:
    """Place a reference to a paper in a format."""
    endings = {"bibtex": ".bib", "ris": ".ris", "csl-json": ".json"}
    return paper_file(paper_id).with_name(slug_of(paper_id) + endings[form])


def thumbnail_file(paper_id: str, version: int, file: str) -> PurePosixPath:
    """Place the small copy of a picture."""
    return original_file(paper_id, version, file).with_suffix(".webp")


def original_file(paper_id: str, version: int, file: str) -> PurePosixPath:
    """Place the copy of a picture in full size."""
    folder = f"{slug_of(paper_id)}-v{version}"
    return PurePosixPath("figures", folder, copy_name(file))


class FileLinks:
    """Relative addresses on the page at `here`."""

    def __init__(self, here: PurePosixPath, *, originals: bool = False) -> None:
        """`originals` when the page shows pictures in full size."""
        self._here = here
        self._place = original_file if originals else thumbnail_file

    def _to(self, target: PurePosixPath) -> str:
        return quote(up(self._here, target))

    def static(self, name: str) -> str:
        """A style sheet or script."""
        return self._to(PurePosixPath("static", name))

    def page(self, name: str) -> str:
        """A page by its name."""
        known = {"tonight": site_files.index, "feed": site_files.feed}
        return self._to(known.get(name) or PurePosixPath(f"{name}.html"))

    def paper(self, paper_id: str) -> str:
        """The page of a paper."""
        return self._to(paper_file(paper_id))

    def night(self, day: date) -> str:
        """The page of a night."""
        return self._to(night_file(day))

    def figure(self, paper_id: str, version: int, file: str) -> str:
        """A picture of a paper, small or in full size."""
        return self._to(self._place(paper_id, version, file))

    def citation(self, paper_id: str, form: str) -> str:
        """A reference to a paper in a format."""
        return self._to(citation_file(paper_id, form))

    def search_piece(self, week: str) -> str:
        """A piece of the search index."""
        return self._to(PurePosixPath("search", f"{week}.js"))
