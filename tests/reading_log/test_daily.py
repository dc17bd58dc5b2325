"""The daily log grows downwards and keeps its other bytes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.reading_log import daily
from pipeline.reading_log.parser import LoggedReading, decode_report, understand

SHARED = Path(__file__).parents[3] / "shared" / "formats"
DAY = date(2026, 11, 20)
LOG = """\
# 每日论文阅读记录

### Daily Reading

> [2026-11-10]- [One]-[Arxiv](https://arxiv.org/abs/2611.00009)
>
> > 论文简述：
> > 好。


> [2026-11-12]  Two
> ![image](a.png)

### Others

> No date here
"""


def reading(day=DAY, title="New"):
    return LoggedReading(
        day,
        "",
        title,
        "CVPR 2027",
        "https://arxiv.org/abs/2611.00001",
        "一句话。",
        ("a.png",),
    )


@pytest.mark.parametrize(
    ("day", "order"),
    [(20, "One Two New"), (11, "One New Two"), (1, "New One Two")],
)
def test_an_entry_goes_where_its_date_belongs(day, order):
    result = daily.add_daily_entry(LOG, reading(date(2026, 11, day)))
    assert [
        r.title for r in understand(result, named=False).readings
    ] == order.split()
    assert daily.add_daily_entry(result, reading(date(2026, 11, day))) == result
    assert result.index("New") < result.index("### Others")
    assert result.startswith("# 每日论文阅读记录\n\n### Daily Reading\n\n> [")


def test_an_entry_has_the_log_s_form():
    assert """
> [2026-11-20]-[New](https://arxiv.org/abs/2611.00001)-[CVPR 2027]
>
> > <img width="512" alt="image" src="a.png">
> >
> > 论文简述：
> > 一句话。
""" in daily.add_daily_entry(LOG, reading())


def test_a_log_that_stands_newest_first_stays_so():
    text = "# Log\n\n> [2026-11-12]-[B]\n\n> [2026-11-10]-[A]\n"
    assert [
        r.title
        for r in understand(
            daily.add_daily_entry(text, reading()), named=False
        ).readings
    ] == ["New", "B", "A"]


def test_a_new_log_takes_its_first_entry_and_the_next():
    text = daily.add_daily_entry(
        daily.add_daily_entry(daily.empty_daily(), reading()),
        reading(DAY + timedelta(1), "Next"),
    )
    assert text.startswith(daily.empty_daily())
    assert [r.title for r in understand(text, named=False).readings] == [
        "New",
        "Next",
    ]


def test_a_file_that_is_no_log_is_refused():
    with pytest.raises(UsageError) as caught:
        daily.add_daily_entry("some text\n", reading())
    assert "arxiv-screen daily new" in caught.value.step


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared log")
@pytest.mark.parametrize("day", [date(2023, 3, 1), date(2023, 3, 15), DAY])
def test_the_real_log_keeps_every_other_byte(day):
    text = decode_report((SHARED / "daily-log.md").read_bytes())
    result = daily.add_daily_entry(text, reading(day))
    added = len(result) - len(text)
    assert any(
        text[:at] == result[:at] and text[at:] == result[at + added :]
        for at in range(len(text) + 1)
    )
    assert len(understand(result, named=False).readings) == 4
