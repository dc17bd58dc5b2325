"""What `arxiv-screen backup` and `arxiv-screen restore` do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pipeline.common.dates import clock
from pipeline.common.output_layout import output_names
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.run.lock import only_run
from pipeline.store import Store
from pipeline.store.integrity import restore_store
from pipeline.translation import gettext as _


def back_up_store(config: Config, file: Path, *, force: bool) -> str:
    """Copy the store to a file; what to tell.

    Raises:
        UsageError: the file is there already and `force` is False, or it cannot be one.
        StoreError: nothing has been screened yet.
        NotWritable, DiskFull: the file cannot be written.
    """
    with closing(Store.open(config.out, create=False)) as store:
        _check_place(file, config.out / output_names.database, force=force)
        store.database.back_up(file)
    return _("{file} holds the store as it is now", file=file)


def _check_place(file: Path, store: Path, *, force: bool) -> None:
    """Make sure that a backup goes where nothing is lost.

    Raises:
        UsageError: it would not.
    """
    if not file.parent.is_dir():
        raise UsageError(
            _("There is no folder {parent}.", parent=file.parent),
            step=_("Make it first, or name another file."),
        )
    if file.is_dir() or file.resolve() == store.resolve():
        what = _("a folder") if file.is_dir() else _("the store itself")
        raise UsageError(
            _("{file} is {what}.", file=file, what=what),
            step=_("Name a file for the copy."),
        )
    if file.exists() and not force:
        raise UsageError(
            _("{file} is there already.", file=file),
            step=_("Name another file, or give --force to overwrite it."),
        )


def restore_from(config: Config, file: Path) -> str:
    """Put a backup in the place of the store; what to tell.

    Raises:
        UsageError: there is no such file.
        Busy: a run is at work.
        StoreError: the file is no sound store.
    """
    target = config.out / output_names.database
    if not file.is_file():
        raise UsageError(
            _("There is no file {file}.", file=file), step=_("Name a backup.")
        )
    with only_run(config.out, clock(config)(), wait=False):
        kept = restore_store(file, target)
    said = _("{target} is as in {file}", target=target, file=file)
    return (
        _("{said}; what was there is {kept}", said=said, kept=kept.name)
        if kept
        else said
    )
