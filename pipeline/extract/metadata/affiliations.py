"""Finds who works where: by marks, by blocks under the names, or by sentences in a footnote.

Journals and conferences have three ways. Marks: "Ana Li¹" and below "¹University of …", also in
a footnote, after the name of the place, or at the paper's end ("Author details"). Blocks: under
each name its place, or one place under all names. Sentences: "A. Li is with the Department of …"
at the foot of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.metadata.affiliation_blocks import (
    places_in_blocks,
    row_text,
)
from pipeline.extract.metadata.affiliation_marks import (
    MarkedPiece,
    cut_at_marks,
    first_marks,
    join_marks,
    numbered_places,
    places_after_marks,
    places_before_marks,
)
from pipeline.extract.metadata.affiliation_sentences import places_in_sentences
from pipeline.extract.metadata.places import (
    clean_place,
    is_address_line,
    is_institution,
    is_note,
    is_place,
)
from pipeline.extract.pdf.page import Line


@dataclass(frozen=True, slots=True)
class AffiliationLimits:
    """Where affiliations are looked for."""

    unknown: int = 80
    """Letters of a place that no word tells to be one, at most."""
    head_rows: int = 4
    """Rows of the front in which a paper says that its authors are not named."""


limits = AffiliationLimits()


@dataclass(frozen=True, slots=True)
class AffiliationPatterns:
    """What says that there are none, and where they end."""

    anonymous: re.Pattern[str]
    """The authors are not named."""
    first_sentence: re.Pattern[str]
    """What follows the first sentence."""
    heading: re.Pattern[str]
    """Numbers of sections, and what stands in no name of a place."""
    details: re.Pattern[str]
    """The heading of the authors’ details."""


patterns = AffiliationPatterns(
    anonymous=re.compile(r"anonym|double-blind|submission", re.IGNORECASE),
    first_sentence=re.compile(r"(?<!\bSt)(?<!\W[A-Z])\.\s+[A-Z†*].*$"),
    heading=re.compile(r"\b[A-Z\d]{1,2}\.\d|[:!?=@]"),
    details=re.compile(
        r"(author|authors['’]?) (details|information|affiliations?)\b[:.]?\s*",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Where the authors work, as printed."""

    first: str = ""
    """Of the first author; several with "; " between; "" when none is printed."""
    all: tuple[str, ...] = ()


def find_affiliations(
    front: Sequence[Sequence[Line]],
    notes: Sequence[Row],
    texts: Iterable[str] = (),
) -> Affiliations:
    """Find them in the rows between title and abstract, in the notes, and at the paper's end.

    Each row of `front` holds its lines from left to right; `texts` are the paper's paragraphs.
    """
    rows = [
        join_marks(row) for row in front if not is_address_line(row_text(row))
    ]
    said = [row_text(row) for row in rows]
    if any(
        patterns.anonymous.search(text) for text in said[: limits.head_rows]
    ):
        return Affiliations()
    pieces = [
        piece
        for i, row in enumerate(rows)
        for line in row
        for piece in cut_at_marks(line.spans, line, i)
    ]

    def by_marks(places: Mapping[str, str]) -> Affiliations:
        return _of_first(places, pieces)

    ways: list[Callable[[], Affiliations]] = [
        lambda: by_marks(
            places_after_marks(pieces, rows) or places_before_marks(pieces)
        ),
        lambda: by_marks(_numbered_rows(said)),
        lambda: _with_institution(Affiliations(*places_in_blocks(front))),
        lambda: by_marks(_noted(notes)),
        lambda: Affiliations(*places_in_sentences("".join(said[:1]), notes)),
        lambda: by_marks(_at_the_end(texts)),
        lambda: _short(Affiliations(*places_in_blocks(front))),
    ]
    found = (_sound(way()) for way in ways)
    return next((one for one in found if one.first), Affiliations())


def _of_first(
    places: Mapping[str, str], pieces: Sequence[MarkedPiece]
) -> Affiliations:
    """The places of the first author's marks; the first place when no mark fits."""
    if not places:
        return Affiliations()
    own = [places[mark] for mark in first_marks(pieces) if mark in places]
    every = tuple(dict.fromkeys(places.values()))
    return Affiliations("; ".join(dict.fromkeys(own or every[:1])), every)


def _with_institution(found: Affiliations) -> Affiliations:
    return found if is_institution(found.first) else Affiliations()


def _short(found: Affiliations) -> Affiliations:
    """A place that no word tells to be one: short, and no heading or sentence."""
    heading = patterns.heading.search(found.first)
    return (
        found
        if len(found.first) <= limits.unknown and not heading
        else Affiliations()
    )


def _sound(found: Affiliations) -> Affiliations:
    """What may be given as a place; titles, licences and whole fronts may not."""
    first = [place for place in found.first.split("; ") if is_place(place)]
    every = tuple(place for place in found.all if is_place(place))
    return replace(found, first="; ".join(first), all=every)


def _noted(notes: Sequence[Row]) -> dict[str, str]:
    """Place by mark from the footnotes of page 1, whose rows are whole lines."""
    rows = [note for note in notes if note.page == 1]
    lines = [_as_line(note) for note in rows]
    pieces = [
        piece
        for i, line in enumerate(lines)
        for piece in cut_at_marks(line.spans, line, i)
    ]
    found = places_after_marks(pieces, [[line] for line in lines])
    places = {
        mark: patterns.first_sentence.sub("", place)
        for mark, place in found.items()
    }
    return {
        mark: place for mark, place in places.items() if is_institution(place)
    }


def _as_line(note: Row) -> Line:
    """A row of print as one line, a space between its pieces."""
    space = note.lines[-1].spans[-1]._replace(text=" ")
    spans = tuple(span for line in note.lines for span in (*line.spans, space))
    return replace(note.main, spans=spans, text=note.text, bbox=note.bbox)


def _numbered_rows(said: Sequence[str]) -> dict[str, str]:
    """Places numbered in plain type, one behind the other: "1. School of …, 2. Center for …"."""
    start = next(
        (i for i, text in enumerate(said) if re.match(r"1\.?\s", text)), None
    )
    if start is None:
        return {}
    places = numbered_places(" ".join(_up_to_note(said[start:])))
    return places if all(map(is_institution, places.values())) else {}


def _up_to_note(said: Sequence[str]) -> Iterator[str]:
    for text in said:
        if is_note(text) or "@" in text:
            return
        yield text


def _at_the_end(texts: Iterable[str]) -> dict[str, str]:
    """Place by number from the "Author details" behind the text."""
    numbered: list[str] = []
    known = False
    for text in texts:
        found = patterns.details.match(text)
        known = known or found is not None
        body = text[found.end() :] if found else text
        if re.match(r"1\s?[A-Z]", body) and is_institution(body):
            numbered.append(body)
    places = numbered_places(numbered[-1]) if known and numbered else {}
    return {
        mark: clean_place(place.rstrip(". ")) for mark, place in places.items()
    }
