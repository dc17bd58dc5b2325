"""The schedules under contrib/ are well formed, and their scripts do what they say."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "contrib" / "schedule"
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def workflow():
    return yaml.safe_load((FOLDER / "nightly.yml").read_text(encoding="utf-8"))


def steps():
    return {
        step["name"]: step
        for step in workflow()["jobs"]["screen"]["steps"]
        if "name" in step
    }


def is_cron(text):
    fields = text.split()
    return len(fields) == 5 and all(
        is_field(field, *span)
        for field, span in zip(fields, RANGES, strict=True)
    )


def is_field(field, low, high):
    for part in field.split(","):
        match = re.fullmatch(r"(\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
        numbers = (
            [int(number) for number in match.groups()[1:3] if number]
            if match
            else [-1]
        )
        if any(not low <= number <= high for number in numbers):
            return False
    return True


def test_the_check_of_cron_fields_can_fail():
    assert is_cron("17 9 * * *")
    assert not is_cron("77 9 * * *")
    assert not is_cron("17 9 * *")


def crontab():
    lines = (FOLDER / "crontab").read_text(encoding="utf-8").splitlines()
    return [
        line
        for line in lines
        if line and not line.startswith("#") and not re.match(r"\w+=", line)
    ]


def crontab_variables():
    text = (FOLDER / "crontab").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


def test_all_schedules_are_away_from_the_half_hour_in_which_arxiv_throttles():
    assert crontab()[0].startswith("10 21 * * *")
    assert crontab_variables()["CRON_TZ"] == "UTC"
    assert "21:10:00 UTC" in unit("screen.timer")["Timer"]["OnCalendar"]
    assert workflow()[True]["schedule"] == [{"cron": "10 21 * * *"}]


def test_the_crontab_line_has_a_time_and_a_command_without_percent_signs():
    (line,) = crontab()
    fields = line.split(maxsplit=5)
    assert is_cron(" ".join(fields[:5]))
    assert "%" not in fields[5]  # cron takes it for a line break


@pytest.mark.parametrize("keys", ["", "SECRET='a b'\n"])
def test_the_crontab_line_runs_with_the_keys_where_there_are_any(
    tmp_path, keys
):
    command = crontab()[0].split(maxsplit=5)[5]
    program = tmp_path / "screen" / "bin" / "arxiv-screen"
    program.parent.mkdir(parents=True)
    (tmp_path / "screen-blog").mkdir()
    program.write_text(
        '#!/bin/sh\necho "ran in ${PWD##*/} with ${SECRET:-none}"\n'
    )
    program.chmod(0o755)
    if keys:
        (tmp_path / ".config" / "screen").mkdir(parents=True)
        (tmp_path / ".config" / "screen" / "env").write_text(keys)
    environ = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        **crontab_variables(),
    }
    subprocess.run(["/bin/sh", "-c", command], env=environ, check=True)
    log = (tmp_path / "screen-blog" / "output" / "cron.log").read_text()
    assert log == f"ran in screen-blog with {'a b' if keys else 'none'}\n"


def unit(name):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((FOLDER / name).read_text(encoding="utf-8"))
    return parser


def test_the_systemd_units_belong_together():
    service, timer = unit("screen.service"), unit("screen.timer")
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["SuccessExitStatus"] == "1"
    assert service["Service"]["ExecStart"].startswith(
        "%h/screen/bin/arxiv-screen"
    )
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="needs systemd-analyze"
)
def test_systemd_accepts_the_units(tmp_path):
    program = tmp_path / "screen" / "bin" / "arxiv-screen"
    program.parent.mkdir(parents=True)
    (tmp_path / "screen-blog").mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in ("screen.service", "screen.timer"):
        text = (
            (FOLDER / name)
            .read_text(encoding="utf-8")
            .replace("%h", str(tmp_path))
        )
        (tmp_path / name).write_text(text)
    units = [str(tmp_path / "screen.service"), str(tmp_path / "screen.timer")]
    verified = subprocess.run(
        ["systemd-analyze", "verify", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [
        line
        for line in verified.stderr.splitlines()
        if str(tmp_path) in line or "screen." in line
    ]
    assert said == []
    when = unit("screen.timer")["Timer"]["OnCalendar"]
    subprocess.run(
        ["systemd-analyze", "calendar", when], capture_output=True, check=True
    )


def test_the_workflow_runs_nightly_and_may_commit():
    flow = workflow()
    triggers = flow[True]  # YAML 1.1 reads the key `on` as true
    assert all(is_cron(entry["cron"]) for entry in triggers["schedule"])
    assert flow["permissions"] == {"contents": "write"}
    assert flow["concurrency"]["cancel-in-progress"] is False
    assert all(
        re.fullmatch(r"[\w-]+/[\w-]+@v\d+", s["uses"])
        for s in flow["jobs"]["screen"]["steps"]
        if "uses" in s
    )


def test_nothing_of_an_event_is_pasted_into_a_script():
    scripts = "".join(step["run"] for step in steps().values() if "run" in step)
    assert set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", scripts)) <= {
        "steps.screen.outputs.code"
    }


def test_every_script_of_the_workflow_parses():
    for step in steps().values():
        if "run" in step:
            subprocess.run(
                ["bash", "-n"], input=step["run"], text=True, check=True
            )


@pytest.fixture
def runner(tmp_path):
    """A clone of a repository on this disk, and a function that runs a step of the workflow in
    it.
    """
    environ = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        **{key: str(value) for key, value in workflow()["env"].items()},
    }
    (tmp_path / "temp").mkdir()

    def git(*words):
        done = subprocess.run(
            ["git", *words],
            cwd=folder,
            env=environ,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def step(name, **more):
        for left in (tmp_path / "temp").iterdir():
            left.unlink()
        script = [
            "bash",
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            "-c",
            steps()[name]["run"],
        ]
        return subprocess.run(
            script,
            cwd=folder,
            env={**environ, **more},
            check=True,
            capture_output=True,
            text=True,
        )

    folder = tmp_path
    git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git("clone", "--quiet", "origin.git", "blog")
    folder = tmp_path / "blog"
    (folder / "config.toml").write_text("[topics]\n")
    git("add", "config.toml")
    git(
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "commit",
        "--quiet",
        "-m",
        "Begin",
    )
    git("push", "--quiet", "origin", "HEAD")
    return folder, git, step


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


@needs_git
def test_the_state_of_a_night_is_there_the_next_night_as_a_single_commit(
    runner,
):
    folder, git, step = runner
    step("Restore the state")
    database = folder / "output" / "screen.db"
    assert not database.exists()
    for night in (1, 2):
        with sqlite3.connect(database) as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS nights (number INTEGER)"
            )
            connection.execute("INSERT INTO nights VALUES (?)", [night])
        connection.close()
        step("Save the state")
        database.unlink()
        step("Restore the state")
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT number FROM nights").fetchall() == [
            (1,),
            (2,),
        ]
    connection.close()
    git("fetch", "--quiet", "origin", "screen-state")
    assert git("rev-list", "--count", "FETCH_HEAD") == "1"
    assert git("rev-list", "--count", "main") == "1"


@needs_git
def test_posts_are_committed_and_the_state_is_not(runner):
    folder, git, step = runner
    (folder / ".gitignore").write_text("output/*\n")
    for name in (
        "post.md",
        "images/a.png",
        "screen.db",
        "screen.log",
        "pdfs/1.pdf",
        ".arxiv-asked",
    ):
        (folder / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "output" / name).write_text("x")
    step("Commit the posts")
    assert git(
        "ls-tree", "-r", "--name-only", "origin/main", "output"
    ).splitlines() == [
        "output/images/a.png",
        "output/post.md",
    ]
    step("Commit the posts")
    assert git("rev-list", "--count", "origin/main") == "2"


@needs_git
def test_a_long_silence_is_broken_by_a_commit_that_keeps_the_schedule_alive(
    runner,
):
    folder, git, step = runner
    (folder / "output").mkdir()
    step("Commit the posts")
    assert git("rev-list", "--count", "origin/main") == "1"
    old = "2020-01-01T00:00:00Z"
    step("Commit the posts", GIT_COMMITTER_DATE=old, GIT_AUTHOR_DATE=old)
    (folder / "output" / "post.md").write_text("x")
    step("Commit the posts", GIT_COMMITTER_DATE=old, GIT_AUTHOR_DATE=old)
    step("Commit the posts")
    assert (
        git("log", "-1", "--format=%s", "origin/main")
        == "Keep the schedule alive"
    )


@pytest.mark.parametrize(
    ("code", "since", "words"),
    [(0, "", ""), (1, "", ""), (3, "2026-10-01", " --since 2026-10-01")],
)
def test_the_exit_code_of_a_run_is_kept_for_the_end(
    runner, tmp_path, code, since, words
):
    _, _, step = runner
    program = tmp_path / "bin" / "arxiv-screen"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$*" > {tmp_path}/asked\nexit {code}\n'
    )
    program.chmod(0o755)
    step("Screen", PATH=f"{program.parent}:{os.environ['PATH']}", SINCE=since)
    assert (tmp_path / "outputs").read_text() == f"code={code}\n"
    assert (tmp_path / "asked").read_text() == f"--output output{words}\n"


INSTRUCTIONS = {
    "FROM",
    "ENV",
    "WORKDIR",
    "COPY",
    "RUN",
    "USER",
    "VOLUME",
    "STOPSIGNAL",
    "ENTRYPOINT",
}


def test_the_dockerfile_copies_what_the_project_has_and_drops_root():
    text = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    lines = [
        line.split()
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]
    assert {line[0] for line in lines} <= INSTRUCTIONS
    copied = [
        name for line in lines if line[0] == "COPY" for name in line[1:-1]
    ]
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    assert all(f"!{name}" in ignored for name in copied)
    project = yaml.safe_dump(
        (FOLDER.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    )
    assert all(
        (FOLDER.parents[1] / name).exists() or name in project
        for name in copied
    )
    order = [line[0] for line in lines]
    assert order.index("USER") < order.index("ENTRYPOINT")
