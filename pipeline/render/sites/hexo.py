"""Posts for a Hexo site with the Butterfly theme; the folder it writes to is laid out as such a
site's `source`.

A post is read three times: by marked (with typographic replacements), by Nunjucks over marked's
HTML, and by MathJax in the reader's browser. So braces stay entities until the browser, and
formulas are left to MathJax.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from markupsafe import Markup

from pipeline.paper import Post
from pipeline.render.markup.escape import markdown_for, plain
from pipeline.render.pages.labels import Labels
from pipeline.render.sites.base import Face, PageFront, SiteSettings
from pipeline.render.sites.frontmatter import front_matter, tag_of

POSTS = PurePosixPath("_posts/Paper")


def _formula(tex: str, display: bool) -> str:
    mark = "$$" if display else "$"
    return mark + re.sub(r"[^\w\s]|_", _entity, tex) + mark


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" if match[0] not in "+-=,./():" else match[0]


# MathJax looks for delimiters within one element: an element around each stray one keeps them
# apart.
_text = markdown_for(
    stray=lambda found: f"<span>{plain(found)}</span>", formula=_formula
)
# Hexo's table of contents repeats a heading without its elements, but for a link around a
# single sign, which it drops.
_heading = markdown_for(
    stray=lambda found: f"<a>{plain(found)}</a>", formula=_formula
)


class Hexo(Face):
    """The face `hexo`."""

    name = "hexo"
    folder = ""
    styled = True

    def text(self, words: str) -> Markup:
        """Text in a page."""
        return _text(words)

    def heading(self, words: str) -> Markup:
        """Text in a heading; a lone dollar can stay, for it finds no second one."""
        safe = _heading(words)
        return (
            Markup(safe.replace(r"<a>\$</a>", "$"))
            if safe.count("<a>") == 1
            else safe
        )

    def post_path(self, name: str, day: date) -> PurePosixPath:
        """`_posts/Paper/DATE/TOPIC.md`."""
        return POSTS / day.isoformat() / f"{name}.md"

    def night_path(self, day: date) -> PurePosixPath:
        """A post among the posts of that date, so that it can link to them whatever the site's
        permalinks are.
        """
        return POSTS / day.isoformat() / "index.md"

    def archive_path(self) -> PurePosixPath:
        """A page, at `/papers/`."""
        return PurePosixPath("papers/index.md")

    def picture_path(self, day: date, paper: str, name: str) -> PurePosixPath:
        """Under `images/`, once for all posts that show the paper."""
        return PurePosixPath("images/papers") / paper / name

    def picture_link(
        self, page: PurePosixPath, picture: PurePosixPath, site: SiteSettings
    ) -> str:
        """From the root of the site, since a post's own address is the site's to choose."""
        return f"{site.root.rstrip('/')}/{picture}"

    def front(self, page: PageFront, site: SiteSettings) -> str:
        """The front matter that Butterfly reads."""
        if page.kind == "archive":
            return front_matter(
                {"title": page.title, "date": page.written, "aside": None}
            )
        return front_matter(_post_front(page, site))

    def post_heading(self, post: Post, words: Labels) -> str:
        """The title is above already: the date."""
        return f"{post.date} {words['update']}"

    def post_link(
        self,
        page: PurePosixPath,
        post: PurePosixPath,
        written: datetime,
        site: SiteSettings,
    ) -> str:
        """Relative among the posts of a date; from elsewhere by the site's permalinks, where
        they can be known.
        """
        if page.parent == post.parent:
            for ending, link in (
                (r":(?:title|name)/", f"../{post.stem}/"),
                (r":(?:title|name)\.html", f"{post.stem}.html"),
            ):
                if re.search(ending + "$", site.permalink):
                    return link
        address = re.sub(
            r":\w+",
            lambda match: _permalink_part(match[0], post, written, site),
            site.permalink,
        )
        return (
            ""
            if ":" in address
            else f"{site.root.rstrip('/')}/{address.lstrip('/')}"
        )


def _permalink_part(
    name: str, post: PurePosixPath, written: datetime, site: SiteSettings
) -> str:
    """One part of a permalink.

    Hexo takes a post's date as of the site's time zone and writes it in that of the machine
    that builds the site.
    """
    if site.zone:
        written = written.replace(tzinfo=site.zone).astimezone()
    known = {
        ":year": f"{written:%Y}",
        ":month": f"{written:%m}",
        ":day": f"{written:%d}",
        ":i_month": str(written.month),
        ":i_day": str(written.day),
        ":title": str(post.relative_to("_posts").with_suffix("")),
        ":name": post.stem,
        ":category": "Paper",
    }
    return known.get(name, name)


def _post_front(page: PageFront, site: SiteSettings) -> dict[str, Any]:
    return {
        "title": page.title,
        "date": page.written,
        "author": site.author or None,
        "cover": f"/{page.cover}" if page.cover else None,
        # The ground of the title in Butterfly, which cannot be read over a white figure.
        "top_img": "#3b4a5a",
        "categories": "Paper",
        "tags": [tag_of(page.topic)] if page.topic else [],
        "description": page.description,
        # What Butterfly shows of a post in a list, before anything else.
        "postDesc": page.brief or None,
        "keywords": page.topic or None,
        "toc": None,
        "toc_number": False,
        "toc_style_simple": True,
        # Papers lie one level below the date, where Butterfly folds them away.
        "toc_expand": True,
        "copyright": None,
        "copyright_author": None,
        "copyright_author_href": None,
        "copyright_url": None,
        "copyright_info": None,
        "mathjax": True,
        "katex": None,
        "aplayer": None,
        "highlight_shrink": None,
        "aside": None,
    }


def settings_of(source: Path, *, author: str = "") -> SiteSettings:
    """What the `_config.yml` beside a site's source folder says of addresses; Hexo's defaults
    where it says nothing.
    """
    try:
        config = yaml.safe_load(
            (source.parent / "_config.yml").read_text(encoding="utf-8")
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        config = None
    known = config if isinstance(config, dict) else {}
    default = SiteSettings()
    root, permalink, zone = (
        known.get("root"),
        known.get("permalink"),
        known.get("timezone"),
    )
    return SiteSettings(
        author=author,
        root=root
        if isinstance(root, str) and root.startswith("/")
        else default.root,
        permalink=permalink
        if isinstance(permalink, str) and permalink
        else default.permalink,
        zone=_zone(zone) if isinstance(zone, str) and zone else None,
    )


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
