"""Plain CommonMark that reads well on a code host, with pictures beside it."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.render.markup.escape import markdown_for, plain
from pipeline.render.sites.base import Face, PageFront, SiteSettings
from pipeline.render.sites.vuepress import quiet


def _formula(tex: str, display: bool) -> str:
    """The form that GitHub, GitLab, Gitea and Forgejo typeset, and that any other reader shows
    as code.
    """
    return (
        rf"$`\displaystyle {quiet(tex)}`$" if display else f"$`{quiet(tex)}`$"
    )


# GitHub takes two dollars on a line for a formula unless an element holds them.
_text = markdown_for(
    stray=lambda found: f"<span>{plain(found)}</span>", formula=_formula
)


class Markdown(Face):
    """The face `markdown`."""

    name = "markdown"
    folder = "markdown"

    def text(self, words: str) -> Markup:
        """Text in a page."""
        return _text(words)

    def front(self, page: PageFront, site: SiteSettings) -> str:
        """Nothing: a code host would show it."""
        return ""
