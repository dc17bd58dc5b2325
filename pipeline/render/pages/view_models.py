"""A post as templates see it: the facts of each paper beside its review, pictures with the
paths of their copies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import PurePosixPath

from pipeline.anonymous_manuscript import (
    named_people,
    named_place,
    names_nobody,
)
from pipeline.citations.author_names import listed_authors
from pipeline.citations.tex_as_text import readable_paper
from pipeline.citations.venues import Venue, venue_of
from pipeline.common.clean import clean_line
from pipeline.common.reason_text import describe_reasons
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
    TableLag,
    Verdict,
)
from pipeline.render.markup.caption_folding import fold
from pipeline.render.markup.formulas import pieces
from pipeline.render.pages import page_figures
from pipeline.render.pages.shown_statements import (
    AspectStatements,
    by_aspect,
    main_result,
    omissions,
    untold_lags,
)
from pipeline.render.sites.base import Face, SiteSettings
from pipeline.review_fields import Group, ReviewField, fields_in

TOP = 3
"""Papers of a post that carry a mark: what a reader with five minutes reads."""


@dataclass(frozen=True, slots=True)
class ViewModelsRules:
    """How much a post shows, and which numbers and links it takes."""

    authors: int = 6
    """Authors that are shown; the others are folded."""
    crowd: int = 100
    """Authors beyond which the others are only counted."""
    description: int = 160
    """Characters of the description: what search engines and the cards of a theme show."""
    url: re.Pattern[str] = re.compile(
        r"https?://[^\s<>\"'\\{}|^`\u3000-\uffff]+", re.IGNORECASE
    )
    code: re.Pattern[str] = re.compile(
        r"(?i)^https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org)/[\w.-]+/[\w.-]+"
    )
    project: re.Pattern[str] = re.compile(
        r"(?i)^https?://(?:[\w-]+\.(?:github|gitlab)\.io|[\w.-]+/(?:projects?|research)\b)"
    )


_rules = ViewModelsRules()


@dataclass(frozen=True, slots=True)
class PictureView:
    """A figure whose picture stands in the post."""

    figure: Figure
    src: str
    """What goes into `src=""`; already safe when put through `|path`."""
    page_url: str
    """The figure's page in the PDF on arXiv."""

    @property
    def caption(self) -> tuple[str, str]:
        """The caption in two parts: what is shown, and what is folded."""
        return fold(self.figure.caption)


