"""Which categories and which days are asked for.

Everything listed in a topic's categories is fetched and judged here, so that no query hides a
paper. Query language: https://info.arxiv.org/help/api/user-manual.html, "Details of Query
Construction"; categories: https://arxiv.org/category_taxonomy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from pipeline.errors import ConfigError
from pipeline.paper import Topic
from pipeline.translation import gettext as _

DEFAULT_CATEGORIES = ("cs", "eess")
"""Archives of a topic that names no category."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, both ends in it, to the minute, as arXiv counts: in UTC."""

    since: datetime
    until: datetime
    by: Literal["submitted", "updated"] = "submitted"
    """The date of version 1, or of the newest version."""

    def __contains__(self, moment: datetime) -> bool:
        first, last = _stamp(self.since), _stamp(self.until)
        return first <= _stamp(moment) <= last

    def __str__(self) -> str:
        fields = {"submitted": "submittedDate", "updated": "lastUpdatedDate"}
        first, last = _stamp(self.since), _stamp(self.until)
        return f"{fields[self.by]}:[{first} TO {last}]"


def topic_categories(topic: Topic) -> tuple[str, ...]:
    """Give the categories and archives of a topic, each once; "cs.*" is the archive "cs".

    Raises:
        ConfigError: one is not written as arXiv writes them.
    """
    for category in topic.categories:
        if not _is_category(category):
            raise ConfigError(
                _('"{category}" is not an arXiv category.', category=category),
                step=_('Write it as in "cs.CV".'),
                key=f"topics.{topic.name}.categories",
            )
    named = [category.removesuffix(".*") for category in topic.categories]
    once = dict.fromkeys(named)
    return tuple(once) or DEFAULT_CATEGORIES


def _is_category(text: str) -> bool:
    """Tell whether a text is a category, or an archive with or without ".*"."""
    word = r"[A-Za-z]+(?:-[A-Za-z]+)*"
    return bool(re.fullmatch(rf"{word}(?:\.(?:{word}|\*))?", text))


def join_categories(topics: Iterable[Topic]) -> tuple[str, ...]:
    """Give the categories of all topics, sorted; a class of an archive that is in is left out."""
    named: set[str] = set()
    for topic in topics:
        named.update(topic_categories(topic))
    archives = {
        category for category in named if category == archive_of(category)
    }
    classes = {one for one in named if archive_of(one) not in archives}
    return tuple(sorted(archives | classes))


def is_listed_in(
    paper_categories: Sequence[str], wanted: Sequence[str]
) -> bool:
    """Tell whether one of a paper's categories is wanted, by itself or by its archive."""
    archives = {archive_of(category) for category in paper_categories}
    return not archives.union(paper_categories).isdisjoint(wanted)


def listing_query(
    categories: Iterable[str], window: Window | None = None
) -> str:
    """Write the question for everything listed in these categories, not yet URL-encoded."""
    terms = [f"cat:{term}" for term in _search_terms(categories)]
    listed = " OR ".join(terms)
    if window is None:
        return f"({listed})"
    return f"({listed}) AND {window}"


def archive_of(category: str) -> str:
    """Give the archive of a category: cs.CV is in cs, hep-th is one itself."""
    return category.partition(".")[0]


def classes_of(archive: str) -> tuple[str, ...]:
    """Give the categories of an archive; the archive itself where it has no classes."""
    names = _taxonomy().get(archive)
    if not names:
        return (archive,)
    return tuple(f"{archive}.{name}" for name in names)


def is_arxiv_category(category: str) -> bool:
    """Tell whether arXiv has such a category or archive."""
    archive = archive_of(category)
    in_archive = category == archive or category in classes_of(archive)
    return archive in _taxonomy() and in_archive


def _search_terms(categories: Iterable[str]) -> Iterable[str]:
    """Write an archive with classes as itself and all of them, as old records name it alone."""
    for category in categories:
        yield category
        is_archive = category == archive_of(category)
        if is_archive and classes_of(category) != (category,):
            yield f"{category}.*"


@cache
def _taxonomy() -> dict[str, list[str]]:
    """Give the classes of each archive, by the archive's name."""
    path = Path(__file__).with_name("taxonomy.toml")
    with path.open("rb") as file:
        archives = tomllib.load(file)
    return {name: classes.split() for name, classes in archives.items()}


def _stamp(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y%m%d%H%M")
