"""Lists of references as libraries export them: BibTeX, RIS, CSL-JSON.

The format is told by the content, never by the name of the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pipeline.common.arxiv_id import ArxivId
from pipeline.common.text import fold_words
from pipeline.errors import UsageError
from pipeline.paper import Paper
from pipeline.screen.learning.ratings import TITLE_ID
from pipeline.translation import gettext as _

Format = Literal["bibtex", "ris", "csl-json", "ratings"]


@dataclass(frozen=True, slots=True)
class ReferenceListsRules:
    """How lists of references are told apart and read."""

    bibtex: re.Pattern[str] = re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE)
    ris: re.Pattern[str] = re.compile(r"^\ufeff?TY {1,2}- ", re.MULTILINE)
    arxiv: re.Pattern[str] = re.compile(
        r"(?:arxiv[:./\s]*(?:org/(?:abs|pdf|html)/)?|10\.48550/arxiv\.)\s*"
        r"([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]+)?)",
        re.IGNORECASE,
    )
    braces: re.Pattern[str] = re.compile(r"[{}]|\\[a-zA-Z]+\s*|\\[^a-zA-Z]")
    tags: re.Pattern[str] = re.compile(r"<[^>]{1,40}>")


_rules = ReferenceListsRules()


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper of somebody's library."""

    title: str
    abstract: str = ""
    arxiv_id: str = ""
    """ "" for a paper that is not on arXiv, or where the list does not say so."""

    @property
    def id(self) -> str:
        """The arXiv id, else one made of the title."""
        digest = hashlib.sha256(fold_words(self.title).encode()).hexdigest()
        return self.arxiv_id or f"{TITLE_ID}{digest[:16]}"

    def as_paper(self, at: datetime) -> Paper:
        """The reference as a record that can be judged."""
        return Paper(
            self.id,
            1,
            self.title,
            self.abstract,
            (),
            (),
            at,
            at,
        )


def tell_format(text: str) -> Format:
    """Tell the format of a list by its content; "ratings" are JSON lines of our own."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("[") or (
        start.startswith("{") and _is_one_object(start)
    ):
        return "csl-json"
    if start.startswith("{"):
        return "ratings"
    if _rules.ris.search(text):
        return "ris"
    return "bibtex" if _rules.bibtex.search(text) else "ratings"


def _is_one_object(text: str) -> bool:
    """Tell whether a text is one JSON object with a title, as CSL-JSON of one reference is."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return (
        isinstance(found, dict) and "title" in found and "rating" not in found
    )


def read_references(text: str) -> list[Reference]:
    """Read a list in any of the formats; entries without a title are left out.

    Raises:
        UsageError: it cannot be read, or no entry has a title.
    """
    reader = {
        "bibtex": _read_bibtex,
        "ris": _read_ris,
        "csl-json": _read_csl,
    }[tell_format(text)]
    try:
        found = {one.id: one for one in reader(text) if one.title}
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise UsageError(
            _("The list of references cannot be read: {error}.", error=error),
            step=_("Export it again as BibTeX, RIS or CSL-JSON."),
        ) from error
    if not found:
        raise UsageError(
            _("The list of references names no paper."),
            step=_("Export it again as BibTeX, RIS or CSL-JSON."),
        )
    return list(found.values())


def read_zotero_items(
    items: Iterable[Mapping[str, Any]],
) -> list[Reference]:
    """Read items as Zotero's web API gives them."""
    entries = [
        item["data"] for item in items if isinstance(item.get("data"), Mapping)
    ]
    found = [_reference(entry, "title", "abstractNote") for entry in entries]
    return [one for one in found if one.title]


def _read_bibtex(text: str) -> Iterator[Reference]:
    from bibtexparser.entrypoint import parse_string

    for entry in parse_string(text).entries:
        fields = {
            key.lower(): str(field.value)
            for key, field in entry.fields_dict.items()
        }
        eprint = fields.get("eprint", "")
        if (
            "arxiv"
            in (
                fields.get("archiveprefix")
                or fields.get("eprinttype")
                or "arxiv"
            ).lower()
        ):
            fields["eprint"] = f"arXiv:{eprint}"
        yield _reference(fields, "title", "abstract")


def _read_ris(text: str) -> Iterator[Reference]:
    import rispy

    for entry in rispy.loads(text.lstrip("\ufeff")):
        title = entry.get("title") or entry.get("primary_title") or ""
        abstract = entry.get("abstract") or entry.get("notes_abstract") or ""
        yield _reference(
            {**entry, "title": title, "abstract": abstract},
            "title",
            "abstract",
        )


def _read_csl(text: str) -> Iterator[Reference]:
    found = json.loads(text.lstrip("\ufeff"))
    for entry in found if isinstance(found, list) else [found]:
        if isinstance(entry, Mapping):
            yield _reference(entry, "title", "abstract")


def _reference(
    entry: Mapping[str, Any], title: str, abstract: str
) -> Reference:
    return Reference(
        _clean(entry.get(title)),
        _clean(entry.get(abstract)),
        _arxiv_id(entry),
    )


def _clean(value: object) -> str:
    """One line without the braces and commands of TeX and the tags of HTML."""
    text = value if isinstance(value, str) else ""
    return " ".join(_rules.tags.sub("", _rules.braces.sub("", text)).split())


def _arxiv_id(entry: Mapping[str, Any]) -> str:
    """The arXiv id that any field but the abstract names."""
    texts = (
        value for key, value in entry.items() if "abstract" not in key.lower()
    )
    for value in texts:
        for text in value if isinstance(value, list) else [value]:
            found = _rules.arxiv.search(text) if isinstance(text, str) else None
            if found and (read := ArxivId.match(found[1])):
                return read.id
    return ""
