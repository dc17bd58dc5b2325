"""Kept papers into a collection of a Zotero library, each once.

https://www.zotero.org/support/dev/web_api/v3/write_requests: a write names the version of the
library that it knows; 412 says that the library has changed since, 429 and `Backoff` say to wait,
which pyzotero does before its next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from pipeline.citations.author_names import listed_authors, parse_name
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.common.clean import clean_line
from pipeline.config import Zotero
from pipeline.errors import ServiceDown, UsageError
from pipeline.paper import Paper
from pipeline.run.services.zotero_library import (
    connect_zotero,
    list_items,
    without_key,
    zotero_limits,
)
from pipeline.screen.learning.reference_lists import read_zotero_items
from pipeline.translation import gettext as _


def save_to_zotero(settings: Zotero, papers: Iterable[Paper]) -> int:
    """Write the papers that the collection does not have yet, and count them.

    Raises:
        UsageError: no collection is configured, or pyzotero is not installed.
        ServiceDown: Zotero does not answer, refuses the key, or refuses a paper.
    """
    if not settings.save:
        raise UsageError(
            _("No Zotero collection is configured for kept papers."),
            step=_("Set [zotero] save in config.toml to the collection's key."),
        )
    client = connect_zotero(settings)
    wanted = list({paper.id: paper for paper in papers}.values())
    try:
        return _save(client, settings, wanted)
    except ServiceDown:
        raise
    except Exception as error:  # noqa: BLE001 - pyzotero raises its own, httpx's and others
        reason = without_key(type(error).__name__, settings)
        raise ServiceDown(
            _("Zotero did not take the papers: {reason}.", reason=reason),
            step=_(
                "Look at [zotero] library, save and the key, which must be allowed "
                "to write; run again."
            ),
        ) from None


def _save(client: Any, settings: Zotero, wanted: Sequence[Paper]) -> int:
    saved = 0
    rest = iter(_missing(client, settings, wanted))
    while batch := list(islice(rest, zotero_limits.batch)):
        saved += _write(client, settings, batch)
    return saved


def _missing(
    client: Any, settings: Zotero, papers: Iterable[Paper]
) -> list[Paper]:
    """Leave out the papers that the collection has."""
    items = list_items(client, settings.save)
    there = {reference.arxiv_id for reference in read_zotero_items(items)}
    return [paper for paper in papers if paper.id not in there]


def _write(client: Any, settings: Zotero, batch: Sequence[Paper]) -> int:
    """Write one batch; what somebody else has written meanwhile is not written again."""
    from pyzotero.zotero_errors import PreConditionFailedError

    for _attempt in range(zotero_limits.tries):
        version = client.last_modified_version()
        batch = _missing(client, settings, batch)
        if not batch:
            return 0
        items = [zotero_item(paper, settings.save) for paper in batch]
        try:
            answer = client.create_items(items, last_modified=version)
        except PreConditionFailedError:
            continue
        except ValueError:  # pyzotero reads the body of a 429 as an answer
            if client.request.status_code != 429:  # noqa: PLR2004 - HTTP
                raise
            continue
        return _count(answer, batch)
    raise ServiceDown(_("Zotero asks to wait."), step=_("Run again later."))


def _count(answer: dict[str, Any], batch: Sequence[Paper]) -> int:
    failed = answer.get("failed") or {}
    if failed:
        at, fault = next(iter(failed.items()))
        paper = batch[int(at)].id if str(at).isdigit() else "?"
        said = clean_line(str(fault.get("message", "")))[:120]
        raise ServiceDown(
            _(
                "Zotero refuses {count} papers, {paper} among them: {said}.",
                count=len(failed),
                paper=paper,
                said=said,
            ),
            step=_("The others are there; run again."),
        )
    return len(answer.get("success") or answer.get("successful") or {})


def zotero_item(paper: Paper, collection: str) -> dict[str, Any]:
    """Give a paper as Zotero's API takes it: a preprint of arXiv."""
    return {
        "itemType": "preprint",
        "title": clean_line(tex_as_text(paper.title)),
        "creators": [_creator(name) for name in listed_authors(paper.authors)],
        "abstractNote": clean_line(tex_as_text(paper.abstract)),
        "repository": "arXiv",
        "archiveID": f"arXiv:{paper.id}",
        "date": f"{paper.published:%Y-%m-%d}",
        "DOI": clean_line(paper.doi) or f"10.48550/arXiv.{paper.id}",
        "url": f"https://arxiv.org/abs/{paper.id}",
        "extra": f"arXiv:{paper.id} [{', '.join(paper.categories[:1])}]",
        "tags": [
            {"tag": clean_line(one), "type": 1} for one in paper.categories
        ],
        "collections": [collection],
    }


def _creator(text: str) -> dict[str, str]:
    name = parse_name(text)
    if name.literal:
        return {"creatorType": "author", "name": name.literal}
    last = " ".join(filter(None, (name.particle, name.family)))
    first = " ".join(filter(None, (name.given, name.suffix)))
    return {"creatorType": "author", "firstName": first, "lastName": last}
