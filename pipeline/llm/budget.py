"""Money and tokens: what a call costs at most, what it did cost, and the limits of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.errors import BudgetReached
from pipeline.paper import Usage
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """USD a million tokens. A price that nobody knows is None, never this with zeros."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """Compute USD for so many tokens; cached input counts in full.

        Discounts of caches differ, and the limit of a run must hold.
        """
        return (
            input_tokens * self.input + output_tokens * self.output
        ) / 1_000_000

    def times(self, share: float) -> TokenPrice:
        """Give the price at that share of it."""
        return TokenPrice(self.input * share, self.output * share)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What a run may use."""

    usd: float = 1.0
    tokens: int = 0
    """Input and output together, of calls whose price is unknown; 0 = any number."""


@dataclass(frozen=True, slots=True)
class CallCost:
    """The most that a call can use."""

    usd: float
    tokens: int
    """0 where the price is known, since USD are counted then."""


class Budget:
    """What a run may still use. The most that a call can cost is set aside before it is sent."""

    def __init__(self, limits: RunLimits, usage: Callable[[], Usage]) -> None:
        self._limits = limits
        self._usage = usage
        self._usd, self._tokens = 0.0, 0

    @contextmanager
    def reserve(self, most: CallCost) -> Iterator[None]:
        """Set `most` aside while a call is under way.

        Raises:
            BudgetReached: the run could pass a limit with this call.
        """
        self.set_aside(most)
        try:
            yield
        finally:
            self._usd -= most.usd
            self._tokens -= most.tokens

    def set_aside(self, most: CallCost) -> None:
        """Set `most` aside to the end of the run.

        Raises:
            BudgetReached: the run could pass a limit with this call.
        """
        used = self._usage()
        self._check_usd(used.cost + self._usd + most.usd, most.usd)
        self._check_tokens(
            used.unpriced_tokens + self._tokens + most.tokens, most
        )
        self._usd += most.usd
        self._tokens += most.tokens

    def _check_usd(self, total: float, most: float) -> None:
        if most <= 0 or total <= self._limits.usd:
            return
        raise BudgetReached(
            _(
                "The next model call could cost ${most:.4f} and bring this run to "
                "${total:.2f}, past the ${usd:.2f} of [model] budget_per_run.",
                most=most,
                total=total,
                usd=self._limits.usd,
            ),
            most=most,
            limit=self._limits.usd,
        )

    def _check_tokens(self, total: int, most: CallCost) -> None:
        limit = self._limits.tokens
        if not limit or not most.tokens or total <= limit:
            return
        raise BudgetReached(
            _(
                "The next model call could bring this run to {total:,} tokens of "
                "unknown price, past the {limit:,} of [model] tokens_per_run.",
                total=total,
                limit=limit,
            ),
            step=_(
                "Set [model] price, raise tokens_per_run, or let the next run go on."
            ),
            most=most.tokens,
            limit=limit,
        )
