"""What a face is: one way to write posts down, as files of one kind of site."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import Literal

from markupsafe import Markup

from pipeline.paper import Post
from pipeline.render.pages.labels import Labels

TEMPLATES = Path(__file__).parents[1] / "templates"


PageKind = Literal["post", "night", "archive", "paper"]


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a face needs to know of the site it writes for."""

    author: str = ""
    """Of the posts; empty is the site's own author."""
    root: str = "/"
    """Path under which the site is served (`root` of Hexo's _config.yml)."""
    permalink: str = ":year/:month/:day/:title/"
    """Pattern of its posts' addresses (`permalink` of Hexo's _config.yml)."""
    zone: tzinfo | None = None
    """Time zone of the site (`timezone` of Hexo's _config.yml), when it states one."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Files of one face, by path under the folder it writes to."""

    face: str
    files: Mapping[PurePosixPath, str | bytes]
    pictures: Mapping[PurePosixPath, PurePosixPath] = field(
        default_factory=dict
    )
    """Where copies of pictures go, to where they come from: `papers/SLUG-vN/FILE` under the
    output folder.
    """


@dataclass(frozen=True, slots=True)
class Night:
    """One date in the archive: its topics and how many papers each has, in the order of their
    posts.
    """

    date: date
    written: datetime
    """The latest of its posts."""
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PageFront:
    """What the front matter of a page is made from."""

    kind: PageKind
    title: str
    written: datetime | date | None = None
    description: str = ""
    topic: str = ""
    brief: str = ""
    """What a list of posts shows of it: how many papers, and the best of them."""
    cover: PurePosixPath | None = None


class Face(ABC):
    """A kind of site. All of it is pure: values in, text and paths out.

    What stands here holds for sites of Markdown files that link to one another by relative paths.
    """

    name: str
    folder: str
    """Where it writes under the output folder, when no site is configured."""
    templates: Path = TEMPLATES
    styled: bool = False
    """Whether its pages may carry a style sheet; code hosts would print it."""

    def template(self, kind: PageKind) -> str | None:
        """The template of a kind of page; None when this face has no such page."""
        return f"{kind}.md.j2"

    @abstractmethod
    def text(self, words: str) -> Markup:
        """Any text, safe in this face's pages."""

    @abstractmethod
    def front(self, page: PageFront, site: SiteSettings) -> str:
        """What stands at the head of a page: its front matter, or nothing."""

    def heading(self, words: str) -> Markup:
        """Any text, safe in a heading, whose words themes repeat in a table of contents."""
        return self.text(words)

    def post_heading(self, post: Post, words: Labels) -> str:
        """The heading of level 1 of a post."""
        return f"{post.topic.name} · {post.date} {words['update']}"

    def post_path(self, name: str, day: date) -> PurePosixPath:
        """Place the post of a topic with that file name."""
        return PurePosixPath(day.isoformat(), f"{name}.md")

    def night_path(self, day: date) -> PurePosixPath:
        """File of the page over all topics of a date; README.md is shown with its folder."""
        return PurePosixPath(day.isoformat(), "README.md")

    def archive_path(self) -> PurePosixPath:
        """File of the page over all dates."""
        return PurePosixPath("README.md")

    def picture_path(self, day: date, paper: str, name: str) -> PurePosixPath:
        """File of a picture of a paper ("2409.03605-v1") that a post of that date shows: beside
        the post.
        """
        return PurePosixPath(day.isoformat(), paper, name)

    def picture_link(
        self, page: PurePosixPath, picture: PurePosixPath, site: SiteSettings
    ) -> str:
        """What stands in `src` to show that picture on that page."""
        return up(page, picture)

    def post_link(
        self,
        page: PurePosixPath,
        post: PurePosixPath,
        written: datetime,
        site: SiteSettings,
    ) -> str:
        """Address of a post or night as seen from a page; empty when it cannot be known."""
        return up(page, post)


def up(page: PurePosixPath, target: PurePosixPath) -> str:
    """A relative path from a page to a file of the same face: `./…` or `../…`."""
    here, there = page.parent.parts, target.parts
    shared = 0
    while (
        shared < min(len(here), len(there) - 1)
        and here[shared] == there[shared]
    ):
        shared += 1
    return "/".join(
        [*([".."] * (len(here) - shared) or ["."]), *there[shared:]]
    )
