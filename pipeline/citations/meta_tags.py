"""What a page about one paper says of it in its head, for reference managers and search engines.

The names are those of Google Scholar (https://scholar.google.com/intl/en/scholar/inclusion.html),
which Zotero's "Embedded Metadata" reads too.
"""

from __future__ import annotations

from pipeline.citations.author_names import listed_authors
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.citations.venues import Venue, venue_of
from pipeline.common.clean import clean_line
from pipeline.paper import Paper


def meta_tags(paper: Paper) -> list[tuple[str, str]]:
    """Give names and contents of `meta` elements, not yet escaped for HTML."""
    pairs = [
        ("citation_title", clean_line(tex_as_text(paper.title))),
        *[("citation_author", name) for name in listed_authors(paper.authors)],
        ("citation_publication_date", f"{paper.published:%Y/%m/%d}"),
        _published_in(paper, venue_of(paper)),
        ("citation_arxiv_id", paper.id if paper.version else ""),
        ("citation_doi", clean_line(paper.doi)),
        ("citation_abstract", clean_line(tex_as_text(paper.abstract))),
        ("citation_abstract_html_url", paper.abs_url),
        ("citation_pdf_url", paper.pdf_url),
    ]
    return [(name, content) for name, content in pairs if content]


def _published_in(paper: Paper, venue: Venue | None) -> tuple[str, str]:
    """Give the venue, or the number on arXiv, where Zotero has no field of its own for it."""
    if venue is None:
        return (
            "citation_journal_title",
            f"arXiv:{paper.id}" if paper.version else "",
        )
    is_journal = venue.kind == "journal"
    kind = "journal" if is_journal else "conference"
    return f"citation_{kind}_title", clean_line(venue.full)
