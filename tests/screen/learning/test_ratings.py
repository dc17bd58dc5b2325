"""Ratings: the reader's data, and what a ranking learns from them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.reason_text import describe_reasons
from pipeline.errors import UsageError
from pipeline.paper import Topic
from pipeline.screen.learning.ratings import (
    Rating,
    Ratings,
    dump_ratings,
    load_ratings,
    make_rating,
    merge_ratings,
)
from pipeline.screen.rank import judge_papers

AT = datetime(2026, 11, 1, tzinfo=UTC)
TOPIC = Topic("Talking Head", phrases=("talking head",))


@given(
    st.lists(
        st.builds(
            Rating,
            id=st.from_regex(r"[0-9]{4}\.[0-9]{5}", fullmatch=True),
            topic=st.text(max_size=20),
            rating=st.sampled_from(["keep", "skip"]),
            at=st.datetimes(timezones=st.just(UTC)),
            title=st.text(max_size=30),
            abstract=st.text(max_size=50),
        ),
        max_size=5,
    )
)
def test_what_is_exported_is_imported_unchanged(entries):
    ratings = Ratings(tuple(entries))
    assert load_ratings(dump_ratings(ratings)) == ratings


def test_a_line_needs_only_an_id_and_a_choice():
    (entry,) = load_ratings(
        '\n{"id": "2409.03605v2", "rating": "keep"}\n'
    ).entries
    assert (entry.id, entry.topic, entry.rating) == ("2409.03605", "", "keep")


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '{"id": "2409.03605", "rating": "love"}',
        '{"rating": "keep"}',
        "7",
    ],
)
def test_a_broken_line_is_named_by_its_number(line):
    with pytest.raises(UsageError) as caught:
        load_ratings('{"id": "2409.03605", "rating": "keep"}\n' + line)
    assert caught.value.line == 2


def test_merging_keeps_each_choice_once_and_the_newer_counts():
    old = Rating("2409.00001", "T", "keep", AT)
    new = Rating("2409.00001", "t", "skip", AT.replace(day=2))
    both = merge_ratings(Ratings((new, old)), Ratings((old,)))
    assert both.entries == (old, new)
    assert both.about("T")["2409.00001"].rating == "skip"


def test_exported_lines_are_plain_json(paper):
    line = dump_ratings(Ratings((make_rating(paper("标题"), "T", "keep", AT),)))
    assert json.loads(line)["title"] == "标题"
    assert "标题" in line


def test_a_rated_paper_follows_its_rating(paper):
    on, off = paper("Talking Heads"), paper("Bridges", "Concrete.")
    ratings = Ratings(
        (
            make_rating(on, "Talking Head", "skip", AT),
            make_rating(off, "Talking Head", "keep", AT),
        )
    )
    verdicts = judge_papers(TOPIC, [on, off], ratings=ratings)
    assert [verdict.keep for verdict in verdicts] == [False, True]
    assert describe_reasons(verdicts[0].reasons).startswith("your rating: skip")


def test_the_first_rating_of_a_doubtful_paper_moves_what_is_like_it(
    paper, background
):
    liked, alike = (
        paper(
            f"Cartoon Animals that Speak {n}",
            "We animate cartoon animals. They speak like talking heads do.",
        )
        for n in range(2)
    )
    ratings = Ratings((make_rating(liked, "Talking Head", "keep", AT),))
    papers = [alike, paper("Bridges", "Concrete.")]
    before = judge_papers(TOPIC, papers, background=background)
    after = judge_papers(
        TOPIC, papers, background=[*background, liked], ratings=ratings
    )
    assert before[0].score * 1.5 < after[0].score < 0.5
    assert after[1] == before[1]


def test_ratings_that_say_what_the_rules_say_change_nothing(paper, background):
    ratings = Ratings(
        tuple(
            make_rating(one, "Talking Head", "keep", AT)
            for one in [paper(f"Talking Heads {n}") for n in range(3)]
        )
    )
    papers = [paper("Talking Heads of Animals"), paper("Bridges", "Concrete.")]
    kept = [
        [
            one.keep
            for one in judge_papers(
                TOPIC, papers, background=background, ratings=given
            )
        ]
        for given in (Ratings(), ratings)
    ]
    assert kept[0] == kept[1] == [True, False]


def test_many_ratings_agreeing_move_a_paper_across_the_threshold(
    paper, background
):
    skipped = [
        paper(
            f"Talking Head Forensics {n}",
            "We detect forged talking heads by forensics.",
        )
        for n in range(30)
    ]
    ratings = Ratings(
        tuple(make_rating(one, "Talking Head", "skip", AT) for one in skipped)
    )
    fresh = paper(
        "Forensics of a Talking Head", "Forensics detect forged talking heads."
    )
    assert judge_papers(TOPIC, [fresh], background=[*background, *skipped])[
        0
    ].keep
    verdict = judge_papers(
        TOPIC, [fresh], background=[*background, *skipped], ratings=ratings
    )[0]
    assert not verdict.keep
    assert "−like what you skip" in describe_reasons(verdict.reasons)


def test_ratings_of_another_topic_do_not_count(paper, background):
    ratings = Ratings(
        tuple(
            make_rating(paper(f"Talking Heads {n}"), "Other", "skip", AT)
            for n in range(9)
        )
    )
    papers = [paper("Talking Heads")]
    assert judge_papers(
        TOPIC, papers, background=background, ratings=ratings
    ) == judge_papers(TOPIC, papers, background=background)
