"""What was learnt of a model, kept from night to night so that nothing is tried twice in vain."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from pipeline.llm.call_log import CallLog
from pipeline.llm.response_format import FORMS, Form


@dataclass(frozen=True, slots=True)
class LessonLimits:
    """How long what was learnt counts."""

    sure: timedelta = timedelta(days=30)
    """Servers are updated, and a model may manage next month what it does not today."""
    doubtful: timedelta = timedelta(days=1)
    """For what one unexplained failure seemed to teach."""


lesson_limits = LessonLimits()


@dataclass(frozen=True, slots=True)
class Capabilities:
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
    strict: bool = True
    """It takes `strict` beside a schema."""
    system: bool = True
    """It takes a system message; otherwise its text goes before the user's."""
    stream: bool = False
    """It answers in pieces only."""


class CapabilityMemory:
    """Reads what is known of models from the log of calls, and writes back what changes."""

    def __init__(
        self, log: CallLog, place: str, now: Callable[[], datetime]
    ) -> None:
        self._log = log
        self._place = place
        self._now = now
        self._known: dict[str, Capabilities] = {}

    def of(self, model: str) -> Capabilities:
        """Return what is known of that model."""
        if model not in self._known:
            self._known[model] = _read(
                self._log.recall(self._key(model)), self._now()
            )
        return self._known[model]

    def learn(
        self, model: str, *, doubtful: bool = False, **changes: Any
    ) -> None:
        """Change what is known of that model; for a day only where it is doubtful."""
        known = replace(self.of(model), **changes)
        if known == self._known[model]:
            return
        self._known[model] = known
        lesson = {**asdict(known), "learnt": self._now().isoformat()}
        if doubtful:
            lesson["doubtful"] = True
        self._log.remember(self._key(model), json.dumps(lesson))

    def _key(self, model: str) -> str:
        return f"traits of {model} at {self._place}"


def _read(text: str | None, now: datetime) -> Capabilities:
    """Read what was stored; what is not understood or was learnt long ago is as unknown."""
    names = {field.name for field in fields(Capabilities)}
    try:
        stored = json.loads(text or "{}")
        learnt = datetime.fromisoformat(stored["learnt"])
        known = Capabilities(**{k: v for k, v in stored.items() if k in names})
        age = now - learnt
    except (ValueError, TypeError, KeyError, AttributeError):
        return Capabilities()
    limits = lesson_limits
    kept = limits.doubtful if stored.get("doubtful") else limits.sure
    usable = age < kept and known.form in FORMS
    return known if usable else Capabilities()
