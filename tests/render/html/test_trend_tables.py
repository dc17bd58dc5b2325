"""Weeks are counted by topic, and a word rises when more papers hold it than before."""

from datetime import date, timedelta

from pipeline.render.html.trend_tables import WEEKS, TrendPaper, find_trends

TODAY = date(2026, 11, 30)


def paper(weeks_ago, title="Lamps", *, kept=True):
    return TrendPaper("T", TODAY - timedelta(weeks=weeks_ago), kept, title)


def test_papers_are_counted_in_their_week():
    trends = find_trends(
        [paper(0), paper(0, kept=False), paper(2), paper(40)], TODAY
    )
    (topic,) = trends.topics
    assert len(trends.weeks) == WEEKS
    assert topic.found[-3:] == (1, 0, 2)
    assert topic.kept[-3:] == (1, 0, 1)
    assert topic.share == 2 / 3


def test_a_word_that_more_papers_hold_lately_rises():
    lately = [paper(1, f"Splatting of lamps {at}") for at in range(3)]
    before = [paper(8, f"Radiance of lamps {at}") for at in range(6)]
    words = [word for word, *_ in find_trends(lately + before, TODAY).rising]
    assert "splatting" in words
    assert "radiance" not in words
