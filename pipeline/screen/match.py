"""How strongly the words of a paper speak for a topic: which phrases, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.screen.phrases import Hit, Phrase
from pipeline.screen.words import Place, Sentence

# Chance that a phrase in this place means that the paper is about it.
PLACE_WEIGHT = {
    Place.TITLE: 0.72,
    Place.OWN: 0.42,
    Place.FIRST: 0.38,
    Place.LAST: 0.25,
    Place.BODY: 0.25,
    Place.COMMENT: 0.2,
}
MENTION_WEIGHT = 0.3
"""Share of the weight that is left for an example or a contrast."""
REPEAT_WEIGHT = 0.6
"""Share that each further hit of the same phrase adds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the topic, 0 to 1, and the phrases behind it, strongest first."""

    strength: float
    title: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def weigh(hits: Iterable[Hit], weights: dict[Phrase, float]) -> float:
    """The hits as independent signs: 1 − Π(1 − weight)."""
    doubt = 1.0
    seen: dict[Phrase, int] = {}
    for hit in sorted(hits, key=lambda hit: hit.place):
        repeat = seen.get(hit.phrase, 0)
        seen[hit.phrase] = repeat + 1
        weight = weights[hit.phrase] * PLACE_WEIGHT[hit.place] * REPEAT_WEIGHT**repeat
        doubt *= 1 - weight * (MENTION_WEIGHT if hit.mention else 1.0)
    return 1 - doubt
