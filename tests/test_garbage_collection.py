"""The collector sleeps during the work, and only then."""

import gc

import pytest

from pipeline.garbage_collection import collector_paused


@collector_paused()
def is_collecting():
    return gc.isenabled()


@collector_paused()
def fail():
    raise ValueError


def test_the_collector_sleeps_during_the_work_only():
    assert (gc.isenabled(), is_collecting(), gc.isenabled()) == (
        True,
        False,
        True,
    )


def test_it_wakes_after_a_failure():
    with pytest.raises(ValueError):  # noqa: PT011
        fail()
    assert gc.isenabled()


def test_it_stays_asleep_where_it_was():
    gc.disable()
    try:
        is_collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
