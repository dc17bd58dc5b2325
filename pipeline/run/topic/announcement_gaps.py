"""Which announcements a topic has not seen whole, and what to ask for to fill them.

A day is the date of arXiv's feed: what is announced in the evening, US Eastern, stands in the
feed of the next day. Every day of the calendar counts, since arXiv adds holidays and may announce
on any day; one without papers costs a small request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from pipeline.errors import UsageError
from pipeline.fetch.query import Window, topic_categories
from pipeline.paper import Topic
from pipeline.run.services import Services
from pipeline.screen.announcements import DAY, EASTERN
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class GapLimits:
    """How announcements and submissions hang together."""

    lag: timedelta = timedelta(days=6)
    """How long before its announcement a paper may have been submitted: over a long weekend, or
    held by the moderators.
    """
    rebuild: timedelta = timedelta(hours=1)
    """After midnight US Eastern, when the feed of the new day is there at the latest."""
    late: timedelta = timedelta(days=14)
    """For how long the late papers of a missed announcement are asked for."""
    clock_skew: timedelta = timedelta(days=1)
    """A clock that is wrong by more than this is worth a word."""


gap_limits = GapLimits()


@dataclass(frozen=True, slots=True)
class Gap:
    """What a topic has not seen whole."""

    topic: Topic
    window: Window
    """Papers submitted in it are candidates; everything else is at most a new version."""
    days: tuple[date, ...] = ()
    """Announcements that are missing."""
    known_since: datetime | None = None
    """What was submitted after it has been judged when it was announced. What is listed and was
    not judged is missing, however long ago it was submitted; None: nothing is known.
    """
    asked: bool = False
    """True for a window that the user has asked for."""
    covered_before: date | None = None
    """The last announcement that an earlier run has seen."""
    clock_was: date | None = None
    """The day up to which an earlier run's clock, being ahead, called the topic covered."""

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to ask for."""
        return self.asked or bool(self.days)

    @property
    def changed_since(self) -> date:
        """Give the first day on which OAI-PMH may date what is missing."""
        is_announced = bool(self.days) and not self.asked
        return self.days[0] - DAY if is_announced else self.window.since.date()

    @property
    def wanted(self) -> Window:
        """Give the window of submission of what is missing, late papers included."""
        since = self.window.since
        if self.known_since:
            since = min(since, self.known_since)
        return Window(since, self.window.until)

    @property
    def may_lack_late(self) -> bool:
        """Tell whether papers may be missing that were submitted before the window."""
        return self.wanted.since < self.window.since

    @property
    def takes_latest(self) -> bool:
        """Tell whether the newest announcement belongs to what is wanted."""
        return not self.asked or bool(self.days)


def find_gap(
    topic: Topic,
    services: Services,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Gap:
    """Find what a topic is to be asked for: what the user says, else what it has not seen.

    Raises:
        UsageError: it would end before it begins; or the clock of this machine is behind.
    """
    now = services.now().astimezone(UTC)
    _check_clock(now, services)
    if since or until:
        return _asked_for(topic, services, now, since, until)
    coverage, today = services.store.coverage, feed_day(now)
    seen = coverage.days(topic.name)
    clock_was = None
    if seen and max(seen) > today + gap_limits.clock_skew:
        clock_was = max(seen)
        coverage.forget_after(topic.name, today - gap_limits.lag)
        seen = coverage.days(topic.name)
    if not seen:
        return _first(topic, services, today, now, clock_was)
    missing = _missing(seen, today)
    return Gap(
        topic,
        _window(missing, min(seen), now),
        missing,
        known_since=_known_since(topic, services, today, now),
        covered_before=max(seen),
        clock_was=clock_was,
    )


def without_days(gap: Gap, found: Iterable[date]) -> Gap:
    """Give what is left of a gap when some of its days have been seen."""
    left = tuple(day for day in gap.days if day not in set(found))
    if gap.asked or not left:
        return replace(gap, days=left)
    since = max(gap.window.since, midnight(left[0]) - gap_limits.lag)
    return replace(gap, days=left, window=Window(since, gap.window.until))


def final_days(gap: Gap, now: datetime) -> tuple[date, ...]:
    """Give the days of a gap that the search API and OAI-PMH show whole: all but the newest.

    They lag an announcement by hours to a day.
    """
    today = feed_day(now.astimezone(UTC))
    return tuple(day for day in gap.days if day < today)


def feed_day(now: datetime) -> date:
    """Give the day of the feed that arXiv shows at a moment."""
    return (now - gap_limits.rebuild).astimezone(EASTERN).date()


def midnight(day: date) -> datetime:
    """Give the beginning of a day, US Eastern, in UTC."""
    return datetime.combine(day, time.min, EASTERN).astimezone(UTC)


def _first(
    topic: Topic,
    services: Services,
    today: date,
    now: datetime,
    clock_was: date | None,
) -> Gap:
    """Begin a topic some days ago. However long arXiv is down, it begins there."""
    begin = today - timedelta(days=services.config.arxiv.days)
    coverage = services.store.coverage
    coverage.mark(topic.name, [begin])
    coverage.follow(topic.name, topic_categories(topic), begin)
    window = Window(midnight(begin), now)
    missing = _missing({begin}, today)
    return Gap(topic, window, missing, clock_was=clock_was)


def _known_since(
    topic: Topic, services: Services, today: date, now: datetime
) -> datetime:
    """Give the submission since which every paper announced in the categories is known.

    Not before the topic began or got its categories; and what was judged off topic is remembered
    for some weeks only.
    """
    categories = topic_categories(topic)
    coverage = services.store.coverage
    followed = coverage.follow(topic.name, categories, today)
    remembered = timedelta(days=services.config.run.keep_dropped)
    return max(midnight(followed), now - remembered)


def _missing(seen: set[date], today: date) -> tuple[date, ...]:
    first = min(seen)
    days = (first + DAY * step for step in range(1, (today - first).days + 1))
    return tuple(day for day in days if day not in seen)


def _window(missing: tuple[date, ...], first: date, now: datetime) -> Window:
    if not missing:
        return Window(now, now)
    since = midnight(missing[0]) - gap_limits.lag
    return Window(max(since, midnight(first)), now)


def _asked_for(
    topic: Topic,
    services: Services,
    now: datetime,
    since: datetime | None,
    until: datetime | None,
) -> Gap:
    begin = since or now - timedelta(days=services.config.arxiv.days)
    window = Window(begin, min(until or now, now))
    if window.since > window.until:
        raise UsageError(
            _(
                "Nothing lies between {since:%Y-%m-%d} and {until:%Y-%m-%d}.",
                since=window.since,
                until=window.until,
            ),
            step=_("Give --since a date before --until, and not after today."),
        )
    first, today = begin.astimezone(EASTERN).date(), feed_day(now)
    to_the_end = until is None
    days = _missing({first - DAY}, today) if to_the_end else ()
    return Gap(topic, window, days, asked=True)


def _check_clock(now: datetime, services: Services) -> None:
    newest = services.store.papers.newest()
    if newest and newest > now + gap_limits.clock_skew:
        raise UsageError(
            _(
                "The clock of this machine says {now:%Y-%m-%d}, but arXiv has "
                "shown papers of {newest:%Y-%m-%d}.",
                now=now,
                newest=newest,
            ),
            step=_("Set the clock, then run again."),
        )
