"""Damage is named, left alone, and a backup brings back what was there."""

import sqlite3
from datetime import UTC, datetime

import pytest

from pipeline.common.output_layout import output_names
from pipeline.errors import StoreError
from pipeline.store import Store
from pipeline.store.integrity import Damage, find_damage, restore_store

NOW = datetime(2026, 11, 3, 6, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    opened.nights.end(opened.nights.start(NOW), NOW, '{"topics": []}')
    yield opened
    opened.close()


def damage(tmp_path, statement):
    with sqlite3.connect(tmp_path / output_names.database) as raw:
        raw.execute(statement)


def test_a_sound_store_has_no_damage(store):
    assert list(find_damage(store.database)) == []


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("UPDATE runs SET report = '{\"topics\": ['", "report"),
        ("UPDATE runs SET started = 'yesterday'", "started"),
    ],
)
def test_a_damaged_row_is_named_counted_and_left(
    store, tmp_path, statement, column
):
    second = store.nights.start(NOW)
    damage(tmp_path, f"{statement} WHERE id != {second}")
    assert list(find_damage(store.database)) == [Damage("runs", "1", column)]
    assert [night.id for night in store.nights.latest(9)] == [second]
    assert store.database.damaged == {"runs": 1}


def test_an_empty_file_is_no_new_store(tmp_path):
    (tmp_path / output_names.database).touch()
    with pytest.raises(StoreError, match="is empty") as caught:
        Store.open(tmp_path)
    assert "restore" in caught.value.step


def test_a_database_of_another_program_is_left_alone(tmp_path):
    damage(tmp_path, "CREATE TABLE notes (text)")
    before = (tmp_path / output_names.database).read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(tmp_path)
    with sqlite3.connect(tmp_path / output_names.database) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [
            ("notes",)
        ]
    assert len((tmp_path / output_names.database).read_bytes()) == len(before)


def test_a_backup_brings_back_what_was_there_and_keeps_what_is(store, tmp_path):
    copy = tmp_path / "kept" / "screen.bak"
    copy.parent.mkdir()
    store.database.back_up(copy)
    store.nights.start(NOW)
    store.close()
    restore_store(copy, tmp_path / output_names.database)
    back = Store.open(tmp_path)
    assert len(back.nights.latest(9)) == 1
    back.close()
    with sqlite3.connect(
        tmp_path / f"{output_names.database}.before-restore"
    ) as raw:
        assert raw.execute("SELECT count(*) FROM runs").fetchone() == (2,)


def runs_in(path):
    with sqlite3.connect(path) as raw:
        return raw.execute("SELECT count(*) FROM runs").fetchone()[0]


def test_a_second_restore_keeps_what_the_first_has_kept(store, tmp_path):
    copy, target = tmp_path / "screen.bak", tmp_path / output_names.database
    store.database.back_up(copy)
    store.nights.start(NOW)
    store.close()
    first = restore_store(copy, target)
    second = restore_store(copy, target)
    assert (runs_in(first), runs_in(second), runs_in(target)) == (2, 1, 1)


def test_what_a_killed_run_left_beside_the_store_is_kept_with_it(
    store, tmp_path
):
    """After a kill the last transactions stand in the write-ahead log alone."""
    copy, target = tmp_path / "screen.bak", tmp_path / output_names.database
    store.database.back_up(copy)
    store.nights.start(NOW)
    assert target.with_name(f"{output_names.database}-wal").stat().st_size
    kept = restore_store(copy, target)
    assert runs_in(kept) == 2


def test_restoring_leaves_the_backup_as_it_is_and_nothing_beside(
    store, tmp_path
):
    folder = tmp_path / "kept"
    folder.mkdir()
    store.database.back_up(folder / "screen.bak")
    before = (folder / "screen.bak").read_bytes()
    store.close()
    restore_store(folder / "screen.bak", tmp_path / output_names.database)
    assert [path.name for path in folder.iterdir()] == ["screen.bak"]
    assert (folder / "screen.bak").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {
        "kept",
        output_names.database,
        f"{output_names.database}.before-restore",
    }


@pytest.mark.parametrize(
    "content", [b"", b"shopping list, long enough to be taken for a file"]
)
def test_a_file_that_is_no_store_is_not_restored(store, tmp_path, content):
    (tmp_path / "notes.txt").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        restore_store(tmp_path / "notes.txt", tmp_path / output_names.database)
    assert "notes.txt" in caught.value.message
    assert caught.value.step == "Nothing was changed; name another backup."
    assert len(store.nights.latest(9)) == 1
