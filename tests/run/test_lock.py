"""One run at a time."""

import os
import subprocess
import sys

import pytest

from pipeline.errors import Busy, NotWritable
from pipeline.run.lock import only_run
from tests.samples import NIGHT

HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from pipeline.run.lock import only_run
with only_run(Path(sys.argv[1]), datetime(2026, 11, 20), wait=False):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_run_is_told_who_is_at_work(tmp_path, holder):
    with pytest.raises(Busy) as caught, only_run(tmp_path, NIGHT, wait=False):
        pass
    assert caught.value.pid == holder.pid
    assert str(holder.pid) in str(caught.value)
    assert caught.value.exit_code == 0


def test_the_lock_of_a_killed_run_does_not_stand_in_the_way(tmp_path, holder):
    holder.kill()
    holder.wait()
    with only_run(tmp_path, NIGHT, wait=False):
        pass


def test_waiting_begins_when_the_other_run_ends(tmp_path, holder):
    holder.stdin.close()
    with only_run(tmp_path, NIGHT, wait=True):
        holder.wait(timeout=30)


def test_it_can_be_taken_again_after_it_was_given_back(tmp_path):
    for _ in range(2):
        with only_run(tmp_path, NIGHT, wait=False):
            pass


@pytest.mark.skipif(
    os.name == "nt", reason="folders are protected otherwise there"
)
def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(NotWritable),
        only_run(tmp_path / "file" / "out", NIGHT, wait=False),
    ):
        pass


def test_a_second_run_leaves_the_night_to_the_first_and_is_no_failure(place):
    with only_run(place.out, NIGHT, wait=False):
        code, report = place.run()
    assert (code, report) == (0, {})
    assert str(os.getpid()) in place.said.err
    assert place.arxiv.server.requests == []
