"""PDFs are kept up to a limit."""

import os

from pipeline.nightly.keeping import prune


def put(folder, name, size, age):
    path = folder / name
    path.write_bytes(b"x" * size)
    os.utime(path, (1_000_000 - age, 1_000_000 - age))


def test_the_oldest_go_first_and_only_as_many_as_needed(tmp_path):
    for number in range(4):
        put(tmp_path, f"{number}.pdf", 600_000, age=number)
    assert prune(tmp_path, 1) == 1_800_000
    assert [path.name for path in tmp_path.iterdir()] == ["0.pdf"]


def test_nothing_goes_below_the_limit(tmp_path):
    put(tmp_path, "a.pdf", 600_000, age=1)
    assert prune(tmp_path, 1) == 0
    assert prune(tmp_path / "absent", 1) == 0


def test_other_files_are_left_alone(tmp_path):
    put(tmp_path, "notes.txt", 3_000_000, age=9)
    put(tmp_path, "a.pdf", 2_000_000, age=1)
    prune(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
