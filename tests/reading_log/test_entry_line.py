"""The dated line of an entry is understood however it is typed, and written in one way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.clean import clean_line
from pipeline.reading_log.entry_line import (
    Dateline,
    escape_markdown,
    opens,
    read_entry_line,
    safe_url,
    unescape_markdown,
    write_entry_line,
)

DAY = date(2024, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "[2024-1-5]-[李雷]-[A Title]",
        "[2024-01-05]-李雷-[A Title]",
        "[2024-01-05] - 李雷 - A Title",
        "2024-1-5-李雷-[A Title]",
        "2024-01-05]-[李雷]-[A Title]",
        "[2024-01-05-[李雷]-[A Title]",
        "[2024-01-05-李雷-[A Title]",
        "【2024-01-05】－【李雷】－【A Title】",
        "［２０２４－１－５］-李雷-[A Title]",
        "[2024.1.5]-[李雷]-[A Title]",
        "[2024/01/05]-[李雷]-[A Title]",
        "[2024年1月5日]-[李雷]-[A Title]",
        "2024年1月5日-李雷-[A Title]",
        "[20240105]-[李雷]-[A Title]",
        "(2024-1-5)-[李雷]-[A Title]",
        "[2024-01-05 周五]-[李雷]-[A Title]",
        "[2024-01-05, Fri]-[李雷]-[A Title]",
        "[2024–01–05]—李雷—[A Title]",
        "2024-01-05 李雷 [A Title]",
        "2024-01-05 李雷《A Title》",
        "「2024-01-05」-[李雷]-[A Title]",
        "**[2024-01-05]-[李雷]-[A Title]**",
        "- [2024-01-05]-[李雷]-[A Title]",
        "### [2024-01-05]-[李雷]-[A Title]",
        r"\[2024-01-05\]-[李雷]-[A Title]",
        "[2024-01-05]-[李雷]-[A Title",
        "[2024-01-05]-[李雷]-A Title]",
        "[2024-01-05] [李雷] [A Title]",
        "[2024-01-05]-[李雷]-[**A Title**]",
        "[2024-01-05]-[李雷]-[《A Title》]-",
    ],
)
def test_a_date_a_reader_and_a_title_are_found_in_any_form(text):
    assert opens(text)
    line = read_entry_line(text)
    assert (line.date, line.reader, line.title, line.skipped) == (
        DAY,
        "李雷",
        "A Title",
        "",
    )


@pytest.mark.parametrize(
    ("tail", "venue", "link"),
    [
        ("[T: x](https://a.org/b)", "", "https://a.org/b"),
        (
            "[T: x](https://a.org/b_(c).html)-[TMM]",
            "TMM",
            "https://a.org/b_(c).html",
        ),
        ("[T: x]-[CVPR](https://a.org/b)", "CVPR", "https://a.org/b"),
        (
            "[T: x][2025 ICASSP](https://a.org/b)",
            "2025 ICASSP",
            "https://a.org/b",
        ),
        ("[T: x]-[arxiv]-(https://a.org/b)", "arxiv", "https://a.org/b"),
        (
            "[T: x] - [ACM MM2024](https://a.org/b) \\",
            "ACM MM2024",
            "https://a.org/b",
        ),
        ("[T: x] MM 2024", "MM 2024", ""),
        ("[T: x]-TAFFC", "TAFFC", ""),
        (
            "[T: x](https://a.org/b)（TPAMI2024）",
            "TPAMI2024",
            "https://a.org/b",
        ),
        (
            "[T: x](https://a.org/b) arxiv2025.3.18",
            "arxiv2025.3.18",
            "https://a.org/b",
        ),
        ("[T: x]-[paper](https://a.org/b)", "", "https://a.org/b"),
        ("[T: x]-[https://a.org/b]", "", "https://a.org/b"),
        ("[T: x](javascript:alert(1))", "javascript:alert(1", ""),
        ("T: x - CVPR 2024", "CVPR 2024", ""),
        ("T: x(https://a.org/b)", "", "https://a.org/b"),
    ],
)
def test_venue_and_link_are_found_where_people_put_them(tail, venue, link):
    line = read_entry_line(f"[2024-1-5]-李雷-{tail}")
    assert (line.title, line.venue, line.link) == ("T: x", venue, link)


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("[李雷]-本周未精读", "本周未精读"),
        ("李雷-[本周没有精读]", "本周没有精读"),
        ("李雷-赶论文，未精~~度~~读", "赶论文，未精读"),
        ("李雷-考试+实验=未精读\\", "考试+实验=未精读"),
        (r"李雷- $\texttt{赶实验，未精读}$ \ ".rstrip(), "赶实验，未精读"),
        ("李雷-考试，未精度", "考试，未精度"),
        ("[李雷]-家中琐事，本周没有来得及精读", "家中琐事，本周没有来得及精读"),
        ("李雷 本周未精读", "本周未精读"),
        ("[李雷]本周未精读", "本周未精读"),
        (
            "[李雷]-补上周：由于赶论文deadline，无精读",
            "补上周：由于赶论文deadline，无精读",
        ),
    ],
)
def test_a_week_without_reading_is_told_in_many_words(tail, words):
    line = read_entry_line(f"[2024-1-5]-{tail}")
    assert (line.reader, line.skipped, line.title) == ("李雷", words, "")


def test_a_line_without_any_mark_is_understood_when_it_says_that_nothing_was_read():
    line = read_entry_line("2024-1-5 李雷 本周未精读")
    assert (line.date, line.reader, line.skipped) == (DAY, "李雷", "本周未精读")


def test_an_excuse_may_stand_alone():
    assert read_entry_line("[2024-1-5]-本周未精读").skipped == "本周未精读"
    assert read_entry_line("[2024-1-5]-本周未精读").reader == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "论文简述：2024-1-5 发布",
        "2024-01-05 首次投稿到会议",
        "2024年的论文",
        "2024-01-05 首次提出了[方法](https://a.org)",
        "2024-01-05 version of the paper",
        "[日期]-[first]-[论文标题]",
        "[2024-13-05]-[李雷]-[T]",
        "[2024-01-05]: https://example.org",
        "[12345-01-05]-x",
        "[李雷]-[2024-01-05]",
        "20240105123-x",
    ],
)
def test_a_line_that_does_not_begin_with_a_date_of_its_own_opens_nothing(text):
    assert not opens(text)
    assert read_entry_line(text) is None


def test_a_day_past_the_end_of_its_month_is_the_last_one():
    assert read_entry_line("[2025-2-30]-李雷-[T]").date == date(2025, 2, 28)


def test_a_title_in_the_reader_s_place_is_a_title():
    assert read_entry_line(
        "[2024-1-5]-[A Very Long Title: With a Colon]"
    ) == Dateline(DAY, "", "A Very Long Title: With a Colon")
    assert read_entry_line("[2024-1-5]-[T](https://a.org/b)") == Dateline(
        DAY, "", "T", link="https://a.org/b"
    )


def test_the_daily_log_has_no_reader_unless_three_fields_follow():
    assert (
        read_entry_line(
            "[2024-1-5]- [T: x]-[Arxiv](https://a.org/b)", named=False
        ).title
        == "T: x"
    )
    three = read_entry_line(
        "[2024-1-5]-[李雷]-[T: x]-[Arxiv](https://a.org/b)", named=False
    )
    assert (three.reader, three.title, three.venue) == ("李雷", "T: x", "Arxiv")


printable = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
titles = printable.map(lambda text: f"T{clean_line(text)}t")


@given(titles, st.sampled_from(["李雷", "Ann Lee", "Jean-Luc"]), st.booleans())
def test_what_is_written_is_read_again(title, reader, bracketed):
    bracketed = bracketed or "-" in reader
    line = Dateline(
        DAY,
        reader,
        title,
        "CVPR 2027",
        "https://arxiv.org/abs/2611.00001",
        bracketed=bracketed,
    )
    text = write_entry_line(line)
    again = read_entry_line(text)
    assert "\n" not in text
    assert (again.reader, again.venue, again.link) == (
        line.reader,
        line.venue,
        line.link,
    )
    assert clean_line(again.title.replace("~", "")) == clean_line(
        title.replace("~", "")
    )


@given(printable)
def test_escaped_text_is_one_line_that_reads_as_it_was(text):
    assert unescape_markdown(escape_markdown(text)) == clean_line(text)
    assert not set(escape_markdown(text)) & set("\n\r\u202e\u200b\x00")


@given(printable)
def test_no_line_is_too_strange_to_read(text):
    read_entry_line(text)
    read_entry_line(f"[2024-1-5]-{text}")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.org",
        "https://",
        "ftp://a.org",
        "",
    ],
)
def test_only_http_addresses_are_linked(url):
    assert safe_url(url) == ""


def test_an_address_cannot_leave_its_link():
    assert (
        safe_url('https://a.org/x y)"><script>')
        == "https://a.org/x%20y%29%22%3E%3Cscript%3E"
    )


@pytest.mark.parametrize(
    "line", ["- 2026-11-20 ", "## 2026-11-20 ", "[2026-11-20]-"]
)
def test_blanks_without_end_do_not_hold_up_the_reading(line):
    assert opens(f"{line}{' ' * 50_000}") in (True, False)
