"""Posts for a VuePress 2 site with theme-hope; pictures lie beside the posts and go through the
site's asset handling.

VuePress makes a Vue template of each page: `{{` is an interpolation wherever it stands in the
HTML, entities or not, so no two braces may touch. Formulas are typeset when the site is built
(`markdown: { math: … }` of the theme); without that they are ordinary text, which must not
break the build either.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from pipeline.render.markup.escape import markdown_for, plain
from pipeline.render.sites.base import Face, PageFront, SiteSettings
from pipeline.render.sites.frontmatter import front_matter, tag_of

FOLDER = PurePosixPath("paper")


# The same formula in signs that no Markdown, Vue or table reader takes for its own.
_TEX = (
    (re.compile(r"\\\|"), r"\\Vert "),
    (re.compile(r"\|"), r"\\vert "),
    (re.compile(r"(?<!\\)<"), r"\\lt "),
    (re.compile(r"(?<!\\)>"), r"\\gt "),
    (re.compile(r"(?<!\\)\{(?=\{)"), r"{ "),
    (re.compile(r"\](?=[(\[])"), "] "),
)


def quiet(tex: str) -> str:
    """TeX of the same meaning without `|`, `<`, `>`, `{{` and `](`."""
    for pattern, instead in _TEX:
        tex = pattern.sub(instead, tex)
    return tex.strip()


def _formula(tex: str, display: bool) -> str:
    return rf"$\displaystyle {quiet(tex)}$" if display else f"${quiet(tex)}$"


_braces_together = markdown_for(stray=plain, formula=_formula)


class VuePress(Face):
    """The face `vuepress`."""

    name = "vuepress"
    folder = "vuepress"
    styled = True

    def text(self, words: str) -> Markup:
        """Text in a page: braces that touch are parted by an element."""
        safe = _braces_together(words)
        if "&#123;&#123;" not in safe:
            return safe
        parted = re.sub("(?<=&#123;)&#123;", "<span>&#123;</span>", safe)
        return Markup(parted)

    def front(self, page: PageFront, site: SiteSettings) -> str:
        """The front matter that theme-hope reads."""
        written = (
            page.written.date()
            if isinstance(page.written, datetime)
            else page.written
        )
        values: dict[str, Any] = {
            "title": page.title,
            "icon": "pen-to-square",
            "date": written,
        }
        if page.kind != "post":
            return front_matter(values | {"article": False})
        values |= {"author": site.author} if site.author else {}
        # PageFront numbers are links too, and an arrow after each would be clutter.
        values |= {"externalLinkIcon": False}
        kept = {
            "category": ["paper", "paperreading"],
            "tag": [tag_of(page.topic)],
            "description": page.description,
        }
        return front_matter(values | kept)

    def post_path(self, name: str, day: date) -> PurePosixPath:
        """`paper/DATE/TOPIC.md`."""
        return FOLDER / super().post_path(name, day)

    def night_path(self, day: date) -> PurePosixPath:
        """`paper/DATE/README.md`."""
        return FOLDER / super().night_path(day)

    def archive_path(self) -> PurePosixPath:
        """`paper/README.md`."""
        return FOLDER / super().archive_path()

    def picture_path(self, day: date, paper: str, name: str) -> PurePosixPath:
        """Beside the post."""
        return FOLDER / super().picture_path(day, paper, name)
