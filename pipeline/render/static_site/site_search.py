"""The search index of a site: what is searched of each paper, a script a week.

Scripts and not JSON, so that a site opens from a folder, where browsers fetch nothing. The
search itself is archive.js: Latin words by their beginning, Chinese by any characters in a row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.citations.tex_as_text import tex_as_text
from pipeline.common.clean import clean_line
from pipeline.common.text import fold_text
from pipeline.paper import Entry
from pipeline.render.html.cards import Card
from pipeline.render.static_site.site_links import FileLinks, site_files

ABSTRACT = 700
"""Characters of an abstract that are searched: its first half says what a paper is about."""


def week_of(day: date) -> str:
    """Name the week of a date: "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def search_piece(week: str, found: Sequence[tuple[Card, Entry]]) -> bytes:
    """Make the piece of the index that holds the papers posted in a week."""
    records = [search_record(card, entry) for card, entry in found]
    # "</" and U+2028 end a script in some browsers.
    text = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (
        ("</", "<\\/"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, escaped)
    return f"screenSearch.add({json.dumps(week)},{text});\n".encode()


def search_record(card: Card, entry: Entry) -> dict[str, Any]:
    """Give what the archive shows of a paper, and the folded text that is searched."""
    review, paper = entry.review, entry.paper
    words = [
        *(claim.text for claim in review.takeaways),
        *review.keywords,
        *paper.authors[:20],
        card.institution,
        card.venue,
        tex_as_text(paper.abstract)[:ABSTRACT],
    ]
    return {
        "page": FileLinks(site_files.archive).paper(card.paper_id),
        "title": card.title,
        "line": card.summary,
        "also": card.translated,
        "topic": card.topic,
        "date": str(card.posted),
        "facts": " · ".join(filter(None, (card.institution, card.venue))),
        "figure": FileLinks(site_files.archive).figure(
            card.paper_id, card.version, card.figure
        )
        if card.figure
        else "",
        "head": fold_text(f"{card.title} {card.translated} {card.summary}"),
        "text": fold_text(clean_line(" ".join(words))),
    }
