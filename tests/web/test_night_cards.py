"""Ratings pull what is like them."""

from dataclasses import replace
from datetime import date

from pipeline.render.html.cards import Card
from pipeline.web.night_cards import (
    NightFilter,
    choose_cards,
    read_filter,
    sway_scores,
)


def card(number, title, **fields):
    day = date(2026, 11, 30)
    plain = Card(
        f"2611.{number:05}", 1, "T", title, "", "", "", "", 0.9, "", "", "", "", "",
        (0, 0), day, day, "", followed=False, coins="",
    )  # fmt: skip
    return replace(plain, **fields)


def test_what_is_like_a_kept_paper_rises_and_what_is_like_a_skipped_one_sinks():
    cards = [
        card(1, "Lanterns that glow in harbours", rating="keep"),
        card(2, "Glowing lanterns of harbours at night"),
        card(3, "Tax records of towns", rating="skip"),
        card(4, "Records of towns and their tax"),
        card(5, "Boats"),
    ]
    scores = sway_scores(cards)
    assert (
        scores["T", "2611.00002"]
        > scores["T", "2611.00005"]
        > scores["T", "2611.00004"]
    )
    order = [one.paper_id[-1] for one in choose_cards(cards, NightFilter())]
    assert order[:3] == ["2", "5", "4"]
    assert set(order[3:]) == {"1", "3"}, "rated ones stand last"


def test_without_ratings_the_score_decides():
    cards = [card(1, "A", score=0.7), card(2, "B", score=0.9)]
    assert [one.title for one in choose_cards(cards, NightFilter())] == [
        "B",
        "A",
    ]


def test_a_filter_that_is_nonsense_filters_nothing():
    assert (
        read_filter({"score": "nan", "sort": "no", "code": "yes"})
        == NightFilter()
    )
