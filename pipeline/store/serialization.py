"""Values of `pipeline.paper` as JSON text and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from pipeline.paper import Reason

Value = TypeVar("Value")


_adapters: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump_value(value: Any) -> str:
    """The value as JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def load_value(kind: type[Value], text: str) -> Value:
    """The value that `dump` wrote.

    Raises:
        pydantic.ValidationError: the text is of another form.
    """
    value: Value = _adapter(kind).validate_json(text)
    return value


def dump_reasons(reasons: Iterable[Reason]) -> str:
    """Reasons as JSON rows of (kind, phrase, weight): short, since there is a list a candidate."""
    rows = [(one.kind, one.phrase, one.weight) for one in reasons]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def load_reasons(text: str) -> tuple[Reason, ...]:
    """Reasons that `dump_reasons` wrote."""
    return tuple(Reason(*row) for row in json.loads(text))


_stamped = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def stamp(moment: datetime) -> str:
    """A moment in UTC as text that sorts by time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote.

    Raises:
        ValueError: the text is of another form.
    """
    if not _stamped.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)
