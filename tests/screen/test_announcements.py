"""arXiv's calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.screen.announcements import (
    EASTERN,
    announcement_day,
    announces,
    holidays,
    next_announcement,
)


def eastern(*parts):
    return datetime(*parts).replace(tzinfo=EASTERN)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (eastern(2026, 11, 17, 20, 0), date(2026, 11, 17)),
        (eastern(2026, 11, 17, 19, 59), date(2026, 11, 16)),
        (eastern(2026, 11, 20, 23, 0), date(2026, 11, 19)),
        (eastern(2026, 11, 22, 19, 0), date(2026, 11, 19)),
        (eastern(2026, 11, 22, 21, 0), date(2026, 11, 22)),
        (eastern(2026, 11, 26, 21, 0), date(2026, 11, 25)),
    ],
)
def test_the_last_announcement(now, day):
    assert announcement_day(now) == day
    assert announcement_day(now.astimezone(UTC)) == day


@given(
    st.integers(0, 16 * 365 * 24 * 60).map(
        lambda minutes: (
            datetime(2020, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
        )
    )
)
def test_the_next_announcement_is_later_and_has_a_day_of_its_own(now):
    following = next_announcement(now)
    assert following > now
    assert announcement_day(now) < announcement_day(following)
    assert announces(announcement_day(following))


def test_the_rule_gives_the_holidays_that_arxiv_published():
    """The rule for years without a list, held against a list."""
    rule = {date(2024, 1, 1), date(2024, 1, 15), date(2024, 6, 19), date(2024, 7, 4), date(2024, 9, 2),
            date(2024, 11, 28), date(2024, 12, 25)}  # fmt: skip
    assert holidays(2024) == rule
    assert date(2026, 11, 26) in holidays(2026)
    assert date(2027, 7, 5) in holidays(2027)  # the fourth is a Sunday
