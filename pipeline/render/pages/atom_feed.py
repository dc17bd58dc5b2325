"""Posts as Atom feeds (RFC 4287) with the whole review in each entry, one entry a paper."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import PROGRAM
from pipeline.citations.tex_as_text import readable_paper
from pipeline.citations.venues import venue_of
from pipeline.common.clean import clean_line, safe_url
from pipeline.paper import Entry, Figure, Paper, Post
from pipeline.render.pages import page_figures
from pipeline.render.pages.labels import labels
from pipeline.render.pages.view_models import links_of
from pipeline.render.sites.base import TEMPLATES
from pipeline.review_fields import fields_in

if TYPE_CHECKING:
    from jinja2 import Template

LIMIT = 100
"""Entries of a feed, newest first; a reader that comes once a week still misses none of twenty
a day.
"""


def no_picture(_paper: Paper, _figure: Figure) -> str:
    """Leave every picture out."""
    return ""


@dataclass(frozen=True, slots=True)
class FeedSource:
    """What the feed says of itself and of the places it names."""

    title: str
    language: str = "zh"
    """Of the posts, for the headings of their reviews."""
    url: str = ""
    """Of the site, absolute; "" when it has none."""
    feed_url: str = ""
    """Where the feed itself will be, absolute; "" when unknown."""
    picture: Callable[[Paper, Figure], str] = no_picture
    """Absolute address of a figure's picture; "" leaves it out."""
    page: Callable[[Paper], str] | None = None
    """Absolute address of a paper's own page; without one entries lead to arXiv."""


def atom(posts: Sequence[Post], site: FeedSource, topic: str = "") -> bytes:
    """A feed of the newest papers of posts.

    A paper in several posts is one entry with several categories; a new version keeps its id.

    Args:
        posts: in any order.
        site: what the feed says of itself.
        topic: only the posts of this topic; "" is all.
    """
    from feedgen.feed import FeedGenerator

    chosen = sorted(
        (post for post in posts if topic in ("", post.topic.name)),
        key=_written,
        reverse=True,
    )
    feed = FeedGenerator()
    feed.id(_feed_id(site, topic))
    feed.title(
        _text(f"{site.title} · {topic}" if topic else site.title, PROGRAM)
    )
    # An Atom feed must say when it was updated, even one without posts.
    never = datetime(1970, 1, 1, tzinfo=UTC)
    feed.updated(max(map(_written, chosen), default=never))
    feed.author({"name": PROGRAM})
    feed.generator(PROGRAM)
    feed.language(site.language)
    for link, relation in ((site.url, "alternate"), (site.feed_url, "self")):
        if safe_url(link):
            feed.link(href=safe_url(link), rel=relation)
    for entry, post, topics in _once(chosen):
        _add(feed.add_entry(order="append"), entry, post, topics, site)
    return bytes(feed.atom_str(pretty=True))


def _once(posts: Iterable[Post]) -> list[tuple[Entry, Post, list[str]]]:
    """Each paper with its newest post and all its topics, in the order of the posts."""
    found: dict[str, tuple[Entry, Post, list[str]]] = {}
    for post in posts:
        for entry in post.entries:
            if len(found) < LIMIT:
                found.setdefault(entry.paper.id, (entry, post, []))
            _, _, topics = found.get(
                entry.paper.id, (entry, post, [post.topic.name])
            )
            if post.topic.name not in topics:
                topics.append(post.topic.name)
    return list(found.values())


def _add(
    item: Any, entry: Entry, post: Post, topics: Sequence[str], site: FeedSource
) -> None:
    paper = readable_paper(entry.paper)
    item.id(f"https://arxiv.org/abs/{paper.id}")
    item.title(_text(paper.title, paper.id))
    item.updated(_written(post))
    item.published(_aware(paper.published))
    item.link(href=safe_url(site.page(paper)) if site.page else paper.abs_url)
    item.author(
        [{"name": name} for name in map(clean_line, paper.authors) if name]
        or [{"name": PROGRAM}]
    )
    item.category([{"term": _text(topic, "topic")} for topic in topics])
    item.category(
        [
            {"term": term, "scheme": "http://arxiv.org/schemas/atom"}
            for term in map(clean_line, paper.categories)
        ]
    )
    item.summary(clean_line(entry.review.summary.text))
    item.content(_content(entry, site), type="html")


def _content(entry: Entry, site: FeedSource) -> str:
    framework, _ = page_figures.shown(entry.document)
    venue = venue_of(entry.paper)
    code, project = links_of(entry.paper, entry.document)
    return _template().render(
        paper=readable_paper(entry.paper),
        review=entry.review,
        words=labels(site.language),
        venue=venue.text if venue else "",
        code=safe_url(code),
        project=safe_url(project),
        warnings=dict.fromkeys(entry.review.warnings + entry.document.warnings),
        picture=safe_url(site.picture(entry.paper, framework))
        if framework
        else "",
        caption=framework.caption if framework else "",
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: (
            clean_line(value) if type(value) is str else value
        ),
    )
    environment.globals["fields_in"] = fields_in
    return environment.get_template("feed.html.j2")


def _feed_id(site: FeedSource, topic: str) -> str:
    """A name that stays: from the feed's address where it has one, else its title and topic
    (UUID 5, RFC 9562).
    """
    name = safe_url(site.feed_url) or f"{PROGRAM}:{site.url}:{site.title}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{topic}").urn


def _written(post: Post) -> datetime:
    return _aware(post.written)


def _aware(moment: datetime) -> datetime:
    """The time to the second with its zone, UTC where none is given."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).replace(
        microsecond=0
    )


def _text(words: str, fallback: str) -> str:
    """Words that are never nothing: an Atom title and a category need some."""
    return clean_line(words) or fallback
