"""The store copied and brought back from the command line; nothing is ever lost by it."""

import sqlite3

import pytest

from pipeline.common.output_layout import output_names


@pytest.fixture
def output(alone):
    folder = alone / "output"
    folder.mkdir()
    return folder


@pytest.fixture
def store(output):
    """A store of today's format without a row."""
    from pipeline.store import Store

    Store.open(output).close()
    return output / output_names.database


def add_run(store):
    with sqlite3.connect(store) as raw:
        raw.execute("INSERT INTO runs (started) VALUES ('2026-11-03')")


def runs_in(store):
    with sqlite3.connect(store) as raw:
        return raw.execute("SELECT count(*) FROM runs").fetchone()[0]


def test_a_backup_is_put_over_no_file_unless_that_is_asked_for(screen, store):
    assert screen("backup", "kept.db").code == 0
    add_run(store)
    refused = screen("backup", "kept.db")
    assert (refused.code, runs_in("kept.db")) == (2, 0)
    assert "--force" in refused.err
    assert screen("backup", "kept.db", "--force").code == 0
    assert runs_in("kept.db") == 1


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("missing/kept.db", "There is no folder missing. Make it first"),
        ("output", "output is a folder"),
        (f"output/{output_names.database}", "is the store itself"),
    ],
)
def test_where_no_backup_can_go_is_told(screen, store, place, told):
    said = screen("backup", place, "--force")
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_each_restore_names_where_it_keeps_what_was_there(screen, store):
    screen("backup", "kept.db")
    add_run(store)
    first, second = screen("restore", "kept.db"), screen("restore", "kept.db")
    assert first.out.endswith(f"{output_names.database}.before-restore\n")
    assert second.out.endswith(f"{output_names.database}.before-restore-2\n")
    assert runs_in(f"{store}.before-restore") == 1


def test_where_nothing_was_nothing_is_said_to_be_kept(screen, store, alone):
    screen("backup", "kept.db")
    said = screen("restore", "kept.db", "--output", "new")
    assert (said.code, "what was there" in said.out) == (0, False)
    assert runs_in(alone / "new" / output_names.database) == 0


def test_a_file_that_is_no_backup_changes_nothing(screen, store, alone):
    (alone / "notes.txt").write_text("shopping list, and more than a line")
    said = screen("restore", "notes.txt")
    assert said.code == 1
    assert "name another backup" in said.err
    assert [path.name for path in store.parent.glob("*restore*")] == []


def test_a_backup_that_is_missing_leaves_nothing_behind(screen, alone):
    assert screen("restore", "none.db", "--output", "new").code == 2
    assert list(alone.iterdir()) == []
