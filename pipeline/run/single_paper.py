"""One paper by itself: `screen read`, and what the group's reports draft their entries from."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.common.dates import clock
from pipeline.config import Config
from pipeline.console.events import Event
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import PaperError, ScreenError, UsageError
from pipeline.paper import Document, Entry, Paper, Review
from pipeline.render.pages.single import NO_VERDICT, review_text
from pipeline.run.composition import open_arxiv, open_services
from pipeline.run.services import Services
from pipeline.run.shutdown import Halt
from pipeline.run.workers import Lanes, save_pictures
from pipeline.store import Store
from pipeline.store.serialization import dump


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
        source: an arXiv id, with or without version, or the path of a PDF. Without one, the
        newest version that the
            store knows; arXiv is asked where it knows none.
        config: the configuration.

    Raises:
        UsageError: it is neither.
        ScreenError: it could not be fetched, read or reviewed.
    """
    store = Store.open(config.out)
    try:
        return asyncio.run(_single(source, config, store))
    finally:
        store.close()


async def _single(source: str, config: Config, store: Store) -> Single:
    def quiet(_event: Event) -> None:
        """The caller waits for one paper; errors are raised."""

    at_once = config.model.model_copy(update={"batch": False})
    config = config.model_copy(update={"model": at_once})
    async with open_services(config, store, clock(config), quiet, Halt()) as services:
        if source.lower().endswith(".pdf"):
            return await _own(Path(source), services)
        return await _from_arxiv(source, services)


async def _own(path: Path, services: Services) -> Single:
    """A PDF of one's own: its facts are what it says of itself. It is not kept in the store."""
    try:
        reading = await services.read(path)
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no file {path}.", step="Give an arXiv id or the path of a PDF."
        ) from error
    document, at = reading.document, services.now()
    paper = Paper(
        path.stem, 0, document.title or path.stem, document.abstract, (), (), at, at
    )
    pictures = services.pictures(paper)
    save_pictures(reading, pictures)
    return Single(paper, document, await services.review(paper, document), pictures)


async def _from_arxiv(paper_id: str, services: Services) -> Single:
    store, language = services.store, services.config.output.language
    paper = store.papers.get(paper_id)
    if paper is None:
        paper = await asyncio.to_thread(_record, paper_id, services)
        store.papers.add([paper], services.now())
    lanes = Lanes(services, language, whatever=True)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(lanes.run())
        await lanes.feed([paper.id])
        await lanes.close()
    document = store.results.document(paper.id, paper.version)
    review = store.results.review(paper.id, language, paper.version)
    if document is None or review is None:
        raise _why(paper, lanes, store)
    return Single(paper, document, review, services.pictures(paper))


def _record(paper_id: str, services: Services) -> Paper:
    """The record of an id, from arXiv.

    Raises:
        UsageError: that is no arXiv id, or arXiv has no such paper.
    """
    with open_arxiv(services.config.arxiv, services.config.out) as arxiv:
        found = next(iter(arxiv.by_id([paper_id])), None)
    if found is None:
        raise UsageError(
            f"arXiv has no paper {paper_id}.", step="Check the id, as in 2409.03605."
        )
    return found


def _why(paper: Paper, lanes: Lanes, store: Store) -> ScreenError:
    if lanes.down:
        return next(iter(lanes.down.values()))
    failure = store.results.failure(paper.id)
    if failure:
        return PaperError(f"{paper.versioned_id}: {failure.reason}", step=failure.step)
    return PaperError(
        f"{paper.versioned_id}: {lanes.reasons.get(paper.id, 'not finished')}"
    )


def show_review(source: str, config: Config, form: str) -> None:
    """Print the review of a paper: as Markdown, rendered on a terminal, or as JSON.

    Raises:
        UsageError: another form is asked for, or that is no paper.
        ScreenError: it could not be read or reviewed.
    """
    if form not in ("md", "json"):
        raise UsageError(f'There is no format "{form}".', step="Known: md, json.")
    found = single(source, config)
    if form == "json":
        sys.stdout.write(dump(found.review) + "\n")
        return
    entry = Entry(found.paper, NO_VERDICT, found.document, found.review)
    text = review_text(entry, config.output.language)
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown("\n".join(map(terminal_safe, text.splitlines()))))
    else:
        sys.stdout.write(text)
