"""Entries of the two Atom feeds of arXiv: of its search API, and of its announcements.

Formats: https://info.arxiv.org/help/api/user-manual.html, "Outline of an Atom feed", and
https://info.arxiv.org/help/rss_specifications.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pipeline.fetch.record_xml import (
    UnusableRecord,
    read_id,
    read_moment,
    single_line,
)
from pipeline.paper import Paper

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class AtomEntriesRules:
    """Names and forms in Atom entries."""

    arxiv: str = "{http://arxiv.org/schemas/atom}"
    creator: str = "{http://purl.org/dc/elements/1.1/}creator"
    before_abstract: re.Pattern[str] = re.compile(
        r"\s*arXiv:\S+ Announce Type: \S+\s+Abstract:", re.ASCII
    )
    suffix: re.Pattern[str] = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
    """What stands behind a comma and still belongs to the name before it."""


_rules = AtomEntriesRules()


AnnounceType = Literal["new", "cross", "replace", "replace-cross"]


def paper_of_result(entry: Any) -> Paper:
    """Give the paper of an entry of the search API.

    Raises:
        UnusableRecord: it has no arXiv id, no date, or no category.
    """
    atom = _Fields(entry, ATOM)
    arxiv = _Fields(entry, _rules.arxiv)
    found = read_id(atom.text("id"))
    return Paper(
        id=found.id,
        version=found.version or 1,
        title=atom.text("title"),
        abstract=atom.text("summary"),
        authors=_authors(entry),
        categories=_categories(entry),
        published=read_moment(atom.text("published")),
        updated=read_moment(atom.text("updated")),
        comment=arxiv.text("comment"),
        journal_ref=arxiv.text("journal_ref"),
        doi=arxiv.text("doi"),
    )


def paper_of_announcement(entry: Any) -> Paper:
    """Give the paper of an entry of the announcement feed.

    The feed has neither comment nor time of submission; the time of the announcement stands in
    for it.

    Raises:
        UnusableRecord: it has no arXiv id, no version, no date, or no category.
    """
    atom = _Fields(entry, ATOM)
    arxiv = _Fields(entry, _rules.arxiv)
    found = read_id(atom.text("id"))
    if found.version is None:
        raise UnusableRecord(f"{found.id} is announced without version")
    announced = read_moment(atom.text("published"))
    abstract = _rules.before_abstract.sub("", atom.text("summary"), count=1)
    creators = single_line(entry.findtext(_rules.creator))
    return Paper(
        id=found.id,
        version=found.version,
        title=atom.text("title"),
        abstract=abstract.strip(),
        authors=split_names(creators),
        categories=_categories(entry),
        published=announced,
        updated=announced,
        journal_ref=arxiv.text("journal_reference"),
        doi=arxiv.text("DOI"),
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """The texts of an entry in one namespace."""

    entry: Any
    namespace: str

    def text(self, name: str) -> str:
        """Give the text of a child on one line; "" where there is none."""
        return single_line(self.entry.findtext(f"{self.namespace}{name}"))


def announce_type(entry: Any) -> AnnounceType:
    """Say why a paper is announced.

    Raises:
        UnusableRecord: for a reason that is not known.
    """
    stated = _Fields(entry, _rules.arxiv).text("announce_type").lower()
    for known in get_args(AnnounceType):
        if stated == known:
            found: AnnounceType = known
            return found
    raise UnusableRecord(f'"{stated[:20]}" is no kind of announcement')


def stated_day(text: str | None) -> date | None:
    """Read the date of a time as it is written, whatever its time zone.

    The feed is dated by arXiv's own midnight, with an offset that is not always that of the day.
    """
    try:
        return date.fromisoformat(single_line(text)[:10])
    except ValueError:
        return None


def split_names(creators: str) -> tuple[str, ...]:
    """Split names with commas between them; a suffix stays with its name."""
    names: list[str] = []
    for part in creators.split(","):
        name = part.strip()
        if names and _rules.suffix.fullmatch(name):
            names[-1] += f" {name}"
        elif name:
            names.append(name)
    return tuple(names)


def _authors(entry: Any) -> tuple[str, ...]:
    elements = entry.iterfind(f"{ATOM}author/{ATOM}name")
    names = (single_line(element.text) for element in elements)
    return tuple(filter(None, names))


def _categories(entry: Any) -> tuple[str, ...]:
    """Give the primary category first, where it is named."""
    elements = [
        *entry.iterfind(f"{_rules.arxiv}primary_category"),
        *entry.iterfind(f"{ATOM}category"),
    ]
    terms = (single_line(element.get("term")) for element in elements)
    found = tuple(dict.fromkeys(filter(None, terms)))
    if not found:
        raise UnusableRecord("a record without category")
    return found
