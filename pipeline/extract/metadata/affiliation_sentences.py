"""Reads places from the sentences at the foot of page 1: "A. Li is with the Department of …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.metadata.places import clean_place, is_institution
from pipeline.extract.pdf.normalize import normalise


@dataclass(frozen=True, slots=True)
class SentencePatterns:
    """What sentences on places are made of."""

    with_place: re.Pattern[str]
    """"is with the Department of …", up to the end of the place."""
    also_with: re.Pattern[str]
    """Between two places of one author."""
    membership: re.Pattern[str]
    """"Member, IEEE"."""


patterns = SentencePatterns(
    with_place=re.compile(
        r"\b(?:is|are|was|were)\s+(?:currently\s+|now\s+|also\s+|both\s+|all\s+)*"
        r"(?:with|at|affiliated with|from)\s+(?P<place>.+?)"
        r"\s*(?=\(?e-?\s?mail|\.\s+(?:[A-Z(•*†‡∗§]|$)|\.$|$|\(corresponding"
        r"|,?\s+and\s+[^,.;]{3,60}?\s(?:is|are|was|were)\s+(?:also\s+)?with\b)",
        re.IGNORECASE,
    ),
    also_with=re.compile(
        r",?\s*and (?:(?:is )?also )?(?:with|at)\s+", re.IGNORECASE
    ),
    membership=re.compile(
        r",?\s*\b(graduate |student |senior |life )*(member|fellow),?\s*(ieee|acm)?",
        re.IGNORECASE,
    ),
)


def without_membership(text: str) -> str:
    """Names without "Member, IEEE"."""
    return patterns.membership.sub("", text)


def places_in_sentences(
    names: str, notes: Sequence[Row]
) -> tuple[str, tuple[str, ...]]:
    """The first author's place and all places that the notes of page 1 tell of.

    `names` is the line of authors, which tells whose place is the first author's.
    """
    first = without_membership(names).split(",")[0].split(" and ")[0]
    surname = (normalise(re.sub(r"[\W\d_]+$", "", first)).split()[-1:] or [""])[
        0
    ].lower()
    found = list(_told(_joined(notes)))
    own = [
        place
        for subject, place in found
        if surname and surname in subject.lower()
    ]
    places = tuple(dict.fromkeys(place for _, place in found))
    return (own or places or ("",))[0], places


def _joined(notes: Sequence[Row]) -> str:
    text = ""
    for note in notes:
        if note.page == 1:
            text = (
                text[:-1] + note.text
                if text.endswith("-")
                else f"{text} {note.text}"
            )
    return text


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Whom a sentence speaks of, and the place that it names."""
    start = 0
    for match in patterns.with_place.finditer(text):
        begin = max(start, text.rfind(". ", start, match.start()))
        place = "; ".join(
            clean_place(part)
            for part in patterns.also_with.split(match["place"])
        )
        if is_institution(place) or "," in place:
            yield text[begin : match.start()], place
        start = match.end()
