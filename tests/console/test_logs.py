"""The log has one line an event, and none of them holds a secret."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.console import logs
from pipeline.console.events import Event
from pipeline.console.logs import (
    LogsRules,
    logging_events,
    redact,
    secrets,
)
from pipeline.errors import NotWritable

FULL = Path("/dev/full")


def config(folder, **run):
    run = {"timezone": "Asia/Shanghai", **run}
    return Config.model_validate(
        {"folder": folder, "output": {"dir": "out"}, "run": run}
    )


def written(folder, *events, environ=None, **options):
    with logging_events(
        config(folder), environ=environ or {}, **options
    ) as tell:
        for event in events:
            tell(event)
    return (
        (folder / "out" / "screen.log").read_text(encoding="utf-8").splitlines()
    )


def test_each_event_is_a_line_with_run_paper_stage_and_seconds(tmp_path):
    lines = written(
        tmp_path,
        Event("run", "started", detail="12"),
        Event("fetch", "done", topic="Talking Head", count=200),
        Event("read", "done", "2611.00001", seconds=0.41234),
        Event(
            "read",
            "failed",
            "cs/0112017",
            seconds=1.0,
            detail="needs a\npassword",
        ),
    )
    time = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00"
    assert re.fullmatch(rf"{time} r12 run started 12", lines[0])
    assert re.fullmatch(
        rf'{time} r12 fetch done "Talking Head" count=200', lines[1]
    )
    assert re.fullmatch(rf"{time} r12 read done 2611\.00001 0\.412s", lines[2])
    assert re.fullmatch(
        rf"{time} r12 read failed cs/0112017 1\.0s needs a password", lines[3]
    )
    assert len(lines) == 4


def test_a_line_may_be_json(tmp_path):
    (line,) = written(
        tmp_path,
        Event("review", "done", "2611.00001", seconds=6.25),
        as_json=True,
    )
    fields = json.loads(line)
    assert re.fullmatch(r"p\d+", fields.pop("run"))
    assert fields.pop("at").endswith("+08:00")
    assert fields == {
        "stage": "review",
        "outcome": "done",
        "paper": "2611.00001",
        "seconds": 6.25,
    }


@given(st.text(max_size=400))
def test_whatever_the_detail_an_event_is_one_line(detail):
    record = SimpleNamespace(
        created=0.0, event=Event("read", "failed", "1", detail=detail), run="r1"
    )
    for as_json in (False, True):
        line = logs.Lines(as_json=as_json, zone=None, secrets=()).format(record)
        assert len(re.split(r"[\r\n\x0b\x0c\x1c-\x1e\x85]", line)) == 1
        assert "\x1b" not in line


KEY = "sk-abcdefghijklmnop0123"
LEAKS = [
    f"rejected {KEY}",
    "Authorization: Bearer abc.def-ghi",
    "POST https://x.org/v1?api_key=abcdef123&a=1",
    "mailto://me:hunter22@mail.example.org",
    '{"token": "abcdef"}',
    "value my-own-secret-value again",
]


@pytest.mark.parametrize("detail", LEAKS)
@pytest.mark.parametrize("as_json", [False, True])
def test_no_key_reaches_the_log(tmp_path, detail, as_json):
    environ = {"DEEPSEEK_API_KEY": "my-own-secret-value", "HOME": "/home/me"}
    (line,) = written(
        tmp_path,
        Event("review", "failed", "1", detail=detail),
        environ=environ,
        as_json=as_json,
    )
    assert "***" in line
    for secret in (
        KEY,
        "abc.def-ghi",
        "abcdef123",
        "hunter22",
        '"abcdef',
        "my-own-secret-value",
    ):
        assert secret not in line


def test_ordinary_words_stay():
    text = "https://arxiv.org/abs/2611.00001: too many tokens (130000 > 128000), key points kept"
    assert (
        redact(text, secrets({"API_KEY": "none", "PATH": "/usr/bin/env"}))
        == text
    )


def test_a_long_detail_is_cut(tmp_path):
    (line,) = written(
        tmp_path, Event("read", "failed", "1", detail="word " * 500)
    )
    assert len(line) < 400


def test_the_file_is_rotated_and_old_ones_go(tmp_path, monkeypatch):
    rules = LogsRules(size=300)
    monkeypatch.setattr(logs, "_rules", rules)
    written(
        tmp_path, *(Event("read", "done", f"2611.{n:05d}") for n in range(100))
    )
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "screen.log",
        *(f"screen.log.{n}" for n in range(1, rules.files + 1)),
    ]
    assert all(
        path.stat().st_size <= 300 for path in (tmp_path / "out").iterdir()
    )


def test_a_second_run_goes_on_below_the_first(tmp_path):
    written(tmp_path, Event("run", "started", detail="1"))
    assert len(written(tmp_path, Event("run", "started", detail="2"))) == 2


def test_no_log_is_written_when_none_is_configured(tmp_path):
    with logging_events(config(tmp_path, log="")) as tell:
        tell(Event("run", "started"))
    assert not (tmp_path / "out").exists()


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "out" / "screen.log").mkdir(parents=True)
    with pytest.raises(NotWritable), logging_events(config(tmp_path)):
        pass


@pytest.mark.skipif(
    not FULL.exists(), reason="needs a device that is always full"
)
def test_a_full_disk_loses_lines_and_not_the_run(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "screen.log").symlink_to(FULL)
    with logging_events(config(tmp_path)) as tell:
        tell(Event("run", "started"))
    assert capsys.readouterr().err == ""
