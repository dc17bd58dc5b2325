"""Values from outside made storable: half characters, endless numbers and nesting go."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class StorageLimits:
    """What a stored JSON value may be."""

    depth: int = 60
    """Levels of lists and objects that are kept; what lies deeper becomes None."""
    whole: int = 2**63 - 1
    """The largest whole number of SQLite; larger ones are cut to it."""


_limits = StorageLimits()


def storable_text(text: str) -> str:
    """Replace half characters, which no UTF-8 file takes, and drop control characters."""
    return _CONTROL.sub("", _LONE_SURROGATE.sub("\ufffd", text))


def storable(value: Any, depth: int = _limits.depth) -> Any:
    """Make a JSON value storable: text cleaned, numbers within SQLite's, nesting cut."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float):
        return _storable_number(value)
    if depth <= 0:
        return None
    if isinstance(value, Mapping):
        return {
            storable_text(str(key)): storable(of, depth - 1)
            for key, of in value.items()
        }
    return [storable(each, depth - 1) for each in value]


def _storable_number(value: float) -> float | None:
    """Cut whole numbers to SQLite's; None for what JSON has no number for."""
    if isinstance(value, int):
        return max(-_limits.whole, min(_limits.whole, value))
    return value if math.isfinite(value) else None
