"""Posts → files, in every face of the configuration. One face's failure is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.config import Config
from pipeline.errors import ConfigError, EditedByHand, RenderError, ScreenError
from pipeline.paper import Post
from pipeline.render.pages import atom_feed
from pipeline.render.pages.writer import write
from pipeline.render.sites.base import Face, Night, Rendered, SiteSettings
from pipeline.render.sites.hexo import settings_of
from pipeline.render.sites.registry import (
    FACES,
    find_face,
    render_archive,
    render_night,
    render_post,
)
from pipeline.render.static_site.site_links import site_files
from pipeline.run.posting.assemble_post import (
    assemble,
    newest_posts,
    post_file_name,
    post_time,
)
from pipeline.run.posting.site_publisher import SITE, SitePublisher
from pipeline.store import Store
from pipeline.translation import gettext as _

FEED, INDEX = "feed", "index"


@dataclass
class Published:
    """What was written, and what went wrong."""

    files: dict[str, list[Path]] = field(default_factory=dict)
    """Posts by topic, also those that were there already with the same content."""
    pages: list[Path] = field(default_factory=list)
    """First pages of a site that holds the posts."""
    troubles: list[ScreenError] = field(default_factory=list)


class Publisher:
    """Writes the posts of one store."""

    def __init__(
        self, config: Config, store: Store, *, force: bool = False
    ) -> None:
        """Raises ConfigError for a face that is not known."""
        self.config, self.store, self.force = config, store, force
        self.faces = faces_of(config)
        self.published = Published()

    def publish(self, posts: Iterable[tuple[date, str]]) -> Published:
        """Write these posts, and the pages and feeds that list them.

        Raises:
            NotWritable, DiskFull: nothing more can be written.
        """
        wanted = sorted(set(posts))
        for day, topic in wanted:
            post = assemble(self.store, self.config, topic, day)
            if not (post.entries or post.updates or post.asides):
                continue
            self._write_post(post)
        if wanted and INDEX in self.config.output.faces:
            self._write_index({day for day, _ in wanted})
        if wanted and FEED in self.config.output.faces:
            self._attempt(self._feeds)
        if SITE in self.config.output.faces:
            self._write_site({day for day, _ in wanted})
        return self.published

    def _write_post(self, post: Post) -> None:
        """Write a post in every face; its papers count as posted where a file holds them.

        A file edited by hand is left alone. Where all are, new papers wait for another post.
        """
        before = len(self.published.troubles)
        holding = [self._write_face(face, post) for face in self.faces]
        troubles = self.published.troubles[before:]
        if any(holding) or not self.faces:
            if all(isinstance(error, EditedByHand) for error in troubles):
                self.store.posts.done(post.topic.name, post.date)
        elif any(isinstance(error, EditedByHand) for error in troubles):
            self.store.posts.release(post.topic.name, post.date)

    def _write_face(self, face: Face, post: Post) -> bool:
        """Write a post in one face; whether its file holds the post."""
        before = len(self.published.troubles)
        self._attempt(partial(render_post, face, post, self._site(face)))
        path = self._root(face) / face.post_path(post.file_name, post.date)
        edited = [
            error
            for error in self.published.troubles[before:]
            if isinstance(error, EditedByHand) and error.path == path
        ]
        holds_post = path.is_file() and not edited
        if holds_post:
            self.published.files.setdefault(post.topic.name, []).append(path)
        return holds_post

    def _attempt(self, make: Callable[[], Rendered]) -> None:
        try:
            rendered = make()
        except RenderError as error:
            self.published.troubles.append(error)
            return
        face = next(
            (face for face in self.faces if face.name == rendered.face), None
        )
        self._write(rendered, self._root(face) if face else self.config.out)

    def _write(self, rendered: Rendered, root: Path) -> None:
        _, refused = write(
            rendered,
            root,
            pictures=self.config.out,
            ledger=self.store.posts,
            force=self.force,
        )
        self.published.troubles += refused

    def _root(self, face: Face) -> Path:
        """The folder a face writes to: a site's source where one is configured."""
        sources = {
            "hexo": self.config.hexo.source,
            "vuepress": self.config.vuepress.source,
        }
        source = sources.get(face.name, "")
        return (
            self.config.path(source)
            if source
            else self.config.out / face.folder
        )

    def _site(self, face: Face) -> SiteSettings:
        return (
            settings_of(self._root(face))
            if face.name == "hexo"
            else SiteSettings()
        )

    def _write_index(self, days: set[date]) -> None:
        language = self.config.output.language
        for face in self.faces:
            site = self._site(face)
            for day in sorted(days):
                posts = [
                    assemble(self.store, self.config, topic, day)
                    for _, topic in self.store.posts.all(day)
                ]
                self._attempt(partial(render_night, face, day, posts, site))
            self._attempt(
                partial(render_archive, face, self._nights(), language, site)
            )

    def _write_site(self, days: set[date]) -> None:
        """Write the pages of the face `site` that posts of these dates change."""
        site = SitePublisher(self.config, self.store)
        for rendered in site.changed(days):
            self._write(rendered, site.root)
        first = site.root / site_files.index
        if days and first.is_file():
            self.published.pages.append(first)

    def _nights(self) -> Sequence[Night]:
        nights: dict[date, list[tuple[str, int]]] = {}
        for day, topic in self.store.posts.all():
            nights.setdefault(day, []).append(
                (topic, len(self.store.posts.members(topic, day)))
            )
        return [
            Night(day, post_time(day), tuple(topics))
            for day, topics in nights.items()
        ]

    def _feeds(self) -> Rendered:
        """A feed of everything and one of each topic, from the newest posts that fill them."""
        language = self.config.output.language
        site = atom_feed.FeedSource("arXiv", language)
        folder = PurePosixPath("feeds")
        files: dict[PurePosixPath, str | bytes] = {}
        everything = newest_posts(
            self.store, self.config, self.store.posts.all()
        )
        files[folder / "all.xml"] = atom_feed.atom(everything, site)
        for topic in sorted({one[1] for one in self.store.posts.all()}):
            own = [one for one in self.store.posts.all() if one[1] == topic]
            posts = newest_posts(self.store, self.config, own)
            files[folder / f"{post_file_name(self.store, topic)}.xml"] = (
                atom_feed.atom(posts, site, topic)
            )
        return Rendered(FEED, files)


def faces_of(config: Config) -> list[Face]:
    """Give what posts are written as. Raises ConfigError for a face that is not known."""
    others = (SITE, FEED, INDEX)
    return [
        _face(config, name)
        for name in config.output.faces
        if name not in others
    ]


def _face(config: Config, name: str) -> Face:
    """A face by its name, or one made of a folder of templates.

    Raises:
        ConfigError: neither is there.
        RenderError: the folder has no template of a post.
    """
    face = find_face(name, config.path(name))
    if face is not None:
        return face
    known = ", ".join((*FACES, SITE, FEED, INDEX))
    raise ConfigError(
        _('There is no face "{name}".', name=name),
        step=_("Known: {known}, or a folder of templates.", known=known),
        key="output.faces",
    )
