"""Long sequences that are never whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")

KEPT = 64
"""Items that are kept: a usual night's, so that only longer ones are made again at each look."""


class OneByOne(Sequence[Item], Generic[Item]):
    """A sequence whose items are made when they are looked at; only the last ones are kept."""

    def __init__(self, length: int, make: Callable[[int], Item]) -> None:
        """`make` gives the item of an index from 0 on, the same each time."""
        self._length = length
        self._make = lru_cache(KEPT)(make)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        found = range(self._length)[index]
        if isinstance(found, range):
            return OneByOne(len(found), lambda place: self._make(found[place]))
        return self._make(found)
