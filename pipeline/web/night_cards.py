"""The cards of a night: chosen by filters, in an order that the reader's ratings move."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.common.text import fold_text
from pipeline.config import Config
from pipeline.render.html.cards import Card, card_of
from pipeline.run.posting.assemble_post import assemble
from pipeline.store import Store

Sort = Literal["score", "date", "title"]


@dataclass(frozen=True, slots=True)
class NightCardsRules:
    """The orders of cards, and how far ratings move them."""

    sorts: tuple[Sort, ...] = ("score", "date", "title")
    sway: float = 0.5
    """Score that a card gains beside kept ones just like it, or loses beside skipped ones."""
    word: re.Pattern[str] = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2}")


_rules = NightCardsRules()


@dataclass(frozen=True, slots=True)
class NightFilter:
    """Which cards are shown, as the address of the page says."""

    date: str = ""
    topic: str = ""
    score: float = 0.0
    code: bool = False
    venue: bool = False
    unread: bool = False
    followed: bool = False
    sort: Sort = "score"


def read_filter(query: Mapping[str, str]) -> NightFilter:
    """Read the filter from an address; what is not understood is left out."""
    asked = query.get("sort", "")
    return NightFilter(
        date=query.get("date", ""),
        topic=query.get("topic", ""),
        score=_share(query.get("score", "")),
        code=query.get("code") == "1",
        venue=query.get("venue") == "1",
        unread=query.get("unread") == "1",
        followed=query.get("followed") == "1",
        sort=next((one for one in _rules.sorts if one == asked), "score"),
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(1.0, max(0.0, value)) if math.isfinite(value) else 0.0


def nights_of(store: Store) -> list[date]:
    """Give the dates that have posts, newest first."""
    return sorted({day for day, _ in store.posts.all()}, reverse=True)


def chosen_night(nights: Sequence[date], wanted: NightFilter) -> date | None:
    """Give the night that the filter names, else the newest; None where there is none."""
    named = next((one for one in nights if str(one) == wanted.date), None)
    return named or next(iter(nights), None)


def cards_of_night(
    store: Store, config: Config, day: date, language: str
) -> list[Card]:
    """Make the cards of all posts of a date."""
    ratings = {
        (one.paper_id, one.topic): one.rating for one in store.nights.ratings()
    }
    read = store.marks.read_ids()
    cards = []
    for _, topic in store.posts.all(day):
        for entry in assemble(store, config, topic, day).entries:
            rating = ratings.get((entry.paper.id, topic))
            seen = entry.paper.id in read
            cards.append(
                card_of(entry, day, language, rating=rating or "", read=seen)
            )
    return cards


def choose_cards(cards: Iterable[Card], wanted: NightFilter) -> list[Card]:
    """Keep the cards that the filter lets through, in its order; rated ones last."""
    chosen = [card for card in cards if _passes(card, wanted)]
    swayed = sway_scores(chosen)

    def place(card: Card) -> tuple[bool, float | str, str]:
        orders: Mapping[str, float | str] = {
            "score": -swayed[card.topic, card.paper_id],
            "date": -card.submitted.toordinal(),
            "title": fold_text(card.title),
        }
        return bool(card.rating), orders[wanted.sort], card.paper_id

    return sorted(chosen, key=place)


def _passes(card: Card, wanted: NightFilter) -> bool:
    return (
        (not wanted.topic or card.topic == wanted.topic)
        and card.score >= wanted.score
        and (not wanted.code or bool(card.code))
        and (not wanted.venue or bool(card.venue))
        and (not wanted.unread or not card.read)
        and (not wanted.followed or card.followed)
    )


def sway_scores(cards: Sequence[Card]) -> dict[tuple[str, str], float]:
    """Move the scores of a night's cards towards what its reader keeps.

    By the cosine of the words of title and summary, weighted by their rarity in the night, with
    the kept and the skipped cards of the same topic: relevance feedback after Rocchio (1971).
    """
    vectors = _vectors(cards)
    rated = [
        pair for pair in zip(cards, vectors, strict=True) if pair[0].rating
    ]
    scores = {}
    for card, vector in zip(cards, vectors, strict=True):
        pull = 0.0
        for other, weights in rated:
            if other.topic == card.topic and other is not card:
                pull += _cosine(vector, weights) * (
                    1 if other.rating == "keep" else -1
                )
        scores[card.topic, card.paper_id] = (
            card.score + _rules.sway * math.tanh(pull)
        )
    return scores


def _vectors(cards: Sequence[Card]) -> list[dict[str, float]]:
    words = [
        set(_rules.word.findall(fold_text(f"{one.title} {one.summary}")))
        for one in cards
    ]
    holding = Counter(word for each in words for word in each)
    rarity = {
        word: math.log((1 + len(cards)) / count)
        for word, count in holding.items()
    }
    return [{word: rarity[word] for word in each} for each in words]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(
        weight * other[word] for word, weight in one.items() if word in other
    )
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / lengths if lengths else 0.0
