"""Papers of a post as files of their own, for faces that have such."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Protocol, runtime_checkable

from pipeline.paper import Post
from pipeline.render.pages.labels import labels
from pipeline.render.pages.templates import pages
from pipeline.render.pages.view_models import PaperView, papers_of
from pipeline.render.sites.base import Face, SiteSettings, up


@runtime_checkable
class NoteFace(Protocol):
    """What a face with notes says besides."""

    def note_path(self, paper_id: str) -> PurePosixPath:
        """Place the note of a paper."""

    def note_front(self, view: PaperView, post: Post) -> str:
        """Write the properties of a paper's note."""


def note_links(face: Face, post: Post) -> list[str]:
    """Give the way from a post to the note of each of its papers."""
    if not isinstance(face, NoteFace):
        return []
    here = face.post_path(post.file_name, post.date)
    return [up(here, face.note_path(entry.paper.id)) for entry in post.entries]


def paper_notes(
    face: Face, post: Post, site: SiteSettings
) -> dict[PurePosixPath, bytes]:
    """Make the notes of the papers that this post shows first."""
    if not isinstance(face, NoteFace):
        return {}
    files: dict[PurePosixPath, bytes] = {}
    for entry, view in zip(
        post.entries, papers_of(post, face, site), strict=True
    ):
        if not entry.see and entry.paper.id not in post.shown_before:
            files |= _note(face, view, post)
    return files


def _note(
    face: Face, view: PaperView, post: Post
) -> dict[PurePosixPath, bytes]:
    assert isinstance(face, NoteFace)  # noqa: S101 - for the type checker
    path = face.note_path(view.paper.id)
    return pages(
        "paper",
        path,
        face,
        labels(post.language),
        front=face.note_front(view, post),
        paper=view,
        topic=post.topic.name,
        day=post.date,
        topic_link=up(path, face.post_path(post.file_name, post.date)),
    )
