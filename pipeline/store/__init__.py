"""What was found, judged, read, reviewed, posted and spent: one SQLite file under the output
folder.

    database.py    the file itself: transactions, migrations, backups
    papers.py      arXiv records, versions, and which topic wants which paper
    results.py     Documents and Reviews, one row per paper version; failures and when to try again
    posts.py       which papers stand in which post, and the files written for it
    ledger.py      model calls, their cost, and what was learned about a model
    nights.py      runs, how far each topic is covered, when a host was last asked

The store has one writer: the process that drives the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.common.output_layout import DATABASE
from pipeline.store.database import Database
from pipeline.store.documents import Results
from pipeline.store.llm_calls import ModelCalls
from pipeline.store.papers import Papers
from pipeline.store.posts import Posts
from pipeline.store.runs import Nights


@dataclass(frozen=True)
class Store:
    """All tables of one output folder."""

    database: Database
    papers: Papers
    results: Results
    posts: Posts
    ledger: ModelCalls
    nights: Nights

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Store:
        """Open the store of an output folder, made or brought up to date where needed.

        Raises:
            NewerStore: it was written by a newer version of the program.
            NotWritable: the folder or the file cannot be written.
            DiskFull: no space is left.
            StoreError: the file is no database.
        """
        database = Database.open(folder / DATABASE, create=create)
        return cls(
            database,
            Papers(database),
            Results(database),
            Posts(database),
            ModelCalls(database),
            Nights(database),
        )

    def close(self) -> None:
        """Close the file; the store cannot be used after."""
        self.database.close()
