"""Model calls, their cost, and what was learned about a model."""

from __future__ import annotations

from pipeline.store.database import Database


class Ledger:
    """Every model call is a row; an equal request is answered from here."""

    def __init__(self, database: Database) -> None:
        self._db = database
