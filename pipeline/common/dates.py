"""Dates as a user writes them, and the reader's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.translation import gettext as _


def clock(config: Config) -> Callable[[], datetime]:
    """The reader's local time."""
    zone = ZoneInfo(config.run.timezone) if config.run.timezone else None
    return lambda: datetime.now(zone) if zone else datetime.now().astimezone()


def day_start(text: str) -> datetime:
    """Midnight UTC of a date as in 2026-10-01."""
    return datetime.combine(as_date(text), time.min, UTC)


def day_end(text: str) -> datetime:
    """The last second of a date, UTC."""
    return datetime.combine(as_date(text), time(23, 59, 59), UTC)


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken as UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def as_date(text: str) -> date:
    """A date as in 2026-10-01.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            _('"{text}" is not a date.', text=text),
            step=_("Write it as 2026-10-01."),
        ) from error
