"""People that a group follows."""

from pipeline.paper import Reason, Topic
from pipeline.screen.preferences import judge_by_authors

FOLLOWED = Topic("Followed Authors", authors=("Ada B. Example", "李雷"))


def test_whatever_a_followed_author_announces_is_kept_and_nothing_else(paper):
    papers = [
        paper("Bridges", authors=("C. Other", "Ada B. Example")),
        paper("Talking Heads", authors=("C. Other",)),
        paper("标题", authors=("李雷",)),
        paper("Concrete", authors=("A. Example",)),
    ]
    verdicts = judge_by_authors(FOLLOWED, papers)
    assert [verdict.keep for verdict in verdicts] == [True, False, True, True]
    assert verdicts[0].reasons == (Reason("author", "Ada B. Example", 2.0),)
