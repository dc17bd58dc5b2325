"""Finds the names of the authors between the title and their affiliations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.metadata.affiliation_blocks import is_set_like, row_text
from pipeline.extract.metadata.affiliation_marks import cut_at_marks, join_marks
from pipeline.extract.metadata.affiliation_sentences import without_membership
from pipeline.extract.metadata.places import is_institution, is_note
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line


@dataclass(frozen=True, slots=True)
class AuthorLimits:
    """What a name is like."""

    least_words: int = 2
    """Words of a name."""
    most_words: int = 6
    """Words of a name."""
    name_gap: float = 1.2
    """Of the font size: pieces of a row further apart are names of different authors."""


limits = AuthorLimits()


@dataclass(frozen=True, slots=True)
class AuthorPatterns:
    """What names are made of, and what stands between them."""

    parted: re.Pattern[str]
    """What stands between names."""
    titles: re.Pattern[str]
    """Degrees and titles."""
    brackets: re.Pattern[str]
    """Nicknames and identifiers."""
    loose: re.Pattern[str]
    """Signs and numbers around a name."""
    word: re.Pattern[str]
    """One word of a name."""
    particle: re.Pattern[str]
    """A small word of a name."""
    cjk_name: re.Pattern[str]
    """A whole name in Chinese or Korean."""


patterns = AuthorPatterns(
    parted=re.compile(
        r"\s*(?:[,;、，；]|\b(?:and|AND)\b|\bund\b|\bet\b|&|\s[-–—|•·∙]\s|(?<!\w)\d{1,2}(?!\w))\s*"
    ),
    titles=re.compile(
        r"\b(Dr|Prof|Professor|Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc|B\.?\s?Sc|Jr|Sr|MPH|FRCP)\b\.?"
    ),
    brackets=re.compile(r"\s*\([^)]*\)|\s*\[[^\]]*\]?"),
    loose=re.compile(r"^[\W\d_]+|[^\w.]+$|[\d_]+$"),
    word=re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’‘´`~\-‐])*"),
    particle=re.compile(
        r"al|bin|d[aeiou]|del|della|den|der|dos|el|l[ae]|ten|ter|van|von|y|zur?|i",
        re.IGNORECASE,
    ),
    cjk_name=re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}"),
)


def find_authors(front: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """Names in the rows below the title, as printed, without marks and degrees.

    Rows further down count where they are set like the first row of names, as in blocks of
    name, place and address. Each row holds its lines from left to right.
    """
    found: list[str] = []
    first: Line | None = None
    for row in front:
        parts = _parts_of_names(row, broken=bool(found) and _is_half(found[-1]))
        if not parts:
            continue
        alone = len(parts) == 1 and _is_half(parts[0])
        if first is not None and not alone and not is_set_like(row[0], first):
            continue
        first = first or row[0]
        if found and (_is_half(found[-1]) or _is_half(parts[0])):
            found[-1] += f" {parts.pop(0)}"
        found.extend(parts)
    names = dict.fromkeys(filter(_is_name, found))
    capitals = all(name.isupper() for name in names)
    return tuple(map(_capitalised, names) if capitals else names)


def _capitalised(name: str) -> str:
    """A name that was set in capitals, as it is written elsewhere: Ana van den Author."""
    words = (
        word.lower() if patterns.particle.fullmatch(word) else word.title()
        for word in name.split()
    )
    return " ".join(words)


def _is_half(text: str) -> bool:
    """A single word: the end of a row broke the name."""
    return len(text.split()) == 1 and not patterns.cjk_name.fullmatch(text)


def _parts_of_names(row: Sequence[Line], *, broken: bool) -> list[str]:
    """The parts of a row, when most are names; of "Name, place" the name.

    Halves of names at both ends are none and speak against nothing. Where the row above broke a
    name, its other half may stand alone.
    """
    text = without_membership(row_text(row))
    if "@" in text or is_note(text):
        return []
    if is_institution(text):
        name, _, place = text.partition(",")
        alone = (
            is_institution(place)
            and not is_institution(name)
            and _is_name(_cleaned(name))
        )
        return [_cleaned(name)] if alone else []
    parts = [part for part in map(_cleaned, _parts(row)) if part]
    if broken and len(parts) == 1 and _is_half(parts[0]):
        return parts
    names = sum(map(_is_name, parts))
    halves = sum(map(_is_half, (*parts[:1], *parts[1:][-1:])))
    return parts if names and 2 * names >= len(parts) - halves else []


def _parts(row: Sequence[Line]) -> Iterator[str]:
    """The text of a row cut at marks, wide gaps, commas and "and"."""
    text = ""
    above: Line | None = None
    for line in join_marks(row):
        if (
            above is not None
            and line.bbox[0] - above.bbox[2] > limits.name_gap * line.size
        ):
            text += ","
        for piece in cut_at_marks(line.spans, line, 0):
            text += f",{piece.text}" if piece.mark.strip() else f" {piece.text}"
        above = line
    text = patterns.brackets.sub(" ", without_membership(normalise(text)))
    text = patterns.titles.sub(",", text)
    for part in patterns.parted.split(text):
        yield from part.split() if _is_cjk_list(part) else [part]


def _is_cjk_list(text: str) -> bool:
    words = text.split()
    return bool(words) and all(
        patterns.cjk_name.fullmatch(word) for word in words
    )


def _cleaned(text: str) -> str:
    return patterns.loose.sub("", " ".join(text.split())).strip()


def _is_name(text: str) -> bool:
    """Two to six words with capitals, or a name of two to four Chinese or Korean signs."""
    if patterns.cjk_name.fullmatch(text):
        return True
    words = text.split()
    if not limits.least_words <= len(words) <= limits.most_words or not all(
        map(patterns.word.fullmatch, words)
    ):
        return False
    return all(
        word[0].isupper() or bool(patterns.particle.fullmatch(word))
        for word in words
    )
