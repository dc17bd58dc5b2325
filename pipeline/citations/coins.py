"""A reference that reference managers find in a page: COinS, an OpenURL in a `title`.

https://web.archive.org/web/2017/http://ocoins.info/ and ANSI/NISO Z39.88-2004; Zotero's button
lists the papers of a page that holds several.
"""

from __future__ import annotations

from urllib.parse import urlencode

from pipeline.citations.author_names import listed_authors
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.citations.venues import venue_of
from pipeline.common.clean import clean_line
from pipeline.paper import Paper

AUTHORS = 20
"""Authors that are named: a paper of 3,001 would be heavier than its review."""


def coins(paper: Paper) -> str:
    """Give the value of the `title` of a `span class="Z3988"`, not yet escaped for HTML."""
    venue = venue_of(paper)
    is_journal = venue is not None and venue.kind == "journal"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", _genre(is_journal, bool(venue))),
        ("rft.atitle", clean_line(tex_as_text(paper.title))),
        ("rft.jtitle", clean_line(venue.full) if venue else "arXiv"),
        ("rft.date", f"{paper.published:%Y-%m-%d}"),
        *[("rft.au", name) for name in listed_authors(paper.authors)[:AUTHORS]],
        ("rft_id", paper.abs_url),
    ]
    if paper.doi:
        pairs.append(("rft_id", f"info:doi/{clean_line(paper.doi)}"))
    return urlencode([(key, value) for key, value in pairs if value])


def _genre(is_journal: bool, is_published: bool) -> str:
    if is_journal:
        return "article"
    return "proceeding" if is_published else "preprint"
