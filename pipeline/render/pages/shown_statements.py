"""The statements of a review as a post shows them: the main result, what was left out at its
place, and what is said of code, data, weights and compute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.paper import Claim, Review
from pipeline.review_fields import ReviewField


@dataclass(frozen=True, slots=True)
class MainResultForms:
    """Which numbers are measured values."""

    measured: re.Pattern[str] = re.compile(
        r"\d\s*(?:%|\u2030|\u00d7(?!\s*\d)|倍|个百分点|dB\b|fps\b|points?\b|percent\b|times\b|-?fold\b)|\d\.\d"
    )
    """A measured value, not the number in a name such as GPT-4."""
    caption: re.Pattern[str] = re.compile(
        r"\s*(?:tab(?:le)?|fig(?:ure)?|algorithm|表|图)s?[\s.]*\w{1,5}(?:\s*[.:：。|–—-]|\s+[A-Z]|\s*$)",
        re.IGNORECASE,
    )
    """The label that a caption begins with."""
    pointer: re.Pattern[str] = re.compile(
        r"\b(?:tab(?:le)?|fig(?:ure)?|sec(?:t(?:ion)?)?|eq(?:uation)?|algorithm|appendix|chapter|ref|page|step"
        r"|line)s?\.?\s*\(?\d+(?:\.\d+)*\)?"
        r"|[表图式第]\s*\d+(?:[.-]\d+)*|\[[\d,;\s–-]+\]|\b(?:19|20)\d\d\b|[A-Za-z][\w]*-?\d+(?:\.\d+)*\w*",
        re.IGNORECASE,
    )
    """Numbers of tables, figures, sections and citations, years, and numbers in names."""


_forms = MainResultForms()


def main_result(review: Review) -> Claim | None:
    """Find the statement on results with the main number; captions are none.

    Task and performance (6.4) hold the main values; results (8.3) say what else they show.
    """
    claims = [
        claim
        for claim in (*review.performance, *review.results)
        if not _forms.caption.match(claim.text)
    ]
    return next((claim for claim in claims if has_value(claim.text)), None)


def has_value(text: str) -> bool:
    """Tell whether a measured value stands in a text, not only the number of a table or a year."""
    return bool(_forms.measured.search(_forms.pointer.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class AspectStatements:
    """What is said of one aspect, or of several in the same words."""

    aspects: tuple[str, ...]
    claims: tuple[Claim, ...]
    """None where nothing is said of them."""


def by_aspect(
    field: ReviewField, claims: Iterable[Claim], told: Iterable[str] = ()
) -> list[AspectStatements]:
    """Sort the statements of a field by aspect; those of which nothing is said come last, as one.

    Args:
        field: a field whose statements are each about one of a few aspects.
        claims: its statements.
        told: aspects of which another place tells whether there are any.
    """
    said: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        aspect = claim.aspect if claim.aspect in field.aspects else ""
        said[aspect] = (*said.get(aspect, ()), claim)
    same: dict[tuple[str, ...], list[str]] = {}
    order = ["", *field.aspects]
    for aspect in sorted(said, key=order.index):
        texts = tuple(claim.text for claim in said[aspect])
        same.setdefault(texts, []).append(aspect)
    found = [
        AspectStatements(tuple(filter(None, aspects)), said[aspects[0]])
        for aspects in same.values()
    ]
    silent = tuple(
        one for one in field.aspects if one not in said and one not in told
    )
    return [*found, AspectStatements(silent, ())] if silent else found
