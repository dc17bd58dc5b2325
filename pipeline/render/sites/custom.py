"""A reader's own face: a folder of Jinja2 templates, named in `[output] faces`.

`post.SUFFIX.j2` makes a topic's post; `night.SUFFIX.j2` and `archive.SUFFIX.j2`, where there
are such, the pages over all topics and over all dates. They get what our templates get
(compose.py, view.py), may `{% import "parts.md.j2" %}` ours, and run in Jinja2's sandbox. What
they print is escaped by their suffix: Markdown for `.md`, HTML for `.html`, `.htm`, `.xml`; for
any other it is only made visible. `|safe` takes that away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from pipeline.common.clean import clean_line
from pipeline.errors import RenderError
from pipeline.render.markup import escape
from pipeline.render.markup.filenames import portable
from pipeline.render.sites.base import Face, PageFront, PageKind, SiteSettings
from pipeline.render.sites.markdown import Markdown
from pipeline.translation import gettext as _

_ENDING = ".j2"


def _visible(words: str) -> Markup:
    return Markup(clean_line(words))


_ESCAPES: dict[str, Callable[[str], Markup]] = {
    ".md": Markdown().text,
    ".html": escape.html,
    ".htm": escape.html,
    ".xml": escape.html,
}


class Own(Face):
    """The face of one folder of templates."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self.name = self.folder = portable(templates.name)
        self._files = {
            kind: _template(templates, kind)
            for kind in ("post", "night", "archive")
        }
        if self._files["post"] is None:
            raise RenderError(
                _("The face {name} has no post template.", name=self.name),
                step=_(
                    "Write {templates}/post.md.j2, or another ending before .j2.",
                    templates=templates,
                ),
                face=self.name,
            )
        self.suffix = PurePosixPath(
            self._files["post"].removesuffix(_ENDING)
        ).suffix
        self._text = _ESCAPES.get(self.suffix, _visible)

    def text(self, words: str) -> Markup:
        """Any text, safe in a page with the suffix of the post template."""
        return self._text(words)

    def front(self, page: PageFront, site: SiteSettings) -> str:
        """Nothing: the template writes all of a page."""
        return ""

    def template(self, kind: PageKind) -> str | None:
        """The file of that kind, if the folder has one."""
        return self._files[kind]

    def post_path(self, name: str, day: date) -> PurePosixPath:
        """`DATE/TOPIC.SUFFIX`."""
        return self._with_suffix(super().post_path(name, day))

    def night_path(self, day: date) -> PurePosixPath:
        """`DATE/index.SUFFIX`."""
        return self._with_suffix(super().night_path(day).with_name("index.md"))

    def archive_path(self) -> PurePosixPath:
        """`index.SUFFIX`."""
        return self._with_suffix(PurePosixPath("index.md"))

    def _with_suffix(self, path: PurePosixPath) -> PurePosixPath:
        return path.with_name(path.name.removesuffix(".md") + self.suffix)


def _template(folder: Path, kind: str) -> str | None:
    return next(
        (path.name for path in sorted(folder.glob(f"{kind}.*{_ENDING}"))), None
    )
