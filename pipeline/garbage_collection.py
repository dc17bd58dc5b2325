"""Python's cyclic garbage collector, kept asleep while many small values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no search for cycles interrupt work that makes none.

    Reading a paper makes a hundred thousand small values, judging a night's
    records millions; looking for cycles takes a fifth of the time. As a
    decorator, so that the values are gone when the collector wakes.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
