"""Papers that were announced on a missed night, long after their submission.

A paper of another category that is listed in one of a topic's days or weeks later (a late
cross-list), or one that the moderators held. The search API knows papers by their submission and
by the date of their newest version, so that it shows neither. OAI-PMH lists a record on the day
of its last change, whatever has changed, so that it shows both, among records that got a new
version, a DOI or a journal reference. What tells them apart is the store: every paper that was
announced in the topic's categories since the topic began has been judged, so that one submitted
after that and never judged is missing. Of older papers nothing can be told, and none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pipeline.errors import ArxivDown
from pipeline.fetch.query import join_categories
from pipeline.paper import Paper
from pipeline.run.topic.announcement_gaps import Gap, feed_day, gap_limits
from pipeline.run.topic.collect import (
    Collector,
    batch_of_listing,
    next_in_thread,
)
from pipeline.screen.announcements import DAY

LONGEST = timedelta(minutes=15)
"""Time in which further days are asked for; a day's first byte takes up to three minutes."""


async def collect_late(collector: Collector, gaps: Sequence[Gap]) -> None:
    """Ask OAI-PMH for the late papers of the days that topics lack them of, today first.

    A change moves a record to its day, so that a day is known when it and all after it are. What
    does not come in time, or at all, is left to the next run.
    """
    services, coverage = collector.services, collector.services.store.coverage
    begun = services.now()
    today = feed_day(begun)
    lacking = {}
    for gap in gaps:
        days = coverage.lacking_late(gap.topic.name, today - gap_limits.late)
        if days and not gap.asked:
            lacking[gap.topic.name] = days
    open_gaps = [gap for gap in gaps if gap.topic.name in lacking]
    if not open_gaps or not services.searcher.lists_changes:
        return
    first = min(map(min, lacking.values()))
    for day in _days_back(begun.date(), first - DAY):
        if services.now() - begun > LONGEST:
            return
        try:
            papers = await _changed(collector, open_gaps, day)
        except ArxivDown:
            return
        await collector.take_in(batch_of_listing(papers, open_gaps))
        for name in lacking:
            coverage.found_late(name, day + DAY)


async def _changed(
    collector: Collector, gaps: Sequence[Gap], day: date
) -> list[Paper]:
    """Give what was changed on a day.

    Raises:
        ArxivDown: OAI-PMH cannot be asked now, or has not told everything.
    """
    categories = join_categories(gap.topic for gap in gaps)
    pages = collector.services.searcher.changes(categories, day)
    found: list[Paper] = []
    async for page in next_in_thread(pages):
        collector.tell_fetched(len(page))
        found += page
    return found


def _days_back(last: date, first: date) -> Iterator[date]:
    """Give the days from the last to the first."""
    for step in range((last - first).days + 1):
        yield last - DAY * step
