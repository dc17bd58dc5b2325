"""The world of a night, torn down after each test."""

import pytest

from tests.nightly.place import Place


@pytest.fixture
def place(tmp_path, monkeypatch, capsys):
    made = Place(tmp_path, monkeypatch, capsys)
    yield made
    made.close()
