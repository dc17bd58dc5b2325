"""One paper by itself: `arxiv-screen read`, and what the group's reports draft their entries from."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.common.arxiv_id import ArxivId
from pipeline.common.dates import clock
from pipeline.config import Config
from pipeline.console.events import Event
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import PaperError, ScreenError, UsageError
from pipeline.paper import Document, Entry, Paper, Review
from pipeline.render.pages.single import no_verdict, review_text
from pipeline.run.services import Services
from pipeline.run.services.composition import open_services
from pipeline.run.shutdown import StopSignal
from pipeline.run.workers import PaperPipeline, save_pictures
from pipeline.store import Store
from pipeline.store.serialization import dump_value
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Single:
    """A paper that was read and reviewed."""

    paper: Paper
    document: Document
    review: Review
    pictures: Path
    """Folder with the pictures of its figures."""

    @property
    def framework(self) -> Path | None:
        """The picture of the figure that shows the method."""
        figures = self.document.figures
        shown = [
            one.file
            for one in figures
            if one.file and one.label == self.document.framework
        ]
        return self.pictures / shown[0] if shown else None


def single(source: str, config: Config) -> Single:
    """Read and review a paper; what the store has of it is used, what is new is kept there.

    Args:
        source: an arXiv id in any form, with or without version, or the path of a PDF. Without a
            version it is the newest one that the store knows; arXiv is asked where it knows none.
        config: the configuration.

    Raises:
        UsageError: it is neither.
        ScreenError: it could not be fetched, read or reviewed.
    """
    _check_source(source)  # before a store is made for it
    store = Store.open(config.out)
    try:
        return asyncio.run(_single(source, config, store))
    finally:
        store.close()


def _check_source(source: str) -> None:
    if not source.lower().endswith(".pdf"):
        ArxivId.parse(source)
    elif not Path(source).is_file():
        raise UsageError(
            _("There is no file {source}.", source=source),
            step=_("Give an arXiv id or the path of a PDF."),
        )


async def _single(source: str, config: Config, store: Store) -> Single:
    def quiet(_event: Event) -> None:
        """The caller waits for one paper; errors are raised."""

    at_once = config.model.model_copy(update={"batch": False})
    config = config.model_copy(update={"model": at_once})
    async with open_services(
        config, store, clock(config), quiet, StopSignal()
    ) as services:
        if source.lower().endswith(".pdf"):
            return await _own(Path(source), services)
        return await _from_arxiv(source, services)


async def _own(path: Path, services: Services) -> Single:
    """A PDF of one's own: its facts are what it says of itself. It is not kept in the store."""
    reading = await services.pdf_reader.read(path)
    document, at = reading.document, services.now()
    paper = Paper(
        id=await asyncio.to_thread(_content_id, path),
        version=0,
        title=document.title or path.stem,
        abstract=document.abstract,
        authors=document.authors,
        categories=(),
        published=at,
        updated=at,
    )
    pictures = services.pictures(paper)
    save_pictures(reading, pictures)
    return Single(
        paper,
        document,
        await services.reviewer.review(paper, document),
        pictures,
    )


def _content_id(path: Path) -> str:
    """Name a PDF by its content: two of the same file name are two papers."""
    with path.open("rb") as file:
        return f"pdf-{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"


async def _from_arxiv(source: str, services: Services) -> Single:
    store, language = services.store, services.config.output.language
    wanted = ArxivId.parse(source)
    paper = store.papers.get(wanted.id, wanted.version)
    if paper is None:
        paper = await asyncio.to_thread(_record, wanted, services)
        store.papers.add([paper], services.now())
    pipeline = PaperPipeline(services, language, whatever=True)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pipeline.run())
        await pipeline.add([ArxivId(paper.id, paper.version)])
        await pipeline.close()
    document = store.results.document(paper.id, paper.version)
    review = store.results.review(paper.id, language, paper.version)
    if document is None or review is None:
        raise _why(paper, pipeline, store)
    return Single(paper, document, review, services.pictures(paper))


def _record(wanted: ArxivId, services: Services) -> Paper:
    """Ask arXiv for the record of an id, in the version that is named.

    Raises:
        UsageError: arXiv has no such paper, or no such version of it.
    """
    found = next(services.searcher.by_ids([str(wanted)]), None)
    if found is None or found.version < (wanted.version or 1):
        raise UsageError(
            _("arXiv has no paper {wanted}.", wanted=wanted),
            step=_("Check the id, as in 2409.03605."),
        )
    return replace(found, version=wanted.version or found.version)


def _why(paper: Paper, pipeline: PaperPipeline, store: Store) -> ScreenError:
    if pipeline.down:
        return next(iter(pipeline.down.values()))
    failure = store.results.failure(paper.id)
    if failure:
        return PaperError(
            f"{paper.versioned_id}: {failure.reason}", step=failure.step
        )
    return PaperError(
        f"{paper.versioned_id}: {pipeline.reasons.get(paper.id, 'not finished')}"
    )


def show_review(source: str, config: Config, form: str) -> None:
    """Print the review of a paper: as Markdown, rendered on a terminal, or as JSON.

    Raises:
        UsageError: another form is asked for, or that is no paper.
        ScreenError: it could not be read or reviewed.
    """
    if form not in ("md", "json"):
        raise UsageError(
            _('There is no format "{form}".', form=form),
            step=_("Known: md, json."),
        )
    found = single(source, config)
    if form == "json":
        sys.stdout.write(dump_value(found.review) + "\n")
        return
    entry = Entry(found.paper, no_verdict, found.document, found.review)
    text = review_text(entry, config.output.language)
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(
            Markdown("\n".join(map(terminal_safe, text.splitlines())))
        )
    else:
        sys.stdout.write(text)