PaperPictures = tuple[PictureView | None, tuple[PictureView, ...]]
"""The framework figure, and the others."""


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
    result: Claim | None
    """The statement with the main number."""
    pictures: Callable[[], PaperPictures]
    """Made when they are asked for: the page of a night shows none."""
    why: str = ""
    """Why the paper was chosen, in words."""

    @property
    def framework(self) -> PictureView | None:
        """The figure that shows the method."""
        return self.pictures()[0]

    @property
    def figures(self) -> tuple[PictureView, ...]:
        """The other figures."""
        return self.pictures()[1]

    @property
    def authors(self) -> tuple[list[str], list[str], int]:
        """The authors that are shown, those that are folded (none of a crowd), and their number."""
        names = listed_authors(named_people(self.paper.authors))
        rest = names[_rules.authors :] if len(names) <= _rules.crowd else []
        return names[: _rules.authors], rest, len(names)

    @property
    def anonymous(self) -> bool:
        """Whether the manuscript hides its authors."""
        return names_nobody(self.document.front, self.paper.authors)

    @property
    def affiliation(self) -> str:
        """Of the first author, in the words of the review where it has them."""
        return named_place(self.review.affiliation) or self._printed_place

    @property
    def institution(self) -> str:
        """The affiliation as the paper has it, or else the review."""
        return self._printed_place or named_place(self.review.affiliation)

    @property
    def _printed_place(self) -> str:
        return named_place(self.document.first_affiliation)

    @property
    def takeaways(self) -> tuple[Claim, ...]:
        """The takeaways without the main result, which stands above them."""
        shown = self.statements(self.review.takeaways)
        result = self.result
        return tuple(one for one in shown if one is not result) or shown

    @property
    def account(self) -> Account:
        """What the checks of the review counted."""
        return self.review.account

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know before he trusts the review; each once."""
        return tuple(
            dict.fromkeys(self.review.warnings + self.document.warnings)
        )

    def page_url(self, page: int) -> str:
        """A page of the PDF on arXiv."""
        return f"{self.paper.pdf_url}#page={page}"

    @property
    def lags(self) -> tuple[TableLag, ...]:
        """Where the paper's own method is not the best of its main table."""
        return untold_lags(self.review) if self.review.lags else ()

    def omissions(self, key: str) -> dict[int, int]:
        """How many statements were left out before each one of a list that is shown."""
        return omissions(self.review, key) if self.account.omitted else {}

    def tells(self, group: Group) -> bool:
        """Whether anything is said in the items of a group."""
        fields = fields_in(group)
        has_lags = any(field.key == "results" for field in fields) and self.lags
        return bool(has_lags) or any(map(self.tells_of, fields))

    def tells_of(self, field: ReviewField) -> bool:
        """Whether statements of a field are shown, or were left out."""
        told = self.statements(getattr(self.review, field.key))
        return bool(told or self.omissions(field.key))

    def by_aspect(self, field: ReviewField) -> list[AspectStatements]:
        """What is said of each aspect of a field; the link tells of code where it stands."""
        return by_aspect(field, self.review, ("code",))

    def statements(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims that say something."""
        return tuple(claim for claim in claims if claim.text.strip())


def anchor(paper: Paper) -> str:
    """Where a paper begins in a page; the same in all faces: "paper-2409-03605"."""
    return "paper-" + re.sub(r"[^A-Za-z0-9]+", "-", paper.id).strip("-").lower()


def papers_of(
    post: Post, face: Face, site: SiteSettings
) -> Sequence[PaperView]:
    """The papers of a post, best first, as in the post."""
    marked = TOP if len(post.entries) > TOP else 0
    return OneByOne(
        len(post.entries),
        lambda index: _paper(
            post.entries[index], post, face, site, top=index < marked
        ),
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
        if page_figures.bare_name(figure.file)
    }


def cover_of(post: Post, face: Face) -> PurePosixPath | None:
    """Find the framework figure of the first paper that has one, else its first picture.

    A paper that another post of the date shows is taken only where there is no other.
    """
    second = None
    for entry in post.entries:
        first, others = page_figures.shown(entry.document)
        if entry.see or not (first or others):
            continue
        path = _picture_path(entry.paper, first or others[0], post, face)
        if entry.paper.id not in post.shown_before:
            return path
        second = second or path
    return second


def _paper(
    entry: Entry, post: Post, face: Face, site: SiteSettings, *, top: bool
) -> PaperView:
    page = face.post_path(post.file_name, post.date)

    def view(figure: Figure) -> PictureView:
        src = face.picture_link(
            page, _picture_path(entry.paper, figure, post, face), site
        )
        return PictureView(
            figure, src, f"{entry.paper.pdf_url}#page={figure.page}"
        )

    @cache
    def pictures() -> PaperPictures:
        first, others = page_figures.shown(entry.document)
        return view(first) if first else None, tuple(map(view, others))

    reasons = entry.verdict.reasons
    code, project = links_of(entry.paper, entry.document)
    link = (
        face.post_link(
            page, face.post_path(entry.see_file, post.date), post.written, site
        )
        if entry.see
        else ""
    )
    return PaperView(
        paper=_readable(entry.paper),
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
        result=main_result(entry.review),
        pictures=pictures,
        why=describe_reasons(reasons, post.language) if reasons else "",
    )


# Each face asks for the same papers of a night.
_readable = lru_cache(256)(readable_paper)


def _picture_path(
    paper: Paper, figure: Figure, post: Post, face: Face
) -> PurePosixPath:
    folder, name = page_figures.folder(paper), page_figures.file_name(figure)
    return _place(face, post.date, folder, name)


@lru_cache(4096)
def _place(face: Face, day: date, folder: str, name: str) -> PurePosixPath:
    return face.picture_path(day, folder, name)


def links_of(paper: Paper, document: Document) -> tuple[str, str]:
    """Code and project page: as the PDF has them, else as comment and abstract do; empty
    strings where none is.
    """
    stated = _stated_links(paper.comment, paper.abstract)
    code = next(iter(document.code_urls), "") or next(
        (link for link in stated if _rules.code.match(link)), ""
    )
    project = next(iter(document.project_urls), "") or next(
        (link for link in stated if _rules.project.match(link)), ""
    )
    return code, project


@lru_cache(256)
def _stated_links(comment: str, abstract: str) -> list[str]:
    found = _rules.url.findall(f"{comment} {abstract}")
    return [_trimmed(link) for link in found]


def _trimmed(link: str) -> str:
    """A link without the punctuation of the sentence around it."""
    link = link.rstrip(".,;:!?'\"")
    while link.endswith((")", "]")) and link.count("(") < link.count(")"):
        link = link[:-1].rstrip(".,;:!?")
    return link


def plain_line(text: str, longest: int = _rules.description) -> str:
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
    return (
        shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"
    )
