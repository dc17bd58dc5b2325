"""What was found, judged, read, reviewed, posted and spent: one SQLite file.

    database.py       the file itself: transactions, migrations, backups
    migrations.py     its tables, as numbered steps
    serialization.py  values as JSON text and back
    papers.py         arXiv records, versions, and which topic wants which paper
    documents.py      Documents and Reviews, one row per paper version; failures
    posts.py          which papers stand in which post, and the files written for it
    llm_calls.py      model calls, their cost, and what was learned about a model
    runs.py           runs, what nights usually bring, ratings, read marks, a model's opinions
    coverage.py       which announcements each topic has seen whole
    forgetting.py     what is no longer needed of papers off topic
    search_index.py   full-text search
    integrity.py      the store looked over, a backup put back

The store has one writer of papers and posts: the process that drives the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.common.output_layout import output_names
from pipeline.store.coverage import Coverage
from pipeline.store.database import Database
from pipeline.store.documents import Results
from pipeline.store.forgetting import Forgetting
from pipeline.store.llm_calls import ModelCalls
from pipeline.store.papers import Papers
from pipeline.store.posts import Posts
from pipeline.store.runs import Marks, Nights, ScreeningData
from pipeline.store.search_index import SearchIndex


@dataclass(frozen=True)
class Store:
    """All tables of one output folder."""

    database: Database
    papers: Papers
    results: Results
    posts: Posts
    ledger: ModelCalls
    nights: Nights
    search: SearchIndex
    marks: Marks
    coverage: Coverage
    screening: ScreeningData
    forgetting: Forgetting

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Store:
        """Open the store of an output folder, made or brought up to date where needed.

        Raises:
            NewerStore: it was written by a newer version of the program.
            NotWritable: the folder or the file cannot be written.
            DiskFull: no space is left.
            StoreError: the file is no database.
        """
        database = Database.open(folder / output_names.database, create=create)
        return cls(
            database,
            Papers(database),
            Results(database),
            Posts(database),
            ModelCalls(database),
            Nights(database),
            SearchIndex(database),
            Marks(database),
            Coverage(database),
            ScreeningData(database),
            Forgetting(database),
        )

    def close(self) -> None:
        """Close the file; the store cannot be used after."""
        self.database.close()
