"""Model calls, their cost, and what was learned about a model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.paper import Usage
from pipeline.store.database import Database
from pipeline.store.serialization import stamp

if TYPE_CHECKING:
    from pipeline.llm.call_log import Call

SUMS = "count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), total(cost), total(seconds)"


@dataclass(frozen=True, slots=True)
class Spending:
    """What one model cost on one day."""

    day: date
    model: str
    usage: Usage


class Ledger:
    """Every model call is a row; an equal request is answered from here."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.run = 0
        """The run that calls are counted for."""

    def find(self, request_hash: str) -> str | None:
        """The reply to that very request, or None."""
        row = self._db.row(
            "SELECT reply FROM calls WHERE hash = ? AND NOT discarded ORDER BY id DESC LIMIT 1",
            request_hash,
        )
        return row[0] if row else None

    def record(self, call: Call) -> None:
        """Keep an answered call."""
        self._db.write(
            "INSERT INTO calls (hash, model, prompt, paper_id, run, input_tokens, cached_tokens, output_tokens, cost, "
            "seconds, reply, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            call.hash,
            call.model,
            call.prompt_version,
            call.paper_id,
            self.run,
            call.input_tokens,
            call.cached_tokens,
            call.output_tokens,
            call.cost,
            call.seconds,
            call.reply,
            stamp(call.at),
        )

    def discard(self, request_hash: str) -> None:
        """No longer give that reply to `find`: it led to nothing. What it cost stays counted."""
        self._db.write("UPDATE calls SET discarded = 1 WHERE hash = ?", request_hash)

    def spent(self) -> float:
        """USD spent in this run."""
        return self.usage().cost

    def usage(self) -> Usage:
        """What this run has cost."""
        return Usage(
            *(self._db.row(f"SELECT {SUMS} FROM calls WHERE run = ?", self.run) or ())  # noqa: S608
        )

    def spending(self) -> list[Spending]:
        """Cost by day (UTC) and model, newest first."""
        rows = self._db.rows(
            f"SELECT substr(at, 1, 10), model, {SUMS} FROM calls GROUP BY 1, 2 ORDER BY 1 DESC, 2"  # noqa: S608
        )
        return [
            Spending(date.fromisoformat(day), model, Usage(*sums))
            for day, model, *sums in rows
        ]

    def recall(self, key: str) -> str | None:
        """What was remembered of a model, in this run or an earlier one."""
        row = self._db.row("SELECT value FROM memory WHERE key = ?", key)
        return row[0] if row else None

    def remember(self, key: str, value: str) -> None:
        """Keep what was learned of a model: the form it answers in, the context it takes."""
        self._db.write("INSERT OR REPLACE INTO memory VALUES (?, ?)", key, value)
