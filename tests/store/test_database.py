"""The file: transactions, migrations, and errors in plain words."""

import sqlite3

import pytest

from pipeline.common.output_layout import output_names
from pipeline.errors import NewerStore, NotWritable, StoreError
from pipeline.paper import Reason
from pipeline.store import Store
from pipeline.store import database as module
from pipeline.store.database import Database


@pytest.fixture
def database(tmp_path):
    opened = Database.open(tmp_path / output_names.database)
    yield opened
    opened.close()


def test_a_transaction_is_all_or_nothing(database):
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.write("INSERT INTO memory VALUES ('a', '1')")
        _ = 1 / 0
    assert database.row("SELECT * FROM memory") is None


def test_a_transaction_inside_another_belongs_to_it(database):
    with pytest.raises(ZeroDivisionError), database.transaction():
        with database.transaction():
            database.write("INSERT INTO memory VALUES ('a', '1')")
        _ = 1 / 0
    assert database.row("SELECT * FROM memory") is None


def test_what_is_committed_is_there_when_opened_again(tmp_path):
    first = Database.open(tmp_path / output_names.database)
    first.write("INSERT INTO memory VALUES ('a', '1')")
    first.close()
    assert Database.open(tmp_path / output_names.database).row(
        "SELECT value FROM memory"
    ) == ("1",)


def test_a_newer_file_is_refused_and_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / output_names.database) as raw:
        raw.execute("PRAGMA user_version = 999")
    with pytest.raises(NewerStore, match="999"):
        Database.open(tmp_path / output_names.database)


def test_a_migration_keeps_a_copy_of_the_file_before_it(tmp_path, monkeypatch):
    first = Database.open(tmp_path / output_names.database)
    first.write("INSERT INTO memory VALUES ('a', '1')")
    first.close()
    steps = (
        *module.MIGRATIONS,
        "ALTER TABLE memory ADD COLUMN note TEXT NOT NULL DEFAULT 'new'",
    )
    monkeypatch.setattr(module, "MIGRATIONS", steps)
    second = Database.open(tmp_path / output_names.database)
    assert second.row("SELECT note FROM memory") == ("new",)
    with sqlite3.connect(
        tmp_path / f"{output_names.database}.format-{len(steps) - 1}.bak"
    ) as copy:
        assert copy.execute("SELECT * FROM memory").fetchall() == [("a", "1")]


def test_a_migration_that_fails_changes_nothing(tmp_path, monkeypatch):
    Database.open(tmp_path / output_names.database).close()
    good = module.MIGRATIONS
    monkeypatch.setattr(
        module,
        "MIGRATIONS",
        (*good, "CREATE TABLE extra (a); CREATE TABLE memory (b)"),
    )
    with pytest.raises(StoreError):
        Database.open(tmp_path / output_names.database)
    monkeypatch.setattr(module, "MIGRATIONS", good)
    assert (
        Database.open(tmp_path / output_names.database).row(
            "SELECT name FROM sqlite_master WHERE name = 'extra'"
        )
        is None
    )


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path):
    (tmp_path / output_names.database).write_bytes(
        b"not a database, but long enough to be read as one" * 30
    )
    with pytest.raises(StoreError, match="not a database"):
        Store.open(tmp_path)


def test_a_folder_under_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritable):
        Store.open(tmp_path / "file" / "out")


def test_reading_a_store_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="Nothing has been screened"):
        Store.open(tmp_path, create=False)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_called_that(database):
    pages = database.row("PRAGMA page_count")[0]
    database.row(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(module.DiskFull):
        database.write("INSERT INTO memory VALUES ('a', ?)", "x" * 10**6)


def test_a_sentence_of_an_older_store_is_read_as_one_reason(
    tmp_path, monkeypatch
):
    new = module.MIGRATIONS
    monkeypatch.setattr(module, "MIGRATIONS", new[:2])
    old = Database.open(tmp_path / output_names.database)
    for paper_id, sentence in (
        ("2611.00001", "title: avatar; −dance"),
        ("2611.00002", ""),
    ):
        old.write(
            "INSERT INTO candidates (paper_id, topic, stage, score, why, judged) "
            "VALUES (?, 'T', 'kept', 0.9, ?, '2026-11-18T01:00:00Z')",
            paper_id,
            sentence,
        )
    old.close()
    monkeypatch.setattr(module, "MIGRATIONS", new)
    store = Store.open(tmp_path)
    first, second = store.papers.wanted("T")
    assert first.reasons == (Reason("sentence", "title: avatar; −dance", 0.0),)
    assert second.reasons == ()
    store.close()


def test_what_a_window_of_submissions_covered_becomes_an_announcement(tmp_path):
    path = tmp_path / output_names.database
    with sqlite3.connect(path) as old:
        for number, script in enumerate(module.MIGRATIONS[:3], start=1):
            old.executescript(script)
            old.execute(f"PRAGMA user_version = {number}")
        old.execute(
            "INSERT INTO coverage VALUES "
            "('x', '2026-10-01T00:00:00Z', '2026-11-20T22:30:00Z')"
        )
    old.close()
    store = Store.open(tmp_path)
    assert {str(day) for day in store.coverage.days("x")} == {"2026-11-14"}
    store.close()
