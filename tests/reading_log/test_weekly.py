"""The weekly report: drafts go in where they belong, and no other byte changes."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import markdown_it
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.paper import Claim, Review
from pipeline.reading_log import weekly
from pipeline.reading_log.parser import (
    LoggedReading,
    decode_report,
    gap,
    understand,
)
from pipeline.reading_log.weekly import (
    add_weekly_entry,
    archive,
    doubts,
    draft,
    gist,
    missing,
    skip,
)
from tests.reading_log.journals import READERS, reports

SHARED = Path(__file__).parents[3] / "shared" / "formats"
DAY = date(2026, 11, 20)


def reading(day=DAY, reader="李雷", title="A [New] Paper", **values):
    link = values.pop("link", "https://arxiv.org/abs/2611.00001")
    return LoggedReading(
        day,
        reader,
        title,
        "CVPR 2027",
        link,
        "一句话。",
        ("Images/a b.png",),
        **values,
    )


def inserted(before, after):
    """What was put into a text in one place, at the start of a line where that is possible;
    None if more changed.
    """
    grown = len(after) - len(before)
    differ = (
        at
        for at, (one, other) in enumerate(zip(before, after, strict=False))
        if one != other
    )
    same = next(differ, min(len(before), len(after)))
    around = range(max(0, same - max(grown, 0)), same + 1)
    places = [
        at
        for at in around
        if before[:at] == after[:at] and before[at:] == after[at + grown :]
    ]
    places.sort(key=lambda at: at == 0 or before[at - 1] in "\r\n")
    return after[places[-1] : places[-1] + grown] if places and grown else None


def paragraphs(text):
    """What a reader sees of each paragraph, whatever bar it stands on."""
    html = markdown_it.MarkdownIt().render(text.removeprefix("\ufeff"))
    return Counter(re.findall(r"<p>(.*?)</p>", html, re.DOTALL))


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))

LATER = date(2030, 1, 1)
"""Long after every entry."""


@given(reports(), days)
@settings(max_examples=60)
def test_adding_changes_no_other_byte_and_twice_is_once(report, day):
    text, truth = report
    new = reading(day)
    result = add_weekly_entry(text, new)
    assert inserted(text, result)
    assert add_weekly_entry(result, new) == result
    assert [
        r.title for r in understand(result).readings if r.title == new.title
    ]
    assert len(understand(result).readings) == len(truth) + 1
    assert not paragraphs(text) - paragraphs(result)


@given(reports(), days)
@settings(max_examples=60)
def test_entries_stay_in_the_order_of_time(report, day):
    text, _ = report
    found = [
        r.date
        for r in understand(add_weekly_entry(text, reading(day))).readings
    ]
    assert found == sorted(found, reverse=True)


@given(
    reports(),
    days,
    st.sampled_from(READERS),
    st.sampled_from(["", "赶论文", "a\nb"]),
)
@settings(max_examples=50)
def test_skipping_changes_no_other_byte_and_twice_is_once(
    report, day, reader, note
):
    text, _ = report
    result = skip(text, reader, day, note)
    assert skip(result, reader, day, note) == result
    assert missing(understand(result), [reader], day) == []
    if result != text:
        assert inserted(text, result)
    else:
        assert not missing(understand(text), [reader], day)


@given(reports(), st.integers(2024, 2026))
@settings(max_examples=60)
def test_archiving_moves_a_year_and_changes_nothing_else(report, year):
    text, _ = report
    rest, kept = archive(text, year, "", f"Archived/{year}.md", today=LATER)
    old, new = understand(text), understand(rest)
    facts = [
        (r.date, r.reader, r.title) for r in old.readings if r.date.year != year
    ]
    assert [(r.date, r.reader, r.title) for r in new.readings] == facts
    moved = [
        "".join(old.lines[r.lines[0] - 1 : r.lines[1]]).rstrip()
        for r in old.readings
        if r.date.year == year
    ]
    held = understand(kept)
    assert [
        "".join(held.lines[r.lines[0] - 1 : r.lines[1]]).rstrip()
        for r in held.readings
    ] == moved
    assert (f"](Archived/{year}.md)" in rest) == bool(moved)
    link = (
        f"为简化排版，{year}年小组精读论文已经保存在[这里](Archived/{year}.md)"
    )
    taken = {
        at
        for r in old.readings
        if r.date.year == year
        for at in range(r.lines[0] - 1, r.lines[1])
    }
    stays = [
        line.rstrip("\r\n")
        for at, line in enumerate(old.lines)
        if at not in taken and not gap(line)
    ]
    assert [
        line.rstrip("\r\n")
        for line in new.lines
        if not gap(line) and line.rstrip("\r\n") != link
    ] == stays
    assert archive(rest, year, kept, f"Archived/{year}.md", today=LATER) == (
        rest,
        kept,
    )
    assert archive(text, year, kept, f"Archived/{year}.md", today=LATER) == (
        rest,
        kept,
    )


def test_a_later_move_of_the_same_year_goes_above_the_earlier_one():
    text = f"{weekly.empty_weekly()}> > [2025-03-02]-[李雷]-[Two]\n"
    rest, kept = archive(
        text,
        2025,
        "# 2025\n\n> > [2025-01-02]-[李雷]-[One]\n",
        "a.md",
        today=LATER,
    )
    assert [r.title for r in understand(kept).readings] == ["Two", "One"]
    assert kept.startswith("# 2025\n\n> > [2025-03-02]")
    assert rest.endswith("]-[李雷]-[Two]\n") is False


def test_the_link_to_an_archive_stands_once_above_those_of_earlier_years():
    text = f"{weekly.empty_weekly()}> > [2025-03-02]-[李雷]-[T]\n\n为简化排版，2024年小组精读论文已经保存在[这里](2024.md)\n"
    rest, _ = archive(text, 2025, "", "Archived/2025年 论文.md", today=LATER)
    assert rest.index("2025年小组") < rest.index("2024年小组")
    assert "](Archived/2025%E5%B9%B4%20%E8%AE%BA%E6%96%87.md)" in rest


STYLES = """\
> ==> 时间倒序，本次更新插入位置 <==
{gap}
{quote}[2026-11-15]-{reader}-[One]
{quote}
{quote}论文简述：好。
{inner}
{quote}[2026-11-14]-{reader}-[Two]
{gap}
{quote}[2026-11-08]-{reader}-[Three]
"""


@pytest.mark.parametrize(
    ("quote", "inner", "gap", "reader", "header"),
    [
        (">>", ">>", ">", "韩梅梅", ">>[2026-11-20]-李雷-["),
        ("> > ", "> >", ">", "[韩梅梅]", "> > [2026-11-20]-[李雷]-["),
        ("> >", "> >", "> ", "[韩梅梅]", "> >[2026-11-20]-[李雷]-["),
        ("> ", ">", "", "[韩梅梅]", "> [2026-11-20]-[李雷]-["),
    ],
)
def test_a_new_entry_is_quoted_as_the_file_s_own(
    quote, inner, gap, reader, header
):
    text = STYLES.format(quote=quote, inner=inner, gap=gap, reader=reader)
    lines = inserted(text, add_weekly_entry(text, reading())).splitlines()
    block = [line for line in lines if line.strip(" >")]
    assert any(line.startswith(header) for line in block)
    assert all(line.startswith(quote) for line in block)
    assert f'{quote}<img width="512" alt="image" src="Images/a b.png">' in block
    assert f"{quote}论文简述：一句话。" in block


def test_entries_of_one_week_share_a_bar_where_the_file_does_so():
    text = STYLES.format(quote="> > ", inner="> >", gap=">", reader="[韩梅梅]")
    same = add_weekly_entry(text, reading(date(2026, 11, 13))).splitlines()
    at = next(n for n, line in enumerate(same) if "李雷" in line)
    assert (same[at - 1], same[at + 5]) == ("> >", ">")
    other = add_weekly_entry(text, reading(date(2026, 11, 20))).splitlines()
    at = next(n for n, line in enumerate(other) if "李雷" in line)
    assert other[at + 5] == ">"


def test_an_entry_goes_beneath_the_anchor_even_when_there_is_none_yet():
    assert add_weekly_entry(weekly.empty_weekly(), reading()).startswith(
        weekly.empty_weekly()
    )
    text = "> ==> 时间倒序，本次更新插入位置 <=="
    assert add_weekly_entry(text, reading()).startswith(
        text + "\n>\n> > [2026-11-20]-[李雷]"
    )


def test_an_entry_between_two_that_touch_is_kept_apart_from_both():
    text = "> ==> 时间倒序，本次更新插入位置 <==\n> > [2026-11-30]-李雷-未精读\\\n> > [2026-11-10]-李雷-未精读\n"
    found = understand(add_weekly_entry(text, reading())).readings
    assert [r.date.day for r in found] == [30, 20, 10]
    assert "未精读\\\n>\n> > [2026-11-20]" in add_weekly_entry(text, reading())


def test_a_slip_in_somebody_s_date_does_not_mislead():
    days = ["2026-11-15", "2025-11-15", "2026-11-14", "2026-11-08"]
    text = weekly.empty_weekly() + "".join(
        f"> > [{day}]-[韩梅梅]-[P {day}]\n>\n" for day in days
    )
    found = [
        r.date.isoformat()
        for r in understand(
            add_weekly_entry(text, reading(date(2026, 11, 1)))
        ).readings
    ]
    assert found == [*days, "2026-11-01"]
    (doubt,) = doubts(understand(text), DAY)
    assert "2025-11-15" in doubt


def test_entries_above_the_anchor_do_not_matter():
    text = "> > [2026-01-01]-[韩梅梅]-[Old]\n\n" + weekly.empty_weekly()
    assert add_weekly_entry(text, reading()).startswith(text)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_new_entry_ends_its_lines_as_the_file_does(end):
    text = STYLES.format(
        quote=">>", inner=">>", gap=">", reader="李雷"
    ).replace("\n", end)
    result = add_weekly_entry(text, reading(title="Other"))
    assert result.count("\n") == result.count(end)


def test_no_anchor_is_said_and_a_new_report_offered():
    with pytest.raises(UsageError, match="时间倒序") as caught:
        add_weekly_entry("# nothing\n", reading())
    assert "arxiv-screen weekly new" in caught.value.step


@pytest.mark.parametrize("wrong", [{"reader": " []"}, {"title": "\u200b"}])
def test_an_entry_without_reader_or_title_is_refused(wrong):
    with pytest.raises(UsageError):
        add_weekly_entry(weekly.empty_weekly(), reading(**wrong))


def test_the_same_paper_in_another_version_of_its_link_is_the_same_entry():
    text = add_weekly_entry(weekly.empty_weekly(), reading())
    assert (
        add_weekly_entry(
            text,
            reading(
                title="Renamed", link="https://arxiv.org/pdf/2611.00001v2.pdf"
            ),
        )
        == text
    )
    assert add_weekly_entry(text, reading(day=DAY + timedelta(7))) != text
    assert add_weekly_entry(text, reading(reader="韩梅梅")) != text


HOSTILE = [
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script>",
    "x](javascript:alert(1))[y",
    "==> 时间倒序，本次更新插入位置 <==",
    "######### 模版 #############",
    "a\n> > [2020-01-01]-[x]-[y]\nb",
    "</details><!-- ",
    "\u202eevil\u200b\x07",
    "`code` *em* | ``` $x_{1}$",
    "T" * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    new = LoggedReading(
        DAY,
        "李雷",
        text,
        text,
        "https://a.org/x y)",
        text[:150],
        ('a" onerror="alert(1)',),
    )
    start = weekly.empty_weekly()
    result = add_weekly_entry(start, new)
    assert result.startswith(start)
    assert 'onerror="' not in result
    found = understand(result)
    assert (len(found.readings), found.readings[0].reader) == (1, "李雷")
    assert found.anchor == understand(start).anchor
    html = markdown_it.MarkdownIt().render(result[len(start) :])
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert html.count("<a ") == 1


def test_who_has_not_written_is_told_by_iso_week():
    text = (
        weekly.empty_weekly()
        + "> > [2026-11-22]-李雷-[T]\n> >\n> > [2026-11-15]-[ANN  Lee]-本周未精读\n"
    )
    journal = understand(text)
    assert missing(
        journal, ["李雷", "Ann Lee", "韩梅梅"], date(2026, 11, 16)
    ) == [
        "Ann Lee",
        "韩梅梅",
    ]
    assert missing(journal, ["李雷", "Ann Lee"], date(2026, 11, 15)) == ["李雷"]


def review(summary="摘要句。", **items):
    names = "takeaways background past method performance methods significance innovation results workload"
    empty = dict.fromkeys(names.split(), ())
    values = {
        **empty,
        **{
            name: tuple(Claim(text) for text in texts)
            for name, texts in items.items()
        },
    }
    return Review(
        "2611.00001",
        1,
        "zh",
        "m",
        Claim(summary),
        title="题",
        affiliation="",
        keywords=(),
        **values,
    )


def test_a_gist_is_the_summary_line_and_one_sentence_more():
    assert (
        gist(
            review(
                "提出了新方法。", innovation=["首次做到甲。"], results=["好。"]
            )
        )
        == "提出了新方法。首次做到甲。"
    )


def test_a_gist_leaves_out_what_the_abstract_says():
    text = gist(
        review("We propose X.", methods=["The encoder has two parts."]),
        abstract="Hello. We propose X. Bye.",
    )
    assert text == "The encoder has two parts."


@given(st.text(max_size=600), st.text(max_size=300))
def test_a_gist_is_short_whatever_the_review_says(summary, method):
    text = gist(review(summary, methods=[method]))
    assert len(text) <= 150
    assert "\n" not in text


def test_a_gist_of_the_papers_own_sentences_is_its_whole_summary_line():
    told = "We present a lamp that " + "floats and " * 20 + "shines."
    own = replace(
        review(told, methods=["Lamp: We build it."], innovation=["It floats."]),
        model="extractive",
    )
    assert gist(own, abstract=f"{told} It floats.") == told


def test_a_long_sentence_ends_at_a_clause():
    text = gist(review("很长的话，" * 60))
    assert len(text) <= 150
    assert text.endswith("话…")


def test_a_draft_takes_its_facts_from_the_source():
    entry = draft(
        review("好。"),
        title="T",
        reader="李雷",
        day=DAY,
        link="https://a.org",
        venue="V",
        picture="p.png",
    )
    assert entry == LoggedReading(
        DAY, "李雷", "T", "V", "https://a.org", "好。", ("p.png",)
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared reports")
@pytest.mark.parametrize("name", ["weekly-report-a.md", "weekly-report-b.md"])
@pytest.mark.parametrize(
    "day",
    [date(2025, 7, 20), date(2025, 4, 8), date(2025, 1, 5), date(2020, 1, 1)],
)
def test_the_real_reports_keep_every_other_byte(name, day):
    text = decode_report((SHARED / name).read_bytes())
    assert inserted(text, add_weekly_entry(text, reading(day)))
    assert inserted(text, skip(text, "李雷", day))
    rest, kept = archive(text, 2025, "", "2025.md", today=LATER)
    assert len(understand(rest).readings) == 2
    assert len(understand(kept).readings) == len(understand(text).readings) - 2


def test_the_running_week_stays_when_its_year_is_archived():
    text = weekly.empty_weekly()
    for day in (date(2026, 11, 3), date(2026, 12, 29)):
        text = add_weekly_entry(
            text, LoggedReading(day, "Ada", title=f"Lamps of {day}")
        )
    rest, kept = archive(text, 2026, "", "2026.md", today=date(2026, 12, 31))
    assert "Lamps of 2026-12-29" in rest
    assert "Lamps of 2026-11-03" in kept
    assert "Lamps of 2026-12-29" not in kept
