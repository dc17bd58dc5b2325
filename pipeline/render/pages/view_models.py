"""A post as templates see it: the facts of each paper beside its review, pictures with the
paths of their copies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.citations.venues import Venue, venue_of
from pipeline.common.clean import clean_line
from pipeline.lazy_sequence import OneByOne
from pipeline.paper import (
    Account,
    Claim,
    Document,
    Entry,
    Figure,
    Paper,
    Post,
    Review,
    Verdict,
)
from pipeline.render.pages import page_figures
from pipeline.render.pages.formulas import pieces
from pipeline.render.sites.base import Face, SiteSettings

TOP = 3
"""Papers of a post that carry a mark: what a reader with five minutes reads."""
DESCRIPTION = 160
"""Characters of the description: what search engines and the cards of a theme show."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A figure whose picture stands in the post."""

    figure: Figure
    src: str
    """What goes into `src=""`; already safe when put through `|path`."""
    page_url: str
    """The figure's page in the PDF on arXiv."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper of a post."""

    paper: Paper
    verdict: Verdict
    document: Document
    review: Review
    anchor: str
    top: bool
    see: str
    see_link: str
    venue: Venue | None
    code: str
    project: str
    framework: PictureView | None
    figures: tuple[PictureView, ...]

    @property
    def account(self) -> Account:
        """What the checks of the review counted."""
        return self.review.account

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know before he trusts the review; each once."""
        return tuple(dict.fromkeys(self.review.warnings + self.document.warnings))

    def page_url(self, page: int) -> str:
        """A page of the PDF on arXiv."""
        return f"{self.paper.pdf_url}#page={page}"

    def statements(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims that say something."""
        return tuple(claim for claim in claims if claim.text.strip())


def anchor(paper: Paper) -> str:
    """Where a paper begins in a page; the same in all faces: "paper-2409-03605"."""
    return "paper-" + re.sub(r"[^A-Za-z0-9]+", "-", paper.id).strip("-").lower()


def papers_of(post: Post, face: Face, site: SiteSettings) -> Sequence[PaperView]:
    """The papers of a post, best first, as in the post."""
    marked = TOP if len(post.entries) > TOP else 0
    return OneByOne(
        len(post.entries),
        lambda index: _paper(post.entries[index], post, face, site, top=index < marked),
    )


def copies_of(post: Post, face: Face) -> dict[PurePosixPath, PurePosixPath]:
    """Where copies of the pictures go, and where they come from."""
    return {
        _picture_path(entry.paper, figure, post, face): page_figures.source(
            entry.paper, figure
        )
        for entry in post.entries
        if not entry.see
        for figure in entry.document.figures
        if PurePosixPath(figure.file).name
    }


def cover_of(post: Post, face: Face) -> PurePosixPath | None:
    """The framework figure of the first paper that has one, else its first picture."""
    for entry in post.entries:
        first, others = page_figures.shown(entry.document)
        if not entry.see and (first or others):
            return _picture_path(entry.paper, first or others[0], post, face)
    return None


def _paper(
    entry: Entry, post: Post, face: Face, site: SiteSettings, *, top: bool
) -> PaperView:
    page = face.post_path(post.file_name, post.date)

    def view(figure: Figure) -> PictureView:
        src = face.picture_link(
            page, _picture_path(entry.paper, figure, post, face), site
        )
        return PictureView(figure, src, f"{entry.paper.pdf_url}#page={figure.page}")

    first, others = page_figures.shown(entry.document)
    code, project = links_of(entry.paper, entry.document)
    link = (
        face.post_link(
            page, face.post_path(entry.see_file, post.date), post.written, site
        )
        if entry.see
        else ""
    )
    return PaperView(
        paper=entry.paper,
        verdict=entry.verdict,
        document=entry.document,
        review=entry.review,
        anchor=anchor(entry.paper),
        top=top,
        see=entry.see,
        see_link=link and f"{link}#{anchor(entry.paper)}",
        venue=venue_of(entry.paper),
        code=code,
        project=project,
        framework=view(first) if first else None,
        figures=tuple(map(view, others)),
    )


def _picture_path(
    paper: Paper, figure: Figure, post: Post, face: Face
) -> PurePosixPath:
    return face.picture_path(
        post.date, page_figures.folder(paper), page_figures.file_name(figure)
    )


_URL = re.compile(r"https?://[^\s<>\"'\\{}|^`\u3000-\uffff]+", re.IGNORECASE)
_CODE = re.compile(
    r"(?i)^https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org)/[\w.-]+/[\w.-]+"
)
_PROJECT = re.compile(
    r"(?i)^https?://(?:[\w-]+\.(?:github|gitlab)\.io|[\w.-]+/(?:projects?|research)\b)"
)


def links_of(paper: Paper, document: Document) -> tuple[str, str]:
    """Code and project page: as the PDF has them, else as comment and abstract do; empty
    strings where none is.
    """
    stated = [
        _trimmed(found) for found in _URL.findall(f"{paper.comment} {paper.abstract}")
    ]
    code = next(iter(document.code_urls), "") or next(
        (link for link in stated if _CODE.match(link)), ""
    )
    project = next(iter(document.project_urls), "") or next(
        (link for link in stated if _PROJECT.match(link)), ""
    )
    return code, project


def _trimmed(link: str) -> str:
    """A link without the punctuation of the sentence around it."""
    link = link.rstrip(".,;:!?'\"")
    while link.endswith((")", "]")) and link.count("(") < link.count(")"):
        link = link[:-1].rstrip(".,;:!?")
    return link


def plain_line(text: str, longest: int = DESCRIPTION) -> str:
    """Text for front matter that themes may print as raw HTML or typeset: nothing in it opens a
    tag or a formula.
    """
    shown = "".join(
        f"${piece.text}$"
        if piece.kind in ("inline", "display")
        else piece.text.replace("$", "＄").replace("\\", "＼")
        for piece in pieces(clean_line(text))
    )
    shown = re.sub(r"<(?=[A-Za-z/!?])", "< ", shown)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"
