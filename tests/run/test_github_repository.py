"""The repository to copy: its state comes back whole or not at all, and its rights are the least."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "contrib" / "github"


@pytest.fixture(scope="module")
def state() -> ModuleType:
    spec = importlib.util.spec_from_file_location("state", FOLDER / "state.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def store(place) -> Path:
    place.arxiv.add(1, 2)
    assert place.run()[0] == 0
    database: Path = place.out / "screen.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


def rows(path: Path) -> dict[str, list[Any]]:
    database = sqlite3.connect(path)
    names = [
        name
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type='table'"
        )
        if not name.startswith(("search", "indexed", "sqlite"))
    ]
    return {
        name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"')))
        for name in names
    }


def test_a_saved_state_comes_back_row_by_row_and_a_run_goes_on(
    state, store, place, tmp_path
):
    before = rows(store)
    state.save(store, tmp_path / "state")
    store.unlink()
    for beside in store.parent.glob("screen.db-*"):
        beside.unlink()
    state.restore(tmp_path / "state", store)
    assert rows(store) == before
    place.nights(1)
    place.arxiv.add(3)
    assert place.run()[0] == 0


def test_saving_again_gives_the_same_files(state, store, tmp_path):
    for name in ("one", "two"):
        state.save(store, tmp_path / name)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two
    assert any(re.fullmatch(r"\d{4}-\d\d\.jsonl\.gz", name) for name in one)


def test_a_damaged_or_missing_file_leaves_no_store(state, store, tmp_path):
    state.save(store, tmp_path / "state")
    packed = max(
        (tmp_path / "state").glob("*.gz"), key=lambda path: path.stat().st_size
    )
    whole = packed.read_bytes()
    for broken in (whole[:-20], b""):
        packed.write_bytes(broken)
        with pytest.raises(SystemExit, match="damaged"):
            state.restore(tmp_path / "state", tmp_path / "new.db")
    packed.unlink()
    with pytest.raises(FileNotFoundError):
        state.restore(tmp_path / "state", tmp_path / "new.db")
    assert list(tmp_path.glob("new.db*")) == []


def test_less_never_replaces_more(state, store, tmp_path):
    state.save(store, tmp_path / "old")
    with sqlite3.connect(store) as database:
        database.execute("DELETE FROM reviews")
    state.save(store, tmp_path / "new")
    with pytest.raises(SystemExit, match="reviews: 0 rows where there were 2"):
        state.check(tmp_path / "old", tmp_path / "new")
    state.check(tmp_path / "old", tmp_path / "old")


def workflow() -> dict[str, Any]:
    text = (FOLDER / ".github" / "workflows" / "nightly.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_what_installs_and_reads_cannot_write() -> None:
    jobs = workflow()["jobs"]
    assert workflow()["permissions"] == {}
    assert jobs["screen"]["permissions"] == {"contents": "read"}
    writing = json.dumps(jobs["keep"])
    assert jobs["keep"]["permissions"] == {"contents": "write"}
    assert "pip" not in writing
    assert "secrets." not in writing


def test_no_action_is_named_by_a_tag() -> None:
    for job in workflow()["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.search(
                    r"@(?:[0-9a-f]{40}|FULL-COMMIT-OF-[A-Z-]+)$", step["uses"]
                )


def test_every_script_is_one_that_bash_reads_and_fails_in_pipes() -> None:
    assert workflow()["defaults"]["run"]["shell"] == "bash"
    for job in workflow()["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                script = step["run"]
                subprocess.run(
                    ["bash", "-n"], input=script, text=True, check=True
                )


def test_the_configuration_is_one_the_program_takes() -> None:
    from pipeline.config_file import load

    found = load(FOLDER / "config.toml")
    assert found.output.faces == ("site",)


def script_of(job: str, name: str) -> str:
    steps = workflow()["jobs"][job]["steps"]
    return str(next(step["run"] for step in steps if step.get("name") == name))


class TestTheBranches:
    """The steps that fetch and push, run as they stand, against a repository on this disk."""

    @pytest.fixture
    def remote(self, tmp_path: Path) -> Path:
        bare = tmp_path / "server" / "me" / "papers"
        subprocess.run(
            ["git", "init", "-q", "-b", "main", "--bare", bare], check=True
        )
        subprocess.run(
            [
                "git",
                "-C",
                bare,
                "config",
                "uploadpack.allowAnySHA1InWant",
                "true",
            ],
            check=True,
        )
        work = tmp_path / "first"
        subprocess.run(["git", "clone", "-q", bare, work], check=True)
        (work / "state.py").write_bytes((FOLDER / "state.py").read_bytes())
        for command in (
            ["checkout", "-q", "-B", "main"],
            ["add", "."],
            [
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@example.org",
                "commit",
                "-qm",
                "x",
            ],
            ["push", "-q", "origin", "main"],
        ):
            subprocess.run(["git", "-C", work, *command], check=True)
        return bare

    def step(self, remote: Path, folder: Path, job: str, name: str) -> int:
        folder.mkdir(exist_ok=True)
        head = subprocess.run(
            ["git", "-C", remote, "rev-parse", "main"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        environ = {
            **os.environ,
            "GITHUB_SERVER_URL": f"file://{remote.parents[1]}",
            "GITHUB_REPOSITORY": "me/papers",
            "GITHUB_SHA": head,
            "TOKEN": "t",
        }
        command = [
            "bash",
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            "-c",
            script_of(job, name),
        ]
        return subprocess.run(
            command, cwd=folder, env=environ, check=False
        ).returncode

    def pack(self, state: ModuleType, store: Path, folder: Path) -> None:
        (folder / "output").mkdir(parents=True)
        (folder / "output" / "screen.db").write_bytes(store.read_bytes())
        (folder / "here").mkdir()
        (folder / "here" / "state.py").write_bytes(
            (FOLDER / "state.py").read_bytes()
        )
        (folder / "output" / "site").mkdir()
        (folder / "output" / "site" / "index.html").write_text("hello")
        script = script_of("screen", "Pack what is kept")
        subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script], cwd=folder, check=True
        )

    def test_what_a_night_keeps_comes_back_the_next(
        self, state, store, remote, tmp_path
    ):
        night = tmp_path / "night"
        self.pack(state, store, night)
        for _ in range(2):  # the second finds the branches there
            assert (
                self.step(
                    remote, night, "keep", "Keep the state, publish the site"
                )
                == 0
            )
            for made in ("work", "old"):
                shutil.rmtree(night / made, ignore_errors=True)
        after = tmp_path / "after"
        assert (
            self.step(
                remote,
                after,
                "screen",
                "Get the configuration, the state and the site",
            )
            == 0
        )
        assert self.step(remote, after, "screen", "Restore the state") == 0
        assert rows(after / "output" / "screen.db") == rows(store)
        assert (after / "output" / "site" / "index.html").read_text() == "hello"

    def test_a_state_that_is_there_and_cannot_be_read_ends_the_run(
        self, state, store, remote, tmp_path
    ):
        night = tmp_path / "night"
        self.pack(state, store, night)
        self.step(remote, night, "keep", "Keep the state, publish the site")
        after = tmp_path / "after"
        self.step(
            remote,
            after,
            "screen",
            "Get the configuration, the state and the site",
        )
        next((after / "old-screen-state").glob("*.gz")).write_bytes(b"")
        assert self.step(remote, after, "screen", "Restore the state") != 0
        assert not (after / "output" / "screen.db").exists()

    def test_an_empty_state_is_never_pushed(
        self, state, store, remote, tmp_path
    ):
        self.pack(state, store, tmp_path / "full")
        self.step(
            remote,
            tmp_path / "full",
            "keep",
            "Keep the state, publish the site",
        )
        kept = subprocess.check_output(
            ["git", "-C", remote, "rev-parse", "screen-state"]
        )
        with sqlite3.connect(store) as database:
            for table in ("records", "reviews", "documents"):
                database.execute(f"DELETE FROM {table}")
        with sqlite3.connect(store) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.pack(state, store, tmp_path / "empty")
        assert (
            self.step(
                remote,
                tmp_path / "empty",
                "keep",
                "Keep the state, publish the site",
            )
            != 0
        )
        assert (
            subprocess.check_output(
                ["git", "-C", remote, "rev-parse", "screen-state"]
            )
            == kept
        )
