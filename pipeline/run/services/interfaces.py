"""The stages as a run sees them. Tests hand in their own, the command line the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from pipeline.common.output_layout import output_names, pictures_folder
from pipeline.config import Config
from pipeline.console.events import Tell
from pipeline.fetch.announcements_feed import Announcement
from pipeline.fetch.query import Window
from pipeline.fetch.sources import ListingPage
from pipeline.paper import Document, Paper, Review, Topic, Verdict
from pipeline.store import Store


class Searcher(Protocol):
    """Tells what arXiv has. Its methods block, so they are called in a thread."""

    def announcement(
        self, categories: Sequence[str], is_read: Callable[[date], bool]
    ) -> Announcement | None:
        """Give what was announced last; None where that cannot be had now."""

    def listing(
        self,
        categories: Sequence[str],
        window: Window,
        *,
        changed_since: date,
        updates: bool,
    ) -> Iterator[ListingPage]:
        """Give pages of what was submitted, and with `updates` replaced, in a window.

        A source that lists by the day of the last change begins at `changed_since`.

        Raises:
            ArxivDown: no source answers.
        """

    @property
    def lists_changes(self) -> bool:
        """Tell whether `changes` may be asked for."""

    def changes(
        self, categories: Sequence[str], day: date
    ) -> Iterator[Sequence[Paper]]:
        """Give pages of what was changed on a day, UTC, in its categories too.

        Raises:
            ArxivDown: that cannot be asked now; what came before is good.
        """

    def complete(self, papers: Sequence[Paper]) -> Iterator[Paper]:
        """Give these records as the search API has them.

        Raises:
            ArxivDown: it cannot be asked now; what came before is good.
        """

    def by_ids(self, ids: Iterable[str]) -> Iterator[Paper]:
        """Give papers by their ids, with or without version; unknown ones are left out.

        Raises:
            ArxivDown: arXiv cannot be asked now.
        """


class Judge(Protocol):
    """Tells whether papers are about a topic."""

    def judge(
        self, topic: Topic, papers: Sequence[Paper], background: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Judge papers; others seen before show how common words are. Takes seconds."""

    async def ask_model(
        self, topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Give the verdicts with a model's word on the uncertain ones, where one is asked."""

    def weigh(
        self, topic: Topic, document: Document, verdict: Verdict
    ) -> Verdict:
        """Judge again once the PDF has told the institutions. Idempotent."""


class PdfContents(Protocol):
    """What reading a PDF gives."""

    @property
    def document(self) -> Document:
        """What it holds."""

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """Its figures, by file name."""


class PdfReader(Protocol):
    """Brings PDFs and reads them."""

    @property
    def at_once(self) -> int:
        """PDFs that are read side by side."""

    async def download(self, paper: Paper, folder: Path) -> Path:
        """Fetch a paper's PDF into a folder; its path."""

    async def read(self, path: Path, title: str = "") -> PdfContents:
        """Read a PDF; `title` is the one in its record, where it has one."""

    def abandon(self) -> None:
        """End what is being read now: the run is to stop."""


class Reviewer(Protocol):
    """Writes reviews."""

    @property
    def at_once(self) -> int:
        """Reviews that are written side by side."""

    async def review(self, paper: Paper, document: Document) -> Review:
        """Review a paper that was read."""

    async def send_batch(self) -> int:
        """Send the reviews that wait for a batch, where they are asked for so; how many.

        Raises:
            ServiceDown: the model takes no batch now.
        """


@dataclass(frozen=True)
class Services:
    """The stages of one run, and what they share."""

    config: Config
    store: Store
    now: Callable[[], datetime]
    """The reader's local time, with its zone."""
    searcher: Searcher
    judge: Judge
    pdf_reader: PdfReader
    reviewer: Reviewer
    tell: Tell

    @property
    def pdfs(self) -> Path:
        """Folder of downloaded PDFs."""
        return self.config.out / output_names.pdfs

    def pdf(self, paper: Paper) -> Path:
        """Give the place of a version's PDF once it is whole."""
        return self.pdfs / f"{paper.slug}v{paper.version}.pdf"

    def pictures(self, paper: Paper) -> Path:
        """Give the folder of a version's pictures."""
        return self.config.out / pictures_folder(paper.slug, paper.version)
