"""What tests share: properties without a clock, a clean place for the program, one night of its
demo; and files that lie in memory.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.common.output_layout import MEGABYTE
from pipeline.extract.worker import pool
from pipeline.translation import catalogue
from tests.screening_program import Program

os.environ["LANGUAGE"] = "en"  # messages as they stand in the code

MEMORY = Path("/dev/shm")
ENOUGH = 1000 * MEGABYTE
"""Bytes that must be free there; a smaller place may fill up."""


def keep_files_in_memory():
    """Put the folders of tests where no write waits for a disk, on a machine that has such a
    place: a store asks for that wait after each transaction, and no test can show its use.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


keep_files_in_memory()

settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None
)
settings.register_profile(
    "exploring", deadline=None, max_examples=2000, print_blob=True
)
settings.load_profile(os.environ.get("SCREEN_TEST_PROFILE", "steady"))


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """An empty working directory, and no variable of the developer's that the program would
    read.
    """
    for name in list(os.environ):
        if name.startswith(("SCREEN_", "OPENAI_")) or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def screen(alone, monkeypatch, capfd):
    """The program."""
    yield Program(monkeypatch, capfd)
    pool.close()


@pytest.fixture(scope="session")
def _night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night") / "output"
    words = [
        sys.executable,
        "-m",
        "pipeline",
        "--topic",
        "Talking Head",
        "--demo",
        "--output",
        str(folder),
    ]
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SCREEN_")
    }
    done = subprocess.run(
        words, check=True, capture_output=True, text=True, env=environ
    )
    return folder, done


@pytest.fixture
def night(_night, tmp_path):
    """The output folder of a demonstration night, a copy for this test."""
    return shutil.copytree(_night[0], tmp_path / "output")


@pytest.fixture
def session(_night):
    """What that night printed: the finished process."""
    return _night[1]


@pytest.fixture
def chinese(monkeypatch):
    """The locale of a Chinese terminal."""
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    catalogue.cache_clear()
    yield
    catalogue.cache_clear()
