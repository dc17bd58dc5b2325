"""What `arxiv-screen backup` and `arxiv-screen restore` do."""

from __future__ import annotations

from pathlib import Path

from pipeline.common.dates import clock
from pipeline.common.output_layout import DATABASE
from pipeline.config import Config
from pipeline.run.lock import only_run
from pipeline.store import Store
from pipeline.store.integrity import restore_store


def back_up_store(config: Config, file: Path) -> str:
    """Copy the store to a file; what to tell.

    Raises:
        StoreError: nothing has been screened yet.
        NotWritable, DiskFull: the file cannot be written.
    """
    store = Store.open(config.out, create=False)
    try:
        store.database.back_up(file)
    finally:
        store.close()
    return f"{file} holds the store as it is now"


def restore_from(config: Config, file: Path) -> str:
    """Put a backup in the place of the store; what to tell.

    Raises:
        Busy: a run is at work.
        StoreError: the file is no sound store.
    """
    target = config.out / DATABASE
    with only_run(config.out, clock(config)(), wait=False):
        restore_store(file, target)
    return f"{target} is as in {file}; what was there is {target.name}.before-restore"
