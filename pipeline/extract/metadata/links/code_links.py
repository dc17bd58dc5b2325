"""Finds the authors' own code and project pages among the web addresses of a paper.

A paper names many repositories: its own, those it builds on, those of data and tools. An
address is the authors' own when the sentence around it offers code, when it stands in the
abstract or the front, or when it bears the paper's or an author's name; words such as "based
on" or "borrowed from" speak against it. Addresses in the references never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.metadata.links.link_mentions import link_mentions
from pipeline.extract.metadata.links.link_ownership import is_own, offers_code
from pipeline.extract.metadata.links.web_address import bare_address
from pipeline.extract.metadata.links.web_address import patterns as addresses
from pipeline.paper import Paragraph, Section


@dataclass(frozen=True, slots=True)
class CodeLinkPatterns:
    """What the text calls a project's page."""

    project: re.Pattern[str]
    """Words for the page of a project."""


patterns = CodeLinkPatterns(
    project=re.compile(
        r"\b(project|web ?site|web ?page|home ?page|demo|page|supplementary|videos?|results)\b",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Links:
    """The authors' own addresses, the surest first."""

    code: tuple[str, ...] = ()
    project: tuple[str, ...] = ()


def find_links(
    layouts: Sequence[Layout],
    front: str,
    title: str,
    sections: Sequence[Section],
    notes: Sequence[Paragraph],
) -> Links:
    """Find code and project addresses in text and link annotations.

    `front` is page 1 above the abstract, `notes` are the footnotes.
    """
    code: dict[str, int] = {}
    project: dict[str, int] = {}
    for mention in link_mentions(layouts, front, sections, notes):
        weight = is_own(mention, front, title)
        if not weight:
            continue
        repository = addresses.repository.match(mention.url)
        if repository or offers_code(mention):
            code[mention.url] = max(weight, code.get(mention.url, 0))
        page = addresses.pages.match(mention.url) or patterns.project.search(
            mention.sentence
        )
        if page and not repository:
            project[mention.url] = max(weight, project.get(mention.url, 0))
    return Links(tuple(_ranked(code)), tuple(_ranked(project)))


def _ranked(weights: dict[str, int]) -> Iterator[str]:
    seen: set[str] = set()
    for url in sorted(weights, key=lambda url: -weights[url]):
        key = re.sub(r"\.git$", "", bare_address(url))
        if key not in seen:
            seen.add(key)
            yield url
