"""One paper's review by itself, as Markdown for a terminal or a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import PurePosixPath

from pipeline.paper import Entry, Post, Topic, Verdict
from pipeline.render.pages.labels import labels
from pipeline.render.pages.templates import pages
from pipeline.render.pages.view_models import papers_of
from pipeline.render.sites.base import SiteSettings
from pipeline.render.sites.markdown import Markdown


def review_text(entry: Entry, language: str) -> str:
    """The paper and its review as CommonMark. Pictures are left out: their files are wherever
    the reader put them.
    """
    plain = replace(
        entry, document=replace(entry.document, figures=()), verdict=no_verdict
    )
    day = entry.paper.updated.date()
    post = Post(
        Topic(entry.paper.title),
        day,
        datetime.combine(day, time.min),
        "paper",
        language,
        (plain,),
    )
    face = Markdown()
    (view,) = papers_of(post, face, SiteSettings())
    made = pages(
        "paper", PurePosixPath("paper.md"), face, labels(language), paper=view
    )
    return b"".join(made.values()).decode()


no_verdict = Verdict("", "", 0.0, keep=True)
"""A paper that was asked for by its id was judged by nobody."""
