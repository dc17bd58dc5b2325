"""The statements of a review as a post shows them: the main result, what was left out at its
place, and what is said of code, data, weights and compute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pipeline.paper import Claim, Review, TableLag
from pipeline.review_fields import ReviewField


@dataclass(frozen=True, slots=True)
class MainResultForms:
    """Which numbers are measured values."""

    measured: re.Pattern[str] = re.compile(
        r"\d\s*(?:%|\u2030|\u00d7(?!\s*\d)|倍|个百分点|dB\b|fps\b|points?\b|percent\b|times\b|-?fold\b)|\d\.\d"
        r"|[A-Z]{2,}[A-Za-z-]{0,8}\s*(?:为|=|is|of)\s*\d{2}"
    )
    """A measured value, not the number in a name such as GPT-4: with its unit, with decimals, or
    behind the short form of its metric.
    """
    caption: re.Pattern[str] = re.compile(
        r"\s*(?:tab(?:le)?|fig(?:ure)?|algorithm|表|图)s?[\s.]*\w{1,5}(?:\s*[.:：。|–—-]|\s+[A-Z]|\s*$)",
        re.IGNORECASE,
    )
    """The label that a caption begins with."""
    pointer: re.Pattern[str] = re.compile(
        r"\b(?:tab(?:le)?|fig(?:ure)?|sec(?:t(?:ion)?)?|eq(?:uation)?|algorithm|appendix|chapter|ref|page|step"
        r"|line)s?\.?\s*\(?\d+(?:\.\d+)*\)?"
        r"|\bp\s*[<=>≤≥]\s*0?\.\d+"
        r"|[表图式第]\s*\d+(?:[.-]\d+)*|\[[\d,;\s–-]+\]|\b(?:19|20)\d\d\b|[A-Za-z][A-Za-z0-9_]*-?\d+(?:\.\d+)*[A-Za-z0-9_]*",
        re.IGNORECASE,
    )
    """Numbers of tables, figures, sections and citations, levels of significance, years, and
    numbers in names.
    """


_forms = MainResultForms()


def main_result(review: Review) -> Claim | None:
    """Find the statement with the main number; captions are none.

    Task and performance (6.4) hold the main values; results (8.3) say what else they show, and
    takeaways, innovation and significance may tell what neither does. Numbers elsewhere are those
    of others, or of a setup.
    """
    claims = chain(
        review.performance,
        review.results,
        review.takeaways,
        review.innovation,
        review.significance,
    )
    valued = (
        claim
        for claim in claims
        if has_value(claim.text) and not _forms.caption.match(claim.text)
    )
    return next(valued, None)


@lru_cache(4096)  # each face looks for the main result
def has_value(text: str) -> bool:
    """Tell whether a measured value stands in a text, not only the number of a table or a year."""
    return bool(_forms.measured.search(_forms.pointer.sub(" ", text)))


def omissions(review: Review, key: str) -> dict[int, int]:
    """Count the statements of a list that failed the checks, by the place where they stood.

    Returns:
        Before which of the statements that are shown (their number for behind the last) how
        many were left out.
    """
    paths = (path.partition(".") for path in review.account.omitted)
    gone = {int(place) for name, _, place in paths if name == key}
    found: dict[int, int] = {}
    shown = 0
    for place in range(len(gone) + len(getattr(review, key))):
        if place in gone:
            found[shown] = found.get(shown, 0) + 1
        else:
            shown += 1
    return found


def untold_lags(review: Review) -> tuple[TableLag, ...]:
    """Give the columns in which the method is not the best, but for those that a statement tells."""
    claims = (*review.performance, *review.results, *review.limits)
    return tuple(
        lag
        for lag in review.lags
        if not any(
            lag.own in one.text and lag.best in one.text for one in claims
        )
    )


@dataclass(frozen=True, slots=True)
class AspectStatements:
    """What is said of one aspect, or of several in the same words."""

    aspects: tuple[str, ...]
    claims: tuple[Claim, ...]
    """None where nothing is said of them."""


def by_aspect(
    field: ReviewField, review: Review, told: Iterable[str] = ()
) -> list[AspectStatements]:
    """Sort the statements of a field by aspect; those of which nothing is said come last, as one.

    Where a statement was left out, nobody knows what the paper does not state.

    Args:
        field: a field whose statements are each about one of a few aspects.
        review: holds the statements.
        told: aspects of which another place tells whether there are any.
    """
    said: dict[str, tuple[Claim, ...]] = {}
    for claim in getattr(review, field.key):
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
    if not silent or omissions(review, field.key):
        return found
    return [*found, AspectStatements(silent, ())]
