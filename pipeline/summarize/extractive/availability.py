"""What a paper says of its code, data, weights and computing."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AvailabilityRules:
    """Words of giving away and of computing."""

    given: str = r"(?:available|released|open-?sourced|published|shared|hosted|accessible|open[- ]source)\b"
    passive: str = (
        r"\b(?:is|are|be|been|made|found)\b(?! one of| based| in part)(?: (?!if\b|whether\b"
        r"|for the\b)[\w-]+){0,5} "
    )
    borrowed: re.Pattern[str] = re.compile(
        r"\b(?:based on|built on|one of|used? the publicly|using the (?:publicly|open)|taken from|downloaded"
        r"|(?:provided|released|published|developed) by (?!us\b|the authors)|from the)\b"
        r"|\bto (?:our|the best of our) knowledge\b|\bgoal\b|\bplans? to\b|\bet al\b"
        r"|\bnot (?:\w+ )?(?:available|released)\b|\bshared (?:by|across|among|between)\b",
        re.IGNORECASE,
    )
    """What speaks of what others gave away, or of what is not given yet."""
    compute: re.Pattern[str] = re.compile(
        r"\b(?:train|fine-?tun|optimi[sz]|pre-?train|experiments?|run|ran|conducted"
        r"|implement)\w*\b[^.;]{0,90}\b(?:on|using|with|by|across|took|takes|requires?)\b"
        r"[^.;]{0,50}?\b(?:\d+|an?|one|two|three|four|eight|sixteen|single)\b[^.;]{0,40}"
        r"\b(?:GPUs?|TPU\w*|[AVHP]100s?|RTX|GeForce|Titan|[34]090)\b",
        re.IGNORECASE,
    )


_rules = AvailabilityRules()


def _given(things: str) -> re.Pattern[str]:
    """Match a sentence that gives such things away, in either order of the words."""
    return re.compile(
        rf"\b(?:{things})\b[^.;]{{0,60}}{_rules.passive}{_rules.given}"
        rf"|\b(?:we|to) (?:\w+ )?(?:release|open-?source|publish|publicly share)\b[^.;]{{0,50}}\b(?:{things})\b"
        rf"|\b(?:we|will) (?:\w+ )?make\b[^.;]{{0,50}}\b(?:{things})\b[^.;]{{0,40}}{_rules.given}"
        rf"|\b(?:{things}) (?:available )?(?:at|on)\b:? ?(?:https?:|github)"
        rf"|(?:{things})[^。；]{{0,20}}(?:公开|开源|发布)|(?:公开|开源|发布)[^。；]{{0,12}}(?:{things})",
        re.IGNORECASE,
    )


_AVAILABLE = {
    "code": _given("code|source code|implementation|software|代码"),
    "data": _given(
        "(?:our|the|this|new) (?:[\\w-]+ )?data ?sets?|dataset|corpus|corpora|benchmark|annotations|data|数据集?"
    ),
    "weights": _given("weights|checkpoints|(?:trained )?models?|权重"),
}


def availability_aspects(text: str) -> tuple[str, ...]:
    """Tell what of the work a sentence gives away, or tells the cost of: code, data, weights,
    compute.
    """
    given = [
        aspect
        for aspect, pattern in _AVAILABLE.items()
        if pattern.search(text) and not _rules.borrowed.search(text)
    ]
    computed = _rules.compute.search(text)
    return (*given, *(("compute",) if computed and not given else ()))
