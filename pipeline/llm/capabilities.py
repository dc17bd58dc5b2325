"""What was learnt of one model, kept from night to night so that nothing is tried twice in vain."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pipeline.llm.call_log import Ledger
from pipeline.llm.response_format import FORMS, Form

KEPT = timedelta(days=30)
"""How long what was learnt counts: servers are updated, and a model may manage next month what
it does not today.
"""


@dataclass(frozen=True, slots=True)
class Traits:
    """How a model is asked."""

    form: Form = FORMS[0]
    context: int = 0
    """Tokens it takes, input and output together, as its endpoint states; 0 = as configured."""
    input: int = 0
    """Tokens of input it is known to refuse from; 0 = none."""
    output: int = 0
    """Tokens of a reply that it takes as a limit; 0 = any."""
    limit_key: str = ""
    """The option that limits its reply; "" = the provider's."""
    plain: bool = False
    """It takes none of the provider's further options."""
    parts: int = 1
    """Calls into which a review is divided."""
    whole: bool = False
    """It has written a whole review in one call, so a failure to do so is a passing one."""


class Memory:
    """The traits of the models of one endpoint, read from the ledger and written back when they
    change.
    """

    def __init__(self, ledger: Ledger, place: str, now: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._place = place
        self._now = now
        self._known: dict[str, Traits] = {}

    def of(self, model: str) -> Traits:
        """What is known of that model."""
        if model not in self._known:
            self._known[model] = _read(
                self._ledger.recall(self._key(model)), self._now()
            )
        return self._known[model]

    def learn(self, model: str, **changes: Any) -> None:
        """Change some traits of that model."""
        traits = replace(self.of(model), **changes)
        if traits != self._known[model]:
            self._known[model] = traits
            self._ledger.remember(
                self._key(model),
                json.dumps({**asdict(traits), "learnt": self._now().isoformat()}),
            )

    def _key(self, model: str) -> str:
        return f"traits of {model} at {self._place}"


def _read(text: str | None, now: datetime) -> Traits:
    """Traits as stored; what is not understood or was learnt long ago is as unknown."""
    try:
        stored = json.loads(text or "{}")
        learnt = datetime.fromisoformat(stored.pop("learnt"))
        traits = Traits(**stored)
        fresh = now - learnt < KEPT
    except (ValueError, TypeError, KeyError, AttributeError):
        return Traits()
    return traits if fresh and traits.form in FORMS else Traits()
