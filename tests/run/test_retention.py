"""PDFs and pictures are kept up to a limit; what is needed again is made again."""

import os

from pipeline.run.retention import prune, sweep


def put(out, name, size, age):
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    for aged in (path, path.parent):
        os.utime(aged, (1_000_000 - age, 1_000_000 - age))


def left(out):
    return {
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file()
    }


def test_the_oldest_go_first_and_only_as_many_as_needed(tmp_path):
    for number in range(4):
        put(tmp_path, f"pdfs/{number}.pdf", 600_000, age=number)
    assert prune(tmp_path, 1) == 1_800_000
    assert left(tmp_path) == {"pdfs/0.pdf"}


def test_the_pictures_of_a_paper_go_together(tmp_path):
    put(tmp_path, "papers/a-v1/figure-1.png", 400_000, age=9)
    put(tmp_path, "papers/a-v1/figure-2.png", 400_000, age=9)
    put(tmp_path, "papers/b-v1/figure-1.png", 400_000, age=1)
    put(tmp_path, "pdfs/a.pdf", 400_000, age=5)
    assert prune(tmp_path, 1) == 800_000
    assert left(tmp_path) == {"papers/b-v1/figure-1.png", "pdfs/a.pdf"}


def test_nothing_goes_below_the_limit(tmp_path):
    put(tmp_path, "pdfs/a.pdf", 600_000, age=1)
    assert prune(tmp_path, 1) == 0
    assert prune(tmp_path / "absent", 1) == 0


def test_other_files_are_left_alone(tmp_path):
    put(tmp_path, "pdfs/notes.txt", 3_000_000, age=9)
    put(tmp_path, "pdfs/a.pdf", 2_000_000, age=1)
    prune(tmp_path, 1)
    assert left(tmp_path) == {"pdfs/notes.txt"}


def test_what_a_run_that_died_has_left_is_swept_away(tmp_path):
    put(tmp_path, "pdfs/a.pdf.part", 10, age=1)
    put(tmp_path, "pdfs/b.pdf", 10, age=1)
    put(tmp_path, "papers/.a-v1.part/figure-1.png", 10, age=1)
    put(tmp_path, "papers/b-v1/figure-1.png", 10, age=1)
    sweep(tmp_path)
    assert left(tmp_path) == {"pdfs/b.pdf", "papers/b-v1/figure-1.png"}
    sweep(tmp_path / "absent")
