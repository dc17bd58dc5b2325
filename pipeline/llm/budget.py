"""Money: what a call costs at most, what it did cost, and the limit of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.errors import BudgetReached

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """USD a million tokens; 0 when unknown or free."""

    input: float = 0.0
    output: float = 0.0

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """USD for that many tokens. Cached input counts in full: discounts differ and the limit
        must hold.
        """
        return (input_tokens * self.input + output_tokens * self.output) / MILLION

    def __bool__(self) -> bool:
        return bool(self.input or self.output)


UNKNOWN = Price()


class Budget:
    """What a run may spend. The most that a call can cost is set aside before it is sent."""

    def __init__(self, limit: float, spent: Callable[[], float]) -> None:
        self._limit = limit
        self._spent = spent
        self._reserved = 0.0

    @contextmanager
    def reserve(self, most: float) -> Iterator[None]:
        """Set `most` USD aside while a call is under way.

        Raises:
            BudgetReached: the run could pass its limit with this call.
        """
        total = self._spent() + self._reserved + most
        if most > 0 and total > self._limit:
            raise BudgetReached(
                f"The next model call could cost ${most:.4f} and bring this run to ${total:.2f}, "
                f"past the ${self._limit:.2f} of [model] budget_per_run.",
                most=most,
                limit=self._limit,
            )
        self._reserved += most
        try:
            yield
        finally:
            self._reserved -= most
