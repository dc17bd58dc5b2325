"""No new papers: is it the weekend, or is something wrong?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from pipeline.screen.announcements import (
    ANNOUNCED,
    DAY,
    EASTERN,
    FRIDAY,
    SATURDAY,
    announcement_day,
    holidays,
    next_announcement,
)
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class SilenceLimits:
    """When a night without papers is suspicious."""

    grace: timedelta = timedelta(hours=3)
    """arXiv's search API shows an announcement late; before this nothing is suspicious."""
    nights: int = 5
    """Nights of history below which nothing is usual."""
    chance: float = 0.02
    """Chance of finding nothing, by the history, below which it is suspicious: once in fifty
    nights.
    """


silence_limits = SilenceLimits()


class Cause(Enum):
    """Why there is nothing."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    WAITING = "waiting"
    """arXiv announced just now, or announces later today."""
    FOUND_BEFORE = "found before"
    """An earlier run of the same day has taken what there is."""
    QUIET = "quiet"
    """Announced, and nothing on this topic: that happens."""
    FEWER = "fewer than usual"


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there is nothing new, for a machine and for a reader."""

    cause: Cause
    words: str

    @property
    def suspicious(self) -> bool:
        """True when someone should look."""
        return self.cause is Cause.FEWER


def explain(
    now: datetime,
    covered: date | None,
    usual: Sequence[int] = (),
    *,
    found_today: int = 0,
) -> Silence:
    """Why a run found nothing.

    Args:
        now: with its time zone.
        covered: the last announcement (day, US Eastern) that an earlier run of this topic has read.
        usual: how many papers the query found in earlier nights with an announcement, newest last.
        found_today: how many papers earlier runs of this day have found.
    """
    latest = announcement_day(now)
    if covered is not None and covered >= latest:
        return _between(now, latest)
    if found_today:
        words = _(
            "nothing new since an earlier run today, which found {count} papers",
            count=found_today,
        )
        return Silence(Cause.FOUND_BEFORE, words)
    since = now - datetime.combine(latest, ANNOUNCED, EASTERN)
    if since < silence_limits.grace:
        return Silence(
            Cause.WAITING,
            _(
                "arXiv announced {time} ago; its search may not show it yet",
                time=_hours(since),
            ),
        )
    return _announced(latest, usual)


def _announced(latest: date, usual: Sequence[int]) -> Silence:
    """Papers arrive as by Poisson: with a mean of m, a night is empty by chance exp(-m)."""
    mean = sum(usual) / max(1, len(usual))
    is_known = len(usual) >= silence_limits.nights
    is_rare = math.exp(-mean) < silence_limits.chance
    if is_known and is_rare and 0 not in usual:
        words = _(
            "nothing found in the announcement of {latest}, though a night usually finds about {mean:.0f} papers",
            latest=latest,
            mean=mean,
        )
        return Silence(Cause.FEWER, words)
    return Silence(
        Cause.QUIET,
        _(
            "arXiv announced on {latest}, with no paper on this topic",
            latest=latest,
        ),
    )


def _between(now: datetime, latest: date) -> Silence:
    """Everything announced is covered: until when is there nothing?"""
    following = next_announcement(now).astimezone(EASTERN)
    words = _(
        "arXiv announces next on {following:%A}, {day}, at 20:00 US Eastern",
        following=following,
        day=following.date(),
    )
    gap = [
        latest + DAY * step
        for step in range(1, (following.date() - latest).days)
    ]
    if any(
        day in holidays(day.year) and day.weekday() not in (FRIDAY, SATURDAY)
        for day in gap
    ):
        return Silence(Cause.HOLIDAY, _("arXiv holiday; {words}", words=words))
    return (
        Silence(Cause.WEEKEND, _("weekend; {words}", words=words))
        if gap
        else Silence(Cause.WAITING, words)
    )


def _hours(since: timedelta) -> str:
    minutes = int(since.total_seconds() // 60)
    return (
        _("{minutes} minutes", minutes=minutes)
        if minutes < 60  # noqa: PLR2004
        else f"{minutes // 60} h {minutes % 60} min"
    )
