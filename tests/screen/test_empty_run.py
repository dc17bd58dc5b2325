"""Nothing new: an ordinary silence, or one that someone should look at."""

from datetime import date, datetime

import pytest

from pipeline.screen.announcements import EASTERN
from pipeline.screen.empty_run import Cause, explain


def eastern(*parts):
    return datetime(*parts).replace(tzinfo=EASTERN)  # noqa: DTZ001


TUESDAY_NIGHT = eastern(2026, 11, 17, 23, 30)


@pytest.mark.parametrize(
    ("now", "covered", "cause"),
    [
        (eastern(2026, 11, 20, 23), date(2026, 11, 19), Cause.WEEKEND),
        (eastern(2026, 11, 21, 9), date(2026, 11, 19), Cause.WEEKEND),
        (eastern(2026, 11, 26, 23), date(2026, 11, 25), Cause.HOLIDAY),
        (eastern(2026, 9, 7, 23), date(2026, 9, 6), Cause.HOLIDAY),
        (eastern(2026, 11, 17, 12), date(2026, 11, 16), Cause.WAITING),
        (eastern(2026, 11, 17, 20, 20), date(2026, 11, 16), Cause.WAITING),
        (TUESDAY_NIGHT, date(2026, 11, 16), Cause.QUIET),
        (TUESDAY_NIGHT, None, Cause.QUIET),
    ],
)
def test_an_ordinary_silence_has_its_cause(now, covered, cause):
    silence = explain(now, covered)
    assert silence.cause is cause
    assert not silence.suspicious
    assert silence.words


def test_nothing_where_there_usually_is_something_is_suspicious():
    silence = explain(TUESDAY_NIGHT, date(2026, 11, 16), [6, 5, 8, 4, 7, 6])
    assert silence.cause is Cause.FEWER
    assert "about 6 papers" in silence.words


@pytest.mark.parametrize(
    "usual", [[6, 5], [1, 1, 2, 1, 1, 1], [9, 0, 8, 0, 9, 7]]
)
def test_a_short_history_or_one_with_empty_nights_is_not(usual):
    assert (
        explain(TUESDAY_NIGHT, date(2026, 11, 16), usual).cause is Cause.QUIET
    )


def test_what_an_earlier_run_of_the_day_found_is_no_silence_of_arxiv():
    usual = [6, 5, 8, 4, 7, 6]
    silence = explain(TUESDAY_NIGHT, date(2026, 11, 16), usual, found_today=6)
    assert silence.cause is Cause.FOUND_BEFORE
    assert "earlier run" in silence.words
    assert not silence.suspicious
