"""Entries of the two Atom feeds of arXiv: of its search API, and of its announcements.

Formats: https://info.arxiv.org/help/api/user-manual.html, "Outline of an Atom feed", and
https://info.arxiv.org/help/rss_specifications.html.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pipeline.fetch.record_xml import UnusableRecord, one_line, read_id, read_moment
from pipeline.paper import Paper

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

AnnounceType = Literal["new", "cross", "replace", "replace-cross"]
_TYPES: tuple[AnnounceType, ...] = ("new", "cross", "replace", "replace-cross")

_BEFORE_ABSTRACT = re.compile(r"\s*arXiv:\S+ Announce Type: \S+\s+Abstract:", re.ASCII)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
"""What stands behind a comma and still belongs to the name before it."""


def paper_of_result(entry: Any) -> Paper:
    """Give the paper of an entry of the search API.

    Raises:
        UnusableRecord: it has no arXiv id, no date, or no category.
    """
    found = read_id(entry.findtext(f"{ATOM}id"))
    names = (one_line(name.text) for name in entry.iterfind(f"{ATOM}author/{ATOM}name"))
    return Paper(
        id=found.id,
        version=found.version or 1,
        title=one_line(entry.findtext(f"{ATOM}title")),
        abstract=one_line(entry.findtext(f"{ATOM}summary")),
        authors=tuple(filter(None, names)),
        categories=_categories(entry),
        published=read_moment(entry.findtext(f"{ATOM}published")),
        updated=read_moment(entry.findtext(f"{ATOM}updated")),
        comment=one_line(entry.findtext(f"{ARXIV}comment")),
        journal_ref=one_line(entry.findtext(f"{ARXIV}journal_ref")),
        doi=one_line(entry.findtext(f"{ARXIV}doi")),
    )


def paper_of_announcement(entry: Any) -> Paper:
    """Give the paper of an entry of the announcement feed.

    The feed has neither comment nor time of submission; the time of the announcement stands in
    for it.

    Raises:
        UnusableRecord: it has no arXiv id, no version, no date, or no category.
    """
    found = read_id(entry.findtext(f"{ATOM}id"))
    if found.version is None:
        raise UnusableRecord(f"{found.id} is announced without version")
    announced = read_moment(entry.findtext(f"{ATOM}published"))
    summary = one_line(entry.findtext(f"{ATOM}summary"))
    return Paper(
        id=found.id,
        version=found.version,
        title=one_line(entry.findtext(f"{ATOM}title")),
        abstract=_BEFORE_ABSTRACT.sub("", summary, count=1).strip(),
        authors=split_names(one_line(entry.findtext(CREATOR))),
        categories=_categories(entry),
        published=announced,
        updated=announced,
        journal_ref=one_line(entry.findtext(f"{ARXIV}journal_reference")),
        doi=one_line(entry.findtext(f"{ARXIV}DOI")),
    )


def announce_type(entry: Any) -> AnnounceType:
    """Say why a paper is announced.

    Raises:
        UnusableRecord: for a reason that is not known.
    """
    stated = one_line(entry.findtext(f"{ARXIV}announce_type")).lower()
    for known in _TYPES:
        if stated == known:
            return known
    raise UnusableRecord(f'"{stated[:20]}" is no kind of announcement')


def stated_day(text: str | None) -> date | None:
    """Read the date of a time as it is written, whatever its time zone.

    The feed is dated by arXiv's own midnight, with an offset that is not always that of the day.
    """
    try:
        return date.fromisoformat(one_line(text)[:10])
    except ValueError:
        return None


def split_names(creators: str) -> tuple[str, ...]:
    """Split names with commas between them; a suffix stays with its name."""
    names: list[str] = []
    for part in filter(None, map(str.strip, creators.split(","))):
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f" {part}"
        else:
            names.append(part)
    return tuple(names)


def _categories(entry: Any) -> tuple[str, ...]:
    """Give the primary category first, where it is named."""
    primary = entry.find(f"{ARXIV}primary_category")
    terms = [] if primary is None else [primary.get("term", "")]
    terms += [one.get("term", "") for one in entry.iterfind(f"{ATOM}category")]
    found = tuple(dict.fromkeys(filter(None, map(one_line, terms))))
    if not found:
        raise UnusableRecord("a record without category")
    return found
