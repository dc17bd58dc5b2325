"""Papers of a Zotero library, through pyzotero."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.config import Zotero
from pipeline.errors import ServiceDown, UsageError
from pipeline.screen.learning.reference_lists import (
    Reference,
    read_zotero_items,
)
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class ZoteroLimits:
    """How much is asked of Zotero at a time."""

    page: int = 100
    """Items a request: the most that Zotero gives."""
    batch: int = 50
    """Items a write: the most that Zotero takes."""
    tries: int = 4
    """Of one write, where the library changes meanwhile or asks to wait."""


zotero_limits = ZoteroLimits()


def fetch_zotero(settings: Zotero) -> list[Reference]:
    """Read the papers of the configured library or collection.

    Raises:
        UsageError: no library is configured, or pyzotero is not installed.
        ServiceDown: Zotero does not answer, or refuses the key.
    """
    client = connect_zotero(settings)
    try:
        return read_zotero_items(list_items(client, settings.collection))
    except Exception as error:  # noqa: BLE001 - pyzotero raises its own, httpx's and others
        reason = (
            str(error).splitlines()[0][:120]
            if str(error)
            else type(error).__name__
        )
        raise ServiceDown(
            _(
                "Zotero gives no papers: {without_key}.",
                without_key=without_key(reason, settings),
            ),
            step=_(
                "Look at [zotero] library, collection and the key; run again."
            ),
        ) from None


def connect_zotero(settings: Zotero) -> Any:
    """Make a client of the configured library.

    Raises:
        UsageError: no library is configured, or pyzotero is not installed.
    """
    kind, _slash, number = settings.library.strip("/").rpartition("/")
    if not number.isdigit():
        raise UsageError(
            _("No Zotero library is configured."),
            step=_(
                'Set [zotero] library in config.toml, as in "users/123" or '
                '"groups/456".'
            ),
        )
    try:
        from pyzotero import zotero
    except ImportError as error:
        raise UsageError(
            _("Reading Zotero needs pyzotero."),
            step=_("Install it: pip install 'arxiv-screen[zotero]'."),
        ) from error
    library = "group" if kind.startswith("group") else "user"
    client = zotero.Zotero(
        number, library, os.environ.get(settings.key_env) or None
    )
    client.endpoint = settings.endpoint.rstrip("/")
    return client


def list_items(client: Any, collection: str) -> Iterable[Mapping[str, Any]]:
    """Give all items, page by page; notes and attachments are not among them."""
    first = (
        client.collection_items_top(collection, limit=zotero_limits.page)
        if collection
        else client.top(limit=zotero_limits.page)
    )
    items: Iterable[Mapping[str, Any]] = client.everything(first)
    return items


def without_key(text: str, settings: Zotero) -> str:
    """Take the key out of a text."""
    key = os.environ.get(settings.key_env, "")
    return text.replace(key, "…") if key else text
