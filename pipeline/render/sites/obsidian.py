"""Notes for an Obsidian vault: one a paper with properties and figures, one a topic and date.

A paper's note links to the note of its topic, a topic's note to its papers, so that Obsidian
shows the backlinks of both. A note that its reader has changed is never written again.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from markupsafe import Markup

from pipeline.common.clean import clean_line
from pipeline.paper import Post
from pipeline.render.markup.escape import markdown_for, plain
from pipeline.render.markup.filenames import portable
from pipeline.render.pages.view_models import PaperView
from pipeline.render.sites.base import (
    Face,
    PageFront,
    PageKind,
    SiteSettings,
    up,
)
from pipeline.render.sites.frontmatter import front_matter, tag_of
from pipeline.render.sites.vuepress import quiet

ROOT = PurePosixPath("arXiv")


def _formula(tex: str, display: bool) -> str:
    mark = "$$" if display else "$"
    return f"{mark}{quiet(tex)}{mark}"


_text = markdown_for(
    stray=lambda found: f"<span>{plain(found)}</span>", formula=_formula
)


class Obsidian(Face):
    """The face `obsidian`."""

    name = "obsidian"
    folder = "obsidian"

    def text(self, words: str) -> Markup:
        """Text in a note; two percent signs would begin a comment."""
        safe = _text(words)
        return (
            Markup(str(safe).replace("%%", "%&#37;")) if "%%" in safe else safe
        )

    def template(self, kind: PageKind) -> str | None:
        """Notes of papers and of topics; the vault's own search is its archive."""
        names = {
            "post": "obsidian_topic.md.j2",
            "paper": "obsidian_paper.md.j2",
        }
        return names.get(kind)

    def front(self, page: PageFront, site: SiteSettings) -> str:
        """The properties of a topic's note."""
        return front_matter(
            {"date": page.written, "topic": page.topic, "tags": ["arxiv"]}
        )

    def post_path(self, name: str, day: date) -> PurePosixPath:
        """`arXiv/topics/TOPIC/DATE TOPIC.md`: names of notes are their titles."""
        return ROOT / "topics" / name / f"{day} {name}.md"

    def note_path(self, paper_id: str) -> PurePosixPath:
        """`arXiv/papers/ID.md`."""
        return ROOT / "papers" / f"{portable(paper_id.replace('/', '-'))}.md"

    def picture_path(self, day: date, paper: str, name: str) -> PurePosixPath:
        """Once for all notes."""
        return ROOT / "figures" / paper / name

    def picture_link(
        self, page: PurePosixPath, picture: PurePosixPath, site: SiteSettings
    ) -> str:
        """Seen from the note of a paper: a topic's note shows no pictures."""
        return up(self.note_path("any"), picture)

    def note_front(self, view: PaperView, post: Post) -> str:
        """The properties of a paper's note."""
        paper = view.paper
        shown, folded, _ = view.authors
        return front_matter(
            {
                "title": clean_line(paper.title),
                "aliases": [_alias(paper.title)],
                "authors": shown + folded,
                "institution": view.institution or None,
                "date": post.date,
                "submitted": paper.published.date(),
                "topic": post.topic.name,
                "score": round(view.verdict.score, 2),
                "venue": view.venue.text if view.venue else None,
                "arxiv": paper.versioned_id,
                "url": paper.abs_url,
                "pdf": paper.pdf_url,
                "code": view.code or None,
                "read": False,
                "tags": ["arxiv", _tag(post.topic.name)],
            }
        )


def _alias(title: str) -> str:
    """Give what a link to a note may be called: Obsidian ends links at these signs."""
    return clean_line(re.sub(r"[\[\]|#^\\]", " ", title))


def _tag(topic: str) -> str:
    """Name a topic's tag: Obsidian's tags hold letters, digits, `-`, `_` and `/`."""
    return "arxiv/" + re.sub(r"[^\w]+", "-", tag_of(topic)).strip("-")
