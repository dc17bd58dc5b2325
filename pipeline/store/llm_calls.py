"""Model calls, their cost, and what was learned about a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.paper import ModelCall, Usage
from pipeline.store.database import Database
from pipeline.store.serialization import stamp

_USAGE = """count(*), cast(total(input_tokens) AS INTEGER),
    cast(total(output_tokens) AS INTEGER), total(cost), total(seconds), total(NOT priced),
    cast(total((input_tokens + output_tokens) * NOT priced) AS INTEGER)"""
"""The columns of Usage; sums of whole numbers end at SQLite's largest instead of failing."""
MOST_TOKENS = 10**12
"""Kept of a count; no call has so many."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one model cost on one day."""

    day: date
    model: str
    usage: Usage


class ModelCalls:
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

    def record(self, call: ModelCall) -> None:
        """Keep an answered call."""
        self._db.write(
            "INSERT INTO calls (hash, model, prompt, paper_id, run, input_tokens, cached_tokens, "
            "output_tokens, cost, priced, seconds, reply, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            call.hash,
            call.model,
            call.prompt_version,
            call.paper_id,
            self.run,
            min(call.input_tokens, MOST_TOKENS),
            min(call.cached_tokens, MOST_TOKENS),
            min(call.output_tokens, MOST_TOKENS),
            call.cost or 0.0,
            call.cost is not None,
            call.seconds,
            call.reply,
            stamp(call.at),
        )

    def discard(self, request_hash: str) -> None:
        """No longer give that reply to `find`: it led to nothing. What it cost stays counted."""
        self._db.write(
            "UPDATE calls SET discarded = 1 WHERE hash = ?", request_hash
        )

    def discard_paper(self, paper_id: str) -> None:
        """Give no reply about that paper again: reading one of them failed in our own code."""
        self._db.write(
            "UPDATE calls SET discarded = 1 WHERE paper_id = ?", paper_id
        )

    def cost_of(self, prompt_version: str) -> float:
        """Sum up what calls with that prompt have cost in this run, in USD."""
        query = "SELECT total(cost) FROM calls WHERE run = ? AND prompt = ?"
        row = self._db.row(query, self.run, prompt_version)
        return float(row[0]) if row else 0.0

    def usage(self) -> Usage:
        """Sum up what this run has used."""
        query = f"SELECT {_USAGE} FROM calls WHERE run = ?"  # noqa: S608
        return _usage(self._db.row(query, self.run) or ())

    def spending(self) -> list[Spending]:
        """Sum up the calls by day (UTC) and model, newest first."""
        rows = self._db.rows(
            f"SELECT substr(at, 1, 10), model, {_USAGE} FROM calls "  # noqa: S608
            "GROUP BY 1, 2 ORDER BY 1 DESC, 2"
        )
        return [
            Spending(date.fromisoformat(day), model, _usage(sums))
            for day, model, *sums in rows
        ]

    def recall(self, key: str) -> str | None:
        """What was remembered of a model, in this run or an earlier one."""
        row = self._db.row("SELECT value FROM memory WHERE key = ?", key)
        return row[0] if row else None

    def remember(self, key: str, value: str) -> None:
        """Keep what was learned of a model: the form it answers in, the context it takes."""
        self._db.write(
            "INSERT OR REPLACE INTO memory VALUES (?, ?)", key, value
        )


def _usage(sums: Sequence[Any]) -> Usage:
    """Usage from its columns."""
    calls, sent, written, cost, seconds, unpriced, tokens = sums or (0,) * 7
    return Usage(calls, sent, written, cost, seconds, int(unpriced), tokens)
