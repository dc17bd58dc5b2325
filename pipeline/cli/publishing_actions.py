"""What `arxiv-screen render` and `arxiv-screen cite` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import get_args

from pipeline.citations.formats import Format, format_references
from pipeline.citations.venues import venue_of
from pipeline.common.dates import as_date
from pipeline.common.output_layout import output_names
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import UsageError
from pipeline.paper import Paper
from pipeline.run.posting.publish import Publisher
from pipeline.store import Store
from pipeline.translation import gettext as _


def render_again(config: Config, day: str, *, force: bool) -> int:
    """Write posts again; 0, or 1 when something could not be written.

    Raises:
        UsageError: that is no date, or no post is of it.
        StoreError: nothing has been screened yet, or nothing can be written.
    """
    only = as_date(day) if day else None
    store = Store.open(config.out, create=False)
    try:
        posts = store.posts.all(only)
        if only and not posts:
            raise UsageError(
                _("There is no post of {only}.", only=only),
                step=_("`{program} status` lists the runs."),
            )
        published = Publisher(config, store, force=force).publish(posts)
    finally:
        store.close()
    files = [path for paths in published.files.values() for path in paths]
    sys.stdout.writelines(f"{path}\n" for path in [*files, *published.pages])
    for error in published.troubles:
        sys.stderr.write(terminal_safe(error.advice) + "\n")
    return 1 if published.troubles else 0


def cite_papers(
    config: Config, ids: Sequence[str], day: str, form: str
) -> None:
    """Print references to these papers, or to those posted on a date.

    Raises:
        UsageError: no paper is named, or the form is not known.
        ArxivDown: a paper is not in the store, and arXiv does not answer.
    """
    known: tuple[Format, ...] = get_args(Format)
    chosen = next((one for one in known if one == form), None)
    if chosen is None:
        raise UsageError(
            _('There is no format "{form}".', form=form),
            step=_("Known: {names}.", names=", ".join(known)),
        )
    papers = _of_date(config, as_date(day)) if day else _by_id(config, ids)
    if not papers:
        raise UsageError(
            _("There is no paper to cite."),
            step=_("Name ids, or a --date with posts."),
        )
    sys.stdout.write(format_references(papers, chosen, venue_of))


def _of_date(config: Config, day: date) -> list[Paper]:
    store = Store.open(config.out, create=False)
    try:
        members = [
            one
            for _, topic in store.posts.all(day)
            for one in store.posts.members(topic, day)
        ]
        return [
            paper
            for paper_id, version, _, _ in members
            if (paper := store.papers.get(paper_id, version))
        ]
    finally:
        store.close()


def _stored(config: Config, ids: Sequence[str]) -> dict[str, Paper]:
    if not (config.out / output_names.database).is_file():
        return {}
    with closing(Store.open(config.out)) as store:
        known = {paper_id: store.papers.get(paper_id) for paper_id in ids}
    return {paper_id: paper for paper_id, paper in known.items() if paper}


def _by_id(config: Config, ids: Sequence[str]) -> list[Paper]:
    """From the store where it has them, else from arXiv."""
    from pipeline.run.services.composition import open_listings

    found = _stored(config, ids)
    missing = [paper_id for paper_id in ids if paper_id not in found]
    if missing:
        listings = open_listings(config.arxiv, config.out)
        found |= {paper.id: paper for paper in listings.by_ids(missing)}
    return list(found.values())
