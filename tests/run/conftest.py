"""The world of a night, torn down after each test."""

import pytest

from tests.run.place import Place


@pytest.fixture
def place(tmp_path, monkeypatch, capsys):
    made = Place(tmp_path, monkeypatch, capsys)
    yield made
    made.close()
