"""A file is there whole, or what was there before."""

import pytest

from pipeline.common.atomic import replacing, write_atomically


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_text_and_bytes_are_written_and_the_folder_is_made(tmp_path):
    write_atomically(tmp_path / "a" / "b.md", "说话")
    assert (tmp_path / "a" / "b.md").read_bytes() == "说话".encode()
    write_atomically(tmp_path / "a" / "b.md", b"new")
    assert (tmp_path / "a" / "b.md").read_bytes() == b"new"
    assert names(tmp_path / "a") == ["b.md"]


def test_an_error_leaves_what_was_there_and_nothing_else(tmp_path):
    target = tmp_path / "post.md"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing(target) as part:
        part.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert names(tmp_path) == ["post.md"]


def test_a_link_at_the_place_of_the_part_is_not_written_through(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".post.md.part").symlink_to(victim)
    write_atomically(tmp_path / "post.md", "new")
    assert victim.read_text() == "mine"
