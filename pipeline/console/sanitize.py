"""Text of others on a terminal, where control characters are commands."""

from __future__ import annotations

import re

CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def terminal_safe(text: str) -> str:
    """The text without what would move a terminal's cursor, change its colours or turn its
    direction.
    """
    return CONTROL.sub(" ", text)
