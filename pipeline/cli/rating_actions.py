"""What `arxiv-screen rate` does: ratings given, taken back, exported and imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, get_args

from pipeline.cli.topic_names import read_configured_topic
from pipeline.common.arxiv_id import ArxivId
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import UsageError, why
from pipeline.paper import Paper
from pipeline.screen.learning import ratings
from pipeline.screen.learning.lesson import Choice
from pipeline.store import Store
from pipeline.store.runs import Rated
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.screen.learning.reference_lists import Reference


def rate_paper(config: Config, paper_id: str, rating: str, topic: str) -> None:
    """Note a reader's word on a paper, or take it back, and say what was done.

    Raises:
        UsageError: no id, a word that is none of keep, skip and clear, an unknown topic, a paper
            that was never screened.
    """
    choices: tuple[Choice, ...] = get_args(Choice)
    choice = next((one for one in choices if one == rating), None)
    if not paper_id or (choice is None and rating != "clear"):
        raise UsageError(
            _("A rating is an id and one of keep, skip and clear."),
            step=_("As in: {program} rate 2409.03605 keep"),
        )
    known = ArxivId.parse(paper_id).id
    with closing(Store.open(config.out, create=False)) as store:
        if choice is None:
            count = _take_back(store, known, topic)
            _tell(
                _(
                    "{known}: ratings taken back: {count}",
                    known=known,
                    count=count,
                )
                if count
                else _("{known} was not rated", known=known)
            )
        else:
            paper, topics = _find(config, store, known, topic)
            _keep(store, paper, topics, choice)
            _tell(
                _(
                    '{known}: {choice} for {names} ("{title}")',
                    known=known,
                    choice=choice,
                    names=", ".join(topics),
                    title=shorten(paper.title, 60, placeholder=" …"),
                )
            )


def _take_back(store: Store, paper_id: str, topic: str) -> int:
    """Take back the ratings of a paper, those of one topic only where it is named."""
    mine = [one for one in store.nights.ratings() if one.paper_id == paper_id]
    wanted = [
        one for one in mine if topic.casefold() in ("", one.topic.casefold())
    ]
    return sum(store.nights.unrate(paper_id, one.topic) for one in wanted)


def _find(
    config: Config, store: Store, paper_id: str, topic: str
) -> tuple[Paper, list[str]]:
    names = store.papers.topics_of(paper_id)
    if topic:
        names = [
            read_configured_topic(config, topic, store.papers.topics()).name
        ]
    paper = store.papers.get(paper_id)
    if paper is None or not names:
        raise UsageError(
            _("{paper_id} has not been screened.", paper_id=paper_id),
            step=_("Only papers that arXiv listed can be rated."),
        )
    return paper, names


def _keep(
    store: Store, paper: Paper, topics: Sequence[str], choice: Choice
) -> None:
    at = datetime.now(UTC)
    for name in topics:
        store.nights.rate(Rated.of(paper, name, choice, at))


def _tell(text: str) -> None:
    sys.stderr.write(terminal_safe(text) + "\n")


def export_ratings(config: Config) -> None:
    """Print all ratings as JSON lines."""
    from pipeline.run.services.topic_judge import ratings_of

    with closing(Store.open(config.out, create=False)) as store:
        sys.stdout.write(ratings.dump_ratings(ratings_of(config, store)))


def import_ratings(config: Config, path: Path) -> None:
    """Keep the ratings of a file; the papers of a reference list count as liked.

    Raises:
        UsageError: it cannot be read, or is in none of the formats.
    """
    from pipeline.screen.learning.reference_lists import (
        read_references,
        tell_format,
    )

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{path} cannot be read: {why}.", path=path, why=why(error)),
            step=_(
                "Give JSON lines of ratings, or a list as BibTeX, RIS or CSL-JSON."
            ),
        ) from error
    if tell_format(text) != "ratings":
        _like(config, read_references(text))
        return
    read = ratings.load_ratings(text, str(path))
    with closing(Store.open(config.out)) as store:
        for one in read.entries:
            store.nights.rate(
                Rated(
                    one.id,
                    one.topic,
                    one.rating,
                    one.at,
                    one.title,
                    one.abstract,
                )
            )
    _tell(_("{count} ratings", count=len(read.entries)))


def import_zotero(config: Config) -> None:
    """Count the papers of the configured Zotero library as liked.

    Raises:
        UsageError: no library is configured, or the extra is not installed.
        ServiceDown: Zotero does not answer.
    """
    from pipeline.run.services.zotero_library import fetch_zotero

    _like(config, fetch_zotero(config.zotero))


def export_to_zotero(config: Config) -> None:
    """Write the papers rated keep into the configured Zotero collection, each once.

    Raises:
        UsageError: no collection is configured, or the extra is not installed.
        ServiceDown: Zotero does not take them.
    """
    from pipeline.run.services.zotero_saving import save_to_zotero

    with closing(Store.open(config.out, create=False)) as store:
        kept = {
            one.paper_id
            for one in store.nights.ratings()
            if one.rating == "keep"
        }
        papers = [store.papers.get(paper_id) for paper_id in sorted(kept)]
    saved = save_to_zotero(config.zotero, [one for one in papers if one])
    _tell(
        _(
            "{saved} of {count} kept papers written to Zotero; the others were "
            "there",
            saved=saved,
            count=len(kept),
        )
    )


def _like(config: Config, references: Sequence[Reference]) -> None:
    """Count references as liked for each topic that they fit, and say for which."""
    from pipeline.run.services.zotero_likes import like_references

    with closing(Store.open(config.out)) as store:
        likes = like_references(config, store, references, datetime.now(UTC))
    told = [f"{name} {count}" for name, count in likes.by_topic.items()]
    _tell(
        _(
            "{count} papers; liked: {liked}; {rest} fit no topic",
            count=likes.papers,
            liked=", ".join(told) or _("none"),
            rest=likes.fit_none,
        )
    )
