"""Posts, nights and the archive as pages of any face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipeline.citations.tex_as_text import readable_paper
from pipeline.paper import Post
from pipeline.render.pages.labels import Labels, counted, labels
from pipeline.render.pages.paper_notes import note_links, paper_notes
from pipeline.render.pages.templates import pages
from pipeline.render.pages.view_models import (
    TOP,
    PaperView,
    copies_of,
    cover_of,
    papers_of,
    plain_line,
)
from pipeline.render.sites.base import (
    Face,
    Night,
    PageFront,
    Rendered,
    SiteSettings,
)

BRIEF = 240
"""Characters of what a list of posts shows of one."""


def make_post(face: Face, post: Post, site: SiteSettings) -> Rendered:
    """One topic's post of one date, with the pictures it shows."""
    words = labels(post.language)
    about = PageFront(
        "post",
        title=f"{post.topic.name} · {post.date}",
        written=post.written,
        description=_description(post, words),
        topic=post.topic.name,
        brief=_brief(post, words),
        cover=cover_of(post, face),
    )
    files = pages(
        "post",
        face.post_path(post.file_name, post.date),
        face,
        words,
        front=face.front(about, site),
        heading=face.post_heading(post, words),
        notes=_notes(post, words),
        post=post,
        papers=papers_of(post, face, site),
        note_links=note_links(face, post),
    )
    files |= paper_notes(face, post, site)
    return Rendered(face.name, files, copies_of(post, face))


def _description(post: Post, words: Labels) -> str:
    first = next(
        (readable_paper(entry.paper).title for entry in post.entries), ""
    )
    filled = (
        words["description"]
        .replace("{topic}", post.topic.name)
        .replace("{date}", str(post.date))
    )
    return plain_line(filled.replace("{title}", first))


def _brief(post: Post, words: Labels) -> str:
    """Say in a line how many papers there are and which are the best: "5 篇 · ⭐ SegSpeak …"."""
    first = [readable_paper(entry.paper).title for entry in post.entries[:TOP]]
    count = counted(words, "brief", len(post.entries))
    return plain_line(
        " · ".join([count, *(f"{words['top']} {one}" for one in first)]), BRIEF
    )


def _notes(post: Post, words: Labels) -> list[str]:
    """What a reader must know first: who wrote this. Only models that really wrote something
    here are named.
    """
    models = dict.fromkeys(
        entry.review.model
        for entry in post.entries
        if not entry.review.extractive
    )
    notes = (
        [words["written"].replace("{models}", ", ".join(models))]
        if models
        else []
    )
    notes += (
        [words["extracted"]]
        if any(entry.review.extractive for entry in post.entries)
        else []
    )
    return [*notes, words["careful"]]


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic on the page of a night."""

    name: str
    link: str
    papers: Sequence[PaperView]


def make_night(
    face: Face, day: date, posts: Sequence[Post], site: SiteSettings
) -> Rendered:
    """The page over all topics of a date. The posts share a language and keep the order they
    are given in.
    """
    path = face.night_path(day)
    words = labels(posts[0].language)
    title = words["night"].replace("{date}", str(day))
    topics = [
        TopicView(
            post.topic.name,
            face.post_link(
                path,
                face.post_path(post.file_name, post.date),
                post.written,
                site,
            ),
            papers_of(post, face, site),
        )
        for post in posts
    ]
    written = max(post.written for post in posts)
    cover = next(filter(None, (cover_of(post, face) for post in posts)), None)
    names = words["comma"].join(post.topic.name for post in posts)
    front = face.front(
        PageFront(
            "night", title, written, description=plain_line(names), cover=cover
        ),
        site,
    )
    return Rendered(
        face.name,
        pages(
            "night",
            path,
            face,
            words,
            front=front,
            heading=title,
            topics=topics,
        ),
    )


@dataclass(frozen=True, slots=True)
class NightView:
    """One date in the archive."""

    date: date
    topics: tuple[tuple[str, int], ...]
    link: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month in the archive."""

    year: int
    month: int
    nights: list[NightView]


def make_archive(
    face: Face, nights: Sequence[Night], language: str, site: SiteSettings
) -> Rendered:
    """The page over all dates by month, newest first."""
    path = face.archive_path()
    words = labels(language)
    newest = sorted(nights, key=lambda night: night.date, reverse=True)
    months = [
        MonthView(
            year,
            month,
            [
                NightView(
                    one.date,
                    one.topics,
                    face.post_link(
                        path, face.night_path(one.date), one.written, site
                    ),
                )
                for one in group
            ],
        )
        for (year, month), group in groupby(
            newest, key=lambda night: (night.date.year, night.date.month)
        )
    ]
    front = face.front(
        PageFront(
            "archive", words["archive"], newest[0].date if newest else None
        ),
        site,
    )
    return Rendered(
        face.name,
        pages("archive", path, face, words, front=front, months=months),
    )
