"""What a run needs from the world, as one value: tests hand in their own, the command line the
real ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.common.output_layout import PDFS, pictures_folder
from pipeline.config import Config
from pipeline.console.events import Tell
from pipeline.fetch.query import Window
from pipeline.paper import Document, Paper, Review, Topic, Verdict
from pipeline.store import Store


class Reading(Protocol):
    """What reading a PDF gives."""

    @property
    def document(self) -> Document:
        """What it holds."""

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """Its figures, by file name."""


@dataclass(frozen=True)
class Services:
    """The stages of one run."""

    config: Config
    store: Store
    now: Callable[[], datetime]
    """The reader's local time, with its zone."""
    search: Callable[[Topic, Window], Iterator[Sequence[Paper]]]
    """Pages of records; blocks, so it is called in a thread."""
    judge: Callable[[Topic, Sequence[Paper], Sequence[Paper]], Sequence[Verdict]]
    """Of papers; others seen before show how common words are. Computes for seconds, so it is
    called in a thread.
    """
    consult: (
        Callable[
            [Topic, Sequence[Verdict], Sequence[Paper]], Awaitable[Sequence[Verdict]]
        ]
        | None
    )
    """A model's word on the uncertain verdicts, where one is asked."""
    weigh: Callable[[Topic, Document, Verdict], Verdict]
    """A verdict once the PDF has been read: institutions count now."""
    download: Callable[[Paper, Path], Awaitable[Path]]
    """Into a folder; the file."""
    read: Callable[[Path], Awaitable[Reading]]
    review: Callable[[Paper, Document], Awaitable[Review]]
    readers: int
    """PDFs read at once."""
    reviewers: int
    """Reviews written at once."""
    tell: Tell
    send_batch: Callable[[], Awaitable[int]] | None = None
    """Send the reviews that wait for a batch, where they are asked for in batches; how many."""

    @property
    def pdfs(self) -> Path:
        """Folder of downloaded PDFs."""
        return self.config.out / PDFS

    def pdf(self, paper: Paper) -> Path:
        """Where a version's PDF lies once it is whole."""
        return self.pdfs / f"{paper.slug}v{paper.version}.pdf"

    def pictures(self, paper: Paper) -> Path:
        """Folder of a version's pictures."""
        return self.config.out / pictures_folder(paper.slug, paper.version)
