"""The archive in numbers: what the trends page counts, and its plot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import repeat

from pipeline.citations.venues import venue_of
from pipeline.render.html.trend_tables import (
    WEEKS,
    TrendPaper,
    Trends,
    find_trends,
)
from pipeline.store import Store


def trends_of(store: Store, today: date) -> Trends:
    """Count what was judged in the last twelve weeks."""
    return find_trends(
        list(_papers(store, today - timedelta(weeks=WEEKS + 1))), today
    )


def _papers(store: Store, since: date) -> Iterator[TrendPaper]:
    for candidate, paper, institution in store.papers.judged_since(since):
        kept = candidate.stage != "dropped"
        venue = venue_of(paper) if kept else None
        yield TrendPaper(
            candidate.topic,
            paper.published.date(),
            kept,
            paper.title,
            venue.name if venue else "",
            institution,
        )
    for topic, day, papers in store.forgetting.counts(since):
        yield from repeat(TrendPaper(topic, day, kept=False, title=""), papers)
