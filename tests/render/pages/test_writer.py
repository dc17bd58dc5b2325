"""Files come whole or not at all, unchanged ones are left alone, and a reader's own changes are
never lost.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DiskFull, EditedByHand, NotWritable, RenderError
from pipeline.render.pages import writer
from pipeline.render.pages.writer import write
from pipeline.render.sites.base import Rendered

POST = PurePosixPath("_posts/a.md")
PICTURE = PurePosixPath("images/p/figure-1.png")
SOURCE = PurePosixPath("papers/p/figure-1.png")


class Ledger(set[tuple[str, str]]):
    def wrote(self, path: str, sha256: str) -> bool:
        return (path, sha256) in self

    def note(self, files: Iterable[tuple[str, str]]) -> None:
        self.update(files)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    picture = tmp_path / SOURCE
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"PNG")
    return tmp_path


def rendered(text: str = "one\n", face: str = "hexo") -> Rendered:
    return Rendered(face, {POST: text}, {PICTURE: SOURCE})


def test_everything_is_written_once_and_the_second_time_nothing(
    out: Path,
) -> None:
    ledger = Ledger()
    assert write(rendered(), out, pictures=out, ledger=ledger) == (
        [out / PICTURE, out / POST],
        [],
    )
    assert (out / POST).read_text() == "one\n"
    assert (out / PICTURE).read_bytes() == b"PNG"
    stamps = [(out / path).stat().st_mtime_ns for path in (POST, PICTURE)]
    assert write(rendered(), out, pictures=out, ledger=ledger) == ([], [])
    assert [
        (out / path).stat().st_mtime_ns for path in (POST, PICTURE)
    ] == stamps


def test_more_files_than_one_batch_are_all_noted_and_written(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BATCH", 2)
    ledger, posts = (
        Ledger(),
        {
            PurePosixPath(f"_posts/{number}.md"): str(number)
            for number in range(5)
        },
    )
    written, refused = write(
        Rendered("hexo", posts, {PICTURE: SOURCE}),
        out,
        pictures=out,
        ledger=ledger,
    )
    assert (written, refused) == (
        [out / PICTURE, *(out / path for path in posts)],
        [],
    )
    assert {key for key, _ in ledger} == {
        f"hexo:{path}" for path in (PICTURE, *posts)
    }


def test_our_own_file_is_replaced_when_its_content_changes(out: Path) -> None:
    ledger = Ledger()
    write(rendered(), out, pictures=out, ledger=ledger)
    (out / SOURCE).write_bytes(b"PNG, drawn again")
    assert write(rendered("two\n"), out, pictures=out, ledger=ledger) == (
        [out / PICTURE, out / POST],
        [],
    )
    assert (out / POST).read_text() == "two\n"


def test_a_file_edited_by_hand_is_left_alone_and_the_others_are_written(
    out: Path,
) -> None:
    ledger = Ledger()
    write(rendered(), out, pictures=out, ledger=ledger)
    (out / POST).write_text("mine\n")
    (out / PICTURE).unlink()
    written, refused = write(
        rendered("two\n"), out, pictures=out, ledger=ledger
    )
    assert written == [out / PICTURE]
    assert [type(error) for error in refused] == [EditedByHand]
    assert refused[0].path == out / POST
    assert refused[0].face == "hexo"
    assert (out / POST).read_text() == "mine\n"


def test_force_overwrites_what_was_edited(out: Path) -> None:
    ledger = Ledger()
    write(rendered(), out, pictures=out, ledger=ledger)
    (out / POST).write_text("mine\n")
    assert write(
        rendered("two\n"), out, pictures=out, ledger=ledger, force=True
    ) == (
        [out / POST],
        [],
    )
    assert (out / POST).read_text() == "two\n"


def test_a_file_that_was_there_before_us_is_left_alone(out: Path) -> None:
    (out / POST).parent.mkdir()
    (out / POST).write_text("a post of the reader\n")
    _, refused = write(rendered(), out, pictures=out, ledger=Ledger())
    assert [type(error) for error in refused] == [EditedByHand]


def test_a_stop_between_note_and_file_does_not_make_our_file_look_edited(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger()
    write(rendered(), out, pictures=out, ledger=ledger)

    def stop(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            write(rendered("two\n"), out, pictures=out, ledger=ledger)
    assert (out / POST).read_text() == "one\n"
    assert not list(out.rglob("*.part"))
    assert write(rendered("three\n"), out, pictures=out, ledger=ledger) == (
        [out / POST],
        [],
    )


def test_what_a_power_cut_left_is_gone_after_the_next_run(out: Path) -> None:
    (out / POST).parent.mkdir()
    (out / "_posts" / ".a.md.part").write_text("to")
    write(rendered(), out, pictures=out, ledger=Ledger())
    assert not list(out.rglob("*.part"))


@pytest.mark.parametrize("path", ["../x.md", "a/../../x.md", "/etc/x.md"])
def test_nothing_is_written_outside_of_the_root(out: Path, path: str) -> None:
    root = out / "root"
    one = Rendered("hexo", {PurePosixPath(path): "x"})
    written, refused = write(one, root, pictures=out, ledger=Ledger())
    assert written == []
    assert [type(error) for error in refused] == [RenderError]


def test_a_folder_that_is_a_link_leading_out_is_not_followed(out: Path) -> None:
    root, elsewhere = out / "root", out / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / "_posts").symlink_to(elsewhere)
    _, refused = write(
        Rendered("hexo", {POST: "x"}), root, pictures=out, ledger=Ledger()
    )
    assert [type(error) for error in refused] == [RenderError]
    assert list(elsewhere.iterdir()) == []


def test_a_file_that_is_a_link_is_taken_for_the_readers_and_never_written_through(
    out: Path,
) -> None:
    target = out / "precious"
    target.write_text("precious")
    (out / "_posts").mkdir()
    (out / POST).symlink_to(target)
    _, refused = write(rendered(), out, pictures=out, ledger=Ledger())
    assert [type(error) for error in refused] == [EditedByHand]
    write(rendered(), out, pictures=out, ledger=Ledger(), force=True)
    assert target.read_text() == "precious"
    assert (out / POST).read_text() == "one\n"


def test_a_missing_picture_is_an_error_of_that_face_and_the_post_is_written(
    out: Path,
) -> None:
    (out / SOURCE).unlink()
    written, refused = write(
        rendered(face="vuepress"), out, pictures=out, ledger=Ledger()
    )
    assert written == [out / POST]
    assert [error.face for error in refused] == ["vuepress"]


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
    ],
)
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_nothing_else(
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[Exception],
) -> None:
    ledger = Ledger()
    write(rendered(), out, pictures=out, ledger=ledger)

    def fail(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writer.os, "fsync", fail)
    with pytest.raises(error) as caught:
        write(rendered("two\n"), out, pictures=out, ledger=ledger)
    assert caught.value.path == out / POST
    assert (out / POST).read_text() == "one\n"
    assert not list(out.rglob("*.part"))


def test_a_folder_where_a_file_should_be_is_one_clear_error(out: Path) -> None:
    (out / POST).mkdir(parents=True)
    with pytest.raises(NotWritable):
        write(rendered(), out, pictures=out, ledger=Ledger())


@given(st.text(max_size=40))
def test_any_text_is_written_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    out = tmp_path_factory.mktemp("out")
    text = text.encode(errors="replace").decode()
    write(
        Rendered("markdown", {PurePosixPath("a.md"): text}),
        out,
        pictures=out,
        ledger=Ledger(),
    )
    assert (out / "a.md").read_bytes() == text.encode()


def test_all_files_of_a_face_are_noted_at_once_and_before_any_is_written(
    out: Path,
) -> None:
    """A store makes sure of every note; one for each of thousands of pictures took minutes."""
    noted: list[tuple[set[str], bool]] = []

    class Counting(Ledger):
        def note(self, files: Iterable[tuple[str, str]]) -> None:
            self.update(files)
            noted.append(
                ({path for path, _ in self}, (out / "site" / POST).exists())
            )

    write(rendered(), out / "site", pictures=out, ledger=Counting())
    assert noted == [({f"hexo:{POST}", f"hexo:{PICTURE}"}, False)]


def test_a_picture_that_changed_is_remembered_as_it_is_now(out: Path) -> None:
    """The digest of a picture is kept between faces, but not past a change of the picture."""
    ledger = Ledger()
    write(rendered(), out / "site", pictures=out, ledger=ledger)
    for content in (b"PNG, read again", b"PNG, and again"):
        (out / SOURCE).write_bytes(content)
        _, refused = write(
            rendered(), out / "site", pictures=out, ledger=ledger
        )
        assert not refused
        assert (out / "site" / PICTURE).read_bytes() == content
