"""The log of the runs: one line an event, as text or JSON, in a file that is rotated.

    2026-11-20T22:00:07+08:00 r12 review done 2611.00001 6.2s
    2026-11-20T22:00:09+08:00 r12 read failed 2611.00002 0.4s needs a password

No key, no prompt and no text of a paper comes into it: events carry none, and what looks like a
key is struck out.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipeline.console.events import Event, Tell
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import from_os

if TYPE_CHECKING:
    from pipeline.config import Config


@dataclass(frozen=True, slots=True)
class LogsRules:
    """How long the log grows, and what of it looks like a secret."""

    size: int = 2_000_000
    """Bytes of one file: some 20,000 events, a month of a group's nights."""
    files: int = 5
    """Older files that are kept, as screen.log.1 …"""
    longest: int = 300
    """Characters of a detail."""
    secret_name: re.Pattern[str] = re.compile(
        r"(?i)key|token|secret|passw|pwd|credential|webhook"
    )
    shortest: int = 8
    """Characters of a value worth striking out; shorter ones are words such as "none"."""
    hidden: str = "***"
    """Stands where a secret stood."""
    # What keys look like that are not in the environment: bearer tokens, sk-…, tell-tale
    # parameters, user:password@.
    looks_secret: re.Pattern[str] = re.compile(
        r"(?i)(?P<before>\bbearer\s+|\b(?:api[-_]?key|token|secret|password|passwd|authorization)[\"']?\s*[=:]\s*[\"']?(?:(?:bearer|basic)\s+)?)[^\s\"'&,;]+"
        r"|\b(?:sk|pk|ghp|gho|xox[abp])[-_][A-Za-z0-9_-]{8,}|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"
    )


_rules = LogsRules()

_logger = logging.getLogger("pipeline.console.events")


@contextmanager
def logging_events(
    config: Config,
    *,
    as_json: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Tell]:
    """Somebody to tell events to, who writes them into `[run] log` under the output folder; ""
    writes nothing.

    The run's id is the detail of the event that says it has started; until then it is the
    process id.

    Raises:
        NotWritable, DiskFull: the file cannot be opened.
    """
    if not config.run.log:
        yield _nothing
        return
    zone = ZoneInfo(config.run.timezone) if config.run.timezone else None
    handler = open_log(config.out / config.run.log)
    handler.setFormatter(
        Lines(as_json=as_json, zone=zone, secrets=secrets(environ))
    )
    _logger.addHandler(handler)
    _logger.setLevel(logging.INFO)
    _logger.propagate = False
    try:
        yield _teller(f"p{os.getpid()}")
    finally:
        _logger.removeHandler(handler)
        handler.close()


def open_log(path: Path) -> RotatingFileHandler:
    """The file, opened for more lines.

    Raises:
        NotWritable, DiskFull: it cannot be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return QuietFile(
            path,
            maxBytes=_rules.size,
            backupCount=_rules.files,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise from_os(error, path) from error


def secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Values of the environment that must not be seen, longest first."""
    values = {
        value
        for name, value in environ.items()
        if _rules.secret_name.search(name) and len(value) >= _rules.shortest
    }
    return tuple(sorted(values, key=lambda value: (-len(value), value)))


def redact(text: str, hidden: tuple[str, ...] = ()) -> str:
    """The text without those values, and without what looks like a key."""
    for value in hidden:
        text = text.replace(value, _rules.hidden)
    return _rules.looks_secret.sub(
        lambda found: (found["before"] or "") + _rules.hidden, text
    )


class QuietFile(RotatingFileHandler):
    """A log that cannot be written at the moment, on a full disk, loses lines rather than the
    run.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on."""

    def close(self) -> None:
        """Close the file, whatever becomes of the last lines."""
        with suppress(OSError):
            super().close()


class Lines(logging.Formatter):
    """Writes an event as one line of text or as one JSON object."""

    def __init__(
        self, *, as_json: bool, zone: ZoneInfo | None, secrets: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._as_json, self._zone, self._secrets = as_json, zone, secrets

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the event's detail holds."""
        at = (
            datetime.fromtimestamp(record.created)
            .astimezone(self._zone)
            .isoformat(timespec="seconds")
        )
        facts = self._facts(record.__dict__["event"])
        if self._as_json:
            return json.dumps(
                {"at": at, "run": record.__dict__["run"], **facts},
                ensure_ascii=False,
            )
        seconds = [f"{facts.pop('seconds')}s"] if "seconds" in facts else []
        detail = [facts.pop("detail")] if "detail" in facts else []
        count = [f"count={facts.pop('count')}"] if "count" in facts else []
        topic = (
            [json.dumps(facts.pop("topic"), ensure_ascii=False)]
            if "topic" in facts
            else []
        )
        return " ".join(
            [
                at,
                record.__dict__["run"],
                *facts.values(),
                *topic,
                *count,
                *seconds,
                *detail,
            ]
        )

    def _facts(self, event: Event) -> dict[str, Any]:
        """What the event says, without what it leaves empty."""
        detail = redact(
            " ".join(terminal_safe(event.detail).split()), self._secrets
        )[: _rules.longest]
        facts = {
            "stage": event.stage,
            "outcome": event.outcome,
            "paper": terminal_safe(event.paper_id),
            "topic": terminal_safe(event.topic),
            "count": event.count,
            "seconds": round(event.seconds, 3),
            "detail": detail,
        }
        return {name: value for name, value in facts.items() if value}


def _teller(run: str) -> Tell:
    def tell(event: Event) -> None:
        nonlocal run
        if (event.stage, event.outcome) == ("run", "started") and event.detail:
            run = f"r{event.detail}"
        level = logging.WARNING if event.outcome == "failed" else logging.INFO
        _logger.log(
            level, "%s", event.stage, extra={"event": event, "run": run}
        )

    return tell


def _nothing(_: Event) -> None:
    """Where there is no log."""
