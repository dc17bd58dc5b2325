"""The faces by name. Each stage of writing is a pure function of a Post; a face that fails says
which it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from pipeline.errors import RenderError
from pipeline.paper import Post
from pipeline.render.pages import pages
from pipeline.render.sites.base import Face, Night, Rendered, SiteSettings
from pipeline.render.sites.custom import Own
from pipeline.render.sites.hexo import Hexo
from pipeline.render.sites.markdown import Markdown
from pipeline.render.sites.obsidian import Obsidian
from pipeline.render.sites.vuepress import VuePress
from pipeline.translation import gettext as _

FACES: dict[str, Face] = {
    face.name: face for face in (Hexo(), VuePress(), Markdown(), Obsidian())
}


def find_face(name: str, folder: Path) -> Face | None:
    """The face of that name, or that of a folder of templates; None when neither is there.

    Raises:
        RenderError: the folder has no template of a post.
    """
    if name in FACES:
        return FACES[name]
    return Own(folder) if folder.is_dir() else None


def render_post(
    face: Face, post: Post, site: SiteSettings | None = None
) -> Rendered:
    """A post as files of a face.

    Raises:
        RenderError: the face failed; the others are not touched by that.
    """
    with _named(face):
        return pages.make_post(face, post, site or SiteSettings())


def render_night(
    face: Face,
    day: date,
    posts: Sequence[Post],
    site: SiteSettings | None = None,
) -> Rendered:
    """The page over all topics of a date.

    Raises:
        RenderError: the face failed.
    """
    with _named(face):
        return pages.make_night(face, day, posts, site or SiteSettings())


def render_archive(
    face: Face,
    nights: Sequence[Night],
    language: str,
    site: SiteSettings | None = None,
) -> Rendered:
    """The page over all dates, by month.

    Raises:
        RenderError: the face failed.
    """
    with _named(face):
        return pages.make_archive(
            face, nights, language, site or SiteSettings()
        )


# What a template, its author's or ours, can do wrong.
_FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


@contextmanager
def _named(face: Face) -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        where = (
            f" in line {error.lineno}"
            if isinstance(error, TemplateSyntaxError)
            else ""
        )
        raise RenderError(
            _(
                "The face {face} could not be written: {error}{where} ({name}).",
                face=face.name,
                error=error,
                where=where,
                name=type(error).__name__,
            ),
            face=face.name,
        ) from error
