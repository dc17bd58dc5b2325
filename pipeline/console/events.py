"""What happens during a run, as values. Progress bars, plain lines and the log are told the
same events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["run", "fetch", "screen", "download", "read", "review", "post"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    stage: Stage
    outcome: Literal["expected", "started", "done", "failed", "note"]
    """expected: `count` more items of this stage will come."""
    paper_id: str = ""
    topic: str = ""
    seconds: float = 0.0
    count: int = 0
    detail: str = ""
    """For a person: never a key, a prompt, or the text of a paper."""


Tell = Callable[[Event], None]
