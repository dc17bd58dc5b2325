"""What the program remembers, as one small file a month: for a branch of a repository.

    python state.py save screen.db FOLDER      write the store as files
    python state.py restore FOLDER screen.db   make the store of them; it must not be there yet
    python state.py check OLD NEW              end with 1 where NEW holds less than OLD

A file that does not change from night to night is the same object to git, so only the months
that a night touches are sent. A month's file stays far below the 100 MB that GitHub takes; one
file for everything passes that at about 3,700 papers. Needs nothing but Python.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DERIVED = re.compile(r"search(_\w+)?|indexed|sqlite_\w+")
"""Tables that the program makes anew from the others."""
MONTH = re.compile(r"(?:^|/)(\d{4})(?:\.\d|\d{3}$)")
"""Year and month in an arXiv id, new and old: 2611.00001, cs/0112017."""
DATES = ("post_date", "day", "at", "started", "published")
MANIFEST = "manifest.json"
KEPT = ("reviews", "documents", "ratings", "files")
"""Tables that never shrink, but for a few rows that a night takes back."""
SLACK = 0.99


def save(store: Path, folder: Path) -> None:
    """Write every row into the file of its month, and a manifest with what must be there."""
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    months: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for table in _tables(database):
        for month, line in _rows(database, table):
            months.setdefault(month, []).append(line)
            counts[table] = counts.get(table, 0) + 1
    files = {
        f"{month}.jsonl.gz": _packed(lines) for month, lines in months.items()
    }
    for old in folder.glob("*.jsonl.gz"):
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    manifest = {
        "version": database.execute("PRAGMA user_version").fetchone()[0],
        "schema": _schema(database),
        "counts": counts,
        "files": {
            name: hashlib.sha256(one).hexdigest() for name, one in files.items()
        },
    }
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def restore(folder: Path, store: Path) -> None:
    """Make the store; nothing is left where a file is missing, damaged or short of rows."""
    manifest = _manifest(folder)
    if store.exists():
        raise SystemExit(f"{store} is there already.")
    part = store.with_name(f"{store.name}.part")
    part.unlink(missing_ok=True)
    database = sqlite3.connect(part)
    try:
        with database:
            _fill(database, folder, manifest)
        database.close()
        part.replace(store)
    finally:
        database.close()
        part.unlink(missing_ok=True)


def check(old: Path, new: Path) -> None:
    """Refuse a state that has lost rows: an empty one must never replace a full one."""
    before, after = _manifest(old)["counts"], _manifest(new)["counts"]
    for table in KEPT:
        had, has = before.get(table, 0), after.get(table, 0)
        if has < had * SLACK:
            raise SystemExit(f"{table}: {has} rows where there were {had}.")


def _fill(
    database: sqlite3.Connection, folder: Path, manifest: dict[str, Any]
) -> None:
    later = [sql for kind, sql in manifest["schema"] if kind != "table"]
    for kind, sql in manifest["schema"]:
        if kind == "table":
            database.execute(sql)
    counts: dict[str, int] = {}
    for name, digest in sorted(manifest["files"].items()):
        content = (folder / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise SystemExit(f"{name} is damaged.")
        for line in gzip.decompress(content).decode().splitlines():
            table, values = json.loads(line)
            marks = ",".join("?" * len(values))
            row = [_read(value) for value in values]
            database.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)  # noqa: S608
            counts[table] = counts.get(table, 0) + 1
    if counts != manifest["counts"]:
        raise SystemExit("The files do not hold what the manifest counts.")
    for sql in later:
        database.execute(sql)
    database.execute(f"PRAGMA user_version = {int(manifest['version'])}")


def _manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (folder / MANIFEST).read_text(encoding="utf-8")
    )
    return found


def _tables(database: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [
        name
        for (name,) in database.execute(query)
        if not DERIVED.fullmatch(name)
    ]


def _schema(database: sqlite3.Connection) -> list[list[str]]:
    """Everything to create, in order; the shadow tables of the search index come with it."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    return [
        [kind, sql]
        for kind, name, sql in database.execute(query)
        if not name.startswith(("search_", "sqlite_"))
    ]


def _rows(
    database: sqlite3.Connection, table: str
) -> Iterator[tuple[str, str]]:
    """Give each row as a line, with its month, in an order that stays."""
    cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - of the schema
    names = [column[0] for column in cursor.description]
    lines = sorted(
        (_month(dict(zip(names, row, strict=True))), _line(table, row))
        for row in cursor
    )
    yield from lines


def _line(table: str, row: tuple[Any, ...]) -> str:
    values = [_written(value) for value in row]
    return json.dumps(
        [table, values], ensure_ascii=False, separators=(",", ":")
    )


def _month(row: dict[str, Any]) -> str:
    found = MONTH.search(str(row.get("paper_id", "")))
    if found:
        year, month = found[1][:2], found[1][2:]
        century = "19" if year > "90" else "20"
        return f"{century}{year}-{month}"
    dates = (str(row[name]) for name in DATES if row.get(name))
    return next(
        (day[:7] for day in dates if re.match(r"\d{4}-\d\d", day)), "other"
    )


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value


def _read(value: Any) -> Any:
    return (
        base64.b64decode(value["base64"]) if isinstance(value, dict) else value
    )


def _packed(lines: list[str]) -> bytes:
    """Pack lines the same way each time: no clock and no name in the header."""
    return gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0)


if __name__ == "__main__":
    work = {"save": save, "restore": restore, "check": check}
    if len(sys.argv) != 4 or sys.argv[1] not in work:  # noqa: PLR2004 - words
        raise SystemExit(__doc__)
    work[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
