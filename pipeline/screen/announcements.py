"""When arXiv announces: which days, and which holidays.

Schedule and holidays are those of arXiv's help page "Availability of submissions"
(https://info.arxiv.org/help/availability.html, read for 2023, 2025 and 2026): announced Sunday
to Thursday at 20:00 US Eastern.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
ANNOUNCED = time(20)
DAY = timedelta(days=1)
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6

_PUBLISHED = {
    2023: (
        "01-16",
        "06-14",
        "06-19",
        "07-04",
        "09-04",
        "11-23",
        "12-25",
        "12-27",
    ),
    2025: ("01-01", "01-20", "06-19", "07-06", "09-01", "11-27", "12-25"),
    2026: (
        "01-01",
        "01-19",
        "06-19",
        "07-03",
        "09-07",
        "11-26",
        "12-25",
        "12-29",
        "12-31",
    ),
}
"""Days without an announcement as arXiv published them; a day here and there is added during
the year.
"""


@cache
def holidays(year: int) -> frozenset[date]:
    """Days of a year on which arXiv defers its announcement: as published, else by the rule
    behind those years.
    """
    if year in _PUBLISHED:
        return frozenset(
            date.fromisoformat(f"{year}-{day}") for day in _PUBLISHED[year]
        )
    fixed = (
        date(year, 1, 1),
        date(year, 6, 19),
        date(year, 7, 4),
        date(year, 12, 25),
    )
    moving = (
        _nth(year, 1, MONDAY, 3),
        _nth(year, 9, MONDAY, 1),
        _nth(year, 11, THURSDAY, 4),
    )
    return frozenset([*(_observed(day) for day in fixed), *moving])


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(
        days=(weekday - first.weekday()) % 7 + 7 * (number - 1)
    )


def _observed(day: date) -> date:
    """A holiday on Saturday is kept on Friday, one on Sunday on Monday."""
    return (
        day - DAY
        if day.weekday() == SATURDAY
        else day + DAY
        if day.weekday() == SUNDAY
        else day
    )


def announces(day: date) -> bool:
    """Does arXiv announce in the evening of this day, US Eastern?"""
    return day.weekday() not in (FRIDAY, SATURDAY) and day not in holidays(
        day.year
    )


def announcement_day(now: datetime) -> date:
    """The day, US Eastern, of the last announcement at or before a moment."""
    here = now.astimezone(EASTERN)
    day = here.date() if here.time() >= ANNOUNCED else here.date() - DAY
    while not announces(day):
        day -= DAY
    return day


def next_announcement(now: datetime) -> datetime:
    """When arXiv announces next, in UTC."""
    day = announcement_day(now) + DAY
    while not announces(day):
        day += DAY
    return datetime.combine(day, ANNOUNCED, EASTERN).astimezone(UTC)
