"""A run's report knows whether there is news and whether somebody should look."""

from datetime import UTC, date, datetime

import pytest

from pipeline.console.run_report import (
    Highlight,
    Pending,
    RunReport,
    TopicReport,
    Trouble,
)
from pipeline.paper import Reason
from pipeline.store.serialization import dump_value


def report(**values):
    return RunReport(
        "r1",
        date(2026, 11, 20),
        datetime(2026, 11, 20, 22, tzinfo=UTC),
        12.5,
        **values,
    )


@pytest.mark.parametrize(
    ("values", "news", "trouble"),
    [
        ({}, False, False),
        (
            {"topics": (TopicReport("A", found=3, silence="none on topic"),)},
            False,
            False,
        ),
        ({"topics": (TopicReport("A", posted=1),)}, True, False),
        ({"topics": (TopicReport("A", updates=1),)}, True, False),
        (
            {"topics": (TopicReport("A", pending=(Pending("1", "no PDF"),)),)},
            False,
            True,
        ),
        ({"troubles": (Trouble("arXiv is down"),)}, False, True),
        ({"stopped": True}, False, True),
        ({"outcome": "down"}, False, True),
    ],
)
def test_news_and_trouble_follow_from_what_happened(values, news, trouble):
    assert (report(**values).news, report(**values).trouble) == (news, trouble)


def test_a_paper_that_waits_in_two_topics_counts_once():
    waits = (Pending("2409.00001", "model down"),)
    assert (
        report(
            topics=(
                TopicReport("A", pending=waits),
                TopicReport("B", pending=waits),
            )
        ).pending
        == 1
    )


def test_why_a_topic_is_silent_is_not_said_again_where_a_trouble_says_it():
    topics = (
        TopicReport("A", silence="nothing found"),
        TopicReport("B", silence="nothing found"),
    )
    told = report(
        topics=topics, troubles=(Trouble("A: nothing found", "Look at arXiv."),)
    )
    assert [told.silence(topic) for topic in topics] == ["", "nothing found"]


def test_why_a_paper_was_chosen_is_kept_as_data_and_said_in_its_language():
    reasons = (Reason("title", "talking head"),)
    one = Highlight("Title", "一句", "", reasons=reasons, language="zh")
    assert "标题" not in dump_value(one)
    assert one.why == "标题：talking head"
