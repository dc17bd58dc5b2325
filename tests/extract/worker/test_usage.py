"""What a process has used is read from the system."""

import os
import sys

import pytest

from pipeline.extract.worker.usage import (
    _seconds,
    processor_time,
    resident_memory,
)


@pytest.mark.skipif(
    sys.platform not in {"linux", "darwin"}, reason="known there alone"
)
def test_memory_and_time_of_this_process_are_known():
    assert resident_memory(os.getpid()) > 1 << 20
    assert processor_time(os.getpid()) > 0


def test_a_process_that_is_gone_has_used_nothing():
    assert (resident_memory(1 << 30), processor_time(1 << 30)) == (0, 0.0)


@pytest.mark.parametrize(
    ("shown", "seconds"),
    [("0:01.50", 1.5), ("2:03", 123.0), ("1:00:00.5", 3600.5)],
)
def test_times_of_ps_are_read(shown, seconds):
    assert _seconds(shown) == seconds
