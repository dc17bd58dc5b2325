"""A report is understood whole, and is the sum of its lines."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading_log.parser import decode_report, encode_report, understand
from tests.reading_log.journals import reports

SHARED = Path(__file__).parents[3] / "shared" / "formats"


@given(reports())
@settings(max_examples=60)
def test_every_dated_entry_is_understood_in_any_style(report):
    text, truth = report
    journal = understand(text)
    assert [
        (r.date, r.reader, r.title or None) for r in journal.readings
    ] == truth
    assert "".join(journal.lines) == text


@given(st.binary(max_size=300))
def test_any_bytes_survive(data):
    assert encode_report("".join(understand(decode_report(data)).lines)) == data


@given(st.binary(max_size=60))
def test_what_is_understood_can_be_printed_whatever_the_bytes(data):
    line = (
        "[2025-1-1]-李雷-[T".encode()
        + data
        + b"](https://a.org/"
        + data
        + b")\n<img src="
        + data
        + b">\n"
        + data
    )
    for reading in understand(decode_report(line)).readings:
        json.dumps(asdict(reading), ensure_ascii=False, default=str).encode()


def test_the_parts_of_an_entry_are_told_apart():
    text = """\
> ==> 时间倒序，本次更新插入位置 <==
>
>>[2025-03-22]-李雷-[Planning for
Navigation in Continuous
Places](https://a.org/b)（TPAMI2024）
><img width="512" alt="image" src="https://a.org/x y.png?a=1&amp;b=2" />
>
> 论文简述：第一句。
> 第二句[链接](https://a.org/c)。

> > [2025-03-21]-[韩梅梅]-[Another] \\
> >![image](b.png) \\
> > 论文简述：好。


为简化排版，2024年小组精读论文已经保存在[这里](Archived/2024.md)
"""
    first, second = understand(text).readings
    assert first.title == "Planning for Navigation in Continuous Places"
    assert (first.venue, first.link, first.lines) == (
        "TPAMI2024",
        "https://a.org/b",
        (3, 9),
    )
    assert first.images == ("https://a.org/x y.png?a=1&b=2",)
    assert first.summary == "第一句。 第二句[链接](https://a.org/c)。"
    assert (second.images, second.summary, second.lines) == (
        ("b.png",),
        "好。",
        (11, 13),
    )
    assert understand(text).anchor == 1


@pytest.mark.parametrize(
    "image",
    [
        '<img width="512" src="a.png">',
        "<img src='a.png' width=\"512\"/>",
        "<IMG SRC=a.png>",
        "![x](a.png)",
        '![x](a.png "title")',
        "![x](<a.png>)",
    ],
)
def test_pictures_are_found_as_html_and_as_markdown(image):
    assert understand(f"[2025-1-1]-李雷-[T]\n\n{image}\n").readings[
        0
    ].images == ("a.png",)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("######### 模版 #############", "######### 模版 #############"),
        ("> ```", "> ```"),
        ("<!-- old", "-->"),
    ],
)
def test_templates_code_and_comments_hold_no_entries(above, below):
    text = f"{above}\n> [2025-1-1]-李雷-[T]\n{below}\n> [2025-1-2]-李雷-[U]\n"
    assert [reading.title for reading in understand(text).readings] == ["U"]


def test_a_mark_without_a_partner_hides_nothing():
    text = "```\n> [2025-1-1]-李雷-[T]\n######### 模版 #########\n<!-- \n[2025-1-2]-李雷-[U]\n"
    assert len(understand(text).readings) == 2


def test_an_entry_of_the_daily_log_may_have_its_title_on_the_next_line():
    text = "> [2023-3-14] \n> “A Title” ([X, p. 1](zotero://a)) ([pdf](zotero://b))\n> > 论文简述：\n> > 好。\n"
    (reading,) = understand(text, named=False).readings
    assert (reading.title, reading.venue, reading.link, reading.summary) == (
        "A Title",
        "",
        "",
        "好。",
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared reports")
@pytest.mark.parametrize(
    ("name", "entries", "skipped"),
    [
        ("weekly-report-a.md", 41, 16),
        ("weekly-report-b.md", 144, 51),
        ("daily-log.md", 3, 0),
    ],
)
def test_the_real_reports_are_understood_whole(name, entries, skipped):
    journal = understand(
        decode_report((SHARED / name).read_bytes()),
        named=name.startswith("weekly"),
    )
    assert len(journal.readings) == entries
    assert (
        sum(reading.kind == "skipped" for reading in journal.readings)
        == skipped
    )
    for reading in journal.readings:
        assert reading.date > date(2023, 1, 1)
        assert bool(reading.title and reading.summary) == (
            reading.kind == "read"
        )
        assert bool(reading.reader) == name.startswith("weekly")
