"""How long a server asks to wait, in words: "try again in 7m3.5s"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WaitPatterns:
    """How times to wait are written."""

    request: re.Pattern[str] = re.compile(
        r"(?:retry|try again|available|wait)[^.\d]{0,30}?((?:\d{1,6}(?:\.\d{1,9})?\s*"
        r"(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\s*){1,3})",
        re.IGNORECASE,
    )
    """The words that ask for it, and the time."""
    piece: re.Pattern[str] = re.compile(
        r"(\d{1,6}(?:\.\d{1,9})?)\s*(ms|milli|s|m|h)", re.IGNORECASE
    )
    """One number and its unit."""
    seconds: dict[str, float] = field(
        default_factory=lambda: {
            "ms": 0.001,
            "milli": 0.001,
            "s": 1.0,
            "m": 60.0,
            "h": 3600.0,
        }
    )
    """In each unit."""


wait_patterns = WaitPatterns()


def stated_wait(words: str) -> float | None:
    """Find the seconds that words ask to wait; None where they do not."""
    found = wait_patterns.request.search(words)
    return read_span(found[1]) if found else None


def read_span(text: str) -> float | None:
    """Read the seconds in "3s", "7m3.5s" or "250ms"; None where there is no time."""
    pieces = wait_patterns.piece.findall(text.lower())
    if not pieces:
        return None
    return sum(float(n) * wait_patterns.seconds[unit] for n, unit in pieces)
