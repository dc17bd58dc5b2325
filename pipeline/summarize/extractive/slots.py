"""The items of a review without a model, and what answers each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.summarize.extractive.sentences.collected import Sentence
from pipeline.summarize.extractive.sentences.self_reference import SelfReference


@dataclass(frozen=True, slots=True)
class Item:
    """What answers one item of the review."""

    places: dict[str, float]
    """Kinds of sections where it is looked for, and how much they are worth."""
    cues: tuple[re.Pattern[str], ...]
    avoid: tuple[re.Pattern[str], ...]
    early: float
    """What standing first is worth."""

    def answered_by(self, sentence: Sentence) -> bool:
        """Whether a sentence stands where the item is looked for and speaks of what it asks."""
        return (
            sentence.place in self.places
            and all(cue.search(sentence.text) for cue in self.cues)
            and not any(word.search(sentence.text) for word in self.avoid)
        )

    def worth(self, sentence: Sentence) -> float:
        """How well it answers the item by its place."""
        return self.places.get(sentence.place, 0.0) + self.early * (
            1 - sentence.order
        )


def items_of(own: SelfReference) -> dict[str, Item]:
    """Give the items of slots.toml by name, for a paper that speaks of itself so."""
    return {
        one["name"]: Item(
            places=one["places"],
            cues=_patterns(one["cues"], own),
            avoid=_patterns(one["avoid"], own),
            early=one["early"],
        )
        for one in _data()["item"]
    }


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(
        files("pipeline.summarize.extractive")
        .joinpath("slots.toml")
        .read_text(encoding="utf-8")
    )


def _patterns(
    texts: Iterable[str], own: SelfReference
) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(text.replace("OWN", own.subject), re.IGNORECASE)
        for text in texts
    )
