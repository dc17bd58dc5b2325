"""The group's reports from the command line: files are changed where they should be and nowhere
else.
"""

import pytest

from tests.screening_program import PDF, some_paper

REPORT = """# 周报

## 必须是【全文】精读的论文，如实记录

> ==> 时间倒序，本次更新插入位置 <==
>
> > [2026-11-13]-[Ada Example]-[An Older Paper](https://arxiv.org/abs/2510.00001)-[CVPR 2026]
> >
> > 论文简述：一句话。
>
> > [2024-03-01]-[Bo Sample]-[A Paper of Long Ago]-[arXiv]
> >
> > 论文简述：又一句话。
>
"""
READERS = '["Ada Example", "Bo Sample"]'
FRIDAY = "2026-11-20"


@pytest.fixture
def report(alone, monkeypatch):
    path = alone / "weekly.md"
    path.write_text(REPORT, encoding="utf-8")
    monkeypatch.setenv("SCREEN_WEEKLY__FILE", str(path))
    monkeypatch.setenv("SCREEN_WEEKLY__READERS", READERS)
    return path


def added(before, after):
    """Lines that came in; none may have gone."""
    old, new = before.splitlines(), after.splitlines()
    rest = iter(new)
    assert all(line in rest for line in old)
    return [line for line in new if line not in old]


def test_an_entry_is_drafted_from_the_review_with_its_picture_beside_the_report(
    screen, report, night
):
    paper = some_paper(night)
    said = screen(
        "weekly",
        "add",
        paper,
        "--reader",
        "Ada Example",
        "--date",
        FRIDAY,
        "--output",
        night,
    )
    assert said.code == 0
    text = "\n".join(added(REPORT, report.read_text(encoding="utf-8")))
    assert f"[{FRIDAY}]-[Ada Example]-" in text
    assert f"https://arxiv.org/abs/{paper}" in text
    assert [path.stem for path in (report.parent / "images").iterdir()] == [
        paper
    ]


def test_a_venue_that_nobody_knows_is_left_to_be_filled_in(screen, report):
    said = screen("weekly", "add", PDF, "--reader", "Ada Example")
    assert said.code == 0
    assert "]-[来源]" in report.read_text(encoding="utf-8")
    assert "--venue" in said.err
    (newest, *_) = screen("weekly", "list", "--json").json
    assert newest["venue"] == ""


@pytest.mark.parametrize("words", [["skip"], ["add", PDF]])
def test_a_reader_who_is_not_configured_is_taken_and_doubted(
    screen, report, words
):
    said = screen("weekly", *words, "--reader", "Ada Exmaple")
    assert said.code == 0
    assert "Ada Exmaple is not in [weekly] readers" in said.err
    assert "Ada Exmaple" in report.read_text(encoding="utf-8")


def test_status_says_who_has_and_who_has_not_written_this_week(screen, report):
    said = screen("weekly", "status", "--date", FRIDAY)
    assert (said.code, said.lines) == (
        1,
        ["missing  Ada Example", "missing  Bo Sample"],
    )
    assert (
        screen(
            "weekly",
            "skip",
            "--reader",
            "Bo Sample",
            "--note",
            "出差",
            "--date",
            FRIDAY,
        ).code
        == 0
    )
    assert screen("weekly", "status", "--date", FRIDAY, "--json").json == [
        {"written": ["Bo Sample"], "missing": ["Ada Example"]}
    ]
    assert (
        screen(
            "weekly", "skip", "--reader", "Ada Example", "--date", FRIDAY
        ).code
        == 0
    )
    assert screen("weekly", "status", "--date", FRIDAY).code == 0


def test_entries_are_listed_newest_first_as_they_stand(screen, report):
    assert [line.split()[0] for line in screen("weekly", "list").lines] == [
        "2026-11-13",
        "2024-03-01",
    ]
    assert [
        one["reader"] for one in screen("weekly", "list", "--json").json
    ] == [
        "Ada Example",
        "Bo Sample",
    ]


def test_a_year_moves_to_its_archive_and_twice_is_once(screen, report):
    assert screen("weekly", "archive", 2024).code == 0
    left, moved = (
        report.read_text(encoding="utf-8"),
        (report.parent / "weekly-2024.md").read_text(encoding="utf-8"),
    )
    assert "A Paper of Long Ago" in moved
    assert "A Paper of Long Ago" not in left
    assert "weekly-2024.md" in left
    assert screen("weekly", "archive", 2024).code == 0
    assert report.read_text(encoding="utf-8") == left


def test_nothing_is_read_for_a_report_without_a_place_for_it(
    screen, report, night
):
    report.write_text("# no anchor\n", encoding="utf-8")
    said = screen(
        "weekly",
        "add",
        some_paper(night),
        "--reader",
        "Ada Example",
        "--output",
        night,
    )
    assert said.code == 2
    assert report.read_text(encoding="utf-8") == "# no anchor\n"


@pytest.mark.parametrize("kind", ["weekly", "daily"])
def test_a_report_is_begun_once(screen, alone, kind):
    assert screen(kind, "new", "--file", "mine.md").lines == ["mine.md"]
    begun = (alone / "mine.md").read_bytes()
    assert screen(kind, "new", "--file", "mine.md").code == 2
    assert (alone / "mine.md").read_bytes() == begun
    assert screen(kind, "list", "--file", "mine.md").out == ""


def test_the_daily_log_takes_entries_where_their_dates_belong(
    screen, alone, night
):
    screen("daily", "new", "--file", "log.md")
    for day in ("2026-11-18", "2026-11-20", "2026-11-19"):
        words = [
            "--venue",
            "CVPR 2026",
            "--date",
            day,
            "--file",
            "log.md",
            "--output",
            night,
        ]
        assert screen("daily", "add", some_paper(night), *words).code == 0
    found = screen("daily", "list", "--file", "log.md", "--json").json
    assert [one["date"] for one in found] == sorted(
        one["date"] for one in found
    )
    assert {one["venue"] for one in found} == {"CVPR 2026"}


def test_a_place_where_no_report_can_be_is_told(screen, alone):
    (alone / "file").write_text("")
    said = screen("weekly", "new", "--file", "file/mine.md")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
